"""The key with which this site signs case files: made once, beside the data, readable by its owner alone.

Old public keys are kept when a new key is made, because what they signed is still out there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LENGTH = 32  # bytes of a public key
SHOWN = 16  # bytes of its digest that a person compares


@dataclass(frozen=True)
class PublicKey:
    """What others need to check a signature of ours."""

    raw: bytes

    @classmethod
    def read(cls, text: str) -> PublicKey:
        """From PEM, or from 64 hexadecimal digits. Raises ValueError."""
        if "-----BEGIN" in text:
            key = serialization.load_pem_public_key(text.encode("ascii"))
            if not isinstance(key, Ed25519PublicKey):
                raise ValueError("This is no Ed25519 key.")
            return cls(key.public_bytes_raw())
        raw = bytes.fromhex(text)
        if len(raw) != LENGTH:
            raise ValueError(f"A public key has {LENGTH} bytes.")
        return cls(raw)

    @property
    def hex(self) -> str:
        return self.raw.hex()

    @property
    def fingerprint(self) -> str:
        """3f2a 91c0 …, short enough to be read out on the telephone."""
        digest = hashlib.sha256(self.raw).hexdigest()[: SHOWN * 2]
        return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))

    @property
    def pem(self) -> str:
        return (
            Ed25519PublicKey.from_public_bytes(self.raw)
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode("ascii")
        )

    def has_signed(self, content: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, content)
        except (InvalidSignature, ValueError):
            return False
        return True


def public_half(key: Ed25519PrivateKey) -> PublicKey:
    return PublicKey(key.public_key().public_bytes_raw())


def signing_key() -> Ed25519PrivateKey:
    """The key of now; made on first use. Two processes that start together end with the same one."""
    path = _path()
    if not path.exists():
        made = _written_beside(path, _pem(Ed25519PrivateKey.generate()))
        with suppress(FileExistsError):
            os.link(made, path)  # appears whole, and only if nobody was faster
        made.unlink()
    return _read(path)


def known_keys() -> list[PublicKey]:
    """Every key that this site signs or ever signed with, the present one first. Makes none."""
    old = _old_keys().read_text(encoding="ascii").split() if _old_keys().exists() else []
    known = [PublicKey.read(text) for text in reversed(old)]
    return [public_half(_read(_path())), *known] if _path().exists() else known


def renew() -> PublicKey:
    """Sign with a new key from now on, and remember the old one."""
    old = public_half(signing_key())
    with _old_keys().open("a", encoding="ascii") as file:
        file.write(f"{old.hex}\n")
        file.flush()
        os.fsync(file.fileno())
    new = Ed25519PrivateKey.generate()
    _written_beside(_path(), _pem(new)).replace(_path())
    return public_half(new)


def _path() -> Path:
    return Path(settings.SISHENG_SIGNING_KEY_FILE)


def _old_keys() -> Path:
    return _path().with_name(f"{_path().name}s.old")


def _read(path: Path) -> Ed25519PrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise ImproperlyConfigured(f"{path} holds no signing key: {error}") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured(f"{path} holds a key of another kind than Ed25519.")
    return key


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _written_beside(path: Path, content: bytes) -> Path:
    """A file in the same folder that only its owner can read (mkstemp makes it so)."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)

"""Is a case file as it was when it was made? Everything is read from the file itself; no database is asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from io import BytesIO

import pypdf
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sisheng.kit.paper.sealing import Seal, Stretch, contents, embedded, read_seal
from sisheng.kit.paper.signing import PublicKey

ALTERED: dict[str, str | Promise] = {
    "page": gettext_lazy("Page %(name)s was altered."),
    "attachment": gettext_lazy("The attachment “%(name)s” was altered."),
    "timeline": gettext_lazy("The attached timeline (%(name)s) was altered."),
    "manifest": gettext_lazy("The manifest of the attachments (%(name)s) was altered."),
    "frame": gettext_lazy("Something else in the file was altered: its fonts, its structure or its index."),
}


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was: page, attachment, timeline, manifest, frame, seal, end, length or key."""

    part: str
    name: str
    sentence: str


def verify(file: bytes, trusted: Collection[PublicKey] | None = None) -> list[Finding]:
    """What is wrong with the file; nothing when it is as it was made, and by one of these keys where they are given."""
    seal = read_seal(file)
    if seal is None:
        return [
            Finding("seal", "", _("There is no seal that can be read. Its pages prove nothing.")),
            *_by_manifest(file, trusted),
        ]
    if not seal.is_signed:  # then neither is what it says of the rest
        told = _("The seal was altered: its signature does not fit. Its pages prove nothing.")
        return [Finding("seal", "", told), *_by_manifest(file, trusted)]
    return [*_about_the_seal(file, seal), *_about_the_stretches(file, seal), *_about_the_key(seal.key, trusted)]


def _about_the_seal(file: bytes, seal: Seal) -> Iterator[Finding]:
    if not seal.is_whole and seal.at == seal.length:
        yield Finding("end", "", _("The end of the file was altered, or something was added behind it."))
    if seal.at != seal.length:
        told = _("The file has another length than it had: %(number)s bytes more or fewer before the seal.")
        yield Finding("length", "", told % {"number": abs(seal.at - seal.length)})


def _about_the_stretches(file: bytes, seal: Seal) -> Iterator[Finding]:
    """What differs. Where bytes were added or taken away, what comes behind them is looked for at its new place."""
    moved = seal.at - seal.length
    told = set()
    for one in seal.stretches:
        if _is_there(file, one, 0) or (moved and _is_there(file, one, moved)) or (one.kind, one.name) in told:
            continue
        told.add((one.kind, one.name))
        yield Finding(one.kind, one.name, str(ALTERED.get(one.kind, ALTERED["frame"])) % {"name": one.name})
    if seal.stretches and seal.stretches[-1].end != seal.length:
        yield Finding("seal", "", _("The seal does not speak of the whole file."))


def _is_there(file: bytes, one: Stretch, moved: int) -> bool:
    return hashlib.sha256(file[one.start + moved : one.end + moved]).hexdigest() == one.digest


def _about_the_key(key: PublicKey, trusted: Collection[PublicKey] | None) -> Iterator[Finding]:
    if trusted is not None and key not in trusted:
        told = _("It was signed by a key that is not known here: %(fingerprint)s. Anybody can make such a file.")
        yield Finding("key", key.fingerprint, told % {"fingerprint": key.fingerprint})


def _by_manifest(file: bytes, trusted: Collection[PublicKey] | None) -> Iterator[Finding]:
    """Without a seal the pages cannot be vouched for; the attachments still can, if another program kept them."""
    try:
        reader = pypdf.PdfReader(BytesIO(file))
        inside = {name: contents(one) for name, one in embedded(reader)}
        text, signature = inside["manifest.json"], inside["manifest.sig"]
        manifest = json.loads(text)
        key = PublicKey.read(manifest["key"])
        files = {str(one["name"]): str(one["sha256"]) for one in manifest["files"]}
    except Exception:  # a damaged file may break its reader in any way, and is damaged then
        yield Finding("manifest", "", _("The file cannot be read, or is no case file."))
        return
    if not key.has_signed(text, signature):
        yield Finding("manifest", "manifest.json", str(ALTERED["manifest"]) % {"name": "manifest.json"})
    yield from _about_the_key(key, trusted)
    for name, digest in files.items():
        if name not in inside or hashlib.sha256(inside[name]).hexdigest() != digest:
            kind = "timeline" if name == "timeline.json" else "attachment"
            yield Finding(kind, name, str(ALTERED[kind]) % {"name": name})

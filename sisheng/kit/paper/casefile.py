"""The case file: one PDF with the whole story of a case, its originals attached, and a seal that shows every change.

    build(case_file, attachments, language="zh") -> bytes
    verify(file) -> what is wrong with it            (verifying.py; on the command line `sisheng verify-case`)

Attached are the originals under their own names, `timeline.json` (all that the pages tell, for machines),
`manifest.json` (the digest of each) with its signature `manifest.sig`, and `public-key.pem`. Whoever does not have this
program checks the attachments with any PDF reader, sha256sum and openssl (docs/operations.md).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from sisheng.kit.paper import codes
from sisheng.kit.paper.documents import Document
from sisheng.kit.paper.rendering import Attachment, Language, as_data, render
from sisheng.kit.paper.sealing import canonical, sealed
from sisheng.kit.paper.signing import public_half, signing_key
from sisheng.kit.paper.verifying import Finding, verify

__all__ = [
    "Attachment",
    "CaseFile",
    "Evidence",
    "Fact",
    "Finding",
    "Happening",
    "Limit",
    "build",
    "named_apart",
    "verify",
]

OURS = {"timeline.json", "manifest.json", "manifest.sig", "public-key.pem"}
LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One line of the cover."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event of the record."""

    id: int
    kind: str
    at: datetime
    said_at: datetime | None = None  # where it happened at another time than it was recorded
    who: str  # a role or a staff number
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One deadline: from when until when, how it ended, and how the due time was reckoned."""

    name: str
    started_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    outcome: str
    explanation: str


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One piece of evidence. `attached_as` is the name of the attachment that holds the original, or nothing."""

    kind: str
    what: str
    received_at: datetime
    custody: str = ""
    attached_as: str = ""


@dataclass(frozen=True, kw_only=True)
class CaseFile(Document):
    """Everything about one case, as it is handed to a court, an authority or the archive."""

    template: ClassVar[str] = "casefile"

    matter: str
    facts: tuple[Fact, ...]
    happenings: tuple[Happening, ...]
    limits: tuple[Limit, ...]
    evidence: tuple[Evidence, ...]
    record_seal: str = ""  # number and digest of the seal of the record that covers the last event


def build(
    case_file: CaseFile,
    attachments: Sequence[Attachment],
    *,
    language: Language,
    key: Ed25519PrivateKey | None = None,
) -> bytes:
    """The sealed file, compiled as PDF/A-3b. The same case file and key give the same bytes."""
    key = key or signing_key()
    _insist_on_names(case_file, [one.name for one in attachments])
    timeline = canonical(_as_json(case_file))
    manifest = canonical(
        {
            "format": "sisheng.case-file/1",
            "number": case_file.number,
            "made_at": _as_json(case_file.printed_at),
            "made_by": case_file.printed_by,
            "key": public_half(key).hex,
            "files": [_line("timeline.json", timeline), *(_line(one.name, one.content) for one in attachments)],
        }
    )
    own = [
        Attachment("timeline.json", timeline, "application/json", relationship="data"),
        Attachment("manifest.json", manifest, "application/json", relationship="data"),
        Attachment("manifest.sig", key.sign(manifest), relationship="data"),
        Attachment(
            "public-key.pem", public_half(key).pem.encode("ascii"), "application/x-pem-file", relationship="data"
        ),
    ]
    data = as_data(case_file, language) | {
        "qr": codes.qr(case_file.link) if case_file.link else None,
        "digests": {one.name: hashlib.sha256(one.content).hexdigest() for one in attachments},
        "fingerprint": public_half(key).fingerprint,
        "public_key": public_half(key).hex,
        "manifest_digest": hashlib.sha256(manifest).hexdigest(),
    }
    return sealed(
        render(
            case_file.template,
            data,
            language=language,
            at=case_file.printed_at,
            standard="a-3b",
            attachments=[*attachments, *own],
        ),
        key,
    )


def named_apart(names: Sequence[str]) -> list[str]:
    """Names under which files can be attached: without folders or control characters, and each only once."""
    taken, apart = set(OURS), []
    for name in names:
        stem, dot, ending = _plain_name(name).rpartition(".")
        stem, ending = (stem, dot + ending) if stem else (ending, "")
        chosen, more = stem + ending, 1
        while chosen in taken:
            more += 1
            chosen = f"{stem} ({more}){ending}"
        taken.add(chosen)
        apart.append(chosen)
    return apart


def _plain_name(name: str) -> str:
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    name = "".join(each for each in name if unicodedata.category(each)[0] != "C").strip(" .")
    return name[-LONGEST_NAME:] or "file"


def _insist_on_names(case_file: CaseFile, names: list[str]) -> None:
    if named_apart(names) != names:
        raise ValueError("Attachments need plain names, each its own: see named_apart.")
    if lost := {one.attached_as for one in case_file.evidence if one.attached_as} - set(names):
        raise ValueError(f"Evidence names attachments that are not there: {sorted(lost)}")


def _line(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _as_json(value: Any) -> Any:
    """What a paper tells, for machines: times in UTC, days in ISO, amounts as text, characters as they were written."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case tuple() | list():
            return [_as_json(each) for each in value]
        case Mapping():
            return {name: _as_json(each) for name, each in value.items()}
    if is_dataclass(value):
        return {field.name: _as_json(getattr(value, field.name)) for field in fields(value)}
    return value

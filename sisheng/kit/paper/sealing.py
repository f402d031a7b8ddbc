"""The seal of a case file: what every stretch of it was, signed, as the last object of the PDF itself.

The PDF is complete before. The seal comes behind it as an incremental update, which is how PDF itself lets a file grow,
so that the file stays a PDF for every reader and needs no second file beside it:

    … the PDF as Typst made it … %%EOF
    44 0 obj <</Type/SishengSeal/Length 1234>> stream
    <signature, 128 hexadecimal digits>
    {"key": …, "length": …, "stretches": [["page", "1", 4321, "<sha256>"], …], "trailer": …}
    endstream endobj xref … %%EOF

`length` is how long the PDF was. A stretch is told by what it is, its name, where it ends, and its digest; together
they leave no byte out. Everything behind the PDF can be written again from the seal, so no byte of that can differ
unseen.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pypdf
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pypdf.generic import IndirectObject

from sisheng.kit.paper.signing import PublicKey, public_half

MARK = b"<</Type/SishengSeal/Length "
OPENING = re.compile(rb"\n(\d{1,9}) 0 obj\n<</Type/SishengSeal/Length (\d{1,9})>>\nstream\n([0-9a-f]{128})\n")
ENDING = re.compile(rb"\ntrailer\n<</Size (\d+)(/Root .*)>>\nstartxref\n(\d+)\n%%EOF\s*\Z", re.DOTALL)
OUR_FILES = {
    "timeline.json": "timeline",
    "manifest.json": "manifest",
    "manifest.sig": "manifest",
    "public-key.pem": "manifest",
}


@dataclass(frozen=True)
class Stretch:
    """Bytes of the file that belong to one thing: a page, an attachment, or what holds them together."""

    kind: str  # page, attachment, timeline, manifest, frame
    name: str
    start: int
    end: int
    digest: str


@dataclass(frozen=True)
class Seal:
    """What a file says of itself."""

    key: PublicKey
    is_signed: bool  # by that key
    length: int
    stretches: tuple[Stretch, ...]
    at: int  # where it begins
    is_whole: bool  # nothing differs from its beginning to the end of the file


def canonical(value: Any) -> bytes:
    """JSON in the one way in which it can be signed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf8")


def sealed(pdf: bytes, key: Ed25519PrivateKey) -> bytes:
    """The file with its seal."""
    ending = ENDING.match(pdf, pdf.rfind(b"\ntrailer\n"))
    if ending is None:
        raise ValueError("This PDF does not end as Typst ends one.")
    body = canonical(
        {
            "format": "sisheng.seal/1",
            "key": public_half(key).hex,
            "length": len(pdf),
            "number": int(ending[1]),
            "stretches": [[one.kind, one.name, one.end, one.digest] for one in _stretches(pdf)],
            "trailer": f"{ending[2].decode('ascii')}/Prev {ending[3].decode('ascii')}",
        }
    )
    return pdf + _written(body, key.sign(body).hex())


def read_seal(file: bytes) -> Seal | None:
    """The seal of a file, also of one that was altered; None where there is none that can be read."""
    at = file.rfind(MARK)
    opening = OPENING.match(file, file.rfind(b"\n", 0, file.rfind(b"\n", 0, at))) if at > 0 else None
    if opening is None:
        return None
    text = file[opening.end() : opening.start(3) + int(opening[2])]
    try:
        body = json.loads(text)
        key, length = PublicKey(bytes.fromhex(body["key"])), int(body["length"])
        stretches = tuple(_told(body["stretches"]))
        is_whole = file[opening.start() :] == _written(canonical(body), opening[3].decode("ascii"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    is_signed = key.has_signed(text, bytes.fromhex(opening[3].decode("ascii")))
    return Seal(key, is_signed, length, stretches, opening.start(), is_whole)


def _told(lines: list[list[Any]]) -> list[Stretch]:
    start, told = 0, []
    for kind, name, end, digest in lines:
        told.append(Stretch(str(kind), str(name), start, int(end), str(digest)))
        start = int(end)
    return told


def _written(body: bytes, signature: str) -> bytes:
    """What comes behind the PDF: one object, its place in the table, and a new end."""
    told = json.loads(body)
    number, content = told["number"], signature.encode("ascii") + b"\n" + body
    update = b"\n%d 0 obj\n%b%d>>\nstream\n%b\nendstream\nendobj\n" % (number, MARK, len(content), content)
    at = told["length"]
    table = b"xref\n%d 1\n%010d 00000 n\r\ntrailer\n<</Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (
        number,
        at + 1,
        number + 1,
        told["trailer"].encode("ascii"),
        at + len(update),
    )
    return update + table


def _stretches(pdf: bytes) -> list[Stretch]:
    """The whole file in stretches, each object with the bytes up to the next."""
    reader = pypdf.PdfReader(BytesIO(pdf))
    belongs = _owners(reader)
    begins = sorted((offset, number) for number, offset in reader.xref[0].items() if number)
    marks = [(0, ("frame", "")), *((offset, belongs.get(number, ("frame", ""))) for offset, number in begins)]
    table = pdf.rfind(b"\nxref\n") + 1
    marks.append((table, ("frame", "")))
    runs = [next(group) for _what, group in itertools.groupby(marks, key=lambda mark: mark[1])]
    ends = [*(start for start, _what in runs[1:]), len(pdf)]
    return [
        Stretch(*what, start, end, hashlib.sha256(pdf[start:end]).hexdigest())
        for (start, what), end in zip(runs, ends, strict=True)
    ]


def _owners(reader: pypdf.PdfReader) -> dict[int, tuple[str, str]]:
    """Object number → what it belongs to."""
    owners: dict[int, tuple[str, str]] = {}
    for number, page in enumerate(reader.pages, start=1):
        for part in (page.indirect_reference, page.raw_get("/Contents")):
            if isinstance(part, IndirectObject):
                owners[part.idnum] = ("page", str(number))
    for name, specification in embedded(reader):
        what = (OUR_FILES.get(name, "attachment"), name)
        owners[specification.idnum] = what
        owners[_contents_of(specification).idnum] = what
    return owners


def embedded(reader: pypdf.PdfReader) -> list[tuple[str, IndirectObject]]:
    """The attached files with their names. The list is ordered by a name in bytes; that in Unicode is in each file."""
    root: Any = reader.root_object
    return [(str(_dictionary(one)["/UF"]), one) for one in _leaves(root["/Names"]["/EmbeddedFiles"])]


def _leaves(node: Any) -> Iterator[IndirectObject]:
    for kid in node.get("/Kids", ()):
        yield from _leaves(kid.get_object())
    yield from node.get("/Names", ())[1::2]


def contents(specification: IndirectObject) -> bytes:
    """What is in an attached file."""
    return bytes(_dictionary(_contents_of(specification)).get_data())


def _contents_of(specification: IndirectObject) -> IndirectObject:
    stream: IndirectObject = _dictionary(specification)["/EF"].raw_get("/F")
    return stream


def _dictionary(one: IndirectObject) -> Any:
    return one.get_object()

"""From a document to a PDF. The renderer stands behind one call, so that another could take its place (ADR 33).

    pdf(slip, language="zh", large=True)

Data reaches a template as JSON and is text there, whatever it contains. A template can read its own folder and nothing
else, uses no packages from elsewhere, and sees no clock: the same document gives the same bytes.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, Protocol

import typst
from django.utils import translation

from sisheng.ground.ui import formats
from sisheng.kit.paper import codes
from sisheng.kit.paper.documents import CustomerSlip, Document
from sisheng.kit.paper.glyphs import FONTS, printable

Language = Literal["zh", "en"]
Standard = Literal["a-3b", "ua-1"]
TEMPLATES = Path(__file__).parent / "typst"


@dataclass(frozen=True)
class Attachment:
    """A file that travels inside a PDF. `mime` such as image/jpeg."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"
    description: str = ""
    relationship: Literal["source", "data", "alternative", "supplement"] = "supplement"


class Renderer(Protocol):
    """Makes the PDF of a template and its data."""

    def __call__(
        self,
        template: str,
        data: Mapping[str, Any],
        *,
        language: Language,
        at: datetime,
        large: bool = False,
        standard: Standard | None = None,
        attachments: Iterable[Attachment] = (),
    ) -> bytes: ...


def pdf(document: Document, *, language: Language, large: bool = False) -> bytes:
    """The paper. `large` is the large print, 16 pt and more."""
    data = as_data(document, language)
    data["qr"] = codes.qr(document.link) if document.link else None
    if isinstance(document, CustomerSlip):
        data["bars"] = codes.bars(document.digits)
    return render(document.template, data, language=language, at=document.printed_at, large=large)


def as_data(value: Any, language: Language) -> Any:
    """Plain JSON of a document: times, days and money in the words of that language, every text printable."""
    with translation.override("en" if language == "en" else "zh-hans"):
        return _plain(value)


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int():
            return value
        case str():
            return printable(value)
        case datetime():
            return formats.when(value)
        case date():
            return formats.day(value)
        case Decimal():
            return formats.money(value, exact=True)
        case tuple() | list():
            return [_plain(each) for each in value]
        case Mapping():
            return {name: _plain(each) for name, each in value.items()}
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"A paper cannot show a {type(value).__name__}.")


def render(
    template: str,
    data: Mapping[str, Any],
    *,
    language: Language,
    at: datetime,
    large: bool = False,
    standard: Standard | None = None,
    attachments: Iterable[Attachment] = (),
) -> bytes:
    """Typst as a Renderer."""
    attached = list(attachments)
    if not attached:
        return _compiled(TEMPLATES, template, dict(data), language, at, large, standard)
    # A template reads files from its own folder only, so what is attached has to lie in one with it.
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        root = Path(folder)
        shutil.copytree(TEMPLATES, root, dirs_exist_ok=True)
        told = []
        for place, one in enumerate(attached):
            (root / f"attached-{place}").write_bytes(one.content)
            told.append(
                {
                    "name": one.name,
                    "file": f"attached-{place}",
                    "mime": one.mime,
                    "description": printable(one.description or one.name),
                    "relationship": one.relationship,
                }
            )
        return _compiled(root, template, {**data, "attached": told}, language, at, large, standard)


def _compiled(
    root: Path,
    template: str,
    data: dict[str, Any],
    language: Language,
    at: datetime,
    large: bool,
    standard: Standard | None,
) -> bytes:
    return typst.compile(
        root / f"{template}.typ",
        root=root,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        package_path=root / "none",  # no packages, neither kept on the machine …
        package_cache_path=root / "none",  # … nor fetched
        sys_inputs={
            "data": json.dumps(data, ensure_ascii=False),
            "language": language,
            "large": "yes" if large else "no",
        },
        pdf_standards=[standard] if standard else [],
        timestamp=int(at.timestamp()),
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])

"""Which characters our fonts can print. An archived PDF may not hold a character that has no shape.

A rare character of a name, or an emoji in a message, appears as its code point: 〔U+20BB7〕. Nothing is left out
silently; what was really written stands in the record and in the attached timeline.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from functools import cache
from importlib.resources import files
from pathlib import Path

FONTS = Path(str(files("pylopdf_fonts_zh_cn")))
UNICODE_TABLES = {(0, 4), (3, 10)}  # platform and encoding of a table of all planes
INVISIBLE = {"Cf", "Cc", "Mn", "Me"}


def printable(text: str) -> str:
    """The text in characters that can be printed. Line ends stay; tabs become spaces."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    if not (strange := {each for each in text if each != "\n" and ord(each) not in known()}):
        return text
    unseen = {each for each in strange if unicodedata.category(each) in INVISIBLE}
    text = "".join(each for each in text if each not in unseen)
    if not (strange := strange - unseen):
        return text
    runs = f"[{re.escape(''.join(sorted(strange)))}]+"
    return re.sub(runs, lambda run: f"〔{' '.join(f'U+{ord(each):04X}' for each in run[0])}〕", text)


@cache
def known() -> frozenset[int]:
    """The code points that every one of the fonts has."""
    return frozenset.intersection(*(_of(path) for path in sorted(FONTS.glob("*.otf"))))


def _of(path: Path) -> frozenset[int]:
    """The code points of a font, from format 12 of its `cmap` table (OpenType)."""
    font = path.read_bytes()
    for place in range(12, 12 + 16 * struct.unpack_from(">H", font, 4)[0], 16):
        if font[place : place + 4] == b"cmap":
            table = struct.unpack_from(">L", font, place + 8)[0]
            return _all_planes(font, table)
    raise ValueError(f"{path} says nothing about its characters.")


def _all_planes(font: bytes, table: int) -> frozenset[int]:
    for place in range(table + 4, table + 4 + 8 * struct.unpack_from(">H", font, table + 2)[0], 8):
        platform, encoding, offset = struct.unpack_from(">HHL", font, place)
        if (platform, encoding) in UNICODE_TABLES and struct.unpack_from(">H", font, table + offset)[0] == 12:
            groups = struct.unpack_from(">L", font, table + offset + 12)[0]
            found = (struct.unpack_from(">LL", font, table + offset + 16 + 12 * group) for group in range(groups))
            return frozenset(point for first, last in found for point in range(first, last + 1))
    raise ValueError("The font has no table of all planes.")

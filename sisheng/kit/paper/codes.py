"""What a camera or a scanner reads: QR codes, and digits as Code 128."""

from __future__ import annotations

import re
from io import BytesIO

import segno

# Bars and spaces of the 103 values, of START C and of STOP, in modules: Code 128, ISO/IEC 15417.
WIDTHS = re.findall(
    r"\d{6}",
    """
    212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231
    113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211
    212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131
    113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111
    314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211
    241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141
    214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131
    """,
)
START_C, STOP = ("211232", 105), "2331112"
CHECK = 103


def qr(text: str) -> str:
    """A QR code as SVG, with the four free modules around it that a camera needs."""
    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="svg", border=4, xmldecl=False, dark="#000")
    return picture.getvalue().decode("utf8")


def bars(digits: str) -> list[int]:
    """The widths of bar, space, bar, … for an even number of digits, each pair one symbol (code set C)."""
    pairs = [int(digits[place : place + 2]) for place in range(0, len(digits), 2)]
    start, value = START_C
    check = (value + sum(place * pair for place, pair in enumerate(pairs, start=1))) % CHECK
    return [int(width) for width in "".join([start, *(WIDTHS[pair] for pair in [*pairs, check]), STOP])]

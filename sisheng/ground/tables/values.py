"""What is written in a cell, and what it means. Every reader gives None for a blank cell or raises Unusable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from sisheng.ground.refusals import Unusable
from sisheng.ground.tables.grid import listed

# People write these where they mean nothing at all.
BLANK = {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "n/a", "null", "none", "nil"}
EXCEL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "######"}
# U+FFFD is a lost character; 锟斤拷 is what two of them become when they are read as GBK.
LOST = ("\ufffd", "锟斤拷")

_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94) if chr(0x21 + i).isalnum()}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD])
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣"), "-")
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')  # how some systems stop Excel from turning a code into a number
_FLOAT = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)
_CLOCK = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_YEAR_FIRST = re.compile(r"(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?")
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{2}[-/.]\d{1,2}[-/.]\d{1,2}")
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
_SERIALS_FROM = date(1899, 12, 30)

Reader = Callable[[str], Any]


def tidy(written: str) -> str:
    """Half-width digits and letters, single spaces, nothing invisible. Rare Hanzi and punctuation stay as they are:
    a Unicode normal form would replace characters in people's names."""
    half = written.translate(_HALF_WIDTH).translate(_INVISIBLE)
    seen = "".join(" " if char.isspace() or unicodedata.category(char) == "Cc" else char for char in half)
    return " ".join(seen.split())


def meant(written: str) -> str | None:
    """The tidied text, or None where nothing is meant. Raises Unusable for what a program left instead of a value."""
    tidied = tidy(written)
    if tidied.casefold() in BLANK:
        return None
    if tidied.upper() in EXCEL_ERRORS:
        raise Unusable(_("Excel shows an error here instead of a value. Put the value in."))
    if any(lost in tidied for lost in LOST):
        raise Unusable(
            _("A character was already lost when this file was made. Export it again as CSV UTF-8 or .xlsx.")
        )
    return tidied


def text(most: int = 200) -> Reader:
    """Words of at most so many characters. What begins with “=” or “+” is text like any other, and stays text."""

    def read(written: str) -> str | None:
        words = meant(written)
        if words and len(words) > most:
            raise Unusable(_("Too long: %(length)d characters, at most %(most)d fit.") % _lengths(words, most))
        return words

    return read


text_of_any_kind = text()


def code(most: int = 20) -> Reader:
    """A code that people write in several ways: Ｌ２－ｃ０２ is L2-C02, and 101.0 is 101."""

    def read(written: str) -> str | None:
        words = meant(written)
        if words is None:
            return None
        plain = written_out(unicodedata.normalize("NFKC", words).translate(_DASHES))
        joined = "".join(plain.split()).upper()
        if len(joined) > most:
            raise Unusable(_("Too long: %(length)d characters, at most %(most)d fit.") % _lengths(joined, most))
        return joined

    return read


def written_out(words: str) -> str:
    """Undo what spreadsheets do to long numbers: 15400000001.0, 1.5400000001E+10, ="15400000001", '15400000001.

    Raises Unusable where digits are gone for good (1.54E+10).
    """
    if kept := _KEPT_AS_TEXT.fullmatch(words):
        words = kept[1].strip()
    words = words.removeprefix("'")
    number = _FLOAT.fullmatch(words)
    if not number or not (number[1] or number[2]):
        return words
    value = Decimal(words)
    if value != value.to_integral_value():
        return words
    if number[2] and len(value.as_tuple().digits) <= value.adjusted():
        raise Unusable(
            _("Excel has shortened this number and its last digits are lost. Format the column as text, export again.")
        )
    return f"{value:.0f}"


def day(written: str) -> date | None:
    """A date with the year first, or Excel's count of days. Where day and month could be confused it is refused."""
    words = meant(written)
    if words is None:
        return None
    plain = _CLOCK.sub("", unicodedata.normalize("NFKC", words).translate(_DASHES)).strip()
    plain = re.sub(r"\s*([-/.年月日])\s*", r"\1", plain)
    if _SERIAL.fullmatch(plain):
        return _within_reason(_SERIALS_FROM + timedelta(days=int(float(plain))))
    if re.fullmatch(r"\d{8}", plain):
        return _calendar_day(plain[:4], plain[4:6], plain[6:])
    if parts := _YEAR_FIRST.fullmatch(plain):
        year, between, month, then, dom = parts.groups()
        if (between, then) in {("-", "-"), ("/", "/"), (".", "."), ("年", "月")}:
            return _calendar_day(year, month, dom)
    if _YEAR_LAST.fullmatch(plain):
        raise Unusable(_("Day, month and year could be confused here. Write the year first: 2026-11-22."))
    raise Unusable(_("This is not a date. Write it like 2026-11-22."))


def _calendar_day(year: str, month: str, dom: str) -> date:
    try:
        return _within_reason(date(int(year), int(month), int(dom)))
    except ValueError:
        raise Unusable(_("There is no such day in the calendar. Check the date.")) from None


def _within_reason(found: date) -> date:
    if not 1900 <= found.year <= 2100:
        raise Unusable(_("The year cannot be right. Check the date."))
    return found


def choice(words: Mapping[str, Any], told: Iterable[str] = ()) -> Reader:
    """One of several values, each under the words by which people know it. `told`: those that a refusal names."""
    known = {fold(word): value for word, value in words.items()}

    def read(written: str) -> Any:
        said = meant(written)
        if said is None:
            return None
        if (folded := fold(said)) not in known:
            raise Unusable(_("Not a known value. Known are: %(words)s.") % {"words": listed(told or words)})
        return known[folded]

    return read


def fold(words: str) -> str:
    """For comparing only: case, width, spaces, brackets and other signs do not count."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return "".join(char for char in plain if char.isalnum()) or plain.strip()


yes_no = choice(
    {"是": True, "否": False, "有": True, "没有": False, "√": True, "×": False, "yes": True, "no": False}
    | {"y": True, "n": False, "1": True, "0": False, "true": True, "false": False},
    told=("是", "否", "yes", "no"),
)


def shown(value: Any) -> str:
    """A value for a report, shortened to one glance."""
    words = "" if value is None else str(value)
    return words if len(words) <= 40 else f"{words[:39]}…"


def _lengths(words: str, most: int) -> dict[str, int]:
    return {"length": len(words), "most": most}

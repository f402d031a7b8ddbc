"""In which letters a text file is written. Decided strictly: a byte that does not fit is named, never replaced."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from sisheng.ground.tables import limits
from sisheng.ground.tables.refusals import UnreadableFile

MARKS = {
    codecs.BOM_UTF8: ("utf-8", "UTF-8"),
    codecs.BOM_UTF16_LE: ("utf-16-le", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16-be", "UTF-16"),
}


@dataclass(frozen=True)
class Flaw:
    """The first place at which the bytes do not make sense."""

    byte: int  # counted from 1, as editors do
    line: int
    is_nul: bool = False
    is_rare: bool = False  # most of what was looked at does make sense: damage, rather than another encoding


@dataclass(frozen=True)
class Attempt:
    """One way of reading the bytes as text: GB18030 stands for GBK and GB2312 too, which it contains."""

    codec: str
    label: str
    flaw: Flaw | None = None
    lines: int = 0

    @property
    def is_damaged(self) -> bool:
        """It is this encoding, and something happened to the file."""
        return self.flaw is not None and self.flaw.is_rare

    def refusal(self) -> UnreadableFile:
        flaw = self.flaw
        assert flaw is not None  # noqa: S101 - asked of broken attempts only
        place = {"label": self.label, "byte": flaw.byte, "line": flaw.line}
        if flaw.is_nul:
            sentence = _(
                "Byte %(byte)d, in line %(line)d, is a NUL: this is not a text file, or it is damaged. "
                "Open it in Excel or WPS and save it as CSV UTF-8 or .xlsx."
            )
        else:
            sentence = _(
                "Byte %(byte)d, in line %(line)d, is not %(label)s text: the file was cut off or damaged, or it is "
                "written in another encoding. Export it again as CSV UTF-8 or .xlsx."
            )
        return UnreadableFile(sentence % place)


def attempts(path: Path) -> list[Attempt]:
    """The ways in which this file may be meant, the likeliest first. A mark at the beginning leaves only one."""
    with path.open("rb") as file:
        start = file.read(3)
    for mark, (codec, label) in MARKS.items():
        if start.startswith(mark):
            return [_attempt(path, codec, label)]
    utf8 = _attempt(path, "utf-8", "UTF-8")
    if utf8.flaw is None or utf8.flaw.is_nul:
        return [utf8]
    return [utf8, _attempt(path, "gb18030", "GB18030")]


def _attempt(path: Path, codec: str, label: str) -> Attempt:
    """Decode the whole file, a piece at a time, up to the first flaw."""
    decoder = codecs.getincrementaldecoder(codec)(errors="strict")
    lines = _LineCount()
    done = 0  # bytes whose text is known
    before = b""
    for piece, is_last in _pieces(path):
        pending = decoder.getstate()[0]
        try:
            text = decoder.decode(piece, final=is_last)
        except UnicodeDecodeError as error:
            lines.add((pending + piece)[: error.start].decode(codec, errors="ignore"))
            flaw = Flaw(done + error.start + 1, lines.count + 1, is_rare=_is_rare(piece or before, codec))
            return Attempt(codec, label, flaw)
        if "\0" in text:
            good = text[: text.index("\0")]
            lines.add(good)
            return Attempt(codec, label, Flaw(done + len(good.encode(codec)) + 1, lines.count + 1, is_nul=True))
        lines.add(text)
        before = piece
        done += len(pending) + len(piece) - len(decoder.getstate()[0])
    return Attempt(codec, label, lines=lines.count)


def _pieces(path: Path) -> Iterator[tuple[bytes, bool]]:
    with path.open("rb") as file:
        while piece := file.read(limits.MEGABYTE):
            yield piece, False
    yield b"", True


def _is_rare(around: bytes, codec: str) -> bool:
    """Do more characters beyond ASCII make sense here than do not?"""
    text = around.decode(codec, errors="replace")
    bad = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - bad > bad


class _LineCount:
    """Counts line ends of all three kinds, also where one is cut by the end of a piece."""

    def __init__(self) -> None:
        self.count = 0
        self._ends = io.IncrementalNewlineDecoder(None, translate=True)

    def add(self, text: str) -> None:
        self.count += self._ends.decode(text).count("\n")

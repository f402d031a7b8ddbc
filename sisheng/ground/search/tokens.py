"""How text becomes search words, the same for both databases and for documents and questions.

Chinese, Japanese and Korean have no blanks between words, so a run of their characters becomes overlapping pairs:
行远箱包 → 行远 远箱 箱包, and the last character alone, so that every character begins some token. Whatever two or
more characters somebody asks for is then found exactly, without a dictionary. Other words are kept whole.
"""

from __future__ import annotations

import re
import unicodedata

MOST_TEXT = 20_000  # characters of one document that can be found
MOST_ASKED = 64  # characters of a question that are looked at
LONGEST_WORD = 40

# Without blanks between words: Han with its repetition mark and zero, kana, hangul.
_DENSE = "々〇㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U000323afぁ-ゟァ-ヺー-ヿ가-힣"
_RUN = re.compile(f"(?P<dense>[{_DENSE}]+)|[^\\W_{_DENSE}]+")
_CHUNK = re.compile(f"(?:[{_DENSE}]|[^\\W_])+")
_OTHER = re.compile(f"(?:(?![{_DENSE}])[\\W_])+")

# Soft hyphens, joiners, direction and variation marks, halves of surrogate pairs: nobody types them on purpose.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ud800-\udfff\U000e0100-\U000e01ef]"
)
_BLANK = re.compile("[\\x00-\\x20\\x7f-\\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def fold(text: str, most: int = MOST_TEXT) -> str:
    """The text as it is compared: ＴＳ ０００７ is “ts 0007”. What is beyond `most` characters is left out."""
    seen = _INVISIBLE.sub("", text[:most])
    plain = unicodedata.normalize("NFKC", seen).lower()
    return _BLANK.sub(" ", plain).strip()[:most]


def storable(text: str) -> str:
    """The text without what a database refuses to keep: NUL and halves of surrogate pairs."""
    return _UNSTORABLE.sub("", text)


def compact(text: str) -> str:
    """Only the letters and digits of a question or a code: “L2-C02” is “l2c02”, “xing'yuan” is “xingyuan”."""
    return _OTHER.sub("", fold(text, MOST_ASKED)).replace("ü", "v")


def chunks(folded: str) -> list[str]:
    """What stands together without a blank or a sign, in order."""
    return _CHUNK.findall(folded)


def runs(folded: str) -> list[tuple[str, bool]]:
    """Each run of one kind of writing, with whether it is dense (written without blanks)."""
    return [(match.group(), match["dense"] is not None) for match in _RUN.finditer(folded)]


def tokens(folded: str) -> set[str]:
    """What a document with this text is found by."""
    found: set[str] = set()
    for run, is_dense in runs(folded):
        if is_dense:
            found.update(pairs(run))
            found.add(run[-1])
        else:
            found.add(run[:LONGEST_WORD])
    return found


def pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]

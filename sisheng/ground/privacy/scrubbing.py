"""Log lines leave the house: no phone number goes with them."""

from __future__ import annotations

import logging
import re

from sisheng.ground.privacy.masks import mask_phone

FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
GAP = "[ -]?"
PHONE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?86{GAP})?1[3-9]\d{GAP}\d{{4}}{GAP}\d{{4}}(?!\d)"  # a mobile
    rf"|(?<!\d)(?:(?:\+|00)86{GAP}\d{{2,3}}|0\d{{2,3}}){GAP}\d{{3,4}}{GAP}\d{{4}}(?!\d)"  # a landline
    rf"|(?<!\d)(?:\+|00)[1-9]\d{{0,2}}{GAP}\d{{3,5}}{GAP}\d{{3,6}}(?!\d)"  # from abroad
)


def scrub(text: str) -> str:
    """The text with every phone number masked: 154****0001."""
    return PHONE.sub(_masked, text.translate(FULL_WIDTH))


def _masked(found: re.Match[str]) -> str:
    digits = found[0].replace(" ", "").replace("-", "")
    return mask_phone(re.sub("^00", "+", digits))


class Scrubbed(logging.Formatter):
    """A formatter, because a filter never sees the traceback, and an error likes to quote its value."""

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))

"""Phone numbers as people and spreadsheets write them, and as we keep them: +8615400000001 (E.164)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

import phonenumbers
from django.utils.translation import gettext as _

from sisheng.ground.refusals import Unusable

# Also the demo block 154-0000, which no operator has issued and which phonenumbers therefore calls invalid.
MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9]\d{9})")
SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d{1,2}")
FILLING = re.compile(r"[\s\-‐‑–—_.·/()\[\]]+")


def e164(written: str | float, region: str = "CN") -> str:
    """The number in its one form. Raises Unusable, with a sentence, for what cannot be called."""
    text = _as_text(written)
    digits = FILLING.sub("", text)
    if mobile := MOBILE.fullmatch(digits):
        return f"+86{mobile[1]}"
    try:
        number = phonenumbers.parse(re.sub("^00", "+", digits), region)
    except phonenumbers.NumberParseException:
        raise _no_phone(text) from None
    # letters and extensions would be dropped in silence, and the wrong person called
    if not re.fullmatch(r"\+?\d{5,15}", digits) or not phonenumbers.is_valid_number(number):
        raise _no_phone(text)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _as_text(written: str | float) -> str:
    """What was written, with plain digits; a number that a spreadsheet has turned into a fraction made whole again."""
    if isinstance(written, float):
        return f"{written:.0f}"
    text = unicodedata.normalize("NFKC", str(written)).strip()
    if re.fullmatch(r"\d+\.0+", text):
        return text.partition(".")[0]
    if SCIENTIFIC.fullmatch(text):
        return _written_out(text)
    return text


def _written_out(text: str) -> str:
    """1.5400000001E+10 is still a number; of 1.54E+10 nobody knows any more what it was."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _no_phone(text) from None
    if len(number.as_tuple().digits) <= number.adjusted():
        raise Unusable(
            _("The spreadsheet has rounded this number (%(phone)s). Format the column as text and save it again.")
            % {"phone": text[:40]},
            field="phone",
        )
    return f"{number:f}"


def _no_phone(text: str) -> Unusable:
    sentence = _("“%(phone)s” is no phone number. Write 11 digits for a mobile, the area code for a landline.")
    return Unusable(sentence % {"phone": text[:40]}, field="phone")


def spoken(phone: str) -> str:
    """In groups, as it is read aloud: 154 0000 0001, 0755 8123 4567, +852 2345 6789."""
    if mobile := MOBILE.fullmatch(phone):
        return f"{mobile[1][:3]} {mobile[1][3:7]} {mobile[1][7:]}"
    try:
        number = phonenumbers.parse(phone, "CN")
    except phonenumbers.NumberParseException:
        return phone
    at_home = number.country_code == 86
    form = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form).replace("-", " ")


def can_take_sms(phone: str) -> bool:
    """At home only mobiles can; of a number from abroad we cannot tell, and try."""
    return bool(phone) and (not phone.startswith("+86") or bool(MOBILE.fullmatch(phone)))


def tail_of(written: str) -> str:
    """The last four digits, if that is what was written; else nothing."""
    digits = unicodedata.normalize("NFKC", written).strip()
    return digits if re.fullmatch(r"[0-9]{4}", digits) else ""

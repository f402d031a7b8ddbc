"""Mail addresses as people write them, and as we keep and show them."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from sisheng.ground.refusals import Unusable

LONGEST = 254


def email_address(written: str) -> str:
    """The address in its one form: no blanks around it, a full-width @ made plain, the domain in small letters.

    Raises Unusable, with a sentence, for what no mail server would take.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    name, _at, domain = text.rpartition("@")
    try:
        address = f"{name}@{punycode(domain.lower())}"
        validate_email(address)
    except (ValidationError, UnicodeError):
        raise Unusable(_("This is not a mail address: %(written)s") % {"written": text[:60]}, field="email") from None
    if len(address) > LONGEST:
        raise Unusable(_("This is not a mail address: %(written)s") % {"written": text[:60]}, field="email")
    return address


def mask_email(address: str | None) -> str:
    """w***@example.com: enough to recognise one's own."""
    name, at, domain = (address or "").rpartition("@")
    return f"{name[:1]}***@{domain}" if at else ""

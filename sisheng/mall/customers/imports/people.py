"""Which customer a row is about: the one with that phone number, found by its blind index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from sisheng.ground.privacy.masks import mask_name, mask_phone
from sisheng.ground.refusals import Unusable
from sisheng.ground.tables.plan import Found, Known, Spec, Values
from sisheng.mall.customers.imports.fields import customer_fields
from sisheng.mall.customers.models import Customer
from sisheng.mall.directory.models import Mall

COMPARED = ("salutation", "tier", "tier_until", "language", "account_class", "is_large_print")
NEEDS_A_DATE = {Customer.Tier.SILVER, Customer.Tier.GOLD}


def customer_spec(mall: Mall) -> Spec:
    """What the rows of a table of customers are, for this mall.

    Two rows with one number are common (a family shares it) and one record: the first counts, the report tells.
    """
    return Spec(
        fields=customer_fields(),
        key=lambda row: row["phone"],
        find=lambda rows: find(mall, [row["phone"] for row in rows]),
        called=lambda row: f"{mask_name(row.get('salutation', ''))} {mask_phone(row['phone'])}".strip(),
        check=_check,
    )


def find(mall: Mall, phones: Sequence[str]) -> list[Found]:
    """For each number the customer who has it, or None. Nobody's number is decrypted."""
    index: Any = Customer._meta.get_field("phone_index")
    phone_of = {digest: phone for phone in phones for digest in index.digests(phone, mall.pk)}
    rows = Customer.objects.filter(mall=mall, phone_index__in=list(phone_of))
    found = {
        phone_of[bytes(digest)]: Known(pk, dict(zip(COMPARED, values, strict=True)))
        for pk, digest, *values in rows.values_list("pk", "phone_index", *COMPARED)
    }
    return [found.get(phone) for phone in phones]


def _check(row: Values, known: Known | None) -> None:
    now = (known.values if known else {}) | row
    if now.get("tier") in NEEDS_A_DATE and not now.get("tier_until"):
        raise Unusable(
            _("A silver or gold tier needs the day until which it is valid (column “valid until”)."), field="tier"
        )

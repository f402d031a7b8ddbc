"""A page of the comment book, for the wall of forms: a complaint, praise and a suggestion, and which rows they make."""

from __future__ import annotations

from tests.walls.complaint_forms import BEGUN

SHEET = {
    "channel": "book",
    **{f"{place}-{name}": told for place in (1, 2, 3) for name, told in {"claim": "apology", "about": "shop"}.items()},
    "1-kind": "complaint", "1-written_on": "2026-11-20", "1-which": "L2-C02", "1-category": "price.price_tag",
    "1-words": "多收十元。", "1-phone": "15400000002", "1-name": "林女士",
    "2-kind": "praise", "2-words": "小梅帮了大忙。", "2-about": "staff", "2-which": "1001",
    "3-kind": "suggestion", "3-words": "多放几把椅子。",
}  # fmt: skip
MAKES = {
    **BEGUN, "book.Sitting": 1, "book.Line": 3, "praise.Praise": 1, "praise.Suggestion": 1,
    "events.Event": 9, "events.EventDetail": 4, "events.Delivery": 5,
}  # fmt: skip

"""Which complaints a number of the report is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from sisheng.desk.complaints import figures, taxonomy
from sisheng.desk.complaints.figures import NOT_SAID, WEEK, Span
from sisheng.ground.ui.formats import day
from sisheng.windows.reports.periods import DAY, OWN, Period, day_of

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall, Shop

MOST = 200


def narrowed(complaints: Any, asked: Mapping[str, str], span: Span, mall: Mall) -> tuple[Any, str]:
    """The complaints of one bar, tile or row, and what it is called; without any choice all that are counted."""
    show = asked.get("show", "")
    if show == "merged":
        return figures.accepted(complaints, span).filter(status="merged"), _("Merged into another")
    if show == "discarded":
        thrown = complaints.filter(status="discarded", opened_at__gte=span.since, opened_at__lt=span.until)
        return thrown, _("Drafts thrown away")
    found = figures.counted(complaints, span)
    if show == "withdrawn":
        return found.filter(status="withdrawn"), _("Withdrawn by the customer")
    if show == "open":
        return found.filter(closed_at=None), _("Still open")
    for field, table in (("category", taxonomy.CATEGORIES), ("cause", taxonomy.CAUSES)):
        key = asked.get(field, "")
        if key == NOT_SAID:
            return found.filter(**{field: ""}), _("not said")
        if taxonomy.is_known(table, key):
            within = Q(**{field: key}) | Q(**{f"{field}__startswith": f"{key}."})
            return found.filter(within), str(taxonomy.spoken(table, key))
    if (shop := asked.get("shop", "")) and shop.isdecimal() and len(shop) <= 18:
        return found.filter(shop=int(shop)), _name(mall.shops.filter(pk=int(shop)).first())
    if floor := asked.get("floor", "")[:4]:
        is_there = Q(shop=None) if floor == NOT_SAID else Q(shop__floor__code=floor)
        return found.filter(is_there), _("About no shop") if floor == NOT_SAID else floor
    monday = day_of(asked.get("week", ""))
    if monday is None:
        return found, ""
    week = Period(OWN, monday, monday + WEEK - DAY).span(mall, span.at)
    within = found.filter(accepted_at__gte=week.since, accepted_at__lt=week.until)
    return within, _("Week from %(day)s") % {"day": day(monday)}


def _name(shop: Shop | None) -> str:
    return f"{shop.unit} {shop.name}" if shop else ""

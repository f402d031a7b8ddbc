"""The case list: views that are addresses, keyset paging, counts that are capped (ux S4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import pgettext_lazy

from sisheng.cases.models import Case, kinds
from sisheng.cases.models.case import Channel
from sisheng.ground.lifecycle import Turn
from sisheng.windows.board.home import Due, due_lines, with_clocks

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff

PAGE_LENGTH = 50
MOST_COUNTED = 100  # nobody needs to know whether 1,204 or 1,207 cases are open

VIEWS = {
    "mine": pgettext_lazy("view", "Mine"),
    "open": pgettext_lazy("view", "All open"),
    "today": pgettext_lazy("view", "Due today"),
    "overdue": pgettext_lazy("view", "Overdue"),
    "customer": pgettext_lazy("view", "Waiting for the customer"),
    "partner": pgettext_lazy("view", "Waiting for the brand"),
    "closed": pgettext_lazy("view", "Settled"),
}


@dataclass(frozen=True)
class Page:
    """One page of a list, and the address of the next."""

    lines: list[Due]
    after: str


def cases_in(view: str, mall: Mall, who: Staff, at: datetime) -> Any:
    """The cases of one saved view."""
    seen = Case.objects.visible_to(who).filter(mall=mall)
    still_open = seen.open()
    end_of_day = datetime.combine(mall.today(at) + timedelta(days=1), time.min, tzinfo=mall.zone)
    return {
        "mine": still_open.filter(handler=who),
        "today": still_open.filter(next_due_at__lt=end_of_day),
        "overdue": still_open.filter(next_due_at__lt=at),
        "customer": still_open.filter(turn=Turn.CUSTOMER),
        "partner": still_open.filter(turn=Turn.PARTNER),
        "closed": seen.filter(closed_at__isnull=False),
    }.get(view, still_open)


def narrowed(cases: Any, asked: QueryDict) -> Any:
    """What the filters of the address leave; what they do not know, they ignore."""
    if asked.get("kind") in kinds():
        cases = cases.filter(kind=asked["kind"])
    if asked.get("channel") in Channel.values:
        cases = cases.filter(channel=asked["channel"])
    if unit := asked.get("shop", "")[:20]:
        cases = cases.filter(shop__unit=unit)
    if code := asked.get("handler", "")[:20]:
        cases = cases.filter(handler__code=code)
    if number := asked.get("customer", "")[:20]:
        cases = cases.filter(customer__number=number)
    if status := asked.get("status", "")[:20]:
        cases = cases.filter(status=status)
    return cases


def page_of(cases: Any, view: str, after: str, who: Staff, at: datetime) -> Page:
    """Fifty lines after a place in the list. The last page costs what the first one costs."""
    found = _newest_first(cases, after) if view == "closed" else _due_first(cases, after)
    found = list(with_clocks(found)[: PAGE_LENGTH + 1])
    more = len(found) > PAGE_LENGTH
    shown = found[:PAGE_LENGTH]
    return Page(due_lines(shown, who, at), _place(shown[-1], view) if more else "")


def _newest_first(cases: Any, after: str) -> Any:
    return (cases.filter(pk__lt=int(after)) if _is_key(after) else cases).order_by("-pk")


def _due_first(cases: Any, after: str) -> Any:
    """By due time, then by key; cases without a deadline come last."""
    due, _comma, key = after.partition(",")
    if _is_key(key):
        moment = parse_datetime(due) if due else None
        later = Q(next_due_at=None, pk__gt=int(key))
        if moment is not None:
            later = Q(next_due_at__gt=moment) | Q(next_due_at=moment, pk__gt=int(key)) | Q(next_due_at=None)
        cases = cases.filter(later)
    return cases.due_first()


def _place(case: Case, view: str) -> str:
    if view == "closed":
        return str(case.pk)
    return f"{case.next_due_at.isoformat() if case.next_due_at else ''},{case.pk}"


def _is_key(text: str) -> bool:
    return text.isdigit() and len(text) <= 18


def counted(cases: Any) -> int:
    """How many, up to a hundred."""
    return len(cases.order_by()[:MOST_COUNTED].values_list("pk", flat=True))

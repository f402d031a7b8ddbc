"""The case list: views that are addresses, keyset paging, counts that are capped (ux S4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Max
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.module_loading import import_string
from django.utils.translation import get_language, pgettext_lazy

from sisheng.cases.models import Case, Clock, kinds
from sisheng.cases.models.case import Channel
from sisheng.ground.events.models import Event
from sisheng.ground.lifecycle import Turn
from sisheng.ground.ui import formats
from sisheng.mall.directory.bilingual import in_language
from sisheng.mall.staff.models import Staff
from sisheng.mall.staff.names import spoken_names
from sisheng.windows.board.home import Due, due_lines, with_clocks

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall


PAGE_LENGTH = 50
MOST_COUNTED = 100  # nobody needs to know whether 1,204 or 1,207 cases are open

TOLD_OF_CHANGES = ("topic", "by", "at", "said_at")  # the rest of an event is read on the page of its case

FILTERS = ("kind", "status", "channel", "handler", "shop", "customer")

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
class Line:
    """One case in the list as its row says it: the row only sets it in type, since there are fifty of them."""

    clock: Clock | None  # that is due first
    is_late: bool
    is_mine: bool
    url: str
    number: str
    heading: str
    state: Any
    handler: str
    shop: str
    changed_at: str
    changed_by: str


@dataclass(frozen=True)
class Page:
    """One page of a list, and the address of the next."""

    lines: list[Line]
    after: str


def canonical(view: str, asked: QueryDict) -> str:
    """The query of a list as its address says it: the view, then the filters that are set, always in this order.
    A state that is left over from another kind of case is none of them."""
    told = {name: str(asked[name]) for name in FILTERS if asked.get(name)}
    if told.get("kind") in kinds() and told.get("status") not in _states_of(told["kind"]):
        told.pop("status", None)
    return urlencode({"view": view} | told)


def states(kind: str = "") -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The states that a case can be in, under the kind of case that has them; of one kind where that is asked for."""
    shown = [kind] if kind in kinds() else list(kinds())
    return [(kinds()[slug].lifecycle.label, list(_states_of(slug).items())) for slug in shown]


def _states_of(kind: str) -> dict[str, Any]:
    return {state.name: state.label for state in kinds()[kind].lifecycle.states}


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
    status, kind = asked.get("status", "")[:20], str(asked.get("kind", ""))
    if status and (kind not in kinds() or status in _states_of(kind)):
        cases = cases.filter(status=status)
    return cases


def page_of(cases: Any, view: str, after: str, mall: Mall, who: Staff, at: datetime) -> Page:
    """Fifty lines after a place in the list. The last page costs what the first one costs."""
    found = _newest_first(cases, after) if view == "closed" else _due_first(cases, after)
    found = list(with_clocks(found)[: PAGE_LENGTH + 1])
    more = len(found) > PAGE_LENGTH
    shown = found[:PAGE_LENGTH]
    return Page(_with_changes(due_lines(shown, mall, who, at), at), _place(shown[-1], view) if more else "")


def _with_changes(lines: list[Due], at: datetime) -> list[Line]:
    """With who did something about each case last, in two queries for the page."""
    if not lines:
        return []
    numbers = [line.case.number for line in lines]
    about = Event.objects.filter(mall_id=lines[0].case.mall_id, topic__in=numbers).order_by()
    newest = about.values("topic").annotate(last=Max("pk")).values_list("last", flat=True)
    last = {event.topic: event for event in Event.objects.filter(pk__in=list(newest)).only(*TOLD_OF_CHANGES)}
    names = spoken_names({event.by for event in last.values()})
    told = [(line, last[line.case.number]) for line in lines]  # a case is born with its first event
    return [_line(line, formats.when(event.happened_at, at), names[event.by]) for line, event in told]


def _line(due: Due, changed_at: str, changed_by: str) -> Line:
    case = due.case
    return Line(
        clock=due.clock,
        is_late=due.state == Clock.State.OVER,
        is_mine=due.is_mine,
        url=case.get_absolute_url(),
        number=case.number,
        heading=case.heading,
        state=case.state.label,
        handler=case.handler.spoken_name if case.handler else "—",
        shop=in_language(case.shop, "name", get_language() or "") if case.shop else "—",
        changed_at=changed_at,
        changed_by=changed_by,
    )


def _newest_first(cases: Any, after: str) -> Any:
    return (cases.filter(pk__lt=int(after)) if _is_key(after) else cases).order_by("-pk")


def _due_first(cases: Any, after: str) -> Any:
    """By due time, then by key; cases without a deadline come last."""
    due, _comma, key = after.partition(",")
    moment = _moment(due)
    if moment is not None and _is_key(key):
        cases = cases.filter(next_due_at__gte=moment).exclude(next_due_at=moment, pk__lte=int(key))
    return cases.due_first()


def _moment(text: str) -> datetime | None:
    """A moment of an address; nonsense is no moment."""
    try:
        moment = parse_datetime(text)
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _place(case: Case, view: str) -> str:
    if view == "closed":
        return str(case.pk)
    return f"{case.next_due_at.isoformat()},{case.pk}"


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) <= 18


def counted(cases: Any) -> int:
    """How many, up to a hundred."""
    return int(cases.order_by()[:MOST_COUNTED].count())


def people_of(mall: Mall, permission: str) -> Any:
    """Those who hold the permission in this mall, by their codes."""
    roles = [name for name, held in import_string(settings.SISHENG_ROLES).items() if permission in held]
    return Staff.objects.filter(is_active=True, posts__mall=mall, posts__role__in=roles).distinct().order_by("code")

"""What the desk home shows: what now, who waits, how the day goes (ux S1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Prefetch, Q
from django.db.models.functions import Coalesce

from sisheng.cases.models import Alert, Case, Clock
from sisheng.desk.contacts.models import Contact
from sisheng.ground.policies import current
from sisheng.mall.directory.models import Announcement, Promotion
from sisheng.mall.staff.models import CheckIn, duty_manager

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff

MOST_DUE = 7
MOST_COUNTED = 1000  # beyond that nobody reads a figure, and counting a million rows takes a second
LOOKED_THROUGH = 100  # alarms, before those of one deadline become one line


@dataclass(frozen=True)
class Due:
    """One line of “what now”: the case, the clock that is due first, whose it is and what comes next."""

    case: Case
    clock: Clock | None
    state: str
    is_mine: bool

    @property
    def next_action(self) -> Any:
        return self.clock.label if self.clock else self.case.state.label


def what_now(mall: Mall, who: Staff, at: datetime, *, mine_only: bool = False) -> list[Due]:
    """The cases to act on first, mine before the others', each by its due time; seven at the most."""
    open_cases = Case.objects.visible_to(who).filter(mall=mall).open().due_first()
    mine = list(with_clocks(open_cases.filter(handler=who))[:MOST_DUE])
    others: list[Case] = []
    if not mine_only and len(mine) < MOST_DUE:
        not_mine = open_cases.filter(Q(handler=None) | ~Q(handler=who))
        others = list(with_clocks(not_mine)[: MOST_DUE - len(mine)])
    return due_lines([*mine, *others], mall, who, at)


def with_clocks(cases: Any) -> Any:
    """Cases with what a line shows, in three queries however many lines there are."""
    live = Prefetch("clocks", queryset=Clock.objects.live().order_by("due_at", "pk"), to_attr="live_clocks")
    return cases.select_related("handler", "shop").prefetch_related(live)


def due_lines(cases: Iterable[Case], mall: Mall, who: Staff, at: datetime) -> list[Due]:
    """One line for each of these cases of the mall, made by `with_clocks`."""
    lines = []
    for case in cases:
        case.mall = mall  # it is the same for all of them, and known
        clock = next((clock for clock in case.live_clocks if clock.due_at), None)
        if clock:
            clock.case = case
        state = clock.state(at) if clock else ""
        lines.append(Due(case, clock, state, case.handler_id == who.pk))
    return lines


@dataclass(frozen=True)
class OnDuty:
    """Who is here: the people at each desk, and the duty manager of the day."""

    desks: list[tuple[Any, list[Any]]]
    duty_manager: Any


def on_duty(mall: Mall, at: datetime) -> OnDuty:
    here = CheckIn.objects.present().filter(mall=mall).select_related("desk", "staff")
    desks: dict[Any, list[Any]] = {}
    for one in here.order_by("desk_id", "in_at"):
        desks.setdefault(one.desk, []).append(one.staff)
    return OnDuty(list(desks.items()), duty_manager(mall, mall.today(at)))


def is_new_here(who: Staff) -> bool:
    """Has this person never logged anything, in no mall?"""
    return not Contact.objects.filter(agent=who).exists()


def practice_of(mall: Mall, who: Staff) -> Any:
    """Where this person can try things without consequences, if they may."""
    practice = getattr(mall, "practice", None)
    return practice if practice and who.can("desk.work", practice) else None


@dataclass(frozen=True)
class Today:
    """The figures of the day so far. None means “not measured”, never 100 % (REC-01)."""

    contacts: int
    greeted_of: int
    greeted_in_time: int
    answered_of: int
    answered_in_time: int
    unanswered: int
    open_cases: str
    overdue: str

    @property
    def greeted_share(self) -> int | None:
        return round(100 * self.greeted_in_time / self.greeted_of) if self.greeted_of else None

    @property
    def answered_share(self) -> int | None:
        return round(100 * self.answered_in_time / self.answered_of) if self.answered_of else None


def served(mall: Mall, at: datetime) -> int:
    """How many receptions were logged today."""
    return Contact.objects.counted().filter(mall=mall, on=mall.today(at)).count()


def today(mall: Mall, at: datetime) -> Today:
    """Count the day of the mall (KPI-01, KPI-02, KPI-03); only what carries an arrival stamp is measured."""
    greet = current(mall.pk, "greet.target", at).amount
    answer = current(mall.pk, "inquiry.basic.answer", at).amount
    stamped = Q(arrived_at__isnull=False)
    counts = (
        Contact.objects.counted()
        .filter(mall=mall, on=mall.today(at))
        .annotate(
            wait=_span("greeted_at", "arrived_at"),
            answering=ExpressionWrapper(
                F("answered_at") - Coalesce("greeted_at", "arrived_at"), output_field=DurationField()
            ),
        )
        .aggregate(
            contacts=Count("pk"),
            greeted_of=Count("pk", filter=stamped & Q(greeted_at__isnull=False)),
            greeted_in_time=Count("pk", filter=stamped & Q(wait__lte=greet)),
            answered_of=Count("pk", filter=stamped & Q(answered_at__isnull=False)),
            answered_in_time=Count("pk", filter=stamped & Q(answering__lte=answer)),
            unanswered=Count("pk", filter=Q(outcome="unanswered")),
        )
    )
    open_cases = Case.objects.filter(mall=mall).open()
    overdue = open_cases.filter(next_due_at__lt=at)
    return Today(**counts, open_cases=_counted(open_cases), overdue=_counted(overdue))


def _counted(cases: Any) -> str:
    """How many there are; nothing for none, and “1000+” from there on."""
    number = cases.order_by()[:MOST_COUNTED].count()
    return f"{number}+" if number == MOST_COUNTED else str(number or "")


def _span(end: str, start: str) -> ExpressionWrapper:
    return ExpressionWrapper(F(end) - F(start), output_field=DurationField())


def alerts_for(mall: Mall, who: Staff) -> list[Alert]:
    """What rings for this person, unacknowledged: one deadline is one line, however often it has rung."""
    waiting = Alert.objects.filter(mall=mall, to=who, cleared_at=None).select_related("clock__case__mall")
    waiting = waiting.exclude(clock__case__about_staff=who)  # it may have turned out to be about them (CMP-30)
    loudest: dict[int, Alert] = {}
    for alert in waiting.order_by("-stage", "at")[:LOOKED_THROUGH]:
        loudest.setdefault(alert.clock_id, alert)
    return list(loudest.values())[:5]


def news(mall: Mall, at: datetime) -> tuple[list[Announcement], list[Promotion]]:
    """What is announced now, and what is on today or tomorrow."""
    soon = at + timedelta(days=1)
    promotions = Promotion.objects.filter(mall=mall, from_at__lte=soon, until_at__gt=at).select_related("shop")
    return list(Announcement.objects.filter(mall=mall).running(at)[:5]), list(promotions.order_by("until_at", "pk")[:5])

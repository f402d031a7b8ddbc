"""The complaints that stand open at the moment of loading: one in every stage, and four that are late on purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sisheng.config.demo.history.courses import Going
from sisheng.config.demo.history.stage import Course
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint

LAST_NEWS = timedelta(hours=8)  # before the desk closed: the next news is not due before it is open again

Step = Callable[[Going, datetime], None]


@dataclass(frozen=True)
class Planted:
    """How long ago it began, about what, and how many hours after that each step was taken; a negative number counts
    back from the moment of loading."""

    hours_ago: float
    matter: str
    steps: list[tuple[float, Step]] = field(default_factory=list)
    unit: str = ""
    yuan: int | None = None
    agent: str = "1008"
    is_typical: bool = False
    is_nameless: bool = False
    channel: str = "counter"


def of(name: str) -> Step:
    """A step of the course itself."""
    return lambda going, at: getattr(going, name)(at)


INVESTIGATE, ASK, HEAR, FIND = of("investigate"), of("ask_shop"), of("hear_shop"), of("find")
WRITE, PROPOSE, AGREE, REFUSE = of("write"), of("propose"), of("agree"), of("refuse")


def _write_approved(going: Going, at: datetime) -> None:
    going.write(at)
    _get_approved(going, at)


def _get_approved(going: Going, at: datetime) -> None:
    """Sent up and approved within one sitting, where it needs that."""
    going.fresh()
    if going.needs_approval:
        going.ask_approval(at)
        going.stage.follow(at)
        going.fresh()
        going.decide(at)
        going.stage.follow(at)


def _write_final(going: Going, at: datetime) -> None:
    going.look_again(at)
    going.write(at, more=50, words=going.words["final_offer"], is_final=True)
    _get_approved(going, at)


def _merge_into_the_other(going: Going, at: datetime) -> None:
    other = Complaint.objects.filter(
        mall=going.stage.mall, category=going.case.category, status="investigating", pk__lt=going.case.pk
    ).latest("pk")
    actions.merge(going.act(at, "1006"), going.case, into=other, reason="同一场、同一件事，两位顾客同来。")


def _mediate(going: Going, at: datetime) -> None:
    if going.case.severity == "S4":
        actions.mediate(going.act(at), going.case)


def _chased(going: Going, at: datetime) -> None:
    actions.chase(going.act(at, "1010"), going.case, words="顾客打来问方案好了没有。")


FOUND = [(0.3, INVESTIGATE), (0.6, ASK), (6.0, HEAR), (17.0, FIND)]
OFFERED = [*FOUND, (18.0, _write_approved), (26.0, PROPOSE)]
REFUSED = [*OFFERED, (34.0, REFUSE)]
FINAL = [*REFUSED, (44.0, _write_final), (50.0, of("offer_final"))]

OVERDUE = [
    Planted(34, "cooker", [(0.3, INVESTIGATE), (0.7, ASK), (21.0, of("nudge_shop")), (24.0, _chased)],
            unit="L4-C05", yuan=659, is_typical=True),
    Planted(57, "card-refund", FOUND, unit="L6-B02", yuan=2180, agent="1009"),
    Planted(81, "soles", REFUSED, unit="L3-C03", yuan=186, agent="1010"),
    Planted(170, "late-refund", [*OFFERED, (40.0, AGREE)], unit="L4-C02", yuan=159, agent="1009"),
]  # fmt: skip

IN_EVERY_STAGE = [
    Planted(0.25, "price-tag", unit="L1-C03", yuan=39, agent="1010"),
    Planted(0.5, "queue", agent="1009", channel="phone"),
    Planted(0.3, "flowers", [(0.1, _mediate)], unit="L1-B01", yuan=88),
    Planted(5, "pilling", [(0.2, INVESTIGATE), (0.5, ASK)], unit="L2-A03", yuan=569, agent="1010"),
    Planted(7, "laundry", [(0.4, INVESTIGATE), (0.8, ASK)], unit="B1-C01", yuan=780, agent="1009", is_typical=True),
    Planted(9, "ring", [(0.2, INVESTIGATE), (0.4, ASK), (2.0, HEAR)], unit="L1-A02", yuan=8600, agent="1006",
            is_typical=True),
    Planted(25, "glasses", FOUND, unit="L1-A01", yuan=980, agent="1007"),
    Planted(29, "lessons", [*FOUND, (22.0, WRITE), (-0.4, of("ask_approval"))], unit="L4-A03", yuan=980, agent="1010"),
    Planted(38, "toy", OFFERED, unit="L4-A02", yuan=169, agent="1009"),
    Planted(43, "tag-on", OFFERED, unit="L1-C01", yuan=199, agent="1007", is_typical=True),
    Planted(56, "earphones", REFUSED, unit="L4-C06", yuan=1099, agent="1010", is_typical=True),
    Planted(64, "pilling", FINAL, unit="L2-A01", yuan=189, agent="1009"),
    Planted(50, "barrier", [*OFFERED, (42.0, AGREE)], agent="1007"),
    Planted(48, "tag-on", [*OFFERED, (41.0, AGREE), (44.0, of("fulfil_one"))], unit="L2-A02", yuan=199, agent="1010"),
    Planted(215, "scratch", [*FINAL, (66.0, REFUSE), (160.0, of("go_external"))], yuan=360, agent="1009",
            is_typical=True),
    Planted(7.5, "cold-air", [(0.5, INVESTIGATE), (0.7, ASK)], agent="1008"),
    Planted(7, "cold-air", [(0.6, _merge_into_the_other)], agent="1010"),
    Planted(27, "birthday", [(0.4, INVESTIGATE), (-3.0, of("withdraw"))], yuan=30, agent="1009"),
]  # fmt: skip

PLANTED = [*OVERDUE, *IN_EVERY_STAGE]


def course(planted: Planted, going: Going, at: datetime, now: datetime) -> Course:
    """The steps at their times, as the hours of the desk allow, and news for the customer until now."""
    going.accept(at)
    if planted.is_typical:
        actions.mark_typical(going.act(at), going.case, is_typical=True)
    for turn, (hours, step) in enumerate(planted.steps):
        wanted = going.begun + timedelta(hours=hours) if hours > 0 else now + timedelta(hours=hours)
        latest = now - timedelta(minutes=3) * (len(planted.steps) - turn)
        at = yield from going.wait(at, min(going.stage.around(wanted, at), max(latest, at)))
        step(going, at)
        going.fresh()
    yield from going.wait(at, now)
    if going.case.is_open and going.case.status != "external" and going.news_at < now - LAST_NEWS:
        going.inform(now)

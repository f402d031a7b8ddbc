"""What the page of one complaint shows (ux.md S5): facts, the way with its clocks, the story, one next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from sisheng.cases.models import Clock
from sisheng.cases.models.case import NEVER
from sisheng.desk.complaints import actions, gates, scripts
from sisheng.desk.complaints import lifecycle as life
from sisheng.desk.complaints.law.page import law_of
from sisheng.desk.complaints.models import Complaint, Protection
from sisheng.desk.complaints.steps import next_steps, open_steps, other_steps
from sisheng.ground.events.models import Event
from sisheng.ground.privacy.actions import REASONS, SHOWN_FOR
from sisheng.kit.approvals.authority import authority_of
from sisheng.kit.messages.models import Message
from sisheng.mall.staff.names import spoken_names

if TYPE_CHECKING:
    from sisheng.mall.staff.models import Staff
    from sisheng.mall.staff.request import DeskRequest

# The way of a complaint, with the clock of each stretch.
WAY = (
    (pgettext_lazy("way", "accepted"), "", {life.DRAFT}),
    (
        pgettext_lazy("way", "investigate"),
        "complaint.investigate",
        {life.ACCEPTED, life.ON_SPOT, life.INVESTIGATING, life.REOPENED, life.EXTERNAL},
    ),
    (pgettext_lazy("way", "propose"), "complaint.propose", {life.PROPOSING, life.APPROVAL, life.AWAITING_CUSTOMER}),
    (
        pgettext_lazy("way", "final answer"),
        "complaint.final",
        {life.RE_EVALUATING, life.FINAL_OFFERED, life.UNRESOLVED},
    ),
    (pgettext_lazy("way", "carry out"), "", {life.EXECUTING, life.RESOLVED}),
    (pgettext_lazy("way", "follow up"), "", {life.FOLLOW_UP}),
    (pgettext_lazy("way", "archive"), "", {life.ARCHIVED}),
)  # fmt: skip

EARLY = (life.DRAFT, life.ACCEPTED, life.INVESTIGATING)  # so early that one asks whether it is known already

# Who a line of the story is from, or for: a word beside each, and a filter above them.
TO_THE_CUSTOMER = frozenset(
    {"accept", "propose", "offer_final", "informed", "reminded", "ways_told", "resolve", "agree", "refuse",
     "refuse_final", "chased", "customer_heard", "apologised", "restated", "withdraw"}
)  # fmt: skip
SOURCES = {
    "customer": gettext_lazy("customer"),
    "evidence": gettext_lazy("evidence"),
    "internal": gettext_lazy("internal"),
    "system": gettext_lazy("system"),
}


@dataclass(frozen=True)
class Stretch:
    """One part of the way: behind us, where we are, or still to come."""

    label: Any
    clock: Clock | None
    state: str
    at: datetime | None = None


@dataclass(frozen=True)
class Offered:
    """A step as a button."""

    name: str
    words_now: Any


@dataclass(frozen=True)
class Aloud:
    """What the customer is told when their complaint has been accepted: the end of its number, and by when."""

    tail: str
    final_at: datetime
    is_told: bool  # the slip is in their hands, or somebody else is looking: then it takes one line


@dataclass(frozen=True)
class Beside:
    """A deadline that runs beside the case, and what it is about where several are called alike."""

    clock: Clock
    what: str


@dataclass(frozen=True)
class Told:
    """One line of the story."""

    at: datetime
    who: str  # empty where the word beside the line says it
    sentence: str
    source: str
    label: Any
    of_another: str  # the number of a complaint that is part of this one now


def context_of(complaint: Complaint, request: DeskRequest) -> dict[str, Any]:
    """Everything that the card needs; the forms come from the view."""
    at = request.act.at
    show = request.GET.get("show", "")
    show = show if show in SOURCES else ""
    clocks = list(complaint.clocks.order_by("started_at", "pk"))
    for clock in clocks:
        clock.case = complaint
    live = [clock for clock in clocks if clock.met_at is None and clock.cancelled_at is None]
    steps = open_steps(request.user, complaint, at)
    first = next_steps(complaint, steps)
    return {
        "complaint": complaint,
        "at": at,
        "way": _way(complaint, clocks),
        "aloud": _aloud(complaint, live, request.user),
        "next_clock": min(live, key=lambda clock: clock.due_at or NEVER, default=None),
        "beside": _beside(complaint, live),
        "steps": [Offered(step.name, step.words(complaint)) for step in first],
        "others": [Offered(step.name, step.words(complaint)) for step in other_steps(steps, first)],
        "missing": _missing(complaint),
        "script": scripts.for_state(complaint),
        "authority": authority_of(request.user, complaint.mall, at),
        **law_of(complaint, at),
        "offers": complaint.offers,
        "owed": [line for line in complaint.agreed.remedies.all() if not line.done_at] if complaint.agreed else [],
        "files": [(file, list(file.also_about(request.user))) for file in complaint.external_cases.all()],
        "notes": list(complaint.notes.order_by("-at", "-pk")[:20]),
        "protections": _protections(complaint, request.user),
        "parts": list(complaint.merged.all()),
        "alike": actions.suggestions(complaint, request.user) if complaint.status in EARLY else [],
        "story": story_of(complaint, show),
        "show": show,
        "sources": SOURCES,
        "may_reveal": complaint.customer is not None and request.user.can("customers.reveal", request.mall),
        "may_export": request.user.can("complaints.export", request.mall),
        "may_handle": request.user.can("complaints.handle", request.mall),
        "reasons": REASONS,
        "shown_for": int(SHOWN_FOR.total_seconds()),
    }


def _protections(complaint: Complaint, who: Staff) -> list[Protection]:
    """What this person may read of what colleagues had to bear."""
    return list(Protection.objects.visible_to(who).filter(complaint=complaint).select_related("by"))


def _way(complaint: Complaint, clocks: list[Clock]) -> list[Stretch]:
    newest = {clock.deadline: clock for clock in clocks if not clock.part}
    here = next((n for n, (_label, _deadline, states) in enumerate(WAY) if complaint.status in states), -1)
    way = []
    for n, (label, deadline, states) in enumerate(WAY):
        clock, at = newest.get(deadline), complaint.accepted_at if life.DRAFT in states else None
        if here < 0:  # taken back or handled with another: only what was done is behind it
            state = "done" if at or (clock and clock.met_at) else "ahead"
        else:
            state = "done" if n < here else "here" if n == here else "ahead"
        way.append(Stretch(label, clock, state, at))
    return way


def _beside(complaint: Complaint, live: list[Clock]) -> list[Beside]:
    agreed = complaint.agreed.remedies.all() if complaint.agreed else []
    remedies = {remedy.part: remedy.words for remedy in agreed}
    return [Beside(clock, remedies.get(clock.part, "")) for clock in live if clock.part]


def _aloud(complaint: Complaint, live: list[Clock], who: Staff) -> Aloud | None:
    """As long as nothing else has been done with it, the person is still there."""
    final = next((clock.due_at for clock in live if clock.deadline == "complaint.final" and not clock.part), None)
    if complaint.status != life.ACCEPTED or final is None:
        return None
    slips = Message.objects.filter(case=complaint, channel=Message.Channel.SLIP, state=Message.State.TOLD)
    is_told = complaint.owner_id != who.pk or slips.exists()
    return Aloud(complaint.number.rpartition("-")[2], final, is_told)


def _missing(complaint: Complaint) -> list[gates.Missing]:
    if complaint.status == life.DRAFT:
        return gates.to_accept(complaint)
    if complaint.status == life.EXECUTING:
        return gates.to_resolve(complaint)
    return gates.to_archive(complaint) if complaint.status in {life.FOLLOW_UP, life.UNRESOLVED} else []


def story_of(complaint: Complaint, show: str = "") -> list[Told]:
    """What happened, the newest first, with what happened to the complaints that are part of this one now."""
    events = list(actions.story(complaint))
    names = spoken_names({event.by for event in events})
    lines = [
        Told(event.happened_at, "" if _is_said_by(source, event) else names[event.by], event.sentence(),
             source, SOURCES[source],
             event.topic if event.topic != complaint.number else "")
        for event in reversed(events)
        for source in (_source(event),)
    ]  # fmt: skip
    return [line for line in lines if show in {"", line.source}]


def _is_said_by(source: str, event: Event) -> bool:
    """The word beside the line says who it was already."""
    return source == "system" or (source == "customer" and event.by.startswith("visitor"))


def _source(event: Event) -> str:
    group, _dot, verb = event.kind.partition(".")
    if (group == "complaint" and verb in TO_THE_CUSTOMER) or group == "message" or event.by.startswith("visitor"):
        return "customer"
    if group in {"evidence", "statement", "cctv"}:
        return "evidence"
    return "system" if event.by == "system" else "internal"

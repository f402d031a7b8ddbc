"""投诉处理单: the whole way of a complaint on one form, as it is archived (CMP-18)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sisheng.cases.models import Case
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Remedy
from sisheng.desk.complaints.papers.print import UNKNOWN, Print, kind_and_title, with_more
from sisheng.ground.events.models import Event
from sisheng.ground.ui.formats import day, money
from sisheng.kit.approvals.models import Approval
from sisheng.kit.paper import documents
from sisheng.kit.paper.documents import HandlingForm
from sisheng.mall.staff.names import spoken_names

MOST_CONTENT = 5  # satisfaction is asked from 1 to 5
MARKED = frozenset({"complaint.customer_heard", "followup.finish"})
OUTCOMES = {
    "settled": gettext_lazy("Settled with the customer"),
    "unresolved": gettext_lazy("No agreement; the lawful ways were named"),
    "withdrawn": gettext_lazy("Withdrawn by the customer"),
    "external": gettext_lazy("Settled with the help of an authority"),
}


def handling_form(one: Print) -> HandlingForm:
    complaint = one.complaint
    with one.worded():
        events = list(actions.story(complaint))
        improvement = _improvement(one)
        return HandlingForm(
            **one.common(),
            category=complaint.category_words,
            severity=str(complaint.get_severity_display()),
            accepted_at=one.accepted_at,
            resolved_at=_resolved_at(events),
            handlers=_handlers(events),
            matter=f"{one.against}\n{complaint.account}",
            findings=complaint.finding or UNKNOWN,
            substantiated=complaint.substantiated_words or UNKNOWN,
            responsibility=complaint.responsibility_words or UNKNOWN,
            basis=complaint.basis or UNKNOWN,
            evidence=tuple(
                documents.Finding(kind=str(piece.get_kind_display()), what=piece.title or kind_and_title(piece),
                                  at=piece.said_at or piece.at)
                for piece in one.standing_evidence()
            ),
            proposals=_proposals(one),
            outcome=str(OUTCOMES.get(complaint.outcome, complaint.state.label)),
            remedies=tuple(_remedy(line, one) for line in complaint.agreed.remedies.all()) if complaint.agreed else (),
            approvals=_approvals(one),
            satisfied=_satisfied(one, events),
            feedback=complaint.customer_words or UNKNOWN,
            follow_ups=_follow_ups(one),
            root_cause=complaint.cause_words or UNKNOWN,
            whys=tuple(complaint.whys),
            improvement=improvement,
            no_improvement_because="" if improvement else complaint.improvement_words or _("not decided yet"),
        )  # fmt: skip


def _resolved_at(events: list[Event]) -> datetime | None:
    """When it was resolved, if it was not opened again since."""
    ends = {"complaint.resolve", "complaint.settle_external"}
    last = next((event for event in reversed(events) if event.kind in {*ends, "complaint.reopen"}), None)
    return last.happened_at if last and last.kind in ends else None


def _handlers(events: list[Event]) -> str:
    """The staff numbers of everybody who worked on it, in that order."""
    keys = [event.by for event in events if event.by.startswith("staff:") and event.kind.startswith("complaint.")]
    called = spoken_names(set(keys))
    return ", ".join(dict.fromkeys(called[key] for key in keys)) or UNKNOWN


def _proposals(one: Print) -> tuple[documents.Proposal, ...]:
    """What was offered, through all rounds: after a reopening the count goes on."""
    offered = [(offer, offer.offered_at) for offer in one.complaint.offers if offer.offered_at]
    return tuple(
        documents.Proposal(
            number=place,
            given_at=given_at,
            content=offer.words,
            answer=with_more(offer.get_answer_display(), offer.answer_words),
        )
        for place, (offer, given_at) in enumerate(offered, start=1)
    )


def _remedy(line: Remedy, one: Print) -> documents.Remedy:
    return documents.Remedy(
        what=with_more(line.words, line.note),
        value=line.value if line.value > Decimal(0) else None,
        payer=str(line.get_payer_display()),
        done_on=one.complaint.mall.today(line.done_at) if line.done_at else None,
    )


def _approvals(one: Print) -> tuple[documents.Approval, ...]:
    decided = Approval.objects.filter(case=one.complaint).select_related("decided_by").order_by("decided_at", "pk")
    return tuple(
        documents.Approval(
            number=approval.number,
            decision=_("%(state)s: %(title)s (%(who)s)") % {
                "state": approval.get_state_display(),
                "title": approval.title if approval.amount is None else f"{approval.title} {money(approval.amount)}",
                "who": approval.decided_by.code,
            },
            at=approval.decided_at,
        )
        for approval in decided
        if approval.decided_by and approval.decided_at
    )  # fmt: skip


def _satisfied(one: Print, events: list[Event]) -> str:
    """What the customer last said of it, to whoever rang them or to the desk."""
    calls = Event.objects.filter(mall_id=one.complaint.mall_id, kind="followup.finish")
    rung = calls.filter(topic__in=_calls(one).values("number"))
    said = sorted([*events, *rung], key=lambda event: event.pk)
    marks = [event.details.get("satisfaction") for event in said if event.kind in MARKED]
    last = next((mark for mark in reversed(marks) if mark is not None), None)
    return _("%(mark)s of %(most)s") % {"mark": last, "most": MOST_CONTENT} if last else _("not asked")


def _follow_ups(one: Print) -> tuple[str, ...]:
    """The calls that followed: number, state, and when they ended."""
    return tuple(
        " · ".join(filter(None, (call.number, str(call.state.label), day(call.closed_at) if call.closed_at else "")))
        for call in _calls(one).order_by("pk")
    )


def _calls(one: Print) -> QuerySet[Case]:
    return Case.objects.filter(origin=one.complaint, kind="followup")


def _improvement(one: Print) -> documents.Improvement | None:
    """What was asked for, of whom, by when. It is a case of its own; here it is known by its number."""
    complaint = one.complaint
    if complaint.improvement != complaint.Effect.ACTION:
        return None
    asked = Case.objects.filter(mall=complaint.mall, number=complaint.improvement_words).select_related("shop").first()
    due = asked.clocks.order_by("pk").last() if asked else None
    if asked is None or due is None or due.due_at is None:
        return None
    return documents.Improvement(
        number=asked.number,
        to_whom=asked.real().addressed_to or UNKNOWN,
        what=asked.subject,
        by=complaint.mall.today(due.due_at),
    )

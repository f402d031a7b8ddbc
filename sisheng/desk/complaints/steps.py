"""What can be done with a complaint now: one next step, and what else there is (ux.md S5).

Each step has a form and an action; which steps are offered is asked of the lifecycle and of the person, so that no
button promises what the door refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import pgettext_lazy

from sisheng.desk.complaints import actions, forms, gates, scripts
from sisheng.desk.complaints import lifecycle as life
from sisheng.desk.complaints.actions.answers import REMINDERS
from sisheng.desk.complaints.models import Complaint, Proposal
from sisheng.kit.approvals.authority import authority_of

if TYPE_CHECKING:
    from sisheng.mall.staff.models import Staff

AFTERWARDS = (life.RESOLVED, life.FOLLOW_UP, life.UNRESOLVED)
UNDER_WAY = (*life.UNDECIDED, life.EXECUTING, life.EXTERNAL, *AFTERWARDS)


@dataclass(frozen=True)
class Step:
    """One thing that can be done. `needs` and `states` are for what is no transition of the lifecycle."""

    name: str
    form: type[Any]
    action: Callable[..., Complaint]
    label: Any = ""
    needs: str = ""
    states: tuple[str, ...] = ()
    when: Callable[[Complaint], bool] = lambda complaint: True
    whose: Callable[[Staff, Complaint, datetime], bool] = lambda who, complaint, at: True
    is_about_draft: bool = False  # which writing of the proposal was on the screen is told as well
    say: Any = ""  # a sentence that helps while one does it
    told: Callable[[dict[str, Any]], dict[str, Any]] = lambda told: told  # from the words of the form to the action's

    def is_open_to(self, who: Staff, complaint: Complaint, at: datetime) -> bool:
        if not (self.when(complaint) and self.whose(who, complaint, at)):
            return False
        if self.needs:
            return complaint.status in self.states and who.can(self.needs, complaint.mall)
        return any(move.name == self.name for move in complaint.transitions_for(who))

    def words(self, complaint: Complaint) -> Any:
        if self.label:
            return self.label
        return next(move.label for move in complaint.life.transitions if move.name == self.name)


def _offer_needs_yes(complaint: Complaint) -> bool:
    offer = complaint.offer
    needs = (Proposal.Approval.NEEDED, Proposal.Approval.DECLINED)
    return offer is not None and offer.offered_at is None and offer.approval in needs


def _covers(who: Staff, complaint: Complaint, at: datetime) -> bool:
    """Their own authority is enough for the newest proposal."""
    offer = complaint.offer
    limit = authority_of(who, complaint.mall, at).limit
    return offer is not None and (limit is None or offer.value <= limit)


def _must_ask(who: Staff, complaint: Complaint, at: datetime) -> bool:
    return not _covers(who, complaint, at)


def _may_offer(who: Staff, complaint: Complaint, at: datetime) -> bool:
    offer = complaint.offer
    if offer is None or offer.offered_at is not None:
        return False
    return offer.may_be_offered or (offer.approval != Proposal.Approval.WAITING and _covers(who, complaint, at))


def _in_time_to_resume(who: Staff, complaint: Complaint, at: datetime) -> bool:
    ended = complaint.closed_at
    return ended is not None and at <= gates.may_be_resumed_until(complaint.mall, ended)


def _may_write(complaint: Complaint) -> bool:
    return complaint.status == life.PROPOSING or bool(complaint.re_evaluation)


def _is_final(complaint: Complaint) -> bool:
    return complaint.offer is not None and complaint.offer.is_final


HANDLE, HEAR, DECIDE, OVERRULE = "complaints.handle", "complaints.hear", "complaints.decide", "complaints.overrule"
CLOSE = "complaints.close"

STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step("accept", forms.Nothing, actions.accept, when=lambda one: not gates.to_accept(one)),
        Step("discard", forms.Reason, actions.discard),
        Step("mediate", forms.Nothing, actions.mediate, when=lambda one: one.severity == Complaint.Severity.S4),
        Step("settle", forms.Settle, actions.settle),
        Step("fail", forms.Reason, actions.fail),
        Step("investigate", forms.Nothing, actions.investigate),
        Step("find", forms.Find, actions.find),
        Step("re_evaluate", forms.ReEvaluate, actions.re_evaluate, pgettext_lazy("do", "Re-evaluate"), HANDLE,
             (life.RE_EVALUATING,), when=lambda one: not one.re_evaluation),
        Step("write", forms.Write, actions.write_proposal, pgettext_lazy("do", "Write a proposal"), HANDLE,
             (life.PROPOSING, life.RE_EVALUATING), when=_may_write, is_about_draft=True),
        Step("ask", forms.OptionalReason, actions.ask, when=_offer_needs_yes, whose=_must_ask, is_about_draft=True),
        Step("propose", forms.Nothing, actions.propose, when=lambda one: not _is_final(one), whose=_may_offer,
             is_about_draft=True),
        Step("offer_final", forms.Nothing, actions.offer_final, when=_is_final, whose=_may_offer, is_about_draft=True),
        Step("agree", forms.OptionalWords, actions.agree),
        Step("refuse", forms.OptionalWords, actions.refuse),
        Step("refuse_final", forms.OptionalWords, actions.refuse),
        Step("remind", forms.Nothing, actions.remind, pgettext_lazy("do", "Remind the customer"), HANDLE,
             (life.AWAITING_CUSTOMER, life.FINAL_OFFERED)),
        Step("go_ahead", forms.Reason, actions.go_ahead, when=lambda one: one.reminders >= REMINDERS),
        Step("resolve", forms.Nothing, actions.resolve, when=lambda one: not gates.to_resolve(one)),
        Step("trace", forms.Trace, actions.trace, pgettext_lazy("do", "Find the root cause"), HANDLE,
             (life.EXECUTING, *AFTERWARDS)),
        Step("improve", forms.Improvement,
             actions.decide_improvement,
             pgettext_lazy("do", "No improvement, because"), HANDLE, (life.EXECUTING, *AFTERWARDS)),
        Step("heard", forms.HearCustomer, actions.hear_customer, pgettext_lazy("do", "What the customer says"), HANDLE,
             AFTERWARDS),
        Step("archive", forms.Nothing, actions.archive, when=lambda one: not gates.to_archive(one)),
        Step("reopen", forms.Reason, actions.reopen),
        Step("resume", forms.Reason, actions.resume, whose=_in_time_to_resume),
        Step("inform", forms.News, actions.inform, pgettext_lazy("do", "Tell the customer how it stands"), HANDLE,
             UNDER_WAY),
        Step("chase", forms.OptionalWords, actions.chase, pgettext_lazy("do", "The customer asks how it stands"), HEAR,
             UNDER_WAY),
        Step("judge", forms.Judge, actions.judge, pgettext_lazy("do", "Judge the responsibility"), HANDLE, UNDER_WAY),
        Step("hand_on", forms.HandOn, actions.hand_on, pgettext_lazy("do", "Hand on to a colleague"), HANDLE,
             UNDER_WAY),
        Step("name_staff", forms.NameStaff, actions.name_staff, pgettext_lazy("do", "Say about which of us it is"),
             CLOSE, UNDER_WAY),
        Step("apologise", forms.Apologise, actions.apologise, pgettext_lazy("do", "Note an apology"), HANDLE,
             UNDER_WAY),
        Step("protect", forms.Protect, actions.protect, pgettext_lazy("do", "Note insults or threats"), HANDLE,
             UNDER_WAY, say=scripts.FOR_THE_ABUSIVE),
        Step("restate", forms.Nothing, actions.restate, pgettext_lazy("do", "Said back and confirmed"), HANDLE,
             UNDER_WAY, when=lambda one: one.restated_at is None),
        Step("regrade", forms.Regrade, actions.regrade, pgettext_lazy("do", "Judge the gravity anew"), DECIDE,
             UNDER_WAY),
        Step("extend", forms.Extend, actions.extend, pgettext_lazy("do", "Give a later date"), OVERRULE,
             life.UNDECIDED),
        Step("merge", forms.Merge, actions.merge),
        Step("unmerge", forms.Reason, actions.unmerge),
        Step("register", forms.External, actions.register_external,
             pgettext_lazy("do", "Register a letter of an authority"), HANDLE, UNDER_WAY),
        Step("go_external", forms.External, actions.go_external),
        Step("hear_back", forms.Words, actions.hear_back),
        Step("settle_external", forms.Words, actions.settle_external),
        Step("typical", forms.Nothing, actions.mark_typical,
             pgettext_lazy("do", "Mark as typical"), HANDLE, (*UNDER_WAY, life.ARCHIVED),
             when=lambda one: not one.is_typical, told=lambda told: {"is_typical": True}),
        Step("withdraw", forms.Withdraw, actions.withdraw),
    )
}  # fmt: skip

# In which order a step is the next one; the first that is open is the one that the page asks for.
NEXT: dict[str, tuple[str, ...]] = {
    life.DRAFT: ("accept",),
    life.ACCEPTED: ("mediate", "investigate"),
    life.ON_SPOT: ("settle",),
    life.INVESTIGATING: ("find",),
    life.PROPOSING: ("ask", "propose", "write"),
    life.APPROVAL: (),
    life.AWAITING_CUSTOMER: ("agree", "refuse"),
    life.RE_EVALUATING: ("re_evaluate", "ask", "offer_final", "propose", "write"),
    life.FINAL_OFFERED: ("agree", "refuse_final"),
    life.EXECUTING: ("resolve",),
    life.UNRESOLVED: ("archive", "trace", "heard", "improve"),
    life.EXTERNAL: ("hear_back", "settle_external"),
    life.FOLLOW_UP: ("archive", "trace", "heard", "improve"),
    life.REOPENED: ("investigate",),
}
BOTH_ALIKE = {"agree", "refuse", "refuse_final"}  # a yes and a no are equally easy to give


def open_steps(who: Staff, complaint: Complaint, at: datetime) -> list[Step]:
    return [step for step in STEPS.values() if step.is_open_to(who, complaint, at)]


def next_steps(complaint: Complaint, steps: list[Step]) -> list[Step]:
    """The one next step; two where the customer says yes or no."""
    wanted = NEXT.get(complaint.status, ())
    found = sorted((step for step in steps if step.name in wanted), key=lambda step: wanted.index(step.name))
    done = _done(complaint)
    found = [step for step in found if step.name not in done]
    return found if found and found[0].name in BOTH_ALIKE else found[:1]


def _done(complaint: Complaint) -> set[str]:
    """What a file needs once and has already."""
    missing = {thing.field for thing in gates.to_archive(complaint)} if complaint.status in AFTERWARDS else set()
    needed = {"trace": {"cause", "whys"}, "heard": {"customer_words"}, "improve": {"improvement"}}
    return {name for name, fields in needed.items() if not fields & missing}


def other_steps(steps: list[Step], first: list[Step]) -> Iterator[Step]:
    return (step for step in steps if step not in first)

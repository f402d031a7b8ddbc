"""The steps that a page offers: what each asks for, what it does, and who may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from sisheng.ground.act import Act
from sisheng.ground.refusals import SameKeyOtherWords, Unusable
from sisheng.kit.evidence import actions, forms
from sisheng.kit.evidence.models import CctvRequest, Evidence, ShopStatement
from sisheng.mall.staff.request import DeskRequest


@dataclass(frozen=True)
class Step:
    """One thing that can be done with one thing, named as in its address."""

    name: str
    label: Any
    form: type[forms.MallForm]
    action: Callable[..., Any]
    needs: str
    can: Callable[[Any], bool]


@dataclass
class Offer:
    """A step on the page of somebody who may take it, with its form."""

    step: Step
    form: forms.MallForm

    @property
    def is_open(self) -> bool:
        """It was sent and something is still missing."""
        return self.form.is_bound


OF_EVIDENCE = (
    Step("original", _("Take the original"), forms.Original, actions.take_original, "evidence.original",
         lambda evidence: bool(evidence.file and evidence.file.is_there)),
    Step("hand-over", _("Hand it over"), forms.HandOver, actions.hand_over, "evidence.hand_over",
         lambda evidence: evidence.is_standing),
    Step("withdraw", _("Take it back"), forms.Why, actions.withdraw, "evidence.keep",
         lambda evidence: evidence.is_standing),
)  # fmt: skip
OF_STATEMENT = (
    Step("receive", _("Statement received"), forms.Receive, actions.receive_statement, "statements.give",
         lambda statement: statement.is_open),
    Step("nudge", _("Remind the shop"), forms.Nothing, actions.nudge, "statements.ask",
         lambda statement: statement.is_wanted),
    Step("excuse", _("No longer needed"), forms.Why, actions.excuse, "statements.ask",
         lambda statement: statement.is_wanted),
)  # fmt: skip
OF_CCTV = (
    Step("preserved", _("Pictures are kept"), forms.Preserved, actions.cctv_preserved, "evidence.cctv",
         lambda request: request.state == "asked"),
    Step("viewed", _("Somebody looked"), forms.Viewed, actions.cctv_viewed, "evidence.cctv",
         lambda request: request.state != "not_available"),
    Step("handed-over", _("Handed to the police"), forms.PoliceNumber, actions.cctv_handed_over, "evidence.hand_over",
         lambda request: request.is_kept),
    Step("unavailable", _("Not available"), forms.Why, actions.cctv_unavailable, "evidence.cctv",
         lambda request: request.state == "asked"),
)  # fmt: skip

Thing = Evidence | ShopStatement | CctvRequest


def offers(
    request: DeskRequest, steps: Sequence[Step], thing: Thing, *, sent: forms.MallForm | None = None
) -> list[Offer]:
    """What this person can do here now; the one that was just sent keeps what they wrote."""
    return [
        Offer(step, sent if sent is not None and isinstance(sent, step.form) and sent.prefix == step.name
              else step.form(mall=request.mall, prefix=step.name))
        for step in steps
        if step.can(thing) and request.user.can(step.needs, request.mall)
    ]  # fmt: skip


def take(request: DeskRequest, steps: Sequence[Step], thing: Thing, name: str) -> forms.MallForm | None:
    """Take one step; the form where something is missing, nothing when it is done."""
    step = next((step for step in steps if step.name == name), None)
    if step is None or request.method != "POST":
        raise Http404
    request.act.must(step.needs, request.mall)
    form = step.form(request.POST, request.FILES, mall=request.mall, prefix=step.name)
    if form.is_valid():
        told = dict(form.cleaned_data)
        act = when_said(request.act, told)
        if "upload" in told:
            told["uploads"] = [upload] if (upload := told.pop("upload")) else []
        try:
            step.action(act, thing, **told)
        except Unusable as error:
            fault_in(form, error)
    return form if form.errors else None


def when_said(act: Act, told: dict[str, Any]) -> Act:
    """The act, at the time that somebody wrote down; that time is no detail of its own."""
    said_at = told.pop("said_at", None)
    return replace(act, said_at=said_at) if said_at else act


def fault_in(form: forms.MallForm, error: Unusable) -> None:
    """Put a refusal beside the field that it speaks of. Of a form that was sent before, the fields say nothing more."""
    if isinstance(error, SameKeyOtherWords):
        raise error
    field = {"file": "upload"}.get(error.field, error.field)
    form.add_error(field if field in form.fields else None, str(error))

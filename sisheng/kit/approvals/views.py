"""The pages of approvals: made for a telephone in one hand."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sisheng.cases.models import Case
from sisheng.ground.refusals import Unusable
from sisheng.ground.ui.formats import money
from sisheng.ground.ui.http import changed, show
from sisheng.kit.approvals import actions, lines
from sisheng.kit.approvals.authority import deciding_authority_of
from sisheng.kit.approvals.models import Approval
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest

CARD = "approvals/_approval.html"


@require_GET
@needs("approvals.ask")
def index(request: DeskRequest) -> HttpResponse:
    """What waits for me, then what I asked."""
    mall, who, at = request.mall, request.user, request.act.at
    context = {
        "to_decide": lines.to_decide(mall, who, at),
        "asked": lines.asked(mall, who, at),
        "decides": who.can("approvals.decide", mall),
        "at": at,
    }
    return show(request, "approvals/index.html", "approvals/_lists.html", context)


@require_GET
@needs("approvals.ask")
def waiting(request: DeskRequest) -> HttpResponse:
    """For the desk home: how many wait for me, the most urgent of them, and how many of mine wait for others."""
    mall, who, at = request.mall, request.user, request.act.at
    mine = [line for line in lines.asked(mall, who, at) if line.approval.is_waiting]
    context = {"to_decide": lines.to_decide(mall, who, at), "waiting": len(mine), "at": at}
    return render(request, "approvals/_waiting.html", context)


@require_GET
@needs("cases.see")
def detail(request: DeskRequest, number: str) -> HttpResponse:
    return show(request, "approvals/detail.html", CARD, _context(request, _find(request, number)))


@require_GET
@needs("cases.see")
def panel(request: DeskRequest, number: str) -> HttpResponse:
    """What was asked about one case: a part of its page."""
    case = get_object_or_404(Case.objects.visible_to(request.user), mall=request.mall, number=number)
    asked = Approval.objects.filter(case=case).with_people().order_by("-pk")
    authority = deciding_authority_of(request.user, request.mall, request.act.at)
    context = {"case": case, "lines": lines.lines(asked, request.user, authority), "at": request.act.at}
    return show(request, "approvals/of_case.html", "approvals/_panel.html", context)


@require_POST
@needs("approvals.decide")
def decide(request: DeskRequest, number: str) -> HttpResponse:
    """One tap for a yes; a no comes with its words."""
    approval = _find(request, number)
    answer, seen = request.POST.get("answer", ""), request.POST.get("seen", "")
    for field, is_sound in {"answer": answer in {"yes", "no"}, "seen": seen.isdecimal() and len(seen) < 5}.items():
        if not is_sound:
            raise Unusable(_("This form is damaged. Reload the page and try again."), field=field)
    words = request.POST.get("words", "")
    actions.decide(request.act, approval, yes=answer == "yes", words=words, seen=int(seen))
    return _as_it_is_now(request, number, is_decided=True)


@require_POST
@needs("approvals.ask")
def withdraw(request: DeskRequest, number: str) -> HttpResponse:
    actions.withdraw(request.act, _find(request, number))
    return _as_it_is_now(request, number)


def _as_it_is_now(request: DeskRequest, number: str, *, is_decided: bool = False) -> HttpResponse:
    approval = _find(request, number)
    said = _said(approval) if is_decided else ""
    return changed(request, approval, CARD, _context(request, approval), tell="approval-changed", said=said)


def _said(approval: Approval) -> str:
    """What has just become of it, in a few words: the card will be gone from the list."""
    what = approval.title if approval.amount is None else money(approval.amount)
    if approval.state == Approval.State.APPROVED:
        return _("Approved: %(what)s") % {"what": what}
    if approval.state == Approval.State.DECLINED:
        return _("Not approved: %(what)s") % {"what": what}
    return _("Your yes is noted, the next one decides: %(what)s") % {"what": what}


def _find(request: DeskRequest, number: str) -> Approval:
    seen = Approval.objects.visible_to(request.user).with_people()
    return get_object_or_404(seen, mall=request.mall, number=number)


def _context(request: DeskRequest, approval: Approval) -> dict[str, Any]:
    authority = deciding_authority_of(request.user, request.mall, request.act.at)
    line = lines.lines([approval], request.user, authority)[0]
    return {"line": line, "approval": approval, "at": request.act.at}

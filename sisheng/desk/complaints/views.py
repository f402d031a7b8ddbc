"""The pages of a complaint."""

from __future__ import annotations

from typing import Any, cast

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sisheng.cases.actions import add_note
from sisheng.desk.complaints import actions, forms, gates, scripts
from sisheng.desk.complaints.editing import clashing, digests
from sisheng.desk.complaints.models import Complaint, ExternalCase, Remedy
from sisheng.desk.complaints.record import context_of
from sisheng.desk.complaints.steps import STEPS, Step, next_steps, open_steps
from sisheng.desk.complaints.yours import typed_in
from sisheng.ground.once.models import receipt_of
from sisheng.ground.privacy.actions import reveal
from sisheng.ground.refusals import OutOfTurn, Overtaken, Refused, Unusable
from sisheng.ground.ui.http import changed, is_htmx, show
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import desk_of
from sisheng.mall.staff.request import DeskRequest

PAGE, CARD = "complaints/detail.html", "complaints/_card.html"


@require_GET
@needs("cases.see")
def detail(request: DeskRequest, number: str) -> HttpResponse:
    complaint = _find(request, number)
    return show(request, PAGE, CARD, _context(request, complaint, **_asked_first(request, complaint)))


@needs("complaints.open")
def begin(request: DeskRequest) -> HttpResponse:
    """Take a complaint down: accept it at once, or keep it as a draft."""
    if request.method != "POST":
        return _form_to_begin(request, _blank(request))
    take = actions.take_down if "draft" in request.POST else actions.receive
    if earlier := receipt_of(take, request.act):
        return redirect(earlier.recall())
    form = forms.Facts(request.POST, mall=request.mall, at=request.act.at)
    if form.is_valid():
        try:
            complaint = take(
                request.act, request.mall, owner=request.user, desk=desk_of(request.user, request.mall), **form.told()
            )
            return redirect(complaint)
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
    return _form_to_begin(request, form, status=422)


@needs("complaints.open")
def begin_with(request: DeskRequest) -> HttpResponse:
    """The same form, with what the customer has already said to us: in the body, never in an address."""
    if request.method != "POST":  # somebody reloads the page, or changes its language
        return redirect(f"{reverse('complaints:begin', args=[request.mall.slug])}?{request.GET.urlencode()}")
    return _form_to_begin(request, _blank(request, account=request.POST.get("words", "")))


def _blank(request: DeskRequest, **told: str) -> forms.Facts:
    asked = {name: request.GET.get(name, "") for name in ("contact", "unit", "channel")}
    first = {"may_contact": True, "against": "shop", "recording": "none", **asked, **told}
    return forms.Facts(initial=first, mall=request.mall, at=request.act.at)


def _form_to_begin(request: DeskRequest, form: forms.Facts, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "calm": scripts.CALM_DOWN}
    return show(request, "complaints/begin.html", "complaints/_begin.html", context, status=status)


@needs("complaints.handle")
def step(request: DeskRequest, number: str, name: str) -> HttpResponse:
    """Ask for what a step needs, or do it."""
    complaint = _find(request, number)
    chosen = _lookup(name)
    if receipt_of(chosen.action, request.act):
        return _moved(request, number)
    form = _form(chosen, request, complaint)
    try:
        if not chosen.is_open_to(request.user, complaint, request.act.at):
            _refuse(chosen, request, complaint)
        if form.is_valid():
            if _is_taken(request, complaint, chosen, form):
                return _moved(request, number)
            complaint = _find(request, number)  # as it stands: what was refused half way has moved it in memory
    except (OutOfTurn, Overtaken) as error:
        return _too_late(request, number, form, error, chosen)
    status = 422 if form.is_bound else 200
    return show(request, PAGE, CARD, _context(request, complaint, form=form, chosen=chosen), status=status)


def _is_taken(request: DeskRequest, complaint: Complaint, chosen: Step, form: django_forms.Form) -> bool:
    """Take the step; where something of it cannot be used, the form says so."""
    try:
        chosen.action(request.act, complaint, **_told(chosen, form, request))
    except Unusable as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


def _too_late(
    request: DeskRequest, number: str, form: django_forms.Form, error: Refused, chosen: Step | None = None
) -> HttpResponse:
    """Somebody else was faster. Beside a panel a sentence says so and the form stays as it is; who comes without a
    script is shown how it stands now, with the form again, or with the words from it where it has no more place."""
    if is_htmx(request) or not form.is_bound:
        raise error
    complaint = _find(request, number)
    if chosen is not None and chosen.is_open_to(request.user, complaint, request.act.at):
        form.add_error(None, str(error))
        more: dict[str, Any] = {"form": form, "chosen": chosen}
    else:
        more = {**_asked_first(request, complaint, after=True), "yours": typed_in(form), "said": error.sentence}
        if not more["yours"]:
            raise error
    return show(request, PAGE, CARD, _context(request, complaint, **more), status=error.status)


def _moved(request: DeskRequest, number: str) -> HttpResponse:
    complaint = _find(request, number)
    context = _context(request, complaint, **_asked_first(request, complaint, after=True))
    return changed(request, complaint, CARD, context, tell="case-changed")


def _told(chosen: Step, form: Any, request: DeskRequest) -> dict[str, Any]:
    told = dict(form.cleaned_data)
    if isinstance(form, forms.WithRemedies):
        told["remedies"] = form.remedies()
    if not chosen.needs:
        told["seen"] = _seen(request)
    if chosen.is_about_draft:
        told["drafted"] = request.POST.get("drafted")
    return chosen.told(told)


def _refuse(chosen: Step, request: DeskRequest, complaint: Complaint) -> None:
    """Say no in the words of whoever would have refused it."""
    request.act.must(chosen.needs or "complaints.handle", complaint.mall)
    if not chosen.needs:
        request.act.must(complaint.life.find(chosen.name, complaint.status).needs, complaint.mall)
    if chosen.name == "accept":
        gates.require(gates.to_accept(complaint))
    if chosen.name == "resolve":
        gates.require(gates.to_resolve(complaint))
    if chosen.name == "archive":
        gates.require(gates.to_archive(complaint))
    raise OutOfTurn(_("This is not to be done now. Here is how it stands."))


@needs("complaints.handle")
def facts(request: DeskRequest, number: str) -> HttpResponse:
    """Correct what was written down. A field that somebody else changed meanwhile is asked about, never overwritten."""
    complaint = _find(request, number)
    if receipt_of(actions.edit, request.act):
        return _moved(request, number)
    stands = _as_form(complaint)
    form = forms.Facts(
        request.POST if request.method == "POST" else None, initial=_as_typed(complaint, stands), mall=request.mall,
        at=request.act.at,
    )  # fmt: skip
    clash: list[str] = []
    if form.is_valid():
        was, told = _was(request, stands), form.told()
        told |= {name: stands[name] for name in SAID_WHERE_ASKED if not _is_said(form, _asked_as(name))}
        changes = {name: told[name] for name in EDITABLE}
        try:
            actions.edit(request.act, complaint, changes=changes, was=was)
            return _moved(request, number)
        except Overtaken as error:
            clash = clashing(stands, changes, was)
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except Unusable as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            complaint = _find(request, number)  # as it stands: what was refused half way has changed it in memory
    status = 422 if form.is_bound else 200
    context = {
        "form": form, "complaint": complaint,
        "clash": [(form[_asked_as(name)].label, form.initial[_asked_as(name)]) for name in clash],
        "was": " ".join(digests({name: stands[name] for name in EDITABLE}).values()),
    }  # fmt: skip
    return show(request, "complaints/facts.html", "complaints/_facts.html", context, status=status)


EDITABLE = (
    "shop", "against", "happened_on", "emotion", "feeling", "against_words", "category",
    "account", "claims", "amount", "anonymous_label", "may_contact",
    "flags", "place", "people", "complainant", "language", "recourse",
)  # fmt: skip


SAID_WHERE_ASKED = ("shop", "against", "happened_on")  # a form without these fields says nothing about them


def _is_said(form: forms.Facts, field: str) -> bool:
    return field in form.data and field in form.changed_data


def _asked_as(name: str) -> str:
    """The field of the form in which this fact is written."""
    return "unit" if name == "shop" else name


def _as_form(complaint: Complaint) -> dict[str, Any]:
    return {name: getattr(complaint, name) for name in EDITABLE}


def _as_typed(complaint: Complaint, stands: dict[str, Any]) -> dict[str, Any]:
    """What stands there, as the form asks for it."""
    at, shop = complaint.happened_on, complaint.shop
    return {**stands, "happened_on": at.astimezone(complaint.mall.zone) if at else None,
            "unit": shop.unit if shop else "", "recording": complaint.recording}  # fmt: skip


def _was(request: DeskRequest, stands: dict[str, Any]) -> dict[str, str]:
    """Digests of what stood on the person's screen; a form without them is taken for one just loaded."""
    now_there = digests({name: stands[name] for name in EDITABLE})
    told = request.POST.get("was", "").split()
    return dict(zip(EDITABLE, told, strict=True)) if len(told) == len(EDITABLE) else now_there


@require_POST
@needs("cases.note")
def note(request: DeskRequest, number: str) -> HttpResponse:
    """An internal note: the customer never sees it."""
    complaint = _find(request, number)
    form = forms.Note(request.POST)
    if not form.is_valid():
        raise Unusable(_("Write a few words first."), field="text")
    add_note(request.act, complaint, text=form.cleaned_data["text"])
    return _moved(request, number)


@require_POST
@needs("complaints.handle")
def fulfil(request: DeskRequest, number: str, remedy: int) -> HttpResponse:
    """One remedy was carried out."""
    complaint = _find(request, number)
    owed = get_object_or_404(Remedy, pk=remedy, proposal__complaint=complaint)
    actions.fulfil(request.act, complaint, remedy=owed)
    return _moved(request, number)


@needs("complaints.decide")
def reply(request: DeskRequest, number: str, file: int) -> HttpResponse:
    """What we answer an authority."""
    complaint = _find(request, number)
    theirs = get_object_or_404(ExternalCase, pk=file, complaint=complaint)
    form = forms.Reply(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.reply_external(request.act, complaint, file=theirs, reply=form.cleaned_data["reply"])
        except OutOfTurn as error:
            return _too_late(request, number, form, error)
        return _moved(request, number)
    status = 422 if form.is_bound else 200
    return show(request, PAGE, CARD, _context(request, complaint, form=form, replying=theirs), status=status)


@needs("complaints.handle")
def their_news(request: DeskRequest, number: str, file: int) -> HttpResponse:
    """What an authority lets us know of its file: whether it is accepted, when they mediate, what came of it."""
    complaint = _find(request, number)
    if receipt_of(actions.note_external, request.act):
        return _moved(request, number)
    theirs = get_object_or_404(ExternalCase, pk=file, complaint=complaint)
    form = forms.TheirNews(
        request.POST if request.method == "POST" else None, initial=forms.TheirNews.as_it_stands(theirs),
        mall=request.mall, at=request.act.at,
    )  # fmt: skip
    if form.is_valid():
        if news := form.news(theirs):
            actions.note_external(request.act, complaint, file=theirs, **news)
        return _moved(request, number)
    status = 422 if form.is_bound else 200
    return show(request, PAGE, CARD, _context(request, complaint, form=form, hearing=theirs), status=status)


@needs("customers.reveal")
def phone(request: DeskRequest, number: str) -> HttpResponse:
    """The customer's number, masked; shown for half a minute to somebody who says why (PRV-01, PRV-04)."""
    complaint = _find(request, number)
    if complaint.customer is None:
        raise Http404
    shown = ""
    if request.method == "POST":
        shown = reveal(request.act, complaint.customer, "phone", request.POST.get("reason", ""))
    response = show(request, PAGE, "complaints/_phone.html", _context(request, complaint, shown=shown))
    response["Cache-Control"] = "no-store"
    return response


def _asked_first(request: DeskRequest, complaint: Complaint, *, after: bool = False) -> dict[str, Any]:
    """The form of the one next step stands open: nobody has to look for it."""
    steps = next_steps(complaint, open_steps(request.user, complaint, request.act.at))
    if len(steps) != 1:
        return {}
    form = _form(steps[0], request, complaint, blank=after or request.method != "POST")
    return {"form": form, "chosen": steps[0]}


def _form(chosen: Step, request: DeskRequest, complaint: Complaint, *, blank: bool = False) -> django_forms.Form:
    sent = request.POST if request.method == "POST" and not blank else None
    more: dict[str, Any] = {"initial": _initial(chosen, complaint)}
    if issubclass(chosen.form, forms.MallForm):
        more |= {"mall": request.mall, "at": request.act.at}
    if issubclass(chosen.form, forms.Trace):
        more["needed"] = gates.whys_needed(complaint)
    if chosen.name == "write" and complaint.offer and complaint.offer.offered_at is None:
        more["lines"] = [
            {"kind": line.kind, "value": line.value or None, "payer": line.payer}
            for line in complaint.offer.remedies.all()
        ]
    return cast("django_forms.Form", chosen.form(sent, **more))


def _initial(chosen: Step, complaint: Complaint) -> dict[str, Any]:
    """What is known already need not be typed again."""
    if chosen.name == "find":
        return {"finding": complaint.finding, "substantiated": complaint.substantiated,
                "responsibility": complaint.responsibility, "basis": complaint.basis}  # fmt: skip
    if chosen.name == "write" and complaint.offer and complaint.offer.offered_at is None:
        return {"words": complaint.offer.words, "is_final": complaint.offer.is_final}
    if chosen.name == "trace":
        return {"cause": complaint.cause, **{f"why{n}": why for n, why in enumerate(complaint.whys, start=1)}}
    if chosen.name == "heard":  # a follow-up call may have heard them first; what it heard is not to be lost
        return {"words": complaint.customer_words}
    if chosen.name in {"judge", "settle"}:
        return {"responsibility": complaint.responsibility, "is_done": True}
    return {}


def _seen(request: DeskRequest) -> int | None:
    """The version that was on the person's screen when they decided."""
    told = request.POST.get("seen", "")
    if told and not (told.isdecimal() and len(told) < 10):
        raise Refused(_("This form is damaged. Reload the page and try again."))
    return int(told) if told else None


def _find(request: DeskRequest, number: str) -> Complaint:
    seen = Complaint.objects.visible_to(request.user)
    everything = seen.select_related("mall", "shop", "desk", "customer", "handler", "owner", "about_staff")
    return cast("Complaint", get_object_or_404(everything, mall=request.mall, number=number))


def _lookup(name: str) -> Step:
    try:
        return STEPS[name]
    except KeyError:
        raise Http404 from None


def _context(request: DeskRequest, complaint: Complaint, **more: Any) -> dict[str, Any]:
    context = {**context_of(complaint, request), "stays_at": complaint.get_absolute_url(), **more}
    if context["show"]:
        context["stays_at"] += f"?show={context['show']}"
    if "chosen" in more:
        chosen = more["chosen"]
        is_first = chosen.name in {step.name for step in context["steps"]}
        context |= {"words_now": chosen.words(complaint), "is_first": is_first}
        # a step that somebody opened stays open when others do something; the first one opens by itself
        if not is_first:
            context["stays_at"] = reverse("complaints:step", args=[request.mall.slug, complaint.number, chosen.name])
    return context

"""The pages of the reception log."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sisheng.cases.models.case import Channel
from sisheng.desk.contacts import actions
from sisheng.desk.contacts.answers import answer_named
from sisheng.desk.contacts.forms import CHANNEL_FIELDS, LogForm
from sisheng.desk.contacts.models import Arrival, Contact
from sisheng.desk.contacts.passing import passed_up_to
from sisheng.ground.once.models import receipt_of
from sisheng.ground.refusals import Refused, Unusable
from sisheng.ground.ui.http import is_htmx, show
from sisheng.mall.directory.entries import answer_sheet, is_still_true
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import desk_of
from sisheng.mall.staff.request import DeskRequest

PAGE_LENGTH = 50
PAGE, ROWS = "contacts/list.html", "contacts/_rows.html"


@require_GET
@needs("contacts.log")
def index(request: DeskRequest) -> HttpResponse:
    """The log, newest first, by keyset: page one thousand costs what page one costs."""
    contacts = Contact.objects.visible_to(request.user).filter(mall=request.mall).select_related("agent", "desk")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) <= 18:
        contacts = contacts.filter(pk__lt=int(before))
    page = list(contacts.order_by("-pk")[: PAGE_LENGTH + 1])
    more = page[PAGE_LENGTH - 1].pk if len(page) > PAGE_LENGTH else None
    context = {"contacts": page[:PAGE_LENGTH], "before": more, "channels": CHANNEL_FIELDS}
    return show(request, PAGE, ROWS, context)


@require_GET
@needs("directory.see")
def cards(request: DeskRequest) -> HttpResponse:
    """Every answer of my desk, for the browser to hold. It asks again often, and is mostly told “nothing new”."""
    desk = desk_of(request.user, request.mall)
    known = request.headers.get("If-None-Match", "").removeprefix("W/").strip('"')
    if known and is_still_true(known, request.mall, request.act.at, desk):
        return HttpResponseNotModified()
    sheet = answer_sheet(request.mall, request.act.at, desk)
    response = HttpResponse(sheet.as_json(), content_type="application/json")
    response["ETag"] = f'"{sheet.version}"'
    response["Cache-Control"] = "private, no-cache"
    return response


@require_GET
@needs("contacts.log")
def detail(request: DeskRequest, number: str) -> HttpResponse:
    contact = _find(request, number)
    context = {"contact": contact, "told": passed_up_to(contact)}
    return show(request, "contacts/detail.html", "contacts/_card.html", context)


@require_POST
@needs("contacts.log")
def typical(request: DeskRequest, number: str) -> HttpResponse:
    """Mark a contact from which others can learn, or take the mark back."""
    contact = _find(request, number)
    actions.mark_typical(request.act, contact, is_typical=request.POST.get("mark") != "no")
    return redirect("contacts:detail", request.mall.slug, contact.number)


@needs("contacts.log")
def new(request: DeskRequest) -> HttpResponse:
    """The form of a channel; the quick log is its keyboard. Works without JavaScript."""
    if request.method == "POST":
        return log(request)
    channel = request.GET.get("channel", "")
    if channel not in CHANNEL_FIELDS:
        channel = Channel.COUNTER
    asked = {"need": request.GET.get("need", ""), "answer": request.GET.get("answer", "")}
    return _form(request, LogForm(initial=asked), channel)


@require_POST
@needs("contacts.log")
def log(request: DeskRequest) -> HttpResponse:
    if earlier := receipt_of(actions.log, request.act):
        return _logged(request, earlier.recall())
    form = LogForm(request.POST)
    if not form.is_valid():
        return _not_valid(request, form)
    told = dict(form.cleaned_data)
    desk = desk_of(request.user, request.mall)
    if desk is None:
        raise Refused(_("Check in at a desk first: every reception is logged with its desk."))
    try:
        contact = actions.log(
            request.act, request.mall, agent=request.user, desk=desk, **_with_records(request, told, desk)
        )
    except Unusable as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return _not_valid(request, form)
    return _logged(request, contact)


def _logged(request: DeskRequest, contact: Contact) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse(_receipt(request, contact))
    if "promise" in request.POST:  # what was said is on its page, and the way to the promise
        return redirect("contacts:detail", mall=request.mall.slug, number=contact.number)
    return redirect("contacts:index", mall=request.mall.slug)


@require_POST
@needs("contacts.log")
def undo(request: DeskRequest, number: str) -> HttpResponse:
    contact = actions.undo(request.act, _find(request, number))
    if _wants_json(request):
        sentence = _("Undone: %(n)s is not counted.") % {"n": contact.number}
        return JsonResponse({"number": contact.number, "sentence": sentence})
    return _strip(request) if is_htmx(request) else redirect("contacts:index", mall=request.mall.slug)


@require_GET
@needs("contacts.log")
def strip(request: DeskRequest) -> HttpResponse:
    return _strip(request)


def _strip(request: DeskRequest) -> HttpResponse:
    """What this person did last, with undo."""
    mine = Contact.objects.visible_to(request.user).filter(mall=request.mall, agent=request.user)
    last = [(contact, contact.can_be_undone(request.act.at)) for contact in mine.order_by("-pk")[:3]]
    return render(request, "contacts/_strip.html", {"contacts": last})


@require_POST
@needs("contacts.log")
def arrive(request: DeskRequest) -> HttpResponse:
    actions.arrive(request.act, _my_desk(request))
    return _waiting(request)


@require_POST
@needs("contacts.log")
def greet(request: DeskRequest) -> HttpResponse:
    actions.greet(request.act, _my_desk(request), agent=request.user)
    return _waiting(request)


@require_POST
@needs("contacts.log")
def leave(request: DeskRequest, arrival: int) -> HttpResponse:
    here = Arrival.objects.filter(mall=request.mall)
    actions.leave(request.act, get_object_or_404(here, pk=arrival))
    return _waiting(request)


@require_GET
@needs("contacts.log")
def waiting(request: DeskRequest) -> HttpResponse:
    return _waiting(request)


def _waiting(request: DeskRequest) -> HttpResponse:
    """Who waits at my desk, and since when."""
    desk = desk_of(request.user, request.mall)
    arrivals = Arrival.objects.waiting().filter(mall=request.mall, desk=desk)[:20] if desk else []
    return render(request, "contacts/_waiting.html", {"arrivals": arrivals, "desk": desk, "at": request.act.at})


def _with_records(request: DeskRequest, told: dict[str, Any], desk: Any) -> dict[str, Any]:
    """The words of the form, with the records they name; the rest goes into the details of the channel."""
    name = told.pop("answer")
    told["answer"] = answer_named(request.mall, name) if name else actions.Answer()
    told["arrival"] = Arrival.objects.waiting().filter(mall=request.mall, desk=desk, greeted_by=request.user).first()
    told["details"] = actions.Details(**{field: told.pop(field) for field in actions.Details.__dataclass_fields__})
    return told


def _receipt(request: DeskRequest, contact: Contact) -> dict[str, Any]:
    sentence = _("Logged %(number)s: %(need)s, %(seconds)s s") % {
        "number": contact.number,
        "need": contact.get_need_display(),
        "seconds": contact.seconds,
    }
    return {
        "number": contact.number,
        "sentence": sentence,
        "outcome": contact.outcome,
        "undo": reverse("contacts:undo", args=[request.mall.slug, contact.number]),
    }


def _not_valid(request: DeskRequest, form: LogForm) -> HttpResponse:
    if _wants_json(request):
        field, errors = next(iter(form.errors.items()))
        raise Unusable(errors[0], field=field)
    return _form(request, form, request.POST.get("channel", ""), status=422)


def _form(request: DeskRequest, form: LogForm, channel: str, *, status: int = 200) -> HttpResponse:
    asked = CHANNEL_FIELDS.get(channel, ())
    context = {"form": form, "channel": channel, "asked": [form[name] for name in asked], "channels": CHANNEL_FIELDS}
    return show(request, "contacts/new.html", "contacts/_form.html", context, status=status)


def _find(request: DeskRequest, number: str) -> Contact:
    contacts = Contact.objects.visible_to(request.user).select_related("agent", "desk", "shop", "case", "mall")
    return get_object_or_404(contacts, mall=request.mall, number=number)


def _my_desk(request: DeskRequest) -> Any:
    desk = desk_of(request.user, request.mall)
    if desk is None:
        raise Refused(_("Check in at a desk first."))
    return desk


def _wants_json(request: DeskRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")

"""The page behind the link, and the page on which the desk makes one."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sisheng.ground.refusals import Unusable
from sisheng.ground.ui.qr import drawn
from sisheng.kit.evidence.actions import receive_statement
from sisheng.kit.evidence.models import ShopStatement
from sisheng.kit.links.actions import LinkOver, use
from sisheng.kit.links.models import OneTimeLink
from sisheng.mall.directory.models import BrandContact, Shop
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.public import PublicRequest, public_address
from sisheng.mall.staff.request import DeskRequest
from sisheng.windows.shops import actions, forms


def statement(request: PublicRequest, link: OneTimeLink) -> HttpResponse:
    """What we ask of the shop, and room for its answer (CMP-10). Nothing of the customer, of the case or of another
    shop is on it. Called by kit/links for whoever holds the link."""
    asked = _asked(link)
    is_sent = request.method == "POST"
    if not asked.is_open and not is_sent:
        return _page(request, "shops/over.html", asked)
    form = forms.Statement(request.POST, request.FILES) if is_sent else forms.Statement()
    if form.is_valid():
        told = form.cleaned_data
        try:
            # files are taken before any transaction; the link is spent when the statement is there
            receive_statement(request.act, asked, text=told["text"], uploads=told["papers"])
        except Unusable as error:
            form.add_error({"file": "papers"}.get(error.field, "text"), str(error))
        else:
            with suppress(LinkOver):  # taken back while they wrote: their words have arrived all the same
                use(request.act.under(""), link)
            return _page(request, "shops/thanks.html", asked)
    return _page(request, "shops/statement.html", asked, status=422 if is_sent else 200, form=form)


@needs("statements.ask")
def link_page(request: DeskRequest, number: str, pk: int) -> HttpResponse:
    """Make a link for a statement that was asked for; read it out, copy it, print it, or let the shop scan it."""
    seen = ShopStatement.objects.visible_to(request.user).select_related("case__mall", "mall", "shop")
    asked = get_object_or_404(seen, mall=request.mall, case__number=number, pk=pk)
    made: dict[str, Any] = {}
    if request.method == "POST":
        link = actions.make_link(request.act, asked)
        asked.refresh_from_db()
        made = _made(request, asked, link)
    links = actions.links_of(asked)
    return render(
        request,
        "shops/link.html",
        {"statement": asked, "case": asked.case, "newest": links.first(), "contacts": _whom_to_ring(asked.shop),
         "at": request.act.at, **made},
    )  # fmt: skip


def _whom_to_ring(shop: Shop) -> list[dict[str, str]]:
    """Each person once, with what they are rung about; who answers for complaints first."""
    topics: dict[tuple[str, str], list[BrandContact]] = {}
    for contact in sorted(shop.contacts.all(), key=lambda one: one.topic != BrandContact.Topic.COMPLAINTS):
        topics.setdefault((contact.name, contact.extension), []).append(contact)
    return [
        {"name": name, "extension": extension, "topics": _(", ").join(one.get_topic_display() for one in held)}
        for (name, extension), held in topics.items()
    ]


def _made(request: DeskRequest, asked: ShopStatement, link: OneTimeLink) -> dict[str, Any]:
    if not link.token:  # the same form, sent again
        return {"is_gone": True}
    address = public_address(request, reverse("links:by-link", args=[request.mall.slug, link.token]))
    words = _("%(mall)s service desk: please give us your statement at %(address)s") % {
        "mall": request.mall.title(request.LANGUAGE_CODE), "address": address,
    }  # fmt: skip
    return {"address": address, "code": drawn(address), "words": words, "until": link.expires_at}


def _asked(link: OneTimeLink) -> ShopStatement:
    """The one statement that this link is for."""
    kind, _colon, pk = link.part.partition(":")
    if kind != "statement" or not pk.isdecimal():
        raise Http404
    of_case = ShopStatement.objects.of(link.case).filter(mall=link.mall_id)
    return get_object_or_404(of_case.select_related("shop", "case__mall", "mall"), pk=pk)


def _page(
    request: PublicRequest, template: str, asked: ShopStatement, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"statement": asked, "shop": asked.shop, "due_at": asked.due_at, **more}
    return render(request, template, context, status=status)

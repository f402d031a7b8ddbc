"""The comment book is taken over here, and its numbers are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from sisheng.desk.complaints.models import Complaint
from sisheng.desk.praise.models import Praise, Suggestion
from sisheng.ground.once.models import receipt_of
from sisheng.ground.refusals import Unusable
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import desk_of
from sisheng.mall.staff.request import DeskRequest
from sisheng.windows.book import actions
from sisheng.windows.book.forms import Sheet
from sisheng.windows.book.models import Line, Sitting
from sisheng.windows.book.ways import steps_of, turn_of, ways_of

EARLIER = 5


@needs("complaints.open")
def enter(request: DeskRequest) -> HttpResponse:
    """Type what stands in the book, line by line, and send it once."""
    if request.method == "POST":
        if earlier := receipt_of(actions.enter, request.act):
            return redirect(earlier.recall())
        sheet = Sheet(request.POST, mall=request.mall, at=request.act.at)
        if sheet.is_valid():
            try:
                return redirect(_entered(request, sheet))
            except Unusable as error:
                sheet.refuse(error)
        return _page(request, sheet, status=422)
    return _page(request, Sheet(mall=request.mall, at=request.act.at))


def _entered(request: DeskRequest, sheet: Sheet) -> Sitting:
    return actions.enter(
        request.act, request.mall, who=request.user, desk=desk_of(request.user, request.mall),
        channel=sheet.head.cleaned_data["channel"], lines=sheet.lines,
    )  # fmt: skip


def _page(request: DeskRequest, sheet: Sheet, *, status: int = 200) -> HttpResponse:
    here = Sitting.objects.visible_to(request.user).filter(mall=request.mall).select_related("by", "mall")
    context = {
        "sheet": sheet,
        "earlier": here.prefetch_related("lines").order_by("-pk")[:EARLIER],
        "turns": turn_of(request.mall, request.act.at),
        "at": request.act.at,
    }
    return render(request, "book/enter.html", context, status=status)


@require_GET
@needs("complaints.open")
def sitting(request: DeskRequest, pk: int) -> HttpResponse:
    """The numbers, to be written into the book beside each line."""
    seen = Sitting.objects.visible_to(request.user).select_related("by", "mall")
    there = get_object_or_404(seen, mall=request.mall, pk=pk)
    return render(request, "book/sitting.html", {"sitting": there, "lines": _told(request, there)})


@dataclass(frozen=True)
class Told:
    """A line with what helps to find it on the paper: of what this person may see, the first words."""

    line: Line
    words: str = ""
    shop: Any = None
    url: str = ""


def _told(request: DeskRequest, there: Sitting) -> list[Told]:
    lines = actions.lines_of(there)
    numbers, slug = [line.number for line in lines], request.mall.slug
    found: dict[str, tuple[str, Any, str]] = {}
    for model, words in ((Complaint, "account"), (Praise, "words"), (Suggestion, "words")):
        seen: Any = model.objects.visible_to(request.user)  # type: ignore[attr-defined]
        for one in seen.filter(mall=request.mall, number__in=numbers).select_related("shop"):
            page = "complaints:detail" if model is Complaint else ""
            url = reverse(page, args=[slug, one.number]) if page else f"{reverse('praise:index', args=[slug])}#{one}"
            found[one.number] = (getattr(one, words), one.shop, url)
    return [Told(line, *found.get(line.number, ())) for line in lines]


@require_GET
@needs("complaints.open")
def ways(request: DeskRequest) -> HttpResponse:
    """Every way in which a complaint reaches us, who answers for it, and how long each step may take (CMP-28)."""
    mall, at = request.mall, request.act.at
    return render(request, "book/ways.html", {"ways": ways_of(mall, at), "steps": steps_of(mall, at)})

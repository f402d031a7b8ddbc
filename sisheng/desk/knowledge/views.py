"""What to say, and what we could not answer."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sisheng.desk.knowledge.models import Gap, Phrase
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest


@require_GET
@needs("contacts.log")
def phrases(request: DeskRequest) -> HttpResponse:
    """The phrase book by its voices, in the order in which they are needed (REC-02)."""
    book = Phrase.objects.filter(mall=request.mall).order_by("order", "pk")
    voices = [(voice.label, [one for one in book if one.voice == voice]) for voice in Phrase.Voice]
    return render(request, "knowledge/_phrases.html", {"voices": [pair for pair in voices if pair[1]]})


@require_GET
@needs("contacts.log")
def gaps(request: DeskRequest) -> HttpResponse:
    """What was asked and not answered, the most asked first (KNW-05)."""
    waiting = Gap.objects.filter(mall=request.mall, status=Gap.Status.ASKED, asked__gt=0).order_by(
        "-asked", "-last_at"
    )[:100]
    return render(request, "knowledge/gaps.html", {"gaps": waiting, "at": request.act.at})

"""Gaps: what was asked and not answered becomes work for whoever owns the answers. And the phrase book."""

from __future__ import annotations

import csv
import re
import unicodedata
from importlib.resources import files

from django.db.models import F

from sisheng.desk.knowledge.models import Asking, Gap, Phrase
from sisheng.ground.events.models import Event
from sisheng.mall.directory.models import Mall


def note_gap(event: Event) -> None:
    """Reaction: count one more time that these words found no answer (KNW-04)."""
    words = (event.personal or {}).get("words", "")
    same = fold(words)
    if not same:
        return
    gap, _made = Gap.objects.get_or_create(
        mall_id=event.mall_id,
        same_words=same,
        defaults={
            "words": words[:200],
            "need": event.details.get("need", ""),
            "first_at": event.happened_at,
            "last_at": event.happened_at,
        },
    )
    _asking, is_new = Asking.objects.get_or_create(mall_id=event.mall_id, contact=event.topic, defaults={"gap": gap})
    if is_new:  # else it was undone before anybody counted it
        Gap.objects.filter(pk=gap.pk).update(
            asked=F("asked") + 1, last_at=max(gap.last_at, event.happened_at), status=Gap.Status.ASKED
        )


def take_back(event: Event) -> None:
    """Reaction: an unanswered contact was undone, and its gap was asked about one time less."""
    _count_no_longer(event, event.topic)


def leave_to_a_case(event: Event) -> None:
    """Reaction: somebody was promised the answer. What a case looks after is no gap."""
    if number := event.details.get("contact"):
        _count_no_longer(event, number)


def _count_no_longer(event: Event, contact: str) -> None:
    """Counting and taking back meet in one row: it does not matter which of them a worker comes to first."""
    if not Event.objects.about(event.mall_id, contact).filter(kind="contact.unanswered").exists():
        return
    asking, _made = Asking.objects.get_or_create(
        mall_id=event.mall_id, contact=contact, defaults={"taken_back_at": event.happened_at}
    )
    if asking.gap_id and Asking.objects.filter(pk=asking.pk, taken_back_at=None).update(
        taken_back_at=event.happened_at
    ):
        Gap.objects.filter(pk=asking.gap_id).update(asked=F("asked") - 1)


def fold(words: str) -> str:
    """The same question asked in another width, case or punctuation is the same gap."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip()[:200]


def give_phrases(mall: Mall) -> int:
    """Give a mall the phrase book it begins with (REC-02); answers how many phrases were new. What is there stays."""
    lines = (files("sisheng.desk.knowledge") / "phrases.tsv").read_text(encoding="utf8").splitlines()
    known = set(Phrase.objects.filter(mall=mall).values_list("order", flat=True))
    new = [Phrase(mall=mall, **row) for row in csv.DictReader(lines, delimiter="\t") if int(row["order"]) not in known]
    return len(Phrase.objects.bulk_create(new))

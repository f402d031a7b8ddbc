"""Gaps: what was asked and not answered becomes work for whoever owns the answers."""

from __future__ import annotations

import re
import unicodedata

from django.db.models import F

from sisheng.desk.knowledge.models import Gap
from sisheng.ground.events.models import Event


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
    Gap.objects.filter(pk=gap.pk).update(
        asked=F("asked") + 1, last_at=max(gap.last_at, event.happened_at), status=Gap.Status.ASKED
    )


def fold(words: str) -> str:
    """The same question asked in another width, case or punctuation is the same gap."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip()[:200]

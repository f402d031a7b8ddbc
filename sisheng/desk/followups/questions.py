"""What is asked in a call: three blocks, the reason, and what they still need (FUP-01, FUP-09)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Question:
    """One line of the call sheet, read aloud; a number from 1 to 5, or words."""

    name: str
    words: Any
    is_number: bool = True


QUESTIONS = {
    question.name: question
    for question in (
        Question("service", _("How content are you with our service?")),
        Question("goods", _("And with the goods?")),
        Question("surroundings", _("And with the surroundings?")),
        Question("handling", _("How did we handle your matter?")),
        Question("speed", _("Was it quick enough?")),
        Question("quality", _("Was the work done well?")),
        Question("attitude", _("Were people friendly?")),
        Question("in_time", _("Was it in order again in time?")),
        Question("why", _("What were you not content with?"), is_number=False),
    )
}

TEMPLATES = {
    "complaint": ("handling", "speed", "why"),
    "general": ("service", "goods", "surroundings", "why"),
    "work": ("quality", "attitude", "in_time", "why"),
}


def asked_in(template: str) -> list[Question]:
    return [QUESTIONS[name] for name in TEMPLATES[template]]

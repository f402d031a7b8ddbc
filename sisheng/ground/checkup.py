"""What `sisheng doctor` asks: each app keeps its questions in its checkup.py.

@examine("events.triggers")
def are_the_triggers_there(now):
    if missing: yield trouble(_("… Do this about it: …"))
    else: yield well(_("…"))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Finding:
    """How something is. The sentence about a trouble says what to do about it."""

    is_well: bool
    sentence: str


def well(sentence: str) -> Finding:
    return Finding(True, sentence)


def trouble(sentence: str) -> Finding:
    return Finding(False, sentence)


@dataclass(frozen=True)
class Examination:
    name: str
    ask: Callable[[datetime], Iterable[Finding]]
    takes_long: bool = False
    mend: Callable[[], None] | None = None

    def findings(self, now: datetime) -> Iterator[Finding]:
        """At least one. What cannot even be asked is in trouble."""
        try:
            yield from self.ask(now)
        except Exception as error:
            yield trouble(_("This could not be looked at: %(error)s") % {"error": f"{type(error).__name__}: {error}"})


_known: dict[str, Examination] = {}


def examine(
    name: str, *, takes_long: bool = False, mend: Callable[[], None] | None = None
) -> Callable[[Callable[[datetime], Iterable[Finding]]], Callable[[datetime], Iterable[Finding]]]:
    """Register a question. `mend` puts right what `sisheng doctor --mend` may put right without asking."""

    def register(ask: Callable[[datetime], Iterable[Finding]]) -> Callable[[datetime], Iterable[Finding]]:
        if name in _known:
            raise ValueError(f"There are two examinations called “{name}”.")
        _known[name] = Examination(name, ask, takes_long, mend)
        return ask

    return register


def examinations() -> list[Examination]:
    """All of them, in the order of their names."""
    autodiscover_modules("checkup")
    return [_known[name] for name in sorted(_known)]

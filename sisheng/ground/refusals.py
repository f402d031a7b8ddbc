"""No, in a sentence. A refusal is something we expected and can explain to the person who asked."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The act was not done and nothing has changed. The sentence says why and what to do."""

    status = 409

    def __init__(self, sentence: Any, *, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refused):
    """This person may not do this here."""

    status = 403


class OutOfTurn(Refused):
    """This cannot be done in the state in which the thing is now."""


class Overtaken(Refused):
    """Somebody else was a moment earlier."""


class Unusable(Refused):
    """What was sent cannot be used as it is; `field` names the part."""

    status = 422


class SameKeyOtherWords(Unusable):
    """A once-key was sent again with other contents."""


class TooMany(Refused):
    """Too often, or too much at once."""

    status = 429

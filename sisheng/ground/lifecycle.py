"""The life of a case as data: where it can be, who moves it on, and what is due by when."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sisheng.ground.refusals import OutOfTurn


class Turn(TextChoices):
    """Whose turn it is to do something."""

    DESK = "desk", pgettext_lazy("turn", "the desk")
    PARTNER = "partner", pgettext_lazy("turn", "the shop or department")
    CUSTOMER = "customer", pgettext_lazy("turn", "the customer")
    AUTHORITY = "authority", pgettext_lazy("turn", "an outside authority")
    NOBODY = "nobody", pgettext_lazy("turn", "nobody")


def of(*names: str) -> frozenset[str]:
    return frozenset(names)


@dataclass(frozen=True)
class State:
    """A place where a case can be, in the desk's words."""

    name: str
    turn: Turn
    label: object


@dataclass(frozen=True)
class Transition:
    """A named way from one state to another. The name is one word in the button, the URL, the event and the test."""

    name: str
    origins: frozenset[str]
    to: str
    needs: str  # a permission: see config/roles.py
    label: object = ""
    returns: bool = False  # to the state from which the case was put aside; `to` where nobody remembers


@dataclass(frozen=True)
class Deadline:
    """What is due, counted from a transition and met by one. By default it never stops (domain 3.19)."""

    policy: str  # how long: see config/policies.py
    starts_on: frozenset[str] = frozenset()
    met_by: frozenset[str] = frozenset()
    cancelled_by: frozenset[str] = frozenset()
    renewed_on: frozenset[str] = frozenset()
    pauses_in: frozenset[str] = frozenset()  # states
    label: object = ""
    is_promise: bool = False  # a time told to a customer; its due time may come with the act


@dataclass(frozen=True)
class Lifecycle:
    prefix: str  # of the numbers of these cases: ZX-261122-0009
    label: object
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]  # among them one named "begin", which comes from nowhere
    deadlines: tuple[Deadline, ...] = ()
    # of what runs beside the case and has a row of its own: those rows begin and meet them, one clock for each part
    parts: tuple[Deadline, ...] = ()
    is_yearly: bool = False  # numbered through the year, GJ-2026-041, where a day rarely sees one
    _by_name: dict[str, State] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name.update({state.name: state for state in self.states})

    @property
    def begin(self) -> Transition:
        return next(transition for transition in self.transitions if transition.name == "begin")

    def state(self, name: str) -> State:
        return self._by_name[name]

    def turn(self, state: str) -> Turn:
        return self._by_name[state].turn

    def deadline(self, policy: str) -> Deadline | None:
        """The line of this table that a clock was made from."""
        return next((line for line in (*self.deadlines, *self.parts) if line.policy == policy), None)

    def transitions_from(self, state: str) -> list[Transition]:
        return [transition for transition in self.transitions if state in transition.origins]

    def find(self, name: str, state: str) -> Transition:
        """The transition of that name out of that state. Raises OutOfTurn when there is none."""
        for transition in self.transitions_from(state):
            if transition.name == name:
                return transition
        raise OutOfTurn(
            _("This cannot be done now: the case is already “%(state)s”. Open it again to see what comes next.")
            % {"state": self.state(state).label}
        )

    def problems(self) -> list[str]:
        """What is wrong with this table, in sentences; empty when it is sound."""
        names = [state.name for state in self.states]
        moves = [transition.name for transition in self.transitions]
        found = [f"state “{name}” is listed twice" for name in set(names) if names.count(name) > 1]
        if moves.count("begin") != 1:
            found.append("there must be exactly one transition named “begin”")
            return found
        for transition in self.transitions:
            if (transition.name == "begin") == bool(transition.origins):
                found.append(f"transition “{transition.name}” must come from somewhere, and “begin” from nowhere")
            found += [
                f"transition “{transition.name}” speaks of an unknown state “{state}”"
                for state in {*transition.origins, transition.to} - set(names)
            ]
        for deadline in (*self.deadlines, *self.parts):
            words = deadline.starts_on | deadline.met_by | deadline.cancelled_by | deadline.renewed_on
            found += [f"deadline “{deadline.policy}” speaks of an unknown transition “{w}”" for w in words - set(moves)]
            found += [
                f"deadline “{deadline.policy}” pauses in an unknown state “{s}”"
                for s in deadline.pauses_in - set(names)
            ]
        found += [
            f"deadline “{part.policy}” is of a part: a row of its own begins and meets it, no transition"
            for part in self.parts
            if part.starts_on | part.met_by | part.renewed_on
        ]
        if not found:
            found += [f"state “{name}” can never be reached" for name in set(names) - self._reachable()]
            found += [
                f"state “{state.name}” is a dead end, yet it is somebody's turn"
                for state in self.states
                if state.turn != Turn.NOBODY and not self.transitions_from(state.name)
            ]
        return found

    def _reachable(self) -> set[str]:
        seen, waiting = set(), [self.begin.to]
        while waiting:
            state = waiting.pop()
            if state not in seen:
                seen.add(state)
                waiting += [transition.to for transition in self.transitions_from(state)]
        return seen


def shortest_path(lifecycle: Lifecycle, goal: str) -> list[str]:
    """The names of the fewest transitions that lead from the beginning to a state."""
    queue: list[tuple[str, list[str]]] = [(lifecycle.begin.to, [])]
    seen = set()
    while queue:
        state, path = queue.pop(0)
        if state == goal:
            return path
        if state not in seen:
            seen.add(state)
            queue += [(step.to, [*path, step.name]) for step in lifecycle.transitions_from(state)]
    raise LookupError(gettext_lazy("no way leads to this state"))

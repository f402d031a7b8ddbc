"""Figures: medians over interleaved rounds, ratios, and gates that are met or missed."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass
class Round:
    """What one contestant did in one round."""

    times: list[float]  # ms
    seconds: float = 0
    errors: int = 0
    cpu: float = 0  # ms of the server for one answer


@dataclass
class Figures:
    """What one contestant did in all rounds."""

    name: str
    rounds: list[Round] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return statistics.median(at(one.times, 0.5) for one in self.rounds)

    @property
    def p95(self) -> float:
        return statistics.median(at(one.times, 0.95) for one in self.rounds)

    @property
    def worst(self) -> float:
        return max(max(one.times) for one in self.rounds)

    @property
    def rate(self) -> float:
        return statistics.median(len(one.times) / one.seconds for one in self.rounds)

    @property
    def cpu(self) -> float:
        return statistics.median(one.cpu for one in self.rounds)

    @property
    def errors(self) -> int:
        return sum(one.errors for one in self.rounds)

    def line(self) -> str:
        return (
            f"  {self.name:34}{self.p50:9.2f}{self.p95:9.2f}{self.worst:9.1f}{self.rate:9.0f}"
            f"{self.cpu:9.2f}{self.errors:7}"
        )


HEAD = f"  {'':34}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}{'a second':>9}{'cpu ms':>9}{'errors':>7}"


def compete(contestants: dict[str, Callable[[], Round]], rounds: int) -> dict[str, Figures]:
    """Everybody in turn, so often, after one turn that only warms up: the machine drifts, and drifts for all alike."""
    for run in contestants.values():
        run()
    figures = {name: Figures(name) for name in contestants}
    for _round in range(rounds):
        for name, run in contestants.items():
            figures[name].rounds.append(run())
    print(HEAD)
    for one in figures.values():
        print(one.line(), flush=True)
    return figures


def against(one: Figures, other: Figures, what: str) -> float:
    """The median of the ratios within each round."""
    pairs = [
        (Figures("", [mine]), Figures("", [theirs])) for mine, theirs in zip(one.rounds, other.rounds, strict=True)
    ]
    return statistics.median(getattr(mine, what) / getattr(theirs, what) for mine, theirs in pairs)


class Gates:
    """Prints each gate as it is met or missed, and counts the missed ones."""

    def __init__(self) -> None:
        self.missed = 0

    def at_most(self, what: str, found: float, limit: float, unit: str = "") -> None:
        self._tell(what, found, "≤", limit, unit, found <= limit)

    def at_least(self, what: str, found: float, limit: float, unit: str = "") -> None:
        self._tell(what, found, "≥", limit, unit, found >= limit)

    def _tell(self, what: str, found: float, sign: str, limit: float, unit: str, is_met: bool) -> None:
        self.missed += not is_met
        print(f"  {what}: {found:.4g}{unit}, gate {sign} {limit:g}{unit}: {'met' if is_met else 'MISSED'}", flush=True)


def heading(words: str) -> None:
    load = os.getloadavg()
    print(
        f"\n{words} — {time.strftime('%Y-%m-%d %H:%M')}, load {load[0]:.1f} on {os.cpu_count()} processors", flush=True
    )


def at(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]

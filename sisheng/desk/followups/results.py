"""The answers of the last thirty days, as figures for people to read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from sisheng.cases.models import Clock
from sisheng.desk.followups import figures, themes
from sisheng.desk.followups.figures import Figure
from sisheng.desk.followups.lifecycle import DONE, REFUSED, UNREACHABLE
from sisheng.desk.followups.models import FollowUp, Rating, Survey
from sisheng.ground.policies import current
from sisheng.mall.directory.models import Mall

DAYS = 30
MOST_WORDS = 50


@dataclass(frozen=True)
class Row:
    """One line of the table: what, the figure and its interval as written, and what we want it to be."""

    label: str
    figure: Figure
    written: Callable[[float], str]
    target: str = ""

    @property
    def value(self) -> str:
        return "—" if self.figure.value is None else self.written(self.figure.value)

    @property
    def interval(self) -> str:
        low, high = self.figure.low, self.figure.high
        return "" if low is None or high is None else f"{self.written(low)}–{self.written(high)}"


def rows(mall: Mall, at: datetime) -> list[Row]:
    since = at - timedelta(days=DAYS)
    surveys = Survey.objects.filter(mall=mall, sent_at__gte=since, sent_at__lte=at)
    calls: Any = FollowUp.objects.filter(mall=mall, closed_at__gte=since, closed_at__lte=at)
    said = [(call.satisfaction, call.trigger) for call in calls.filter(status=DONE) if call.satisfaction is not None]
    written = list(surveys.answered().values_list("csat", "nps", "ces", "is_solved"))
    scores = [score for score, _trigger in said] + [csat for csat, *_others in written]
    lot = [score for score, trigger in said if trigger == FollowUp.Trigger.RANDOM]
    solved = [is_solved for *_others, is_solved in written if is_solved is not None]
    people = calls.filter(status__in=[DONE, REFUSED, UNREACHABLE])
    reached = people.exclude(status=UNREACHABLE).count()
    target = _percent(float(current(mall.pk, "survey.target", at).value) / 100)
    return [
        Row(_("Satisfied (4 or 5 of 5)"), figures.satisfied(scores), _percent, f"≥ {target}"),
        Row(_("Very satisfied (5 of 5)"), figures.very_satisfied(scores), _percent),
        Row(_("Mean, 1 to 5"), figures.mean(scores, 1, 5), _decimal),
        Row(_("Satisfied among those drawn by lot"), figures.satisfied(lot), _percent, f"≥ {target}"),
        Row(_("Solved, say those who answered"), figures.share(sum(solved), len(solved)), _percent),
        Row(_("Would recommend us (NPS, −100 to 100)"), _promoters(written), _whole),
        Row(_("Easy for them (CES, 1 to 7)"), _effort(written), _decimal, "≥ 5.5"),
        Row(_("Answered of the questions sent"), figures.share(len(written), surveys.count()), _percent, "≥ 15%"),
        Row(_("Reached of those rung"), figures.share(reached, people.count()), _percent, "≥ 70%"),
        Row(_("First calls in time"), _first_in_time(mall, since, at), _percent, "100%"),
    ]


def _promoters(written: list[tuple[Any, ...]]) -> Figure:
    return figures.net_promoters([nps for _csat, nps, *_others in written if nps is not None])


def _effort(written: list[tuple[Any, ...]]) -> Figure:
    return figures.mean([ces for _csat, _nps, ces, _solved in written if ces is not None], 1, 7)


def _first_in_time(mall: Mall, since: datetime, at: datetime) -> Figure:
    """Of the first calls that were due, those that were over in time and not just called off (KPI-17)."""
    due = Clock.objects.filter(mall=mall, deadline="complaint.followup1", due_at__gte=since, due_at__lte=at)
    due = due.filter(cancelled_at=None)
    return figures.share(due.filter(Q(met_at__lte=F("due_at"))).count(), due.count())


@dataclass(frozen=True)
class Period:
    """What was said at the counters in some days: how many were content, and how many say it is solved (SAT-03)."""

    label: str
    satisfied: Row
    solved: Row


def at_the_counter(mall: Mall, at: datetime) -> list[Period]:
    """Beside the other answers and never added to them: who still stands there answers more kindly. Of the whole
    house, not of a desk, at which there may be one person only."""
    spans = ((_("Last 7 days"), 7, 0), (_("Last 30 days"), 30, 0), (_("The 30 days before"), 60, 30))
    return [_period(mall, label, at - timedelta(days=begun), at - timedelta(days=over)) for label, begun, over in spans]


def _period(mall: Mall, label: str, since: datetime, until: datetime) -> Period:
    said = list(Rating.objects.filter(mall=mall, at__gt=since, at__lte=until).values_list("score", "solved"))
    solved = [answer == Rating.Solved.YES for _score, answer in said if answer]
    satisfied = figures.satisfied([score for score, _answer in said])
    return Period(label, _enough(satisfied), _enough(figures.share(sum(solved), len(solved))))


def _enough(figure: Figure) -> Row:
    """Nothing but their number as long as they are few."""
    return Row("", Figure(figure.n) if figure.is_thin else figure, _percent)


def open_words(mall: Mall, at: datetime) -> tuple[list[str], list[tuple[object, int]]]:
    """What people wrote, newest first and without saying who; and how often each theme is spoken of (SAT-06)."""
    since = at - timedelta(days=DAYS)
    answered = Survey.objects.answered().filter(mall=mall, answered_at__gte=since).exclude(words="")
    rated = Rating.objects.filter(mall=mall, at__gte=since, at__lte=at).exclude(words="")
    told = [*answered.values_list("answered_at", "words"), *rated.values_list("at", "words")]
    words = [words for _at, words in sorted(told, reverse=True)]
    return words[:MOST_WORDS], themes.counted(words)


def _percent(value: float) -> str:
    return f"{100 * value:.0f}%"


def _decimal(value: float) -> str:
    return f"{value:.1f}"


def _whole(value: float) -> str:
    return f"{value:.0f}"

"""Random calendars, and the comparison of what the engine and the oracle say about each. A seed makes it again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sisheng.ground.hours import Calendar, Interval, NeverOpens, SpecialDay
from sisheng.ground.hours.explain import Kind
from sisheng.ground.tests.hours_oracle import DAY, Oracle, Sample, seconds, stretches

ZONES = (
    *("Asia/Shanghai",) * 12,
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",  # half an hour
    "Africa/Cairo",  # leaps over midnight
    "America/Santiago",  # midnight comes twice
    "America/Havana",  # the hour from 00:00 comes twice
    "Asia/Kathmandu",
    "Pacific/Apia",  # left out the whole of 30 December 2011
)


def random_sample(seed: int) -> tuple[Sample, date, date]:
    """A calendar and the dates of its window."""
    dice = random.Random(seed)
    zone = dice.choice(ZONES)
    first = _first_day(dice, zone)
    length = dice.randint(12, 90)
    step = dice.choice((1, 60, 300, 900, 900, 1800))
    patterns = [_random_pairs(dice, step) for _pattern in range(dice.choice((1, 2, 3, 7)))]
    week = [dice.choice(patterns) for _weekday in range(7)]
    if dice.random() < 0.3:
        week[5:] = [[], []]
    if dice.random() < 0.03:
        week = [[(0, DAY)]] * 7
    if dice.random() < 0.02:
        week = [[]] * 7
    ahead = [dice.randint(-3, length) for _day in range(dice.randint(0, 12))]
    special = {first + timedelta(days=each): _random_day(dice, step) for each in ahead}
    if dice.random() < 0.3:
        begin, lasting = dice.randint(0, 40), dice.randint(3, 12)
        special |= {first + timedelta(days=begin + each): ("closed", None) for each in range(lasting)}
    return Sample(seed, zone, week, special), first, first + timedelta(days=length)


def _first_day(dice: random.Random, zone: str) -> date:
    """Half of the windows lie about a night in which the clocks of the zone are changed."""
    year = 2011 if zone == "Pacific/Apia" else dice.randint(2025, 2028)
    changes = [end for _begin, end, _offset in stretches(zone)[:-1]]
    changes = [change for change in changes if datetime.fromtimestamp(change, UTC).year == year]
    if changes and dice.random() < 0.5:
        return datetime.fromtimestamp(dice.choice(changes), UTC).date() - timedelta(days=dice.randint(0, 9))
    return date(year, 1, 1) + timedelta(days=dice.randint(0, 364))


def _random_pairs(dice: random.Random, step: int) -> list[tuple[int, int]]:
    """Up to four intervals in any order; they may overlap, touch, run past midnight or last the whole day."""
    pairs = []
    for _interval in range(dice.choice((0, 1, 1, 1, 2, 2, 3, 4))):
        opens = dice.randrange(0, DAY, step)
        if pairs and dice.random() < 0.2:
            opens = pairs[-1][1] % DAY  # touching the one before
        length = dice.choice((dice.randint(1, 4 * 3600), dice.randint(3600, 14 * 3600), dice.randint(1, DAY), DAY))
        pairs.append((opens, opens + min(DAY, max(step, length // step * step))))
    return pairs


def _random_day(dice: random.Random, step: int) -> tuple[str, object]:
    return dice.choice((("closed", None), ("like", dice.randint(0, 6)), ("open", _random_pairs(dice, step))))


def engine_of(sample: Sample) -> Calendar:
    def intervals(pairs: list[tuple[int, int]]) -> tuple[Interval, ...]:
        return tuple(Interval(_time(opens), _time(closes)) for opens, closes in pairs)

    special = []
    for day, (kind, what) in sample.special.items():
        if kind == "closed":
            special.append(SpecialDay.closed(day, f"closed on {day.day % 3}"))
        elif kind == "like":
            special.append(SpecialDay.make_up(day, what, "make-up day"))
        else:
            special.append(SpecialDay.opening(day, intervals(what)))
    return Calendar(ZoneInfo(sample.zone), tuple(map(intervals, sample.week)), tuple(special))


def _time(second: int) -> time:
    return time(second % DAY // 3600, second % 3600 // 60, second % 60)


def disagreements(seed: int) -> list[str]:
    """What engine and oracle see differently about the calendar of that seed, as sentences."""
    sample, first, last = random_sample(seed)
    oracle, engine = Oracle(sample, first - timedelta(days=3), last), engine_of(sample)
    dice = random.Random(f"questions about {seed}")
    found = []
    for _question in range(4):
        start = _moment(dice, oracle, sample.zone, seconds(first), seconds(last) - DAY)
        for name, told, right in _answers(dice, engine, oracle, start):
            if told != right:
                found.append(
                    f"seed {seed}, {sample.zone}: {name} from {start.isoformat()}: {told}, but should be {right}"
                )
    return found


def _moment(dice: random.Random, oracle: Oracle, zone: str, begin: int, end: int) -> datetime:
    """Any second, or one of those at which something opens or closes."""
    edges = [edge for span in oracle.spans for edge in span if begin <= edge < end]
    at = (
        dice.choice(edges) + dice.choice((-1, 0, 0, 1)) if edges and dice.random() < 0.4 else dice.randrange(begin, end)
    )
    return datetime.fromtimestamp(at, dice.choice((ZoneInfo(zone), UTC)))


def _answers(
    dice: random.Random, engine: Calendar, oracle: Oracle, start: datetime
) -> Iterator[tuple[str, object, object]]:
    """(what was asked, the engine's answer, the oracle's)."""
    at = seconds(start)
    window_end = oracle.spans[-1][1] if oracle.spans else at
    available = oracle.between(at, window_end) if window_end > at else 0
    amount = dice.choice((0, available, dice.randint(0, available), dice.randint(0, min(available, 3 * 3600))))
    due = oracle.add(at, amount)
    yield f"add {amount} s", seconds(engine.add(start, timedelta(seconds=amount))), due
    if not any(engine.week):
        yield "add more than there is", _refuses(engine, start, available + 1), True

    later = at + dice.randrange(0, max(1, window_end - at))
    until = datetime.fromtimestamp(later, UTC)
    yield f"between, until {until.isoformat()}", engine.between(start, until).total_seconds(), oracle.between(at, later)
    yield "between and add", engine.between(start, engine.add(start, timedelta(seconds=amount))).total_seconds(), amount

    yield "is it open", engine.is_open(start), oracle.is_open(at)
    if (opening := oracle.next_opening(at)) is not None:
        yield "next opening", seconds(engine.next_opening(start)), opening
    closing = oracle.closing_after(at)
    if closing is None or closing < window_end:  # else the window ends before it closes
        yield "closing", _or_none(engine.closing(start)), closing
    evening = oracle.close_of_business(at)
    if evening is not None and evening < window_end:
        yield "close of business", seconds(engine.close_of_business(start)), evening
    yield from _explained(engine, oracle, start, amount)
    yield from _days(dice, engine, oracle, start)


def _explained(engine: Calendar, oracle: Oracle, start: datetime, amount: int) -> Iterator[tuple[str, object, object]]:
    explanation = engine.explain_add(start, timedelta(seconds=amount))
    steps = explanation.steps
    yield "the steps count", explanation.counted.total_seconds(), amount
    edges = [edge for step in steps for edge in (seconds(step.begins), seconds(step.ends))]
    yield "the steps begin", edges[:1], [seconds(start)] if steps else []
    yield "the steps end", edges[-1:], [seconds(explanation.due)] if steps else []
    yield "the steps follow one another", edges[1:-1:2], edges[2::2]
    left = amount
    for step in steps:
        begins, ends = seconds(step.begins), seconds(step.ends)
        left -= oracle.between(begins, ends)
        yield "a step counts", step.counted.total_seconds(), oracle.between(begins, ends)
        yield (
            "a step counts all of its time or none",
            step.counted.total_seconds(),
            (ends - begins) * (step.kind == Kind.OPEN),
        )
        yield "a step leaves", step.left.total_seconds(), left


def _days(
    dice: random.Random, engine: Calendar, oracle: Oracle, start: datetime
) -> Iterator[tuple[str, object, object]]:
    today = oracle.wall_date(seconds(start))
    days = oracle.working_days(today)[:-1]
    if not days:
        return
    n = dice.randint(1, min(len(days), 30))
    midnight = oracle.closing(seconds(days[n - 1]) + DAY)
    yield f"add {n} days", seconds(engine.add_days(start, n)), midnight
    evening = max(closes for _opens, closes in oracle.by_day[days[n - 1]])
    yield f"add {n} days, at closing", seconds(engine.add_days(start, n, at_closing=True)), evening
    explanation = engine.explain_add_days(start, n)
    yield f"the steps of {n} days count", explanation.counted, timedelta(days=n)
    for step in explanation.steps:
        if step.kind in {Kind.WORKING_DAYS, Kind.DAYS_OFF}:
            begins, ends = oracle.wall_date(seconds(step.begins)), oracle.wall_date(seconds(step.ends) - 1)
            yield "a step of days counts", step.counted.days, len([day for day in days if begins <= day <= ends])


def _refuses(engine: Calendar, start: datetime, amount: int) -> bool:
    try:
        engine.add(start, timedelta(seconds=amount))
    except NeverOpens:
        return True
    return False


def _or_none(moment: datetime | None) -> int | None:
    return None if moment is None else seconds(moment)

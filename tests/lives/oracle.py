"""What the clocks of one complaint must show, told apart from the code.

By hand from domain 1.35 (how long), 3.4 (what begins and ends what) and 3.19 (what rests). What the transitions do to
the complaint's own clocks stands in expected_clocks.txt of the slice; here is the rest, and the arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sisheng.desk.complaints.tests.reading import clocks
from sisheng.ground.tests.hours_oracle import Oracle as OpeningHours
from sisheng.ground.tests.hours_oracle import Sample, seconds

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NATURAL = {
    "complaint.investigate": 24 * HOUR,
    "complaint.propose": 48 * HOUR,
    "complaint.final": 72 * HOUR,
    "complaint.wilful_delay": 15 * DAY,
    "complaint.progress_update": 24 * HOUR,
    "complaint.customer_reply": 24 * HOUR,
    "complaint.remedy": 3 * DAY,
    "complaint.brand_statement": 20 * HOUR,
}
WHILE_OPEN = {"complaint.start": 3600, "complaint.onspot.time": 3600, "approval.decide": 7200}
RESTS_WITH_AN_AUTHORITY = {
    "complaint.investigate", "complaint.propose", "complaint.final", "complaint.progress_update"
}  # fmt: skip
CALLED_OFF = {  # what runs beside the complaint, and what makes it pointless
    "complaint.progress_update": {"resolve", "archive", "withdraw", "merge", "settle_external"},
    "complaint.customer_reply": {"agree", "refuse", "refuse_final", "go_ahead", "withdraw", "merge", "go_external"},
    "complaint.remedy": {"reopen"},
    "complaint.brand_statement": {"archive", "withdraw", "merge", "discard"},
    "approval.decide": {"withdraw", "merge", "go_external"},
    "complaint.external.reply_12315": {"settle_external"},  # but not withdraw or archive: the order is still open
    "complaint.external.reply_12345": {"settle_external"},
    "complaint.external.reply": {"settle_external"},
}
OWN = clocks()
_OPEN_DAYS = OpeningHours(
    Sample(0, "Asia/Shanghai", [[(10 * 3600, 22 * 3600)]] * 7), date(2026, 11, 1), date(2028, 12, 31)
)


@dataclass
class Watch:
    """One clock that should be there."""

    deadline: str
    part: str
    started: datetime
    due: datetime | None
    left: timedelta | None = None
    met: datetime | None = None
    cancelled: datetime | None = None
    broken: datetime | None = None
    put_off: int = 0

    @property
    def is_live(self) -> bool:
        return self.met is None and self.cancelled is None

    @property
    def shown(self) -> tuple[object, ...]:
        return (self.deadline, self.part, self.started, self.due, self.left, self.met, self.cancelled, self.broken)


class ClockOracle:
    def __init__(self) -> None:
        self.watches: list[Watch] = []
        self.called_off_by_merging: list[Watch] = []
        self.is_with_an_authority = False

    def live(self, deadline: str, part: str | None = None) -> Watch | None:
        return next((one for one in self._running(deadline) if part in {None, one.part}), None)

    def _running(self, deadline: str = "") -> list[Watch]:
        return [one for one in self.watches if one.is_live and deadline in {"", one.deadline}]

    # What happens

    def transition(self, name: str, at: datetime) -> None:
        ended = []
        for watch in self._running():
            if OWN.get(watch.deadline, {}).get(name) == "=":
                self._meet(watch, at)
            elif OWN.get(watch.deadline, {}).get(name) == "x" or name in CALLED_OFF.get(watch.deadline, ()):
                watch.cancelled = at
                ended.append(watch)
        if name == "merge":
            self.called_off_by_merging = ended
        if name == "unmerge":
            for watch in self.called_off_by_merging:
                watch.cancelled = None
        for deadline, marks in OWN.items():
            if marks.get(name) == "+" and not self._running(deadline):
                self.start(deadline, at)
        if name == "go_external":
            self._rest(at)
        if name in {"hear_back", "settle_external", "withdraw"}:
            self._run_on(at)

    def start(self, deadline: str, at: datetime, part: str = "", due: datetime | None = None) -> Watch:
        watch = Watch(deadline, part, at, due or due_after(deadline, at))
        if self.is_with_an_authority and deadline in RESTS_WITH_AN_AUTHORITY:
            watch.due, watch.left = None, NATURAL[deadline]
        self.watches.append(watch)
        return watch

    def done(self, deadline: str, at: datetime, part: str) -> None:
        """It is done, whether or not anybody waits for it still."""
        if watch := self.live(deadline, part):
            self._meet(watch, at)
        self._forget_if_put_aside(deadline, part)

    def not_needed(self, deadline: str, at: datetime, part: str) -> None:
        if watch := self.live(deadline, part):
            watch.cancelled = at
        self._forget_if_put_aside(deadline, part)

    def renew(self, deadline: str, at: datetime, part: str) -> None:
        if watch := self.live(deadline, part):
            self._meet(watch, at)
            self.start(deadline, at, part)

    def extend(self, deadline: str, until: datetime) -> None:
        watch = self.live(deadline)
        assert watch
        watch.due, watch.put_off = until, watch.put_off + 1

    def swept(self, at: datetime) -> None:
        for watch in self._running():
            if watch.due and watch.due <= at and watch.broken is None:
                watch.broken = watch.due

    # How

    def _meet(self, watch: Watch, at: datetime) -> None:
        watch.met = at
        if watch.due and at > watch.due and watch.broken is None:
            watch.broken = watch.due

    def _rest(self, at: datetime) -> None:
        self.is_with_an_authority = True
        for watch in self._running():
            if watch.deadline in RESTS_WITH_AN_AUTHORITY and watch.due:
                if at > watch.due and watch.broken is None:
                    watch.broken = watch.due  # what was broken before is not made good by resting
                watch.left, watch.due = max(watch.due - at, timedelta(0)), None

    def _run_on(self, at: datetime) -> None:
        self.is_with_an_authority = False
        for watch in self._running():
            if watch.left is not None:
                watch.due, watch.left = at + watch.left, None

    def _forget_if_put_aside(self, deadline: str, part: str) -> None:
        """What was done while the complaint was part of another does not come back with it."""
        self.called_off_by_merging = [
            one for one in self.called_off_by_merging if (one.deadline, one.part) != (deadline, part)
        ]


def due_after(deadline: str, at: datetime) -> datetime:
    if deadline in NATURAL:
        return at + NATURAL[deadline]
    due = _OPEN_DAYS.add(seconds(at), WHILE_OPEN[deadline])
    assert due is not None
    return datetime.fromtimestamp(due, UTC)

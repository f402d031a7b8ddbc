"""Rounds of people writing while web and worker are killed; told with their seed and what was counted."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import time as time_of_day

from sisheng.ground.events.models import Delivery
from sisheng.mall.directory.models import Desk, Mall, OpeningHours
from sisheng.mall.staff.models import Post, Staff
from tests.killing.found import Found
from tests.killing.people import PASSWORD, Person
from tests.killing.site import Site
from tests.processes import same_database

MALL = "killed"
PATIENCE = 60  # seconds for what was begun when its worker was killed


@dataclass
class Outcome:
    """What came of it."""

    seed: int
    acknowledged: int = 0
    sent_again: int = 0
    killed: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    doubled: int = 0
    half_made: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        killed = ", ".join(f"{what} {times} times" for what, times in self.killed.items())
        return (
            f"seed {self.seed}: {self.acknowledged:,} acknowledged, {self.sent_again:,} sent again, killed {killed}; "
            f"{self.lost} lost, {self.doubled} doubled, {self.half_made} half made, {len(self.wrong)} wrong"
        )


def play(
    *, rounds: int, seconds: float, people: int = 8, seed: int, tell=print, person: type[Person] = Person,
    found: type[Found] = Found,
) -> Outcome:  # fmt: skip
    """Play on the database of this process, which must be empty: what a kind of person does, and what must be found."""
    chance = random.Random(seed)
    mall, desk = _lay_out(people)
    site = Site()
    outcome = Outcome(seed, killed={"worker": 0, "web": 0, "everything": 0})
    site.start()
    crowd = [person(site.address, MALL, _code(number), desk.pk, seed) for number in range(people)]
    try:
        for one in crowd:
            one.log_in()
            one.start()
        for number in range(1, rounds + 1):
            _one_round(site, crowd, seconds, chance, outcome)
            tell(f"round {number}: {sum(len(one.wishes) for one in crowd):,} forms so far")
        for one in crowd:
            one.leave.set()
            one.join(60)
    finally:
        site.stop()
    outcome = _counted(outcome, mall, crowd, site, found)
    site.said.close()
    return outcome


def _one_round(site: Site, crowd: list[Person], seconds: float, chance: random.Random, outcome: Outcome) -> None:
    """The worker, the web process and at last everything is killed while people write; then it is started again."""
    for person in crowd:
        person.go.set()
    ways = [("worker", site.kill_worker), ("web", site.kill_web)]
    chance.shuffle(ways)
    for what, kill in [*ways, ("everything", site.kill_all)]:
        time.sleep(chance.uniform(0.2, 1) * seconds / 3)
        if kill():
            outcome.killed[what] += 1
    site.start()
    time.sleep(chance.uniform(0.1, 0.3) * seconds)
    for person in crowd:
        person.go.clear()
    for person in crowd:
        person.is_idle.wait(120)


def _counted(outcome: Outcome, mall: Mall, crowd: list[Person], site: Site, look: type[Found]) -> Outcome:
    _do_what_waits()
    wishes = [wish for person in crowd for wish in person.wishes]
    found = look(mall, wishes)
    outcome.acknowledged = sum(bool(wish.number) for wish in wishes)
    outcome.sent_again = sum(wish.sent - 1 for wish in wishes)
    outcome.lost, outcome.doubled, outcome.half_made = len(found.lost), len(found.doubled), len(found.half_made)
    outcome.wrong = [*(fault for person in crowd for fault in person.faults), *found.wrong]
    if outcome.wrong:
        outcome.wrong.append(site.words())
    return outcome


def _do_what_waits() -> None:
    """A worker that was killed several times holds back for a while, and what it was killed in the midst of is tried
    again only some seconds later: not yet is not never."""
    until = time.monotonic() + PATIENCE
    while True:
        once = [sys.executable, "-m", "sisheng", "work", "--once"]
        subprocess.run(once, env=same_database(), check=True, timeout=300)
        if not Delivery.objects.filter(handled_at=None).exists() or time.monotonic() > until:
            return
        time.sleep(1)


def _lay_out(people: int) -> tuple[Mall, Desk]:
    """A mall that is always open, one desk, and its people."""
    mall = Mall.objects.create(slug=MALL, name="不倒汇", name_en="Unbroken")
    mall.hours = OpeningHours.objects.create(mall=mall, code="M")
    for day in range(1, 8):
        mall.hours.openings.create(day=day, opens_at=time_of_day(0), closes_at=time_of_day(23, 59))
    mall.save()
    desk = Desk.objects.create(
        mall=mall, code="A", name="总服务台", hours=mall.hours, capabilities=["contacts", "inquiries"]
    )
    for number in range(people):
        person = Staff.objects.create_user(code=_code(number), password=PASSWORD, name=f"第{number}人")
        Post.objects.create(mall=mall, staff=person, role="agent")
    return mall, desk


def _code(number: int) -> str:
    return f"{7001 + number}"

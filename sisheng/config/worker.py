"""The worker: what happens by itself, in one loop. Several of them do no harm.

Each second it keeps the timetable (the clocks are rung there), follows events and now and then seals them.
Jobs are done in a thread beside the loop: a long export must not make a deadline ring late.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import close_old_connections, connection
from django.utils import timezone

from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.events.seals import Sealer
from sisheng.ground.jobs.models import Worker
from sisheng.ground.jobs.running import hand_back, run_due
from sisheng.ground.jobs.timetable import keep_timetable

Done = TypeVar("Done")
logger = logging.getLogger(__name__)

PACE = 1.0  # seconds from one round to the next
BEAT = 10.0  # seconds between two signs of life
SEAL = 60.0  # seconds between two seals
LONGEST_PAUSE = 30.0  # seconds between two rounds while nothing works at all
AT_ONCE = 20  # events followed in one piece, so that nobody waits long for a turn at writing
RANGES = 10  # sealed in one round
TIME_TO_FINISH = 1.4  # seconds for a job to end after the worker was told to stop
CAREFUL_FOR = 60.0  # seconds after a worker of this machine was killed
SEVERAL = 3  # killed workers: something kills them


class Loop:
    """One worker process. `clock` is where it reads the time."""

    def __init__(self, timetable: Mapping[str, str], clock: Callable[[], datetime] = timezone.now) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(2)}"
        self._timetable, self._clock = timetable, clock
        self._sealer = Sealer()
        self._is_stopping = False  # not a threading.Event: a signal sets it, in the middle of whatever it meets
        self._next_beat = self._next_seal = self._careful_until = 0.0

    def stop(self) -> None:
        """Finish what is being done, and begin nothing more."""
        self._is_stopping = True

    def once(self) -> None:
        """Do everything that is due now, jobs included."""
        self._round()
        while self._attempt(self._follow_some) == AT_ONCE:  # a round goes on to the clocks after a second
            pass
        while run_due(self._clock(), self.name):
            pass
        self._leave()

    def run(self) -> bool:
        """Until told to stop; whether every job came to its end."""
        self._beware_of_what_kills()
        jobs = threading.Thread(target=self._do_jobs, name="jobs", daemon=True)
        jobs.start()
        pause = PACE
        while not self._is_stopping:
            close_old_connections()
            pause = PACE if self._round() else min(pause * 2, LONGEST_PAUSE)
            self._sleep(pause)
        jobs.join(TIME_TO_FINISH)
        if jobs.is_alive():
            hand_back(self.name)
        self._leave()
        return not jobs.is_alive()

    # --- one round ---

    def _round(self) -> bool:
        """Everything that is due; whether the clocks could be rung. What fails does not stop the others."""
        self._attempt(self._beat)
        begun = self._attempt(self._keep_timetable)
        self._attempt(self._follow)
        self._attempt(self._seal)
        return begun is not None

    def _attempt(self, step: Callable[[], Done]) -> Done | None:
        """What came of it; nothing when it failed."""
        try:
            return step()
        except Exception:
            logger.exception("%s failed; it is tried again", step.__name__)
            return None

    def _beat(self) -> None:
        if time.monotonic() >= self._next_beat:
            Worker.beat(self.name, self._clock())
            self._next_beat = time.monotonic() + BEAT

    def _keep_timetable(self) -> int:
        return keep_timetable(self._timetable, self._clock())

    def _follow(self) -> None:
        """Follow what waits, but look at the clocks again after a second."""
        until = time.monotonic() + PACE
        while self._follow_some() == AT_ONCE:
            if self._is_stopping or time.monotonic() > until:
                return

    def _follow_some(self) -> int:
        carefully = time.monotonic() < self._careful_until
        return run_reactions(self._clock(), AT_ONCE, carefully=carefully)

    def _seal(self) -> None:
        if time.monotonic() >= self._next_seal:
            self._sealer.sweep(self._clock(), RANGES)
            self._next_seal = time.monotonic() + (PACE if self._sealer.has_more else SEAL)

    # --- beside the rounds ---

    def _do_jobs(self) -> None:
        pause = PACE
        try:
            while not self._is_stopping:
                close_old_connections()
                done = self._attempt(self._do_a_job)
                pause = PACE if done is not None else min(pause * 2, LONGEST_PAUSE)
                if not done:
                    self._sleep(pause)
        finally:
            connection.close()

    def _do_a_job(self) -> int:
        return run_due(self._clock(), self.name)

    def _sleep(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self._is_stopping and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))

    # --- coming and going ---

    def _beware_of_what_kills(self) -> None:
        """When workers of this machine were killed lately: count before trying, and if it was several, wait first."""
        lately = self._clock() - timedelta(minutes=10)
        here = Worker.objects.filter(name__startswith=f"{socket.gethostname()}:", seen_at__gt=lately)
        killed = [worker.name for worker in here if not _is_running(worker.name)]
        if killed:
            self._careful_until = time.monotonic() + CAREFUL_FOR
        if len(killed) >= SEVERAL:
            pause = min(2.0 ** len(killed), LONGEST_PAUSE)
            logger.error("%d workers were killed within ten minutes; waiting %d s", len(killed), pause)
            self._sleep(pause)

    def _leave(self) -> None:
        Worker.objects.filter(name=self.name).delete()


def _is_running(worker: str) -> bool:
    """Is there still a process of this name? A new one that was given the old number is not it."""
    number = int(worker.split(":")[-2])
    if number == os.getpid():
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True

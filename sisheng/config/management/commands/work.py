"""`sisheng work`: what happens by itself. Ring the clocks, follow events, do jobs, seal."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from sisheng.config.worker import Loop
from sisheng.ground.jobs.timetable import problems

STOPS_WITHIN = 1.9  # seconds after SIGTERM


class Command(BaseCommand):
    help = "Ring the clocks, follow events, do jobs and seal what happened, until told to stop (SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        timetable = import_string(settings.SISHENG_TIMETABLE)
        if wrong := problems(timetable):
            raise CommandError("\n".join(wrong))
        loop = Loop(timetable)
        if once:
            loop.once()
            return
        signal.signal(signal.SIGTERM, lambda *_signal: _stop(loop))
        signal.signal(signal.SIGINT, lambda *_signal: _stop(loop))
        self.stdout.write(_("At work: %(name)s") % {"name": loop.name})
        self.stdout.flush()
        if not loop.run():
            os._exit(0)  # a job is still busy; it was handed back, and its connection ends with the process


def _stop(loop: Loop) -> None:
    """Whatever does not end in time ends with the process: its transaction is undone, its job is done again."""
    loop.stop()
    last_resort = threading.Timer(STOPS_WITHIN, os._exit, [0])
    last_resort.daemon = True
    last_resort.start()

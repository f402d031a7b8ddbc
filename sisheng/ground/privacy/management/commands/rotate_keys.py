"""sisheng rotate-keys: encrypt all personal data again under the newest key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sisheng.ground.privacy import keys
from sisheng.ground.privacy.rotation import Tally, rotate


class Command(BaseCommand):
    help = (
        "Encrypts all personal data again under the first data key. With --add, a new key is made first, in the key "
        "file beside the data. A site that has its keys in SISHENG_DATA_KEYS is given a new one by hand: --print one, "
        "put it before the others, restart, then run this. Older keys may go when it has finished and no backup needs "
        "them. It may be broken off and run again, while the desk works."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--add", action="store_true", help="make a new key in the key file first")
        parser.add_argument("--print", action="store_true", help="only print a new key, for SISHENG_DATA_KEYS")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["print"]:
            self.stdout.write(keys.new_key())
            return
        if options["add"]:
            self._add()
        tally = Tally()
        for tally in rotate():
            self.stdout.write(f"\r{tally.seen} rows seen, {tally.renewed} renewed", ending="")
            self.stdout.flush()
        self.stdout.write(f"\r{tally.seen} rows seen, {tally.renewed} renewed.")
        if left := _left(tally):
            raise CommandError(left)

    def _add(self) -> None:
        if settings.SISHENG_DATA_KEYS:
            raise CommandError("The keys come from SISHENG_DATA_KEYS. Put a new one (--print) before them and restart.")
        keys.ring()  # makes the file where there is none yet
        self.stdout.write(f"New key {keys.add(Path(settings.SISHENG_KEY_FILE))}.")


def _left(tally: Tally) -> str:
    """What stays as it was, and why."""
    reasons = {
        "cannot be read with any key of this site": tally.unreadable,
        "have the phone number of another row; make them one, then run this again": tally.twice,
    }
    return " ".join(
        f"{len(rows)} rows {why}: {', '.join(rows[:20])}{'…' if len(rows) > 20 else '.'}"
        for why, rows in reasons.items()
        if rows
    )

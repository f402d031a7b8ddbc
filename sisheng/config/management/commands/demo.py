"""sisheng demo: the demo mall 泊云汇, with its people, its shops and what happened there."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from sisheng.config.demo.history.writing import write as write_history
from sisheng.config.demo.loading import load
from sisheng.config.demo.tables import rows
from sisheng.config.management.commands.init import new_password
from sisheng.mall.staff.models import Staff


class Command(BaseCommand):
    help = "Load the demo mall. Loading it again adds what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new-password", action="store_true", help="give the people of the demo mall another one")
        parser.add_argument("--without-history", action="store_true", help="leave out the sixty days before today")

    def handle(self, *args: Any, **options: Any) -> None:
        password, now = new_password(), timezone.now()
        summary = load(password=password, at=now)
        if not options["without_history"]:
            write_history(summary.mall, at=now, progress=self._show_progress)
        codes = summary.new_codes
        if options["new_password"]:
            codes = [row["code"] for row in rows("staff")]
            Staff.objects.filter(code__in=codes).update(password=make_password(password))
        self.stdout.write(f"泊云汇 is there: /{summary.mall.slug}/desk/")
        if codes:
            self.stdout.write(f"Everybody there ({codes[0]} to {codes[-1]}) logs in with the password {password}")
            for line in who_is_who(codes):
                self.stdout.write(line)
            self.stdout.write("It is shown this once and kept nowhere. For another one: sisheng demo --new-password")

    def _show_progress(self, done: int, of: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\rWriting what happened lately: day {done} of {of}", ending="\n" if done == of else "")


def who_is_who(codes: list[str]) -> list[str]:
    """One line for each: whoever tries the mall chooses by post."""
    people = [row for row in rows("staff") if row["code"] in codes]
    return [f"  {row['code']}  {row['name']} {row['name_en']} · {row['title']} ({row['roles']})" for row in people]

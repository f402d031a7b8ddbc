"""`sisheng doctor`: is everything well? One line for each thing looked at; 1 when something is not."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from sisheng.ground.checkup import Examination, examinations


class Command(BaseCommand):
    help = "Look whether everything is well, and say what to do about what is not."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", help="look only at these, such as events.seals or events")
        parser.add_argument("--quick", action="store_true", help="leave out what takes long on a large database")
        parser.add_argument("--mend", action="store_true", help="first put right what can be put right without asking")

    def handle(self, *args: Any, names: list[str], quick: bool, mend: bool, **options: Any) -> None:
        is_well = True
        for examination in self._chosen(names):
            if quick and examination.takes_long:
                continue
            if mend and examination.mend:
                examination.mend()
            is_well &= self._examine(examination)
        if not is_well:
            sys.exit(1)

    def _chosen(self, names: list[str]) -> list[Examination]:
        known = examinations()
        chosen = [one for one in known if not names or any(f"{one.name}.".startswith(f"{name}.") for name in names)]
        if not chosen:
            told = {"names": ", ".join(one.name for one in known)}
            raise CommandError(_("There is nothing of this name. Known are: %(names)s") % told)
        return chosen

    def _examine(self, examination: Examination) -> bool:
        is_well = True
        for finding in examination.findings(timezone.now()):
            mark = _("ok") if finding.is_well else _("NOT OK")
            style = self.style.SUCCESS if finding.is_well else self.style.ERROR
            self.stdout.write(f"{style(mark)}\t{examination.name}\t{finding.sentence}")
            is_well &= finding.is_well
        return is_well

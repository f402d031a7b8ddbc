"""sisheng import: take over the shops or the customers of a mall from a table."""  # noqa: N999 - typed as said

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sisheng.ground.act import SYSTEM, Act, Actor
from sisheng.ground.refusals import Refused
from sisheng.ground.tables import read_table, report
from sisheng.ground.tables.plan import Plan, Spec, plan
from sisheng.ground.tables.progress import Progress
from sisheng.ground.tables.source import Source
from sisheng.mall.customers.imports import customer_spec, import_customers
from sisheng.mall.directory.imports import import_shops, shop_spec
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff

LINES = 50  # on the screen; all of them are in the report


@dataclass(frozen=True)
class Kind:
    """What can be taken over."""

    spec: Callable[[Mall], Spec]
    carry_out: Callable[..., None]


KINDS = {"shops": Kind(shop_spec, import_shops), "customers": Kind(customer_spec, import_customers)}


class Command(BaseCommand):
    help = (
        "Take over shops or customers from an xlsx or csv file. The whole file is checked first: if a row is wrong, "
        "nothing is changed. The same file again changes nothing. Blank cells change nothing, and nothing is deleted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--mall", required=True, metavar="SLUG", help="short name of the mall in addresses")
        parser.add_argument("--dry-run", action="store_true", help="only show, row by row, what would change")
        parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet, where several have these columns")
        parser.add_argument("--report", type=Path, metavar="FILE.csv", help="write every line of the result to a file")
        parser.add_argument("--skip-bad-rows", action="store_true", help="import the good rows although others are bad")
        parser.add_argument("--by", default="", metavar="CODE", help="staff code of who imports; else it is the site")
        parser.add_argument("--language", default="zh-hans", choices=("zh-hans", "en"), help="of what is printed")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"]):
            try:
                self._import(KINDS[options["kind"]], options)
            except Refused as refused:
                raise CommandError(str(refused)) from None

    def _import(self, kind: Kind, options: dict[str, Any]) -> None:
        mall = _mall(options["mall"])
        act = Act(by=_actor(options["by"]), at=timezone.now(), via="import")
        act.must("imports.run", mall)
        made, notes, source = self._look(kind.spec(mall), options)
        self._tell(made, notes, options["report"])
        if self._is_to_be_done(made, options):
            # what the file says was true when it was written (D22)
            act = replace(act, said_at=min(source.written_at, act.at))
            with self._progress(_("Writing"), len(made.new) + len(made.changed)) as progress:
                kind.carry_out(act, mall, made, source, watch=progress.reach)
            self.stdout.write(_("Done."))

    def _look(self, spec: Spec, options: dict[str, Any]) -> tuple[Plan, list[str], Source]:
        with read_table(options["file"], spec.fields, sheet=options["sheet"]) as table:
            source = Source.of(options["file"])
            with self._progress(_("Reading"), table.expected_rows) as progress:
                return plan(table, spec, watch=progress.reach), table.notes, source

    def _tell(self, made: Plan, notes: list[str], into: Path | None) -> None:
        for note in notes:
            self.stdout.write(note)
        lines = report.lines(made)
        for line in islice(lines, LINES):
            self.stdout.write(str(line))
        if more := sum(1 for _line in lines):
            self.stdout.write(_("… and %(count)d more lines: see all with --report FILE.csv.") % {"count": more})
        self.stdout.write(report.summary(made))
        if into:
            _save(made, into)

    def _is_to_be_done(self, made: Plan, options: dict[str, Any]) -> bool:
        if made.problems and not options["skip_bad_rows"]:
            raise CommandError(
                _("Nothing was changed. Put the wrong rows right, or leave them out with --skip-bad-rows.")
            )
        if options["dry_run"]:
            self.stdout.write(_("This was a dry run: nothing was changed."))
        elif made.changes_nothing:
            self.stdout.write(_("Everything is already as the file says: nothing was changed."))
        return not options["dry_run"] and not made.changes_nothing

    def _progress(self, label: str, total: int) -> Progress:
        stream: Any = self.stderr
        return Progress(stream._out, label, total)  # past the colour and the line ends of Django's wrapper


def _mall(slug: str) -> Mall:
    mall = Mall.objects.filter(slug=slug).first()
    if mall is None:
        known = ", ".join(Mall.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(
            _("There is no mall “%(slug)s”. There are: %(known)s.") % {"slug": slug, "known": known or "—"}
        )
    return mall


def _actor(code: str) -> Actor:
    """Who stands behind it. Whoever may run this command on the machine of the site may do so in its name."""
    if not code:
        return SYSTEM
    person = Staff.objects.filter(code=code, is_active=True).first()
    if person is None:
        raise CommandError(_("There is nobody with the staff code %(code)s.") % {"code": code})
    return person


def _save(made: Plan, into: Path) -> None:
    try:
        report.save(made, into)
    except OSError as error:
        raise CommandError(
            _("The report cannot be written to “%(file)s”: %(reason)s.") % {"file": into, "reason": error.strerror}
        ) from None

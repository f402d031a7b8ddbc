"""The tables of the report as files that a spreadsheet opens and does not run."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sisheng.desk.complaints.figures import NOT_SAID, Heading
from sisheng.ground.tables.report import harmless
from sisheng.windows.reports.complaints import Report

BOM = "\ufeff"  # without it Excel takes UTF-8 for something else
Row = list[Any]


def written(report: Report, table: str) -> str:
    """One table of the report; LookupError when there is no such table."""
    head, rows = TABLES[table](report)
    text = StringIO()
    writer = csv.writer(text)
    for row in [head, *rows]:
        writer.writerow([harmless(str(cell)) for cell in row])
    return BOM + text.getvalue()


def _summary(report: Report) -> tuple[Row, Iterable[Row]]:
    head = [pgettext("figure", "What"), pgettext("figure", "Number"), pgettext("figure", "Of"), _("Share"), _("Aim")]
    received = report.received
    rows: list[Row] = [
        [_("From"), report.period.first, "", "", ""],
        [_("Until"), report.period.last, "", "", ""],
        [_("Complaints"), received.counted, "", "", ""],
        [_("As many days before"), report.before, "", "", ""],
        [_("Withdrawn by the customer"), received.withdrawn, received.counted, "", ""],
        [_("Still open"), received.open, received.counted, "", ""],
        [_("Merged, counted once"), received.merged, "", "", ""],
        [_("Drafts thrown away, not counted"), received.discarded, "", "", ""],
        [_("Contacts"), report.contacts, "", "", ""],
        [_("Complaints for 1,000 contacts"), report.rate, "", "", ""],
        [_("Hours to the final answer, median"), report.hours.median, report.hours.n, "", ""],
        [_("Hours to the final answer, nine of ten"), report.hours.most, report.hours.n, "", ""],
    ]
    for share in report.shares:
        percent = "" if share.percent is None else f"{share.percent}%"
        rows.append([share.label, share.hits, share.n, percent, share.aim_told])
    return head, rows


def _categories(report: Report) -> tuple[Row, Iterable[Row]]:
    head = [_("Category"), pgettext("category", "In detail"), pgettext("figure", "Number"), _("Running share")]
    return head, _tree(report.categories)


def _causes(report: Report) -> tuple[Row, Iterable[Row]]:
    head = [_("Root cause"), pgettext("category", "In detail"), pgettext("figure", "Number"), _("Running share")]
    return head, _tree(report.causes)


def _tree(headings: list[Heading]) -> Iterable[Row]:
    for heading in headings:
        yield [_("not said") if heading.key == NOT_SAID else heading.label, "", heading.n, f"{heading.cumulative}%"]
        for _key, label, n in heading.parts:
            if label:
                yield [heading.label, label, n, ""]


def _weeks(report: Report) -> tuple[Row, Iterable[Row]]:
    head = [_("Week from"), _("Complaints"), _("Contacts"), _("Complaints for 1,000 contacts"), _("Whole week")]
    yes, no = pgettext("whole week", "yes"), pgettext("whole week", "no")
    return head, ([line.begins, line.n, line.contacts, line.rate, no if line.is_cut else yes] for line in report.weeks)


def _places(report: Report) -> tuple[Row, Iterable[Row]]:
    rows = []
    for storey in report.storeys:
        if storey.code == NOT_SAID:
            rows.append(["", "", _("about no shop"), storey.n])
        rows.extend([storey.code, spot.unit, spot.title, spot.n] for spot in storey.spots)
    return [pgettext("place", "Floor"), _("Unit"), _("Shop"), _("Complaints")], rows


TABLES: dict[str, Callable[[Report], tuple[Row, Iterable[Row]]]] = {
    "summary": _summary,
    "categories": _categories,
    "causes": _causes,
    "weeks": _weeks,
    "shops": _places,
}

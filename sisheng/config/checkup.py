"""Is the site set up so that nothing it acknowledges is lost, and nothing it keeps is read by others?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from sisheng.ground.checkup import Finding, examine, trouble, well
from sisheng.ground.hours.china import has_official_notice

LEAST_SPACE = 2**30  # bytes

# What survives a power cut, and what guards the rows. The first is how PostgreSQL or SQLite is asked.
DURABLE: dict[str, dict[str, set[object]]] = {
    "sqlite": {
        "PRAGMA journal_mode": {"wal"},
        "PRAGMA synchronous": {2, 3},  # FULL, EXTRA
        "PRAGMA foreign_keys": {1},
    },
    "postgresql": {
        "SHOW fsync": {"on"},
        "SHOW full_page_writes": {"on"},
        "SHOW synchronous_commit": {"on", "local", "remote_write", "remote_apply"},
    },
}


@examine("database")
def does_the_database_keep_what_it_is_given(now: datetime) -> Iterator[Finding]:
    wrong = []
    with connection.cursor() as cursor:
        for question, right in DURABLE[connection.vendor].items():
            cursor.execute(question)
            answer = cursor.fetchone()[0]
            if answer not in right:
                wrong.append(f"{question}: {answer}")
    if wrong:
        yield trouble(
            _("What is acknowledged may be lost in a power cut. Correct the settings of the database: %(wrong)s")
            % {"wrong": "; ".join(wrong)}
        )
    else:
        version = ".".join(str(part) for part in connection.get_database_version())
        yield well(_("%(name)s %(version)s, durable.") % {"name": connection.display_name, "version": version})


@examine("database.migrations")
def is_the_database_of_this_version(now: datetime) -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(str(migration) for migration, _backwards in waiting[:5])
        yield trouble(_("Migrations wait: %(names)s. Apply them with `sisheng init`.") % {"names": names})
    else:
        yield well(_("Every migration is applied."))


@examine("disk")
def is_there_space(now: datetime) -> Iterator[Finding]:
    free = shutil.disk_usage(settings.HOME).free
    told = {"free": f"{free / 2**30:.1f}", "folder": settings.HOME}
    if free < LEAST_SPACE:
        yield trouble(_("Only %(free)s GiB are free in %(folder)s. Make room before nothing can be saved.") % told)
    else:
        yield well(_("%(free)s GiB are free in %(folder)s.") % told)


@examine("secrets")
def can_others_read_the_secrets(now: datetime) -> Iterator[Finding]:
    files = (settings.HOME / "secret", Path(settings.SISHENG_KEY_FILE), Path(settings.SISHENG_SIGNING_KEY_FILE))
    secrets = [path for path in files if path.exists()]
    open_ones = [path for path in secrets if path.stat().st_mode & 0o077]
    for path in open_ones:
        yield trouble(_("Others can read %(path)s. Close it with `chmod 600 %(path)s`.") % {"path": path})
    if not open_ones:
        yield well(_("Nobody else can read the secret files."))


@examine("holidays")
def are_the_holidays_known(now: datetime) -> Iterator[Finding]:
    """The notice for a year appears in the November before it, and with it a new release of the package `holidays`."""
    today = localtime(now)
    needed = [today.year, today.year + 1] if today.month == 12 else [today.year]
    unknown = [year for year in needed if not has_official_notice(year)]
    if unknown:
        years = ", ".join(str(year) for year in unknown)
        yield trouble(
            _("The public holidays of %(years)s are not known. Update the package “holidays”, or enter them by hand.")
            % {"years": years}
        )
    else:
        yield well(_("The public holidays are known up to %(year)s.") % {"year": _last_known(today.year)})


def _last_known(year: int) -> int:
    return year + 1 if has_official_notice(year + 1) else year

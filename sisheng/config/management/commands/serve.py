"""sisheng serve: the pages and the event stream on one port."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from sisheng.config import environment as env
from sisheng.config.serve.server import Plan, is_free, serve


class Command(BaseCommand):
    help = "Serve the site until told to stop (Ctrl+C)."
    requires_system_checks = "__all__"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=env.text("SISHENG_HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=env.whole("SISHENG_PORT", 8000, least=1, most=65535))
        parser.add_argument("--workers", type=int, default=None, help="web processes (PostgreSQL: 2, SQLite: 1)")
        parser.add_argument("--threads", type=int, default=8, help="pages answered at once by each web process")
        parser.add_argument("--with-worker", action="store_true", help="run `sisheng work` beside it, and mind it")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = Plan(
            host=options["host"],
            port=options["port"],
            workers=_web_processes(options["workers"]),
            threads=options["threads"],
            with_worker=options["with_worker"],
        )
        _must_be_ready(plan)
        if options["verbosity"] > 0:
            self.stdout.write(f"Sisheng: http://{plan.host}:{plan.port}/ (Ctrl+C stops it)")
            self.stdout.flush()
        serve(plan)


def _web_processes(asked: int | None) -> int:
    is_sqlite = connection.vendor == "sqlite"
    if is_sqlite and (asked or 1) > 1:
        raise CommandError(
            "Several web processes need PostgreSQL: with SQLite they would keep each other waiting for the one pen. "
            "Leave --workers out, or set SISHENG_DATABASE_URL to a postgres:// address."
        )
    if asked is not None and asked < 1:
        raise CommandError("--workers must be at least 1.")
    return asked or (1 if is_sqlite else 2)


def _must_be_ready(plan: Plan) -> None:
    """Say now, in a sentence, what would otherwise fail at the first page."""
    if not is_free(plan.host, plan.port):
        raise CommandError(f"Port {plan.port} of {plan.host} is taken: stop what uses it, or choose another --port.")
    try:
        executor = MigrationExecutor(connection)
    except OperationalError as error:
        raise CommandError(f"The database cannot be reached: {str(error).strip()}") from None
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("The database is not prepared for this version: run `sisheng init` first.")
    is_built = (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file()
    if "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"] and not is_built:
        raise CommandError("The style sheets and scripts are not in place: run `sisheng init` first.")

"""sisheng init: make a database, or bring it up to this version, and open the first mall."""

from __future__ import annotations

import re
import secrets
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, transaction

from sisheng.config.management.commands.messages import are_compiled
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Post, Staff

# Letters and digits that nobody mistakes for one another.
EASY = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    help = "Prepare the database for this version. Give --mall, or answer the questions, to open the first mall."
    requires_system_checks: list[str] = []  # the database may not have its tables yet

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mall", metavar="SLUG", help="short name for addresses, such as boyun")
        parser.add_argument("--mall-name", metavar="NAME", help="what people call the mall")
        parser.add_argument("--manager", metavar="CODE", help="staff code of its manager")
        parser.add_argument("--manager-name", metavar="NAME")
        parser.add_argument("--no-input", action="store_true", help="ask nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        prepare(verbosity=options["verbosity"])
        told = [options[name] for name in ("mall", "mall_name", "manager", "manager_name")]
        if not any(told):
            if Mall.objects.exists() or options["no_input"] or not sys.stdin.isatty():
                self.stdout.write("The database is ready.")
                return
            told = self._ask()
        if not all(told):
            raise CommandError("To open a mall give all of --mall, --mall-name, --manager and --manager-name.")
        self._open(*told)

    def _ask(self) -> list[str]:
        self.stdout.write("There is no mall yet. Leave the first answer empty to open one later.")
        if not (slug := input("Short name for addresses, such as boyun: ").strip()):
            return []
        questions = ("Name of the mall: ", "Staff code of its manager: ", "Name of its manager: ")
        return [slug, *(input(question).strip() for question in questions)]

    def _open(self, slug: str, name: str, code: str, manager_name: str) -> None:
        password = new_password()
        open_mall(slug, name, code=code, manager_name=manager_name, password=password)
        self.stdout.write(f"{name} is open at /{slug}/desk/. {manager_name} logs in as {code} with {password}")
        self.stdout.write("This password is not kept anywhere else.")


def prepare(*, verbosity: int = 0) -> None:
    """Tables, catalogues, style sheets: everything that this version needs before it can serve."""
    try:
        call_command("migrate", interactive=False, verbosity=max(verbosity - 1, 0))
    except OperationalError as error:
        raise CommandError(f"The database cannot be reached: {str(error).strip()}") from None
    if not are_compiled():
        call_command("messages", verbosity=verbosity)
    if "Manifest" in settings.STORAGES["staticfiles"]["BACKEND"]:
        call_command("collectstatic", interactive=False, clear=True, verbosity=max(verbosity - 1, 0))


@transaction.atomic
def open_mall(slug: str, name: str, *, code: str, manager_name: str, password: str) -> Mall:
    """A mall with its manager. Raises CommandError with a sentence when a name is taken or cannot be used."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", slug):
        raise CommandError(f"“{slug}” cannot stand in an address: use small letters, digits and hyphens.")
    if Mall.objects.filter(slug=slug).exists():
        raise CommandError(f"There is already a mall “{slug}”.")
    if Staff.objects.filter(code=code).exists():
        raise CommandError(f"There is already somebody with the staff code {code}.")
    mall = Mall.objects.create(slug=slug, name=name)
    manager = Staff.objects.create_user(code, password, name=manager_name)
    Post.objects.create(mall=mall, staff=manager, role="manager")
    return mall


def new_password() -> str:
    return "-".join("".join(secrets.choice(EASY) for _ in range(4)) for _ in range(3))

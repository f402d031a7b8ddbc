"""sisheng messages: compile the catalogues of both languages, without gettext installed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile the catalogues (.po) of all parts into what the site reads (.mo)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        made = sum(compiled(catalogue) for catalogue in catalogues())
        if options["verbosity"] > 1:
            self.stdout.write(f"{made} catalogues were compiled.")


def catalogues() -> list[Path]:
    return sorted(settings.PACKAGE.glob("**/locale/*/LC_MESSAGES/*.po"))


def are_compiled() -> bool:
    return all(_is_current(catalogue) for catalogue in catalogues())


def compiled(catalogue: Path) -> bool:
    """Compile one catalogue, unless it has not changed since. The file appears whole or not at all."""
    if _is_current(catalogue):
        return False
    try:
        with catalogue.open("rb") as file:
            messages = read_po(file, abort_invalid=True)
    except PoFileError as error:
        raise CommandError(f"{catalogue} cannot be read: {error}") from None
    new = catalogue.with_suffix(f".{os.getpid()}")
    with new.open("wb") as file:
        write_mo(file, messages)
    new.replace(catalogue.with_suffix(".mo"))
    return True


def _is_current(catalogue: Path) -> bool:
    machine = catalogue.with_suffix(".mo")
    return machine.exists() and machine.stat().st_mtime >= catalogue.stat().st_mtime

"""sisheng policies: what counts until a mall decides otherwise."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sisheng.ground.policies.listing import lines, page
from sisheng.ground.policies.table import policies


class Command(BaseCommand):
    help = "Lists every policy with its default. With --markdown: the page docs/policies.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--markdown", action="store_true", help="the page docs/policies.md")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["markdown"]:
            self.stdout.write(page(policies()), ending="")
            return
        for line in lines(policies()):
            self.stdout.write(line)

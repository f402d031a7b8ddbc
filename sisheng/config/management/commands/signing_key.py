"""sisheng signing-key: the public keys of what this site signs, to be given to whoever checks a case file."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sisheng.kit.paper.signing import known_keys, renew, signing_key


class Command(BaseCommand):
    help = (
        "Prints the public key with which case files are signed, and its fingerprint; older ones after it. With --new, "
        "makes a new key first; the public half of the old one is kept, so that what it signed can still be checked."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new", action="store_true", help="sign with a new key from now on")

    def handle(self, *args: Any, new: bool, **options: Any) -> None:
        signing_key()  # makes it where there is none yet
        if new:
            renew()
        for key in known_keys():
            self.stdout.write(f"{key.fingerprint}\n{key.pem}")

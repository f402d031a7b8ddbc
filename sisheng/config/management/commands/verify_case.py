"""sisheng verify-case: is a case file as it was when it was made? 1 when it is not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from sisheng.kit.paper.sealing import read_seal
from sisheng.kit.paper.signing import PublicKey, known_keys
from sisheng.kit.paper.verifying import verify


class Command(BaseCommand):
    help = (
        "Checks an exported case file and names what was altered. It asks no database. Trusted are the keys of this "
        "site, or only those that are given with --key."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--key",
            action="append",
            default=[],
            metavar="PUBKEY",
            help="trust this key: a PEM file, 64 hexadecimal digits, or a fingerprint that the mall gave you",
        )
        parser.add_argument("--language", default="zh-hans", choices=("zh-hans", "en"), help="of what is printed")

    def handle(self, *args: Any, file: Path, key: list[str], language: str, **options: Any) -> None:
        with translation.override(language):
            try:
                content = file.read_bytes()
            except OSError as error:
                raise CommandError(_("The file cannot be read: %(error)s") % {"error": error}) from None
            seal = read_seal(content)
            trusted = [_trusted(word, seal.key if seal else None) for word in key] if key else known_keys()
            findings = verify(content, [one for one in trusted if one])
            for finding in findings:
                self.stdout.write(f"{self.style.ERROR(_('NOT OK'))}\t{finding.sentence}")
            if findings or seal is None:
                sys.exit(1)
            told = _("Nothing was altered since this case file was made. Signed by the key %(fingerprint)s.")
            sentence = told % {"fingerprint": seal.key.fingerprint}
            self.stdout.write(f"{self.style.SUCCESS(_('ok'))}\t{sentence}")


def _trusted(word: str, of_the_file: PublicKey | None) -> PublicKey | None:
    """The key that is meant; for a fingerprint, the key of the file if it has this fingerprint."""
    bare = "".join(word.split()).lower()
    if of_the_file and bare == of_the_file.fingerprint.replace(" ", ""):
        return of_the_file
    try:
        return PublicKey.read(Path(word).read_text(encoding="ascii") if Path(word).is_file() else bare)
    except (ValueError, OSError):
        if len(bare) == len(PublicKey(b"").fingerprint.replace(" ", "")) and set(bare) <= set("0123456789abcdef"):
            return None  # the fingerprint of another key
        told = _("“%(word)s” is no public key, no file with one, and no fingerprint.")
        raise CommandError(told % {"word": word}) from None

"""What is done with kept files as such."""

from __future__ import annotations

from functools import partial

from django.db import transaction

from sisheng.ground.act import Act
from sisheng.ground.files import disk
from sisheng.ground.files.models import KeptFile


def take_away(act: Act, file: KeptFile) -> None:
    """Delete the contents in the transaction of the act that forgets them; that there was a file, and its hash, remain.

    What a crash leaves on the disk is then named by no row, and is cleared away as such.
    """
    names = [name for name in (file.name, file.copy_name) if name]
    file.name, file.copy_name, file.title, file.gone_at = None, "", "", act.at
    file.save(update_fields=["name", "copy_name", "title", "gone_at"])
    for name in names:
        transaction.on_commit(partial(disk.remove, name))

"""New keys for the files: each is written anew beside the old one, and only then does its row name the new one."""

from __future__ import annotations

from collections.abc import Iterator

from sisheng.ground.files import disk
from sisheng.ground.files.models import KeptFile
from sisheng.ground.privacy import keys
from sisheng.ground.privacy.rotation import Tally, rotates
from sisheng.ground.privacy.sealed import Unreadable


@rotates
def rotate_files(tally: Tally) -> Iterator[Tally]:
    """What was written before stays until the files are next cleared: somebody may just be reading it."""
    for file in KeptFile.objects.there().order_by("pk").iterator():
        tally.seen += 1
        _renew(file, tally)
        yield tally


def _renew(file: KeptFile, tally: Tally) -> None:
    newest = keys.name_of(keys.ring().newest).hex()
    try:
        old = [name for name in (file.name, file.copy_name) if name and disk.key_name_of(name) != newest]
        new = {name: disk.write(b"".join(disk.read(name))) for name in old}
    except (Unreadable, FileNotFoundError):
        tally.unreadable.append(f"{file._meta.label} {file.about}")
        return
    if not new:
        return
    # by comparing: it may have been taken away in the meantime
    after = {"name": new.get(file.name or "", file.name), "copy_name": new.get(file.copy_name, file.copy_name)}
    if KeptFile.objects.filter(pk=file.pk, name=file.name).update(**after):
        tally.renewed += 1
    else:
        for name in new.values():
            disk.remove(name)

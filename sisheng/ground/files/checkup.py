"""Is every file as it was kept?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from sisheng.ground.checkup import Finding, examine, trouble, well
from sisheng.ground.files import disk
from sisheng.ground.files.caring import UNCLAIMED
from sisheng.ground.files.models import KeptFile


@examine("files.whole", takes_long=True)
def is_every_file_as_it_was_kept(now: datetime) -> Iterator[Finding]:
    """Each hash is computed again; each file that is another is named."""
    count, wrong = 0, 0
    for file in KeptFile.objects.there().order_by("pk").iterator():
        count += 1
        if why := file.trouble:
            wrong += 1
            yield trouble(
                _("%(about)s, file %(name)s (SHA-256 %(hash)s): %(why)s")
                % {"about": file.about, "name": file.name, "hash": file.sha256[:16], "why": why}
            )
    if not wrong:
        yield well(_("All %(count)s files are as they were kept.") % {"count": count})


@examine("files.unclaimed")
def does_every_file_belong_to_something(now: datetime) -> Iterator[Finding]:
    aside = disk.root() / UNCLAIMED
    count = sum(1 for _path in aside.iterdir()) if aside.is_dir() else 0
    if count:
        told = {"count": count, "folder": aside}
        yield well(
            _("%(count)s files belong to no record; they lie in %(folder)s for 30 days. If you miss files, look there.")
            % told
        )
    else:
        yield well(_("No file is without its record."))

"""Being there: said every few seconds while a record is open, and forgotten when it is no longer said."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sisheng.ground.act import Act
from sisheng.kit.presence.models import GONE_AFTER, Presence

if TYPE_CHECKING:
    from sisheng.cases.models import Case
    from sisheng.mall.staff.models import Staff

AGAIN_AFTER = timedelta(seconds=10)  # the same thing is not written down more often than this
AT_MOST = timedelta(seconds=1)  # nor anything at all
FIELD = re.compile(r"[\w/-]{1,60}", re.ASCII)


def be_here(act: Act, case: Case, *, who: Staff, field: str = "") -> None:
    """This person has the record open, and writes in `field` if one is named. What is no name of a field is none."""
    act.must("cases.see", case.mall)
    field = field if FIELD.fullmatch(field) else ""
    before = Presence.objects.filter(case=case, staff=who).first()
    if before is not None:
        rests = AGAIN_AFTER if before.field == field else AT_MOST
        if act.at - before.seen_at < rests:
            return
    Presence.objects.bulk_create(
        [Presence(mall=case.mall, case=case, staff=who, field=field, seen_at=act.at)],
        update_conflicts=True, unique_fields=["case", "staff"], update_fields=["field", "seen_at"],
    )  # fmt: skip


def sweep(at: datetime) -> int:
    """Forget whoever has given no sign for half a minute; who looked at what is nobody's history."""
    return Presence.objects.filter(seen_at__lte=at - GONE_AFTER).delete()[0]

"""Photos that customers send along: evidence of their case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.core.files import File

from sisheng.cases.models import Case
from sisheng.ground.limits.actions import take
from sisheng.ground.limits.addresses import address_of
from sisheng.ground.refusals import Refused
from sisheng.kit.evidence import actions as evidence
from sisheng.kit.evidence.models.evidence import Kind
from sisheng.mall.staff.public import PublicRequest
from sisheng.mall.staff.visitors import CaseVisitor

# In an hour and at once: for one case, and from one address.
ONE_CASE = (12, 9)
ONE_ADDRESS = (200, 60)


def keep_photos(request: PublicRequest, case: Case, photos: Iterable[File[bytes]]) -> list[str]:
    """Keep each photo; the sentences of those that were not kept. A bad photo takes no complaint down with it."""
    act, faults = replace(request.act, by=CaseVisitor(case.mall_id, case.number)), []
    for n, photo in enumerate(photos, start=1):
        once = f"{act.once[:60]}.{n}" if act.once else ""
        try:
            take(f"portal photo {case.mall_id}:{case.number}", *ONE_CASE, act.at)
            take(f"portal photo:{address_of(request)}", *ONE_ADDRESS, act.at)
            evidence.keep(act.under(once), case, kind=Kind.PHOTO, upload=photo)
        except Refused as error:
            faults.append(str(error))
    return faults

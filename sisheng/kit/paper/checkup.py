"""Can this site print, and are its papers in order?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from sisheng.ground.checkup import Finding, examine, well
from sisheng.kit.paper.documents import CustomerSlip, Letterhead, Promise
from sisheng.kit.paper.rendering import pdf
from sisheng.kit.paper.signing import known_keys


@examine("paper.printing")
def can_a_slip_be_printed(now: datetime) -> Iterator[Finding]:
    slip = CustomerSlip(
        head=Letterhead(mall="四声", address="-", hot_line="-"),
        number="TS-000000-0000",
        printed_at=now,
        printed_by="-",
        link="",
        public_code="-",
        digits="00000000",
        accepted_at=now,
        accepted_by="-",
        matter="-",
        promises=(Promise(what="-", by=now),),
    )
    pdf(slip, language="zh")
    yield well(_("A slip was printed on trial."))


@examine("paper.signing")
def can_case_files_be_checked(now: datetime) -> Iterator[Finding]:
    known = known_keys()  # a key that cannot be read raises, and is told as a trouble
    if known:
        yield well(_("Case files are signed by the key %(fingerprint)s.") % {"fingerprint": known[0].fingerprint})
    else:
        yield well(_("No case file was signed yet; the key is made with the first."))

"""What a quality check draws from the complaints, and what it is shown of one (CTR-06)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from sisheng.cases.records import Done, Glance
from sisheng.desk.complaints.models import Complaint

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff


def begun(mall: Mall, on: date) -> list[Done]:
    """Those taken down on that day, without drafts. It is the work of whoever took it down."""
    since = datetime.combine(on, time(0), tzinfo=mall.zone)
    until = datetime.combine(on + timedelta(days=1), time(0), tzinfo=mall.zone)
    there = Complaint.objects.counted().filter(mall=mall, opened_at__gte=since, opened_at__lt=until)
    return [Done(number, owner) for number, owner in there.values_list("number", "owner_id")]


def shown(mall: Mall, numbers: Iterable[str], who: Staff) -> dict[str, Glance]:
    """Not those that this person may not see, as one about themselves (CMP-30)."""
    seen: Any = Complaint.objects.visible_to(who).filter(mall=mall, number__in=list(numbers)).select_related("mall")
    return {
        complaint.number: Glance(
            number=complaint.number,
            at=complaint.opened_at,
            matter=complaint.category_words or complaint.get_against_display(),
            lines=(
                (_("What happened"), complaint.account or "—"),
                (_("Severity"), complaint.get_severity_display()),
                (_("State"), complaint.state.label),
            ),
            hands=frozenset({complaint.owner_id, complaint.handler_id}) - {None},
            url=complaint.get_absolute_url(),
        )
        for complaint in seen
    }

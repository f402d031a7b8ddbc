"""Nobody has to bear insults alone: they are written down, and a threat brings the duty manager (CMP-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sisheng.cases.ladder import OnDuty
from sisheng.desk.complaints.actions.guards import must_be_open, person, tell
from sisheng.desk.complaints.models import Complaint, Protection
from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.refusals import Unusable
from sisheng.mall.staff.models import duty_manager

if TYPE_CHECKING:
    from sisheng.mall.staff.models import Staff


@once
def protect(act: Act, complaint: Complaint, *, words: str, who: str = "", is_threat: bool = False) -> Complaint:
    """Note what was said or done to one of us. Its words are in no event and no paper; the complaint goes on as it
    would, and whoever was insulted answers nothing in kind. Violence, or the threat of it, is told to the duty
    manager at once."""
    act.must("complaints.handle", complaint.mall)
    must_be_open(complaint)
    if not words.strip():
        raise Unusable(_("Write down what was said or done."), field="words")
    Protection.objects.create(
        mall=complaint.mall, complaint=complaint, by=person(act), at=act.happened_at, words=words.strip()[:1000],
        who=who.strip()[:80], is_threat=is_threat,
    )  # fmt: skip
    tell(act, complaint, "protected")
    if is_threat:
        tell(act, complaint, "threatened", to=[one.actor_key for one in _who_comes(act, complaint)])
    return complaint


def _who_comes(act: Act, complaint: Complaint) -> list[Staff]:
    """The duty manager of the day; where nobody was named, a manager who is there."""
    named = duty_manager(complaint.mall, complaint.mall.today(act.at))
    if named is not None and named.pk != complaint.about_staff_id:
        return [named]
    return OnDuty(act.at).at_level(complaint.mall, "manager", but=complaint.about_staff_id)

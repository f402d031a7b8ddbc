"""Security is asked to keep camera pictures before the recorder writes over them (N-70)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from sisheng.cases.models import Case
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.policies import current
from sisheng.ground.refusals import OutOfTurn, Overtaken, Unusable
from sisheng.kit.evidence.models import CctvRequest, CctvViewing
from sisheng.kit.evidence.models.cctv import POLICY, State

LONGEST_WINDOW = timedelta(days=1)  # more than that nobody looks through: say when it was


@once
def ask_cctv(
    act: Act, case: Case, *, reason: str, requester: str, relation: str, filmed_from: datetime, filmed_until: datetime,
    place: str, camera: str = "",
) -> CctvRequest:  # fmt: skip
    """Ask that pictures be kept. The clock counts from when they were taken: they are gone on a day that is known."""
    act.must("evidence.cctv", case.mall)
    _refuse_window(act, filmed_from, filmed_until)
    for field, value in {"reason": reason, "requester": requester, "place": place}.items():
        if not value.strip():
            raise Unusable(_("The law asks for it: why, who asks, and where."), field=field)
    if not case.is_open or not any(rule.policy == POLICY for rule in case.life.parts):
        raise OutOfTurn(_("No camera pictures are asked for in this case."))
    request = CctvRequest.objects.create(
        mall=case.mall, case=case, reason=reason.strip(), requester=requester.strip(), relation=relation,
        filmed_from=filmed_from, filmed_until=filmed_until, place=place.strip(), camera=camera.strip(),
        asked_by=act.by.actor_key, asked_at=act.happened_at, lost_at=_counted(case, "retention.cctv", filmed_from, act),
    )  # fmt: skip
    case.start_part(POLICY, request.part, act, since=filmed_from)
    _tell(act, request, "cctv.asked", {"reason": request.reason, "requester": request.requester})
    return request


@once
def cctv_preserved(act: Act, request: CctvRequest, *, until: date, reference: str = "") -> CctvRequest:
    """Security has put the pictures where the recorder does not write. That ends the countdown."""
    act.must("evidence.cctv", request.mall)
    if until < request.mall.today(act.at):
        raise Unusable(_("This day is over. Until when are they kept?"), field="until")
    _move(request, State.ASKED, state=State.PRESERVED, preserved_at=act.happened_at, preserved_until=until,
          reference=reference.strip())  # fmt: skip
    request.case.end_part(POLICY, request.part, act)
    _tell(act, request, "cctv.preserved", until=until.isoformat())
    return request


@once
def cctv_viewed(act: Act, request: CctvRequest, *, who: str, why: str, seen: str = "") -> CctvViewing:
    """Somebody looked at the pictures: who, why and what is to be seen. Each look is written down (N-70)."""
    act.must("evidence.cctv", request.mall)
    if not who.strip() or not why.strip():
        raise Unusable(_("Each look is written down: who looked, and why."), field="why" if who.strip() else "who")
    if request.state == State.NOT_AVAILABLE:
        raise OutOfTurn(_("There are no pictures to look at."))
    viewing = CctvViewing.objects.create(
        request=request, who=who.strip(), why=why.strip(), seen=seen.strip(), at=act.happened_at, by=act.by.actor_key
    )
    if request.state == State.PRESERVED:
        _move(request, State.PRESERVED, state=State.VIEWED)
    _tell(act, request, "cctv.viewed", {"who": viewing.who, "why": viewing.why})
    return viewing


@once
def cctv_handed_over(act: Act, request: CctvRequest, *, number: str) -> CctvRequest:
    """The police took a copy; their number says under what."""
    act.must("evidence.hand_over", request.mall)
    if not number.strip():
        raise Unusable(_("Write the number under which the police took it."), field="number")
    if not request.is_kept:
        raise OutOfTurn(_("First note that the pictures are kept."))
    _move(request, request.state, handed_at=act.happened_at, police_number=number.strip())
    _tell(act, request, "cctv.handed_over", number=request.police_number)
    return request


@once
def cctv_unavailable(act: Act, request: CctvRequest, *, why: str) -> CctvRequest:
    """There are no such pictures, or nothing is to be seen in them. The countdown is over."""
    act.must("evidence.cctv", request.mall)
    if not why.strip():
        raise Unusable(_("Say why in a few words."), field="why")
    _move(
        request,
        State.ASKED,
        state=State.NOT_AVAILABLE,
        unavailable_at=act.happened_at,
        unavailable_why=why.strip()[:200],
    )
    request.case.end_part(POLICY, request.part, act, cancelled=True)
    _tell(act, request, "cctv.unavailable", {"why": request.unavailable_why})
    return request


def _refuse_window(act: Act, filmed_from: datetime, filmed_until: datetime) -> None:
    if filmed_until < filmed_from:
        raise Unusable(_("The end lies before the beginning."), field="filmed_until")
    if filmed_until > act.at:
        raise Unusable(_("This time has not come yet."), field="filmed_until")
    if filmed_until - filmed_from > LONGEST_WINDOW:
        raise Unusable(_("That is more than a day. Say more closely when it was."), field="filmed_until")


def _counted(case: Case, policy: str, start: datetime, act: Act) -> datetime:
    value = current(case.mall_id, policy, act.happened_at)
    return value.due_at(start, case.mall.calendar(value.counted, desk=case.desk))


def _move(request: CctvRequest, seen: str, **changes: Any) -> None:
    if not CctvRequest.objects.filter(pk=request.pk, state=seen).update(**changes):
        raise Overtaken(_("Somebody else has just noted something here. Look again."))
    request.refresh_from_db()


def _tell(act: Act, request: CctvRequest, kind: str, personal: dict[str, Any] | None = None, **details: Any) -> None:
    Event.record(
        kind, request.case.topic, act, mall_id=request.mall_id, personal=personal, request=request.pk,
        place=request.place, **details,
    )  # fmt: skip

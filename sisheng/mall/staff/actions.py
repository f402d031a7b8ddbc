"""Coming on duty, going off duty, and answering for one another (D25)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.mall.staff.models import CheckIn, DutyDay, Staff, StandIn
from sisheng.mall.staff.posts import SKILL_WORDS

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Desk, Mall

LONGEST_STAND_IN = timedelta(days=62)


@once
def check_in(act: Act, desk: Desk, *, person: Staff) -> CheckIn:
    """Somebody comes to a desk. If they stood at another one, they leave it at the same moment.

    Whoever is in induction comes only to a colleague who is through with it (STF-03).
    """
    act.must("desk.work", desk.mall)
    now_at = CheckIn.objects.present().filter(staff=person).first()
    if now_at and now_at.desk_id == desk.pk:
        return now_at
    if person.in_training and not _is_accompanied(desk):
        raise OutOfTurn(_("You are in induction: check in at a desk where a colleague stands who is through with it."))
    if now_at:
        _leave(act, now_at)
    check_in = CheckIn.objects.create(mall=desk.mall, desk=desk, staff=person, in_at=act.happened_at)
    Event.record("staff.checked_in", person.actor_key, act, mall_id=desk.mall_id, desk=desk.pk)
    return check_in


def _is_accompanied(desk: Desk) -> bool:
    """Somebody stands there who needs nobody beside them; in a mall for practice nobody does."""
    if desk.mall.is_practice:
        return True
    return CheckIn.objects.present().filter(desk=desk, staff__in_training=False).exists()


@once
def check_out(act: Act, mall: Mall, *, person: Staff) -> CheckIn:
    """Somebody leaves their desk."""
    there = CheckIn.objects.present().filter(staff=person, mall=mall).first()
    if there is None:
        raise OutOfTurn(_("You are not checked in at a desk."))
    _leave(act, there)
    return there


def _leave(act: Act, there: CheckIn) -> None:
    there.out_at = max(act.happened_at, there.in_at)
    there.save(update_fields=["out_at"])
    Event.record("staff.checked_out", there.staff.actor_key, act, mall_id=there.mall_id, desk=there.desk_id)


@once
def name_duty_manager(act: Act, mall: Mall, *, on: date, person: Staff) -> DutyDay:
    """Say who is duty manager on a day; a later word replaces an earlier one."""
    act.must("staff.name_duty_manager", mall)
    if not person.roles_by_mall.get(mall.pk, set()) & {"duty_manager", "manager"}:
        raise Unusable(_("%(name)s is not a duty manager of this mall.") % {"name": person.spoken_name}, field="person")
    day, _made = DutyDay.objects.update_or_create(mall=mall, on=on, defaults={"staff": person})
    Event.record("staff.duty_manager_named", person.actor_key, act, mall_id=mall.pk, on=on.isoformat())
    return day


@once
def give_skill(act: Act, mall: Mall, *, person: Staff, skill: str) -> Staff:
    """Somebody was trained, and may now do what only the trained may (FUP-05)."""
    held = _skills_of(act, mall, person, skill)
    if skill not in held:
        _keep_skills(person, [*held, skill])
        Event.record("staff.skill_given", person.actor_key, act, mall_id=mall.pk, skill=skill)
    return person


@once
def take_skill(act: Act, mall: Mall, *, person: Staff, skill: str) -> Staff:
    """Somebody may not do it any more: until they are trained again."""
    held = _skills_of(act, mall, person, skill)
    if skill in held:
        _keep_skills(person, [one for one in held if one != skill])
        Event.record("staff.skill_taken", person.actor_key, act, mall_id=mall.pk, skill=skill)
    return person


def _skills_of(act: Act, mall: Mall, person: Staff, skill: str) -> list[str]:
    act.must("staff.train", mall)
    if skill not in SKILL_WORDS:
        raise Unusable(_("There is no such skill."), field="skill")
    if mall.pk not in person.roles_by_mall:
        raise Unusable(_("%(name)s holds no post in this mall.") % {"name": person.spoken_name}, field="person")
    return person.skills.split()


def _keep_skills(person: Staff, skills: list[str]) -> None:
    person.skills = " ".join(skills)
    person.save(update_fields=["skills"])


@once
def stand_in(
    act: Act,
    mall: Mall,
    *,
    absent: Staff,
    present: Staff,
    from_at: datetime,
    until_at: datetime,
    decides: bool | None = None,
) -> StandIn:
    """Let somebody answer for somebody else for a while; alarms follow at once.

    What the absent may decide follows only from their own word, or from that of somebody who may do as much. It follows
    whenever it can, unless `decides` says no; where it is asked for and cannot, nothing is done.
    """
    act.must("staff.stand_in", mall)
    if absent == present:
        raise Unusable(_("Choose somebody else as the stand-in."), field="present")
    if until_at <= from_at:
        raise Unusable(_("The end must come after the beginning."), field="until_at")
    if not present.can("desk.work", mall):
        raise Unusable(
            _("%(name)s does not work at a desk of this mall.") % {"name": present.spoken_name}, field="present"
        )
    if mall.pk not in absent.roles_by_mall:
        raise Unusable(_("%(name)s holds no post in this mall.") % {"name": absent.spoken_name}, field="absent")
    if until_at - from_at > LONGEST_STAND_IN:
        raise Unusable(_("Nobody stands in for longer than two months. Name a nearer day."), field="until_at")
    if from_at.astimezone(mall.zone).date() < act.happened_at.astimezone(mall.zone).date():
        raise Unusable(_("This day is over. Begin today or later."), field="from_at")
    hands_on = act.by == absent or (isinstance(act.by, Staff) and _holds_as_much(act.by, absent, mall))
    if decides and not hands_on:
        raise NotAllowed(
            _("Only %(name)s, or somebody who may do as much, can let another decide in this name.")
            % {"name": absent.spoken_name},
            field="decides",
        )
    hands_on = hands_on and decides is not False
    cover = StandIn.objects.create(
        mall=mall, absent=absent, present=present, from_at=from_at, until_at=until_at, may_decide=hands_on
    )
    Event.record(
        "staff.stand_in_named", absent.actor_key, act, mall_id=mall.pk, present=present.actor_key, may_decide=hands_on
    )
    return cover


@once
def end_stand_in(act: Act, cover: StandIn) -> StandIn:
    """The absent is back, or the wrong one was named: from now on everybody answers for themselves again."""
    act.must("staff.stand_in", cover.mall)
    if cover.until_at > act.happened_at:
        # one that has not begun ends as it begins; that is as short as one can be
        cover.until_at = max(act.happened_at, cover.from_at + timedelta(microseconds=1))
        cover.save(update_fields=["until_at"])
        Event.record("staff.stand_in_ended", cover.absent.actor_key, act, mall_id=cover.mall_id,
                     present=cover.present.actor_key)  # fmt: skip
    return cover


def _holds_as_much(who: Staff, other: Staff, mall: Mall) -> bool:
    return who.permissions_in(mall) >= other.permissions_in(mall)

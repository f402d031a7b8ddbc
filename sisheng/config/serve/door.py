"""Who may listen to the event stream of a mall: whoever is logged in and holds a post there.

Asked for one person who comes, and with each heartbeat for everybody who is there, in three queries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from sisheng.mall.staff.models import Post, Staff


@dataclass(frozen=True)
class Guest:
    """A browser with its session, and the mall whose desk it shows."""

    session: str
    mall: str  # slug


class NotLoggedIn(Exception):
    """There is no such session any more."""


class NoSuchMall(Exception):
    """There is none, or this person has no business there; which, is not told."""


def admit(guest: Guest) -> int:
    """The id of the mall. Raises NotLoggedIn or NoSuchMall."""
    staff = _staff_by_session([guest.session]).get(guest.session)
    if staff is None:
        raise NotLoggedIn
    mall_id = _malls([staff.pk]).get((staff.pk, guest.mall))
    if mall_id is None:
        raise NoSuchMall
    return mall_id


def still_welcome(guests: Iterable[Guest]) -> set[Guest]:
    """Those whose session and post are still there."""
    guests = list(guests)
    staff = _staff_by_session([guest.session for guest in guests])
    malls = _malls([person.pk for person in staff.values()])
    return {guest for guest in guests if guest.session in staff and (staff[guest.session].pk, guest.mall) in malls}


def _staff_by_session(keys: Iterable[str]) -> dict[str, Staff]:
    sessions = {
        session.session_key: session.get_decoded()
        for session in Session.objects.filter(pk__in=set(keys), expire_date__gt=timezone.now())
    }
    people = Staff.objects.filter(is_active=True).in_bulk({int(told.get(SESSION_KEY, 0)) for told in sessions.values()})
    return {
        key: people[int(told[SESSION_KEY])]
        for key, told in sessions.items()
        if int(told.get(SESSION_KEY, 0)) in people and _is_current(told, people[int(told[SESSION_KEY])])
    }


def _is_current(session: dict[str, str], person: Staff) -> bool:
    """A new password ends the sessions that were opened with the old one."""
    return constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())


def _malls(staff: Iterable[int]) -> dict[tuple[int, str], int]:
    rows = Post.objects.filter(staff__in=staff).values_list("staff_id", "mall__slug", "mall_id")
    return {(person, slug): mall_id for person, slug, mall_id in rows}

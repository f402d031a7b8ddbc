"""What must be true after a month, told apart from the code: by check-ins, by the clock on the wall, in plain SQL."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.db import connection

from sisheng.ground.events.models import Delivery, Event
from sisheng.kit.messages.models import Message
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import CheckIn, DutyDay, Post
from sisheng.windows.board.complaints import final_in_time
from tests.month.limits import counted_calls, wrong_calls
from tests.month.play import STEP, Month

RUNGS = {4: "lead", 5: "supervisor", 6: "manager"}
RINGS = ("deadline.soon", "deadline.due", "deadline.breached", "deadline.escalated")
QUIET_FROM, QUIET_UNTIL = 21, 9  # o'clock


def wrong_with(month: Month) -> Iterator[str]:
    yield from _who_was_rung(month.mall)
    for at in month.came_at:
        if not QUIET_UNTIL <= at.astimezone(month.mall.zone).hour < QUIET_FROM:
            yield f"a message went out at {at.astimezone(month.mall.zone):%d %H:%M}"
    if len(month.came_at) != Message.objects.filter(state="sent").count():
        yield f"{len(month.came_at)} messages came, {Message.objects.filter(state='sent').count()} count as sent"
    last = month.now - STEP
    waiting = Message.objects.filter(state="waiting", not_before__lte=last).exclude(channel="slip").count()
    if waiting and QUIET_UNTIL < last.astimezone(month.mall.zone).hour < QUIET_FROM:
        yield f"{waiting} messages were left lying"
    yield from (f"{one.reaction} did not follow" for one in Delivery.objects.filter(handled_at=None))
    yield from _final_in_time(month)
    yield from wrong_calls(month.mall)


# Who was rung


def _who_was_rung(mall: Mall) -> Iterator[str]:
    """Somebody who was there, with the role of the rung; where there was nobody, the duty manager of that day."""
    shifts = list(CheckIn.objects.filter(mall=mall).values_list("staff_id", "in_at", "out_at"))
    roles: dict[str, set[int]] = {}
    for person, role in Post.objects.filter(mall=mall).values_list("staff_id", "role"):
        roles.setdefault(role, set()).add(person)
    on_duty = dict(DutyDay.objects.filter(mall=mall).values_list("on", "staff_id"))
    present: dict[datetime, set[int]] = {}
    for event in Event.objects.filter(mall_id=mall.pk, kind__in=RINGS).order_by("pk"):
        if event.at not in present:
            present[event.at] = {
                who for who, came, left in shifts if came <= event.at and (not left or left > event.at)
            }
        there, stage = present[event.at], event.details["stage"]
        rung = {int(key.removeprefix("staff:")) for key in event.details["to"]}
        told = f"{event.topic} {event.details['deadline']} stage {stage} at {event.at:%d %H:%M} rang {sorted(rung)}"
        if not rung:
            yield f"{told}: nobody"
        elif not rung <= there and (rung != {on_duty[mall.today(event.at)]} or (there & roles["lead"] and stage <= 3)):
            yield f"{told}, there were {sorted(there)}"
        elif stage in RUNGS and event.details["deadline"] != "approval.decide":
            wanted = there & roles[RUNGS[stage]] or {on_duty[mall.today(event.at)]}
            if rung != wanted:
                yield f"{told}, should have rung {sorted(wanted)}"


# The 72 hours


def _final_in_time(month: Month) -> Iterator[str]:
    over = timedelta(days=30)
    told = final_in_time(month.mall, month.now, over)
    counted = recounted(month.mall, month.now - over, month.now)
    if (told.due, told.in_time) != counted:
        yield f"the board says {told.in_time} of {told.due} within 72 hours, the events {counted[1]} of {counted[0]}"


def recounted(mall: Mall, since: datetime, until: datetime) -> tuple[int, int]:
    """(due, in time), from the events alone: each acceptance, reopening, withdrawal taken back, and return from an
    authority after an answer owes a final answer within 72 hours, unless there came a withdrawal, a merging, or it was
    carried out without an answer, before there was one."""
    hours = {
        "sqlite": "(julianday({b}) - julianday({a})) * 24",
        "postgresql": "CAST(EXTRACT(EPOCH FROM ({b} - {a})) AS double precision) / 3600",
    }[connection.vendor]
    took = hours.format(a="began", b="answered")
    due_since = hours.format(a="%(since)s", b="began")
    if connection.vendor == "postgresql":
        due_since = hours.format(a="CAST(%(since)s AS timestamptz)", b="began")
    sql = f"""
        WITH begun AS (
            SELECT topic, id, COALESCE(said_at, at) AS began,
                   COALESCE(LEAD(id) OVER (PARTITION BY topic ORDER BY id), 9000000000) AS following
            FROM events_event
            WHERE mall_id = %(mall)s AND kind IN ('complaint.accept', 'complaint.reopen', 'complaint.resume')
               OR mall_id = %(mall)s AND kind = 'complaint.hear_back' AND (
                    SELECT e.kind FROM events_event e
                    WHERE e.mall_id = %(mall)s AND e.topic = events_event.topic AND e.id < events_event.id
                      AND e.kind IN ('complaint.accept', 'complaint.reopen', 'complaint.resume', 'complaint.hear_back',
                                     'complaint.agree', 'complaint.settle', 'complaint.offer_final',
                                     'complaint.go_ahead')
                    ORDER BY e.id DESC LIMIT 1
               ) NOT IN ('complaint.accept', 'complaint.reopen', 'complaint.resume', 'complaint.hear_back')
        ), answers AS (
            SELECT begun.*, (
                SELECT MIN(e.id) FROM events_event e
                WHERE e.mall_id = %(mall)s AND e.topic = begun.topic AND e.id > begun.id AND e.id < begun.following
                  AND e.kind IN ('complaint.agree', 'complaint.settle', 'complaint.offer_final',
                                 'complaint.settle_external')
            ) AS answer
            FROM begun
        ), outcomes AS (
            SELECT began, (SELECT COALESCE(e.said_at, e.at) FROM events_event e WHERE e.id = answer) AS answered,
                   EXISTS (
                       SELECT 1 FROM events_event e
                       WHERE e.mall_id = %(mall)s AND e.topic = answers.topic AND e.id > answers.id
                         AND e.id < COALESCE(answer, following)
                         AND e.kind IN ('complaint.withdraw', 'complaint.merge', 'complaint.go_ahead')
                   ) AS is_called_off
            FROM answers
        )
        SELECT COUNT(*), COALESCE(SUM(CASE WHEN {took} <= 72.0001 THEN 1 ELSE 0 END), 0)
        FROM outcomes
        WHERE NOT is_called_off AND {due_since} > -72 AND {due_since} <= %(window)s - 72
    """  # noqa: S608  (no words of anybody in it)
    window = (until - since).total_seconds() / 3600
    told = {"mall": mall.pk, "since": since if connection.vendor == "postgresql" else _as_kept(since), "window": window}
    with connection.cursor() as cursor:
        cursor.execute(sql, told)
        due, in_time = cursor.fetchone()
    return int(due), int(in_time)


def _as_kept(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def counted(month: Month) -> str:
    due, in_time = recounted(month.mall, month.now - timedelta(days=30), month.now)
    rings = Counter(Event.objects.filter(mall_id=month.mall.pk, kind__in=RINGS).values_list("kind", flat=True))
    told = ", ".join(f"{times:,} {kind.removeprefix('deadline.')}" for kind, times in sorted(rings.items()))
    return (
        f"{month.received:,} complaints, {month.steps:,} steps, rings: {told}; {month.reacted:,} reactions, "
        f"{len(month.came_at):,} messages; {in_time} of {due} final answers within 72 hours; "
        f"{counted_calls(month.mall, month.held_back)}"
    )

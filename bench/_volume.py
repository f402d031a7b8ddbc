"""A mall with many cases and contacts. Run by a bench as a process of its own, against SISHENG_DATABASE_URL.

    _volume.py begin                           the demo mall, twenty agents at its desks, and one day of the desk
    _volume.py grow CASES CONTACTS             the same day again and again in the past, until there are so many

The day is written by the product's own actions; its rows are then copied by the database itself, an earlier day with
each copy, so that every row is one which the product would have written. Two cases of three are open. What an open
copy promises lies as many days ahead as the copy lies behind. The last line printed is what a bench needs to know.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils import timezone

from sisheng.cases.models import Case, Clock
from sisheng.config.demo.loading import load
from sisheng.desk.contacts import actions as contacts
from sisheng.desk.contacts.models import Contact
from sisheng.desk.inquiries import actions as inquiries
from sisheng.desk.inquiries.models import Inquiry
from sisheng.ground.act import Act
from sisheng.ground.events.models import Delivery, Event
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.search.actions import index_many
from sisheng.ground.search.documents import Document
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.actions import check_in
from sisheng.mall.staff.models import Post, Staff

from _texts import SPEECH, SUBJECTS  # isort: skip

PASSWORD = "of-a-bench-only"  # noqa: S105
PEOPLE = [f"B{number:02}" for number in range(20)]
CASES, CONTACTS = 250, 1000  # in one day
FIRST = 1_000_000_000  # the key of the first row of that day in each table
STRIDE = 10_000  # keys from one day to the next; the older days have the lower keys
AT_ONCE = 50  # days copied by one statement
IS_SQLITE = connection.vendor == "sqlite"


def main() -> None:
    if IS_SQLITE:
        with connection.cursor() as cursor:  # nothing here must outlive a power cut
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-800000")
    match sys.argv[1:]:
        case ["begin"]:
            call_command("migrate", verbosity=0)
            begin(timezone.now())
        case ["grow", cases, contacts]:
            grow(int(cases), int(contacts))
    print(json.dumps(told()))


def told() -> dict[str, Any]:
    mall = Mall.objects.get(slug="boyun")
    last = Case.objects.filter(mall=mall).open().order_by("-next_due_at", "-pk")[50]
    return {
        "desk": f"/{mall.slug}/desk",
        "people": PEOPLE,
        "password": PASSWORD,
        "unit": mall.shops.order_by("pk").first().unit,
        "story": Inquiry.objects.get(pk__gte=FIRST, subject="Story").number,
        "last": f"{last.next_due_at.isoformat()},{last.pk}",
    }


# The one day


@transaction.atomic
def begin(at: datetime) -> None:
    mall = load(password=PASSWORD, at=at).mall
    desks = list(mall.desks.order_by("pk"))
    hashed = make_password(PASSWORD)
    people = [Staff.objects.create(code=code, name=f"员工{code}", password=hashed) for code in PEOPLE]
    Post.objects.bulk_create(Post(mall=mall, staff=person, role="agent") for person in people)
    people = [Staff.objects.get(pk=person.pk) for person in people]
    for turn, person in enumerate(people):
        check_in(Act(by=person, at=at, via="desk"), desks[turn % len(desks)], person=person)
    for model in (Contact, Case, Clock, Event, Delivery):
        _number_from(model, FIRST)
    _log(mall, people, at)
    _begin(mall, people, at)
    while run_reactions(at, 1000):
        pass


def _log(mall: Mall, people: list[Staff], at: datetime) -> None:
    shops = list(mall.shops.order_by("pk"))
    desk = mall.desks.order_by("pk").first()
    for turn in range(CONTACTS):
        shop, person = shops[turn % len(shops)], people[turn % len(people)]
        contacts.log(
            Act(by=person, at=at, via="desk"), mall, agent=person, desk=desk, need=str(turn % 10), outcome="answered",
            words=shop.name, answer=contacts.Answer("shop", shop.unit, shop.name, shop), seconds=10 + turn % 30,
        )  # fmt: skip


def _begin(mall: Mall, people: list[Staff], at: datetime) -> None:
    chance, shops = random.Random(20261122), list(mall.shops.order_by("pk"))  # noqa: S311
    desk = mall.desks.order_by("pk").first()
    for turn in range(CASES):
        person = people[turn % len(people)]
        act = Act(by=person, at=at, via="desk")
        words = "Story" if turn == 0 else chance.choice(SUBJECTS) + "".join(chance.choices(SPEECH, k=12))
        inquiry = inquiries.begin(
            act, mall, question=words, handler=person, desk=desk, shop=shops[turn % len(shops)],
            phone=f"154{turn:08}", salutation="王先生", promise_at=at + timedelta(minutes=10 + turn),
        )  # fmt: skip
        if turn == 0:
            inquiries.ask(act, inquiry)
            for again in range(18):
                inquiries.renew(act, inquiry, promise_at=at + timedelta(hours=1 + again))
        elif turn % 3 == 0:
            inquiries.answer(act, inquiry, answer="有，二楼柜台留了一只。")
            inquiries.call_back(act, inquiry)
            inquiries.close(act, inquiry, outcome="answered")
        elif turn % 3 == 1:
            inquiries.ask(act, inquiry)


def _number_from(model: type[models.Model], first: int) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if IS_SQLITE:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first - 1])
        else:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first - 1])


# The many days before


def grow(cases: int, contacts: int) -> None:
    for since, until in _days(contacts // CONTACTS):
        _copy(Contact, since, until, f"t.id >= {FIRST}", number=_number("t.number"), at=_back("t.at"),
              answered_at=_back("t.answered_at"), **{"on": _date('t."on"')})  # fmt: skip
        _copy(Event, since, until, f"t.id >= {FIRST} AND t.topic LIKE 'JD-%%'", topic=_number("t.topic"),
              at=_back("t.at"))  # fmt: skip
    for since, until in _days(cases // CASES):
        _copy_cases(since, until)
    if not IS_SQLITE:
        with connection.cursor() as cursor:  # what autovacuum would have done long ago
            cursor.execute("VACUUM ANALYZE")


def _copy_cases(since: int, until: int) -> None:
    due = f"CASE WHEN t.closed_at IS NULL THEN {_ahead('t.next_due_at')} ELSE t.next_due_at END"
    _copy(Case, since, until, f"t.id >= {FIRST}", number=_number("t.number"), opened_at=_back("t.opened_at"),
          closed_at=_back("t.closed_at"), replied_at=_back("t.replied_at"), next_due_at=due)  # fmt: skip
    _copy(Inquiry, since, until, f"t.case_ptr_id >= {FIRST}", case_ptr_id=_key("t.case_ptr_id"))
    live = "t.met_at IS NULL AND t.cancelled_at IS NULL"
    _copy(Clock, since, until, f"t.id >= {FIRST}", case_id=_key("t.case_id"), started_at=_back("t.started_at"),
          due_at=f"CASE WHEN {live} THEN {_ahead('t.due_at')} ELSE {_back('t.due_at')} END",
          next_ring_at=_ahead("t.next_ring_at"), met_at=_back("t.met_at"),
          breached_at=_back("t.breached_at"))  # fmt: skip
    _copy(Event, since, until, f"t.id >= {FIRST} AND t.topic LIKE 'ZX-%%'", topic=_number("t.topic"), at=_back("t.at"))
    _copy(Delivery, since, until, f"t.id >= {FIRST}", event_id=_key("t.event_id"), handled_at=_back("t.handled_at"))
    copied = Case.objects.filter(pk__range=(FIRST - until * STRIDE, FIRST - since * STRIDE + STRIDE - 1))
    index_many(_documents(copied.filter(pk__lt=FIRST)))


def _documents(cases: models.QuerySet[Case]) -> Iterator[Document]:
    for mall, number, subject in cases.order_by("pk").values_list("mall_id", "number", "subject").iterator():
        yield Document(mall, "case", number, subject, codes=[number])


def _days(many: int) -> Iterator[tuple[int, int]]:
    """The days before the first one, in portions, the oldest first."""
    for until in range(many - 1, 0, -AT_ONCE):
        yield max(1, until - AT_ONCE + 1), until


def _copy(model: type[models.Model], since: int, until: int, which: str, **changed: str) -> None:
    table = model._meta.db_table
    columns = [field.column for field in model._meta.local_concrete_fields]
    written = {column: changed.get(column, f't."{column}"') for column in columns}
    if "id" in written:
        written["id"] = _key("t.id")
    days = (
        f"(WITH RECURSIVE s(n) AS (SELECT {until} UNION ALL SELECT n - 1 FROM s WHERE n > {since}) SELECT n FROM s)"  # noqa: S608
        if IS_SQLITE
        else f"(SELECT generate_series({until}, {since}, -1) AS n)"
    )
    names = ", ".join(f'"{column}"' for column in columns)
    copy = (
        f"INSERT INTO {table} ({names}) SELECT {', '.join(written.values())} FROM {days} AS s CROSS JOIN {table} AS t "  # noqa: S608
        f"WHERE {which} ORDER BY s.n DESC, t.{model._meta.pk.column}"
    )
    with connection.cursor() as cursor:
        cursor.execute(copy, [])


def _key(column: str) -> str:
    return f"{column} - s.n * {STRIDE}"


def _back(column: str) -> str:
    if IS_SQLITE:  # six digits of a second, as the product writes them: SQLite compares letters
        return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f', {column}, '-' || s.n || ' days') || '000'"
    return f"{column} - s.n * INTERVAL '1 day'"


def _ahead(column: str) -> str:
    if IS_SQLITE:
        return f"strftime('%%Y-%%m-%%d %%H:%%M:%%f', {column}, '+' || s.n || ' days') || '000'"
    return f"{column} + s.n * INTERVAL '1 day'"


def _date(column: str) -> str:
    return f"date({column}, '-' || s.n || ' days')" if IS_SQLITE else f"{column} - s.n"


def _number(column: str) -> str:
    """JD-261122-0007 of an earlier day."""
    if IS_SQLITE:
        written = f"'20' || substr({column}, 4, 2) || '-' || substr({column}, 6, 2) || '-' || substr({column}, 8, 2)"
        earlier = f"substr(strftime('%%Y%%m%%d', {written}, '-' || s.n || ' days'), 3)"
    else:
        earlier = f"to_char(to_date(substr({column}, 4, 6), 'YYMMDD') - s.n, 'YYMMDD')"
    return f"substr({column}, 1, 3) || {earlier} || substr({column}, 10)"


if __name__ == "__main__":
    main()

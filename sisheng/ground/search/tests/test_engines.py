"""What the two databases do each in its own way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from sisheng.ground.search import finding
from sisheng.ground.search.actions import drop, index, index_many
from sisheng.ground.search.documents import Document
from sisheng.ground.search.engines import engine, on_postgresql, on_sqlite
from sisheng.ground.search.finding import find
from sisheng.ground.search.models import SearchDoc
from sisheng.ground.search.questions import Question

MALL = 5


def plan(statement, **asked):
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table of a test is smaller than its index
        cursor.execute(f"{explain} {statement}", asked["values"])
        return "\n".join(str(row) for row in cursor.fetchall())


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["7", "0007", "ts7", "行远", "行", "umb", "xyxb"])
def test_no_question_reads_every_document(asked):
    index(MALL, "case", "1", title="行远", codes=["TS-261122-0007"])
    wanted = Question(asked, MALL).anywhere()

    if connection.vendor == "sqlite":
        match = on_sqlite.written(wanted, '"%s"', '"%s"*', " AND ", " OR ")
        told = plan(on_sqlite._NEWEST, values=[match, 10, 10])
        assert "VIRTUAL TABLE INDEX" in told
        assert "TEMP B-TREE" not in told  # nor sorts what it has found
    else:
        match = on_postgresql.written(wanted, "'%s'", "'%s':*", " & ", " | ")
        values = {"wanted": match, "mall_id": MALL, "before": 10, "sortable": 10}
        assert "search_doc_tokens" in plan(on_postgresql._PROBE, values=values)


@pytest.mark.django_db
def test_what_was_found_is_read_by_its_key_and_not_by_reading_the_mall():
    index_many(Document(MALL, "case", str(n), "行远") for n in range(20))
    statement = finding._READ % {"ids": finding._places(range(30)), "kinds": ""}

    told = plan(statement, values=[*range(30), MALL])

    assert ("INTEGER PRIMARY KEY" if connection.vendor == "sqlite" else "search_searchdoc_pkey") in told


@pytest.mark.django_db
@pytest.mark.parametrize("depths", [(3, 7), (3, 1000), (1000, 2000), (0, 0)])
@pytest.mark.parametrize("sortable", [2, 1000])
@pytest.mark.parametrize("most", [1, 4, 100])
def test_however_far_back_it_must_look_the_newest_come_first(monkeypatch, depths, sortable, most):
    monkeypatch.setattr(on_postgresql, "DEPTHS", depths)
    monkeypatch.setattr(on_postgresql, "SORTABLE", sortable)
    index_many(Document(MALL, "case", f"{n}", "月饼" if n < 20 else "雨伞") for n in range(40))
    ids = dict(SearchDoc.objects.values_list("id", "ref"))

    for asked, expected in (("月饼", range(19, -1, -1)), ("雨伞", range(39, 19, -1)), ("轮椅", [])):
        wanted = Question(asked, MALL).anywhere()
        found = engine().newest(MALL, wanted, None, most, None)
        assert [ids[key] for key in found] == [str(n) for n in expected][:most]
        if found:
            older = engine().newest(MALL, wanted, ["case"], most, found[-1])
            assert [ids[key] for key in older] == [str(n) for n in expected][most : 2 * most]


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_eight_people_change_one_thing_at_the_same_moment_and_it_is_found_once():
    def change(number):
        try:
            for turn in range(5):
                index(MALL, "case", "same", title=f"行远 {number} {turn}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(change, range(8)))

    hits = find(MALL, "行远")
    assert [hit.ref for hit in hits] == ["same"]
    assert find(MALL, hits[0].title.split()[-1])[0].title == hits[0].title
    drop(MALL, "case", "same")
    assert find(MALL, "行") == []


@pytest.mark.django_db
def test_a_great_many_are_indexed_in_one_go(django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        number = index_many(Document(MALL, "case", str(n), f"行远{n}", codes=[f"TS-2611-{n:05}"]) for n in range(2500))

    assert number == 2500 == SearchDoc.objects.count()
    assert [hit.ref for hit in find(MALL, "ts 02499")] == ["2499"]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["行远", "7", "没有"])
def test_a_question_costs_a_handful_of_queries(asked, django_assert_max_num_queries):
    index_many(Document(MALL, "case", str(n), f"行远{n}", codes=[f"TS-261122-{n:04}"]) for n in range(20))

    with django_assert_max_num_queries(4):
        find(MALL, asked)

"""Every morning some of the work of the day before is drawn by lot: always the same, of every group its share."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from sisheng.cases.records import Done
from sisheng.desk.contacts.models import Contact
from sisheng.desk.quality.actions import draw_for_every_mall
from sisheng.desk.quality.drawing import by_lot
from sisheng.desk.quality.models import Draw, Review
from sisheng.ground.events.models import Event
from sisheng.ground.policies.actions import set_policy
from sisheng.mall.directory.models import Mall
from tests.spine.conftest import together  # noqa: F401


@pytest.mark.rule("CTR-06", "QAS-01")
@pytest.mark.parametrize(("there", "wanted"), [(0, 0), (1, 1), (5, 1), (6, 2), (23, 5), (25, 5), (26, 6), (100, 20)])
def test_of_the_calls_of_a_day_a_fifth_is_drawn_and_what_is_left_over_counts_as_one(take, drawn, there, wanted):
    take(there, "phone")

    assert drawn() == (wanted, 0, 0)


@pytest.mark.rule("CTR-06")
@pytest.mark.parametrize(
    ("there", "wanted"), [(0, 0), (3, 3), (5, 5), (6, 5), (120, 5), (250, 5), (251, 6), (400, 8), (401, 9)]
)
def test_at_the_counter_it_is_one_of_fifty_and_at_least_five(take, drawn, there, wanted):
    take(there, "counter")

    assert drawn() == (0, 0, wanted)


@pytest.mark.rule("CTR-06", "QAS-01")
def test_of_seven_complaints_two_are_drawn_and_of_no_draft(make_complaint, drawn, now):
    for turn in range(7):
        make_complaint(at=now - timedelta(hours=20 - turn / 10), phone=f"1540000000{turn}")
    for turn in range(4):
        make_complaint("draft" if turn else "discarded", at=now - timedelta(hours=18))
    make_complaint(at=now - timedelta(hours=2), phone="15400000009")  # today

    assert drawn() == (0, 2, 0)
    assert Draw.objects.get().complaint == 7


def test_of_each_group_its_own_share_is_drawn_and_it_is_told_with_how_many_there_were(take, drawn, now):
    take(23, "phone")
    take(120, "counter")
    take(9, "mail")

    assert drawn() == (5, 0, 5)
    told = Event.objects.get(kind="quality.drawn")
    assert told.details["there"] == {"phone": 23, "complaint": 0, "counter": 120}
    assert told.sentence() == "Drawn to be checked: 5 calls, 0 complaints, 5 counter contacts"


@pytest.mark.rule("CTR-06")
def test_a_mall_draws_more_where_it_says_so(take, drawn, act, boss, riverside, now):
    set_policy(act(boss, at=now - timedelta(days=2)), riverside, key="qa.sample.phone", value=50, reason="新人多")
    take(23, "phone")

    assert drawn() == (12, 0, 0)


@pytest.mark.rule("CTR-06")
def test_drawn_again_it_is_the_same_lot_also_when_more_has_been_written_down_since(take, drawn, now):
    take(23)
    drawn()
    first = set(Review.objects.values_list("record", flat=True))

    take(40)
    drawn(at=now + timedelta(hours=3))

    assert set(Review.objects.values_list("record", flat=True)) == first
    assert Event.objects.filter(kind="quality.drawn").count() == 1


def test_anybody_who_reckons_the_lot_again_finds_the_same_in_whatever_order_they_look(riverside, yesterday):
    done = [Done(f"JD-261122-{turn:04}", 1) for turn in range(23)]
    mixed = random.Random(7).sample(done, 23)

    lot = by_lot(riverside, yesterday, done, 5)

    assert by_lot(riverside, yesterday, mixed, 5) == lot
    assert [one.number[-4:] for one in lot] == EXPECTED  # written down once: an update does not draw other records


def test_another_day_and_another_mall_draw_other_numbers(riverside, northgate, yesterday):
    done = [Done(f"JD-261122-{turn:04}", 1) for turn in range(200)]
    lot = by_lot(riverside, yesterday, done, 20)

    assert by_lot(riverside, yesterday - timedelta(days=1), done, 20) != lot
    assert by_lot(northgate, yesterday, done, 20) != lot


@pytest.mark.rule("CTR-06")
def test_what_was_undone_is_in_no_lot_nor_the_day_before_nor_the_other_mall(
    take, drawn, northgate, lin, yesterday, now
):
    take(10, undone_at=now - timedelta(days=1))
    take(10, on=yesterday - timedelta(days=1))
    take(10, on=yesterday + timedelta(days=1))
    take(10, mall=northgate, agent=lin)
    mine = take(2)

    assert drawn() == (1, 0, 0)
    assert Review.objects.get().record in {contact.number for contact in mine}


def test_every_mall_draws_for_yesterday_and_a_practice_mall_never(take, riverside, northgate, lin, yesterday, now):
    practice = Mall.objects.create(slug="practice", name="练习", shadow_of=riverside)
    for mall, agent in ((northgate, lin), (practice, lin)):
        take(5, mall=mall, agent=agent)
    take(5)

    draw_for_every_mall(now)

    assert set(Draw.objects.values_list("mall__slug", "on")) == {("riverside", yesterday), ("northgate", yesterday)}
    assert Review.objects.count() == 2


def test_a_day_on_which_nobody_came_is_drawn_too_and_nothing_is_owed(drawn):
    assert drawn() == (0, 0, 0)
    assert Draw.objects.count() == 1


@pytest.mark.rule("INQ-05")
@pytest.mark.parametrize(("outcome", "has_answer"), [("answered", True), ("guided", True), ("unanswered", False),
                                                     ("referred", False), ("left", False)])  # fmt: skip
def test_only_what_was_answered_can_be_right_or_wrong(sample, outcome, has_answer):
    assert sample(outcome=outcome).has_answer == has_answer


def test_it_is_the_work_of_whoever_logged_it(take, drawn, mei, ping):
    take(1, agent=ping)
    take(1, "counter", agent=mei)
    drawn()

    assert set(Review.objects.values_list("group", "agent__name")) == {("phone", "阿平"), ("counter", "小梅")}


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_who_draw_at_once_one_lot_remains(take, drawn, together):  # noqa: F811
    take(23)

    assert together(4, lambda _turn: drawn()) == [(5, 0, 0)] * 4

    assert (Draw.objects.count(), Review.objects.count()) == (1, 5)
    assert Event.objects.filter(kind="quality.drawn").count() == 1
    assert Contact.objects.count() == 23


EXPECTED = ["0004", "0011", "0020", "0005", "0018"]

"""Complaints in figures, against numbers counted by hand and against plain SQL."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import translation

from conftest import SHANGHAI
from sisheng.desk.complaints import actions, figures, kept, taxonomy
from sisheng.desk.complaints.figures import Span
from sisheng.desk.complaints.models import Complaint
from sisheng.mall.directory.models import Floor, Shop
from sisheng.mall.staff.models import Post

pytestmark = pytest.mark.django_db


def on(day, hour=12, minute=0):
    """A moment of November 2026, on the clock of the mall."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


SMALL = {"shop": None, "against": "facility", "against_words": "东门"}  # so that it is simple however often

# from Sunday the 1st until Monday the 30th, looked at on the last evening
NOVEMBER = Span(on(1, 0), on(30, 0) + timedelta(days=1), on(30, 20))


@pytest.fixture
def complain(receive):
    """Somebody complains at that moment; of no consequence for others, so that nobody is alarmed."""

    def complain(at, category="price.price_tag", **told):
        return receive(at=at, **{"phone": "", "anonymous_label": "蓝衣", "category": category, **told})

    return complain


@pytest.fixture
def complaints(riverside, boss):
    return figures.complaints_of(riverside, boss)


@pytest.fixture
def clocks(riverside, boss):
    return kept.clocks_of(riverside, boss)


@pytest.mark.rule("CMP-22")
def test_a_matter_counts_once_and_what_came_to_nothing_is_told_apart(complain, complaints, act, boss, mei, riverside):
    first, second, third = (complain(on(day)) for day in (3, 4, 5))
    complain(on(30, 23, 59))
    complain(on(1, 0) - timedelta(minutes=1))  # the month before
    complain(on(30, 0) + timedelta(days=1))  # the month after
    actions.merge(act(boss, at=on(6)), second, into=first, reason="同一件事")
    actions.withdraw(act(boss, at=on(6)), third, reason="不要了")
    draft = actions.take_down(act(mei, at=on(7)), riverside, owner=mei, account="先记一句")
    actions.take_down(act(mei, at=on(7)), riverside, owner=mei, account="还没受理")
    actions.discard(act(mei, at=on(8)), draft)

    got = figures.received(complaints, NOVEMBER)

    assert (got.counted, got.withdrawn, got.merged, got.discarded, got.open) == (3, 1, 1, 1, 2)
    assert figures.counted(complaints, NOVEMBER).count() == 3


@pytest.mark.rule("CMP-22")
def test_the_most_frequent_category_comes_first_with_its_parts_and_the_running_share(complain, complaints):
    for category in ("price.misleading", "price.price_tag", "price.price_tag", "parking.fee", "cashier.queue",
                     "parking.fee", "cashier.queue", "price.coupon", "quality.flawed", "price.price_tag"):  # fmt: skip
        complain(on(10), category)

    headings = figures.by_category(complaints, NOVEMBER)

    assert [(heading.key, heading.n, heading.cumulative) for heading in headings] == [
        ("price", 5, 50),
        ("cashier", 2, 70),  # as many as parking: in the order of the tree
        ("parking", 2, 90),
        ("quality", 1, 100),
    ]
    assert [(key, str(label), n) for key, label, n in headings[0].parts] == [
        ("price.price_tag", "price differs from the tag", 3),
        ("price.coupon", "coupon not accepted", 1),
        ("price.misleading", "misleading promotion", 1),
    ]


# what the rule names, and where it stands in the tree
CAUSES = {
    "people.attitude": ("People: attitude", "人：态度"),
    "people.skill": ("People: skill", "人：能力"),
    "till.overcharged": ("Till: overcharged", "收银：多收"),
    "till.short_change": ("Till: short change", "收银：少找"),
    "till.wait": ("Till: long wait", "收银：等候太久"),
    "process.no_service": ("Process: we do not offer it", "流程：没有这项服务"),
    "process.after_sales": ("Process: after-sales too late", "流程：售后不及时"),
    "facility.failure": ("Facility: failure", "设施：故障"),
    "facility.surroundings": ("Facility: surroundings", "设施：环境"),
    "goods.quality": ("Goods: quality", "物：质量"),
}


@pytest.mark.rule("CMP-27")
@pytest.mark.parametrize("key", CAUSES)
def test_each_cause_that_is_to_be_told_apart_can_be_chosen_and_is_counted(key, make_complaint, act, boss, complaints):
    complaint = make_complaint("executing", at=on(9))

    actions.trace(act(boss, at=on(10)), complaint, cause=key, whys=["为什么"] * 5)

    (heading,) = figures.by_cause(complaints, NOVEMBER)
    assert [(part, n) for part, _label, n in heading.parts] == [(key, 1)]
    assert str(taxonomy.spoken(taxonomy.CAUSES, key)) == CAUSES[key][0]
    with translation.override("zh-hans"):
        assert str(taxonomy.spoken(taxonomy.CAUSES, key)) == CAUSES[key][1]


@pytest.mark.rule("KPI-19")
def test_the_three_most_frequent_causes_are_a_share_of_all_that_were_found(complain, complaints):
    causes = 4 * ["people.skill"] + 3 * ["process.missing"] + 2 * ["goods.quality"] + ["outside.weather"] + [""]
    for cause in causes:
        Complaint.objects.filter(pk=complain(on(9)).pk).update(cause=cause)

    assert figures.top_causes(figures.by_cause(complaints, NOVEMBER)) == (9, 10)


@pytest.mark.rule("CMP-22")
def test_floor_by_floor_the_shop_with_the_most_is_the_darkest(complain, complaints, riverside, wing, skincare, luggage):
    ground = Floor.objects.create(mall=riverside, code="L1", level=1, name="一层")
    tea = Shop.objects.create(mall=riverside, unit="L1-B01", floor=ground, zone=wing, name="茶铺")
    for shop, times in ((skincare, 1), (luggage, 7), (tea, 3), (None, 2)):
        for _time in range(times):
            complain(on(9), shop=shop, against="shop" if shop else "facility", against_words="东门")

    storeys = figures.by_place(complaints, NOVEMBER)

    drawn = [(each.code, each.n, [(spot.name, spot.n, spot.heat) for spot in each.spots]) for each in storeys]
    assert drawn == [
        ("L2", 8, [("行远箱包", 7, 5), ("盐花护肤", 1, 1)]),
        ("L1", 3, [("茶铺", 3, 3)]),
        ("none", 2, []),
    ]


@pytest.mark.rule("CMP-22")
def test_a_week_begins_on_monday_at_midnight_of_the_mall(complain, complaints, riverside):
    for moment in (on(8, 23, 30), on(9, 0, 30), on(15, 23, 30), on(30, 1)):
        complain(moment)

    weeks = figures.by_week(complaints, NOVEMBER, riverside)

    assert [(f"{week.begins:%m-%d}", week.n, week.is_cut) for week in weeks] == [
        ("10-26", 0, True),
        ("11-02", 1, False),
        ("11-09", 2, False),
        ("11-16", 0, False),
        ("11-23", 0, False),
        ("11-30", 1, True),
    ]


def _offered(act, who, complaint, found, offered):
    actions.investigate(act(who, at=found), complaint)
    actions.find(act(who, at=found), complaint, finding="属实", substantiated="partly", responsibility="price")
    remedies = [{"kind": "apology", "payer": "mall"}]
    actions.write_proposal(act(who, at=offered), complaint, words="道歉", remedies=remedies)
    actions.propose(act(who, at=offered), complaint)
    return complaint


@pytest.mark.rule("CMP-22")
def test_midnight_is_that_of_the_mall_wherever_the_server_stands(complain, complaints, riverside):
    complain(on(16, 1))  # in Ürümqi it is still Sunday
    type(riverside).objects.filter(pk=riverside.pk).update(time_zone="Asia/Urumqi")
    riverside.refresh_from_db()

    weeks = figures.by_week(complaints, NOVEMBER, riverside)

    assert [f"{week.begins:%m-%d}" for week in weeks if week.n] == ["11-09"]


@pytest.mark.rule("KPI-13", "KPI-14", "KPI-15")
def test_what_was_due_and_done_in_time_is_a_share_of_all_that_was_due(
    complain, clocks, complaints, act, mei, riverside
):
    for found, offered, answered in ((23, 47, 71), (24, 49, 73), (25, 48, 72), (20, 30, 100)):
        hours = [on(10) + timedelta(hours=each) for each in (found, offered, answered)]
        _offered(act, mei, complain(on(10)), *hours[:2])
        actions.agree(act(mei, at=hours[2]), Complaint.objects.latest("pk"))
    complain(on(12))  # nobody did anything
    complain(on(29))  # only the investigation was due by now
    complain(on(29, 22))  # nothing was: it is 20:00
    actions.withdraw(act(mei, at=on(13)), complain(on(13)), reason="不要了")  # owes nothing

    due = kept.in_time(clocks, NOVEMBER, riverside)

    for name, expected in (("investigate", (3, 6)), ("propose", (3, 5)), ("final", (2, 5))):
        found = due[f"complaint.{name}"]
        assert (found.in_time, found.due) == expected == _counted_in_sql(name)
    got = figures.received(complaints, NOVEMBER)
    assert (got.found, got.borne_out) == (4, 4)


def _counted_in_sql(name):
    sql = """
        SELECT SUM(CASE WHEN met_at IS NOT NULL AND met_at <= due_at THEN 1 ELSE 0 END), COUNT(*)
        FROM cases_clock WHERE deadline = %s AND cancelled_at IS NULL AND due_at > %s AND due_at <= %s
    """
    since, at = map(connection.ops.adapt_datetimefield_value, (NOVEMBER.since, NOVEMBER.at))
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"complaint.{name}", since, at])
        return tuple(map(int, cursor.fetchone()))


@pytest.mark.rule("KPI-48")
def test_a_statement_of_a_shop_is_in_time_within_its_twenty_hours(complain, clocks, act, mei, riverside):
    complaint = complain(on(10))
    for n, hours in enumerate((19, 20, 21, None)):
        complaint.start_part("complaint.brand_statement", f"statement:{n}", act(mei, at=on(10)))
        if hours:
            after = act(mei, at=on(10) + timedelta(hours=hours))
            complaint.end_part("complaint.brand_statement", f"statement:{n}", after)

    statements = kept.in_time(clocks, NOVEMBER, riverside)["complaint.brand_statement"]

    assert (statements.in_time, statements.due) == (2, 4)


def test_the_hours_to_the_final_answer_are_those_that_the_customer_waited(complain, clocks, act, mei):
    for hours in (30.5, 71):
        complaint = _offered(act, mei, complain(on(10)), on(10, 13), on(10, 14))
        actions.agree(act(mei, at=on(10) + timedelta(hours=hours)), complaint)
    complain(on(11))

    assert kept.hours_to_final(clocks, NOVEMBER) == [30.5, 71.0]


@pytest.mark.rule("KPI-16")
def test_of_those_tried_on_the_spot_some_were_settled_within_the_hour(complain, clocks, act, mei):
    def tried(minutes, ended="settle"):
        complaint = actions.mediate(act(mei, at=on(10)), complain(on(10), **SMALL))
        then = act(mei, at=on(10) + timedelta(minutes=minutes))
        if ended == "settle":
            actions.settle(then, complaint, words="退差价", remedies=[{"kind": "apology", "payer": "mall"}],
                           cause="process.not_followed", responsibility="price")  # fmt: skip
        elif ended == "fail":
            actions.fail(then, complaint, reason="要书面说明")

    tried(59), tried(60), tried(61), tried(20, "fail"), tried(0, "nothing")
    actions.mediate(act(mei, at=on(30, 19, 30)), complain(on(30, 19), **SMALL))  # its hour still runs

    found = kept.on_the_spot(clocks, NOVEMBER)

    assert (found.in_time, found.due) == (2, 5)


@pytest.mark.rule("KPI-18")
def test_opened_again_is_a_share_of_what_was_archived(make_complaint, play_complaint, complaints):
    make_complaint("archived", at=on(9))
    play_complaint(make_complaint("archived", at=on(9), phone="15400000003"), "reopen", at=on(12))
    make_complaint("follow_up", at=on(9), phone="15400000004")  # not archived
    play_complaint(make_complaint("follow_up", at=on(9), phone="15400000005"), "reopen", at=on(12))  # never was

    assert kept.reopened(complaints, NOVEMBER) == (1, 2)
    assert kept.reopened(complaints, Span(on(11, 0), on(30), on(30))) == (0, 0)


def test_another_mall_and_the_practice_mall_count_for_themselves(complain, act, boss, lin, riverside, northgate):
    complain(on(9))
    northgate.shadow_of = riverside
    northgate.save()
    Post.objects.create(mall=northgate, staff=boss, role="manager")
    told = {"category": "price.price_tag", "account": "练习", "claims": ["apology"], "anonymous_label": "红衣", **SMALL}
    for _time in range(2):
        actions.receive(act(lin, at=on(9)), northgate, owner=lin, **told)
    late = Span(on(1), on(30), on(30))

    for mall, times in ((riverside, 1), (northgate, 2)):
        assert figures.received(figures.complaints_of(mall, boss), NOVEMBER).counted == times
        assert kept.in_time(kept.clocks_of(mall, boss), late, mall)["complaint.final"].due == times


@pytest.mark.rule("CMP-30")
def test_nobody_finds_a_complaint_about_themselves_in_the_figures(
    complain, complaints, clocks, riverside, supervisor, boss, mei
):
    complain(on(9), shop=None, against="staff", about_staff=supervisor, against_words="主管")

    theirs = figures.complaints_of(riverside, supervisor)
    assert figures.received(theirs, NOVEMBER).counted == 0
    assert figures.by_place(theirs, NOVEMBER) == []
    assert kept.in_time(kept.clocks_of(riverside, supervisor), NOVEMBER, riverside) == {}
    assert figures.received(complaints, NOVEMBER).counted == 1

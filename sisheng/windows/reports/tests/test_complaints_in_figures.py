"""The page “complaints in figures”, as a supervisor opens it."""

from __future__ import annotations

import csv
import re
from datetime import date, datetime, time, timedelta
from io import StringIO

import pytest

from conftest import SHANGHAI
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.contacts.models import Contact
from sisheng.desk.followups import actions as followups
from sisheng.desk.followups.models import Survey
from sisheng.windows.reports.complaints import report
from sisheng.windows.reports.periods import Period
from sisheng.windows.reports.tests.conftest import on

pytestmark = pytest.mark.django_db

NOVEMBER = Period("days", date(2026, 11, 1), date(2026, 11, 30))
IN_NOVEMBER = {"from": "2026-11-01", "until": "2026-11-30"}


@pytest.fixture(autouse=True)
def the_last_of_november(it_is):
    it_is(on(30, 20))


def _rows(response):
    return list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))


def _came(mall, agent, day, times):
    Contact.objects.bulk_create(
        Contact(
            mall=mall,
            number=f"JD-{day:%m%d}-{n}",
            at=datetime.combine(day, time(12), SHANGHAI),
            on=day,
            agent=agent,
            need="1",
            outcome="answered",
        )
        for n in range(times)
    )


@pytest.mark.rule("KPI-12")
def test_complaints_stand_beside_the_contacts_of_the_same_days(complain, riverside, boss, mei):
    for day in (2, 3, 9):
        complain(on(day))
    _came(riverside, mei, date(2026, 11, 2), 100)
    _came(riverside, mei, date(2026, 11, 9), 150)
    _came(riverside, mei, date(2026, 10, 31), 7)
    Contact.objects.filter(number="JD-1109-0").update(undone_at=on(9))

    found = report(riverside, boss, NOVEMBER, on(30, 20))

    assert (found.contacts, found.rate) == (249, "12.0")
    assert [(line.n, line.contacts, line.rate) for line in found.weeks][1:3] == [(2, 100, "20.0"), (1, 149, "6.7")]


@pytest.mark.rule("KPI-27")
def test_news_before_they_ask_is_a_share_of_all_news(complain, riverside, boss, act, mei):
    for times, asked in ((3, 1), (5, 2)):
        complaint = complain(on(2))
        for _time in range(times):
            actions.inform(act(mei, at=on(3)), complaint, news="还在查")
        for _time in range(asked):
            actions.chase(act(mei, at=on(3)), complaint)

    (share,) = [share for share in report(riverside, boss, NOVEMBER, on(30, 20)).shares if share.key == "updates"]

    assert (share.hits, share.n, share.told, share.aim_told) == (8, 11, "73%", "≥ 90%")


@pytest.mark.rule("KPI-20", "CTR-09", "SAT-05")
def test_satisfied_is_four_or_five_of_five_after_a_complaint_with_n_and_the_aim(complain, riverside, boss, ask):
    for n, csat in enumerate([5, 4, 4, 5, 3, 5, 4, 1, 5, 4]):
        case = complain(on(2))
        told = {"mall": riverside, "case": case, "number": f"WJ-{n}", "state": "answered", "csat": csat}
        Survey.objects.create(**told, send_at=on(3), sent_at=on(3), answered_at=on(4))
    earlier = {**told, "number": "WJ-x", "round": 1, "csat": 1}
    Survey.objects.create(**earlier, send_at=on(3), answered_at=on(1, 0) - timedelta(days=1))

    (share,) = [share for share in report(riverside, boss, NOVEMBER, on(30, 20)).shares if share.key == "satisfied"]

    assert (share.hits, share.n, share.told, share.aim_told, share.verdict) == (8, 10, "80%", "≥ 90%", "below the aim")
    row = ask("complaints", **IN_NOVEMBER).content.decode().split("Satisfied afterwards")[1].split("</tr>")[0]
    assert "80%" in row and ">10<" in row and "≥ 90%" in row  # noqa: PT018 (one row)
    assert 'class="bar-aim" x="90"' in row


@pytest.mark.rule("KPI-20")
def test_what_somebody_said_in_a_call_about_their_complaint_counts_as_what_they_wrote(
    complain, riverside, boss, act, lead, mr_wang
):
    def rung(origin, moment, satisfaction, trigger="first"):
        about = {"customer": mr_wang, "trigger": trigger, "origin": origin, "draw": f"{moment}"}
        call = followups.plan(act(lead, at=moment), riverside, **about)
        followups.finish(act(lead, at=moment), call, satisfaction=satisfaction, followed_by="complaint")

    complaint = complain(on(2))
    Survey.objects.create(
        mall=riverside, case=complaint, number="WJ-1", state="answered", csat=5, send_at=on(3), answered_at=on(4)
    )
    for day, score in ((4, 4), (7, 2)):
        rung(complaint, on(day), score)
    rung(complaint, on(1, 11) - timedelta(days=2), 1)  # the month before
    rung(None, on(10), 1, trigger="random")  # about no complaint

    (share,) = [share for share in report(riverside, boss, NOVEMBER, on(30, 20)).shares if share.key == "satisfied"]

    assert (share.hits, share.n) == (2, 3)


@pytest.mark.rule("CMP-22")
def test_the_page_shows_categories_causes_weeks_and_floors_and_each_bar_has_its_number(complain, ask):
    for day in (2, 3, 9):
        complain(on(day))
    complain(on(10), category="parking.fee", shop=None, against="facility", against_words="B1 停车场")
    Complaint.objects.filter(category="parking.fee").update(cause="process.missing")

    page = ask("complaints", **IN_NOVEMBER).content.decode()

    for words in ("Quality of goods", "flawed", "Parking", "Process", "2 Nov 2026", "Xingyuan Luggage", "L2-C02"):
        assert words in page
    assert 'category=quality">3</a>' in page
    assert 'cause=process">1</a>' in page
    assert 'week=2026-11-02">2</a>' in page
    assert 'floor=L2">3</a>' in page
    assert "n = 4, too few for a share." in page
    assert "style=" not in page


def test_in_an_empty_period_there_is_a_sentence_and_no_table(ask):
    page = ask("complaints", **IN_NOVEMBER).content.decode()

    assert "No complaints in this period" in page
    assert "<table" not in page
    assert "这段时间没有投诉" in ask("complaints", lang="zh-hans", **IN_NOVEMBER).content.decode()


def test_with_few_complaints_there_is_no_percentage_to_be_proud_of(complain, ask, act, mei):
    for day in (2, 3):
        actions.withdraw(act(mei, at=on(day)), complain(on(day)), reason="算了")

    page = ask("complaints", **IN_NOVEMBER).content.decode()

    assert "n = 2, too few for a share" in page
    assert "nothing to measure" in page
    assert set(re.findall(r"[≥≤]?\s?\d+%", page)) == {"≥ 95%", "≥ 90%", "≥ 85%", "≤ 5%"}  # only what we aim at


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {1, 2, 4}),
        ({"category": "quality"}, {1, 2}),
        ({"category": "quality.damaged"}, {2}),
        ({"cause": "none"}, {1, 4}),
        ({"cause": "goods"}, {2}),
        ({"floor": "L2"}, {1, 2}),
        ({"floor": "none"}, {4}),
        ({"shop": "luggage"}, {1, 2}),
        ({"week": "2026-11-02"}, {1}),
        ({"show": "merged"}, {3}),
        ({"show": "withdrawn"}, {4}),
        ({"show": "open"}, {1, 2}),
    ],
)
@pytest.mark.rule("CMP-22")
def test_behind_each_number_stand_exactly_its_complaints(complain, ask, act, boss, mei, luggage, asked, expected):
    one, two, three = complain(on(3)), complain(on(9), category="quality.damaged"), complain(on(9))
    four = complain(on(16), category="parking.fee", shop=None, against="facility", against_words="停车场")
    complain(on(1) - timedelta(days=2))
    Complaint.objects.filter(pk=two.pk).update(cause="goods.quality")
    actions.merge(act(boss, at=on(10)), three, into=one, reason="同一件事")
    actions.withdraw(act(mei, at=on(17)), four, reason="算了")
    if asked.get("shop"):
        asked = {"shop": str(luggage.pk)}

    page = ask("complaints-which", **IN_NOVEMBER, **asked).content.decode()

    numbers = {n for n, each in enumerate((one, two, three, four), start=1) if f"/{each.number}/" in page}
    assert numbers == expected


def test_the_tables_are_saved_as_files_in_which_no_formula_runs(complain, ask, luggage):
    luggage.name_en, luggage.unit = "=HYPERLINK(1)", "@L2"
    luggage.save()
    complain(on(3))

    response = ask("complaints-csv", "shops", **IN_NOVEMBER)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="complaints-shops-2026-11-01-2026-11-30.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert _rows(response) == [["Floor", "Unit", "Shop", "Complaints"], ["L2", "'@L2", "'=HYPERLINK(1)", "1"]]


def test_each_table_has_its_file_and_there_are_no_others(complain, ask):
    complain(on(3))
    Complaint.objects.update(cause="goods.quality")

    files = {name: _rows(ask("complaints-csv", name, **IN_NOVEMBER)) for name in ("categories", "causes", "weeks")}

    assert files["categories"][1:] == [["Quality of goods", "", "1", "100%"], ["Quality of goods", "flawed", "1", ""]]
    assert files["causes"][1:] == [["Goods", "", "1", "100%"], ["Goods", "quality", "1", ""]]
    assert files["weeks"][1:3] == [["2026-10-26", "0", "0", "", "no"], ["2026-11-02", "1", "0", "", "yes"]]
    summary = {row[0]: row[1:] for row in _rows(ask("complaints-csv", "summary", **IN_NOVEMBER))}
    assert summary["Complaints"] == ["1", "", "", ""]
    assert summary["Final answer within 72 hours"] == ["0", "1", "", "≥ 95%"]
    assert ask("complaints-csv", "people").status_code == 404


def test_however_many_complaints_there_are_the_page_asks_the_database_as_often(
    complain, ask, django_assert_max_num_queries
):
    complain(on(3))
    ask("complaints", **IN_NOVEMBER)
    for day in range(4, 10):
        complain(on(day), category="parking.fee" if day % 2 else "food.hygiene")

    with django_assert_max_num_queries(30):
        assert ask("complaints", **IN_NOVEMBER).status_code == 200
    with django_assert_max_num_queries(12):
        assert ask("complaints-which", **IN_NOVEMBER).status_code == 200


def test_an_agent_has_no_such_page_and_no_line_on_the_rail(client, mei, supervisor):
    client.force_login(mei)
    assert client.get("/riverside/desk/complaints/figures/").status_code == 403
    assert "complaints/figures/" not in client.get("/riverside/desk/").content.decode()

    client.force_login(supervisor)
    assert "complaints/figures/" in client.get("/riverside/desk/").content.decode()

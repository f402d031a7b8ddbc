"""Somebody sits down with the comment book: every line becomes what it is, all of them or none."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from conftest import MONDAY_10AM
from sisheng.cases.models import Clock
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.praise.models import Praise, Suggestion
from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed
from sisheng.mall.customers.models import Customer
from sisheng.windows.book import actions
from sisheng.windows.book.actions import Written
from sisheng.windows.book.models import Line, Sitting
from sisheng.windows.book.ways import turn_of

PAGE = "/riverside/desk/book/"
SHANGHAI = ZoneInfo("Asia/Shanghai")
COMPLAINS = {"written_on": "2026-11-20", "kind": "complaint", "about": "shop", "which": "L2-C02",
             "claim": "explanation", "category": "attitude.rude", "words": "店员不理人。"}  # fmt: skip
PRAISES = {"kind": "praise", "about": "staff", "which": "小梅", "words": "帮我找到了孩子的帽子。"}
SUGGESTS = {"kind": "suggestion", "about": "facility", "which": "三楼母婴室", "words": "放一台温奶器。",
            "phone": "154 0000 0009", "name": "林女士"}  # fmt: skip


def sheet(*lines, **more):
    """What the browser sends: the lines from the first one on; None leaves one empty."""
    told = {"channel": "book", **more}
    for place in range(1, 26):
        line = lines[place - 1] if place <= len(lines) else None
        told |= {f"{place}-{name}": value for name, value in _line(line).items()}
    return told


def _line(line):
    blank = dict.fromkeys(("written_on", "which", "category", "words", "phone", "name"), "")
    return {**blank, "kind": "complaint", "about": "shop", "claim": "explanation", **(line or {})}


@pytest.fixture
def desk(client, mei, riverside, luggage, now, monkeypatch):
    """Mei's browser, on that Monday at ten."""
    monkeypatch.setattr("sisheng.mall.staff.middleware.timezone", SimpleNamespace(now=lambda: now))
    client.force_login(mei)
    client.cookies["language"] = "en"
    return client


@pytest.mark.rule("CMP-28")
def test_the_lines_of_the_book_become_a_complaint_praise_and_a_suggestion(desk, mei):
    answer = desk.post(PAGE, sheet(COMPLAINS, None, PRAISES, SUGGESTS))

    sitting = Sitting.objects.get()
    assert answer["Location"] == f"{PAGE}{sitting.pk}/"
    assert [(line.place, line.kind, line.number, line.written_on) for line in sitting.lines.order_by("place")] == [
        (1, "complaint", "TS-261123-0001", date(2026, 11, 20)),
        (3, "praise", "BY-261123-0001", date(2026, 11, 20)),  # a day left empty is the day above
        (4, "suggestion", "YJ-261123-0001", date(2026, 11, 20)),
    ]
    complaint, praise, idea = Complaint.objects.get(), Praise.objects.get(), Suggestion.objects.get()
    assert (complaint.channel, complaint.shop.unit, complaint.account) == ("book", "L2-C02", "店员不理人。")
    assert (complaint.status, complaint.owner, complaint.may_contact) == ("accepted", mei, False)
    assert (praise.person, praise.words, praise.channel) == (mei, "帮我找到了孩子的帽子。", "book")
    assert (idea.words, idea.customer.salutation) == ("三楼母婴室: 放一台温奶器。", "林女士")


@pytest.mark.rule("CMP-28")
def test_a_complaint_from_paper_counts_from_when_the_desk_has_it(desk):
    desk.post(PAGE, sheet(COMPLAINS))

    complaint = Complaint.objects.get()
    assert complaint.happened_on == datetime(2026, 11, 20, tzinfo=SHANGHAI)
    assert complaint.accepted_at == MONDAY_10AM
    final = Clock.objects.get(case=complaint, deadline="complaint.final")
    assert final.due_at == MONDAY_10AM + timedelta(hours=72)


def test_praise_and_ideas_were_said_on_the_day_that_stands_there(desk):
    desk.post(PAGE, sheet({**PRAISES, "written_on": "2026-11-19"}, SUGGESTS))

    assert {one.said_at for one in (Praise.objects.get(), Suggestion.objects.get())} == {
        datetime(2026, 11, 19, tzinfo=SHANGHAI)
    }


def test_whoever_left_no_number_is_known_by_the_name_or_by_the_paper(desk):
    desk.post(PAGE, sheet({**COMPLAINS, "name": "穿红外套的先生"}, COMPLAINS, channel="box"))

    assert list(Complaint.objects.order_by("pk").values_list("channel", "anonymous_label", "customer")) == [
        ("box", "穿红外套的先生", None),
        ("box", "写在意见箱的纸条上", None),
    ]


@pytest.mark.rule("CMP-30")
def test_what_the_book_says_about_the_desk_is_not_for_the_desk(desk, supervisor, counter, on_duty):
    on_duty(supervisor, counter)

    desk.post(PAGE, sheet({**COMPLAINS, "about": "desk", "which": "", "category": "desk.desk"}))

    complaint = Complaint.objects.get()
    assert (complaint.against, complaint.owner, complaint.handler) == ("desk", supervisor, supervisor)


def test_a_complaint_about_oneself_is_left_to_a_colleague(desk):
    answer = desk.post(PAGE, sheet(COMPLAINS, {**COMPLAINS, "about": "staff", "which": "1001"}))

    assert answer.status_code == 422
    assert 'href="#id_2-which"' in answer.text
    assert Complaint.objects.count() == 0


def test_praise_for_somebody_nobody_knows_keeps_the_words(desk):
    desk.post(PAGE, sheet({**PRAISES, "written_on": "2026-11-20", "which": "戴眼镜的姑娘"}))

    praise = Praise.objects.get()
    assert (praise.person, praise.person_words) == (None, "戴眼镜的姑娘")


WRONG = {
    "no day at all": ({"written_on": ""}, "written_on", "On which day was it written?"),
    "tomorrow": ({"written_on": "2026-11-24"}, "written_on", "That lies in the future."),
    "the wrong year": ({"written_on": "2025-11-20"}, "written_on", "Check the year."),
    "an unknown shop": ({"which": "L9-X99"}, "which", "No shop “L9-X99” here."),
    "no shop": ({"which": ""}, "which", "A complaint says about which shop, whom or what."),
    "no words": ({"words": ""}, "words", "Type what stands there, or clear the line."),
    "no category": ({"category": ""}, "category", "Choose what kind of complaint it is."),
    "no telephone number": ({"phone": "12-ab"}, "phone", "12-ab"),
    "too long for praise": ({"kind": "praise", "words": "好" * 1001}, "words", "At most 1000 characters fit here."),
}


@pytest.mark.parametrize(("change", "field", "sentence"), WRONG.values(), ids=list(WRONG))
def test_one_wrong_line_is_named_and_nothing_is_made(desk, change, field, sentence):
    first = {**COMPLAINS, **change} if field == "written_on" else COMPLAINS
    place, lines = (1, [first, PRAISES]) if field == "written_on" else (2, [COMPLAINS, {**COMPLAINS, **change}])

    answer = desk.post(PAGE, sheet(*lines))

    assert answer.status_code == 422
    assert f'<a href="#id_{place}-{field}">Line {place}, ' in answer.text
    assert sentence in answer.text
    assert "店员不理人。" in answer.text  # what was typed is still there
    made = (Complaint, Praise, Suggestion, Sitting, Line, Customer, Event)
    assert [model.objects.count() for model in made] == [0] * len(made)


def test_every_wrong_line_is_named_at_once(desk):
    answer = desk.post(PAGE, sheet(COMPLAINS, {**COMPLAINS, "which": "L9-X99"}, {**COMPLAINS, "phone": "12"}))

    assert 'href="#id_2-which"' in answer.text
    assert 'href="#id_3-phone"' in answer.text


def test_an_empty_sheet_is_not_taken(desk):
    answer = desk.post(PAGE, sheet())

    assert answer.status_code == 422
    assert "Type at least one line." in answer.text
    assert Sitting.objects.count() == 0


def test_a_sheet_holds_25_lines(desk):
    answer = desk.post(PAGE, sheet(*[{**COMPLAINS, "words": f"第 {n} 条。"} for n in range(1, 26)]))

    assert answer.status_code == 302
    accounts = Complaint.objects.order_by("pk").values_list("account", flat=True)
    assert list(accounts) == [f"第 {n} 条。" for n in range(1, 26)]


@pytest.mark.rule("REC-08")
def test_sent_twice_it_happens_once(desk):
    key = {"once": uuid4().hex}
    first = desk.post(PAGE, {**sheet(COMPLAINS, PRAISES), **key})

    second = desk.post(PAGE, {**sheet(COMPLAINS, PRAISES), **key})

    assert second["Location"] == first["Location"]
    assert (Sitting.objects.count(), Complaint.objects.count(), Praise.objects.count()) == (1, 1, 1)


def test_the_numbers_stand_there_to_be_written_into_the_book(desk):
    where = desk.post(PAGE, sheet(COMPLAINS, PRAISES))["Location"]

    page = desk.get(where).text

    assert "TS-261123-0001" in page
    assert "BY-261123-0001" in page
    assert "L2-C02" in page


def test_of_a_complaint_about_somebody_they_read_the_number_and_no_words(client, act, ping, mei, riverside):
    line = Written(1, "complaint", date(2026, 11, 20), "小梅态度不好。", {"against": "staff", "about_staff": mei},
                   category="attitude.cold", claim="apology")  # fmt: skip
    sitting = actions.enter(act(ping), riverside, who=ping, channel="book", lines=[line])
    client.force_login(mei)

    page = client.get(sitting.get_absolute_url()).text

    assert "TS-261123-0001" in page
    assert "小梅态度不好" not in page


def test_the_sitting_is_told(act, mei, riverside):
    line = Written(1, "praise", date(2026, 11, 20), "谢谢")

    sitting = actions.enter(act(mei), riverside, who=mei, channel="box", lines=[line])

    event = Event.objects.get(kind="book.entered")
    assert (event.topic, event.by, event.at) == (sitting.topic, mei.actor_key, MONDAY_10AM)


def test_a_stranger_cannot_take_the_book_over(act, lin, riverside):
    with pytest.raises(NotAllowed):
        actions.enter(
            act(lin), riverside, who=lin, channel="book", lines=[Written(1, "praise", date(2026, 11, 20), "!")]
        )


WRONGLY = {
    "a sitting with the telephone": lambda sitting: Sitting.objects.filter(pk=sitting.pk).update(channel="phone"),
    "a line that is a song": lambda sitting: sitting.lines.update(kind="song"),
    "two first lines": lambda sitting: sitting.lines.create(
        place=1, kind="praise", written_on=date(2026, 11, 20), number="BY-1"
    ),
}


@pytest.mark.parametrize("wrongly", WRONGLY.values(), ids=list(WRONGLY))
def test_the_tables_hold_what_must_be_true(act, mei, riverside, wrongly):
    line = Written(1, "praise", date(2026, 11, 20), "谢谢")
    sitting = actions.enter(act(mei), riverside, who=mei, channel="book", lines=[line])

    with pytest.raises(IntegrityError), transaction.atomic():
        wrongly(sitting)


# Which ways there are


@pytest.mark.rule("CMP-28")
def test_every_channel_of_a_complaint_has_somebody_who_answers_for_it_and_a_time(desk):
    page = desk.get(f"{PAGE}ways/").text

    ways = dict(re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page))
    for channel, who, by_when in (
        ("telephone", "whoever serves at the desk", "at once"),
        ("counter", "whoever serves at the desk", "at once"),
        ("web page", "the system accepts it", "at once"),
        ("comment book", "the lead on duty", "read every 3 days"),
        ("complaint box", "the lead on duty", "read every 3 days"),
    ):
        assert who in ways[channel]
        assert by_when in ways[channel]
    assert re.findall(r'<dt>(.*?)</dt><dd class="num">(.*?)</dd>', page) == [
        ("Begin to work on a complaint", "1 hour"),
        ("Look into a complaint", "24 hours"),
        ("Propose a solution", "48 hours"),
        ("Give the final answer", "72 hours"),
        ("Tell the customer how it stands", "24 hours"),
        ("First follow-up call", "24 hours"),
    ]


def test_after_three_days_it_is_time_to_read_the_book_again(act, mei, riverside):
    line = Written(1, "praise", date(2026, 11, 20), "谢谢")
    actions.enter(act(mei), riverside, who=mei, channel="book", lines=[line])

    def due(days):
        return [turn.is_due for turn in turn_of(riverside, MONDAY_10AM + timedelta(days=days))]

    assert due(2) == [False, True]  # the box was never emptied
    assert due(4) == [True, True]

"""One complaint against two shops has two statements with two clocks (D18, CMP-10)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sisheng.cases.models import Clock
from sisheng.cases.ringing import sweep
from sisheng.desk.inquiries import actions as inquiries
from sisheng.ground.files.tests import samples
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, Unusable
from sisheng.kit.evidence import actions
from sisheng.kit.evidence.models import Evidence, ShopStatement, statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(act, mei, case):
    def ask(shop, *, at=None, question="箱子是哪天到货的？"):
        return actions.ask_statement(act(mei, at=at), case, shop, question=question)

    return ask


@pytest.mark.rule("CMP-10")
def test_of_two_shops_one_answers_in_time_while_the_other_is_late(ask, act, mei, case, luggage, cafe, now):
    first = ask(luggage)
    second = ask(cafe, at=now + timedelta(hours=3))
    assert (first.due_at, second.due_at) == (now + timedelta(hours=20), now + timedelta(hours=23))

    answered = now + timedelta(hours=19)
    actions.receive_statement(act(mei, at=answered), first, text="是上周到货的，没有开箱。")
    sweep(now + timedelta(hours=24))

    later = now + timedelta(hours=24)
    assert (first.clock.state(later), second.clock.state(later)) == (Clock.State.MET, Clock.State.OVER)
    assert first.clock.met_at == answered
    assert list(statements(case).open()) == [second]
    told = case.timeline().filter(kind="deadline.breached", details__deadline="complaint.brand_statement")
    assert told.count() == 1
    case.refresh_from_db()
    assert case.status == "registered"  # what runs beside a case is not its state


@pytest.mark.rule("CMP-10")
def test_what_the_shop_says_becomes_evidence_with_its_letter(ask, act, mei, case, luggage, upload):
    statement = ask(luggage)

    received = actions.receive_statement(
        act(mei), statement, text="没有开箱。", uploads=[upload(samples.PDF, "letter.pdf"), upload(name="stamp.jpg")]
    )

    assert received.text == "没有开箱。"
    kept = Evidence.objects.of(case)
    assert [(one.source, one.statement) for one in kept] == [("shop", statement)] * 3
    assert [one.kind for one in kept] == ["statement", "statement", "photo"]  # beside words a picture shows something
    assert [one.file.type if one.file else "" for one in kept] == ["", "application/pdf", "image/jpeg"]


def test_a_picture_alone_is_the_paper_on_which_the_statement_stands(ask, act, mei, case, luggage, upload):
    actions.receive_statement(act(mei), ask(luggage), text="", uploads=[upload(name="letter.jpg")])

    assert [one.kind for one in Evidence.objects.of(case)] == ["statement"]


def test_the_same_file_twice_is_kept_twice_and_both_can_be_read(ask, act, mei, case, luggage, upload):
    statement = ask(luggage)

    actions.receive_statement(act(mei), statement, uploads=[upload(samples.PDF), upload(samples.PDF)])

    assert [one.file.trouble for one in Evidence.objects.of(case)] == ["", ""]


@pytest.mark.rule("CMP-10")
def test_a_holder_of_the_link_gives_the_statement_and_can_do_nothing_else(ask, act, case, luggage, link_holder):
    statement = ask(luggage)

    for attempt in (
        lambda: actions.nudge(act(link_holder), statement),
        lambda: actions.excuse(act(link_holder), statement, why="忙"),
        lambda: actions.keep(act(link_holder), case, kind="photo", text="别的"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    received = actions.receive_statement(act(link_holder, via="link"), statement, text="没有开箱。")

    assert (received.received_by, received.is_open) == ("link:7", False)


def test_what_came_on_paper_this_morning_counts_from_this_morning(ask, act, mei, luggage, now):
    statement = ask(luggage)
    noted, came = now + timedelta(hours=23), now + timedelta(hours=18)

    actions.receive_statement(act(mei, at=noted, said_at=came), statement, text="店长当面交的。")

    statement.refresh_from_db()
    assert statement.received_at == came
    assert statement.clock.state(noted) == Clock.State.MET


@pytest.mark.parametrize("hours", [-1, 2], ids=["before it was asked", "not yet"])
def test_a_statement_cannot_come_before_it_was_asked_nor_tomorrow(ask, act, mei, luggage, now, hours):
    statement = ask(luggage)

    late = act(mei, at=now + timedelta(hours=1), said_at=now + timedelta(hours=hours))

    with pytest.raises(Unusable) as refusal:
        actions.receive_statement(late, statement, text="…")

    assert refusal.value.field == "said_at"


def test_an_empty_statement_is_none(ask, act, mei, luggage):
    statement = ask(luggage)

    with pytest.raises(Unusable):
        actions.receive_statement(act(mei), statement, text=" ")

    assert ShopStatement.objects.open().exists()


def test_it_is_received_once(ask, act, mei, ping, case, luggage):
    statement = ask(luggage)
    actions.receive_statement(act(mei), statement, text="第一份")

    with pytest.raises(Overtaken):
        actions.receive_statement(act(ping), statement, text="第二份")

    assert Evidence.objects.of(case).count() == 1


def test_the_same_form_sent_twice_is_one_statement(ask, act, mei, case, luggage, upload):
    statement, once = ask(luggage), act(mei, once="k7")

    for _ in range(2):
        actions.receive_statement(once, statement, uploads=[upload(samples.PDF)])

    assert [one.file.trouble for one in Evidence.objects.of(case)] == [""]


def test_reminders_are_counted_and_move_no_deadline(ask, act, mei, case, luggage, now):
    statement = ask(luggage)
    due = statement.due_at

    for hour in (5, 10):
        statement = actions.nudge(act(mei, at=now + timedelta(hours=hour)), statement)

    assert (statement.nudges, statement.nudged_at, statement.due_at) == (2, now + timedelta(hours=10), due)
    told = [event.sentence() for event in case.timeline().filter(kind="statement.nudged")]
    assert told[-1] == "行远箱包 reminded of its statement (reminder 2)"


def test_a_statement_no_longer_needed_is_neither_on_time_nor_late(ask, act, mei, case, luggage, now):
    statement = ask(luggage)

    actions.excuse(act(mei), statement, why="店铺已停业")

    assert statement.clock.state(now + timedelta(days=3)) == Clock.State.CANCELLED
    with pytest.raises(Overtaken):
        actions.nudge(act(mei), statement)
    with pytest.raises(Overtaken):
        actions.receive_statement(act(mei), statement, text="还是写了")
    assert ask(luggage).is_open  # and the shop can be asked again


def test_a_shop_is_asked_once_at_a_time(ask, case, luggage, mei, now):
    ask(luggage)

    with pytest.raises(OutOfTurn, match="asked already"):
        ask(luggage)
    with pytest.raises(IntegrityError), transaction.atomic():
        ShopStatement.objects.create(mall=case.mall, case=case, shop=luggage, question="…", asked_by="x", asked_at=now)


def test_a_shop_of_another_mall_cannot_be_asked(ask, northgate, floor, wing, luggage):
    luggage.mall = northgate

    with pytest.raises(Unusable):
        ask(luggage)


def test_where_no_statements_are_asked_for_that_is_said(case, monkeypatch, act, mei, luggage):
    from sisheng.desk.inquiries.lifecycle import INQUIRY
    from sisheng.desk.inquiries.models import Inquiry

    monkeypatch.setattr(Inquiry, "lifecycle", INQUIRY)

    with pytest.raises(OutOfTurn, match="No statement"):
        actions.ask_statement(act(mei), case, luggage, question="?")
    assert not ShopStatement.objects.exists()


def test_when_the_case_is_withdrawn_the_clock_stops_and_a_late_letter_is_still_received(
    ask, act, mei, case, luggage, now
):
    statement = ask(luggage)
    inquiries.withdraw(act(mei), case, reason="顾客说不用了")

    actions.receive_statement(act(mei), statement, text="信在路上了。")

    assert statement.clock.state(now + timedelta(days=3)) == Clock.State.CANCELLED
    assert statement.text == "信在路上了。"

"""What an inquiry asks of whoever works on it, and says when it is missing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from conftest import SHANGHAI
from sisheng.cases import actions as case_actions
from sisheng.cases.models import Alert, Clock, Note
from sisheng.cases.ringing import sweep
from sisheng.desk.inquiries import actions
from sisheng.desk.inquiries.forms import Begin, Renew
from sisheng.desk.inquiries.models import BrandTry, Inquiry
from sisheng.ground.refusals import Overtaken, Unusable
from sisheng.mall.directory.models import BrandContact, Desk, Shop

AT = datetime(2026, 11, 23, 11, tzinfo=SHANGHAI)
ASKED = {"question": "有没有绿色的？", "anonymous_label": "蓝衣", "pick": "1h"}


def begin(riverside, **told):
    return Begin({**ASKED, **told}, mall=riverside, at=AT)


@pytest.fixture
def scarves(riverside, floor, wing):
    """A shop beside the luggage, and whom one rings there."""
    shop = Shop.objects.create(mall=riverside, unit="L2-C03", floor=floor, zone=wing, name="茧与丝")
    return BrandContact.objects.create(
        mall=riverside, shop=shop, topic="goods", position=1, name="店长", extension="6038"
    )


@pytest.mark.rule("CTR-13")
def test_somebody_must_be_recognised_when_the_answer_is_there(act, mei, riverside):
    assert "phone" in begin(riverside, anonymous_label="").errors
    with pytest.raises(Unusable) as refusal:
        actions.begin(act(mei), riverside, question="?", handler=mei, anonymous_label="  ")

    assert refusal.value.field == "phone"
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize("typed", ["2026-11-23T10:59", "2026-11-23T11:00", "2027-01-23T11:01"])
def test_a_promise_lies_ahead_and_within_sixty_days(riverside, typed):
    assert "promise_at" in begin(riverside, promise_at=typed).errors
    assert begin(riverside, promise_at="2026-11-23T11:01").is_valid()


def test_a_time_is_read_on_the_clock_of_the_mall(riverside):
    form = begin(riverside, pick="12", promise_at="")

    assert form.is_valid()
    assert form.cleaned_data["promise_at"] == datetime(2026, 11, 24, 12, tzinfo=SHANGHAI)
    typed = begin(riverside, promise_at="2026-11-23T15:00")
    assert typed.is_valid()
    assert typed.cleaned_data["promise_at"].utcoffset() == timedelta(hours=8)

    riverside.time_zone = "Asia/Urumqi"  # two hours behind the site
    elsewhere = begin(riverside, promise_at="2026-11-23T15:00")
    assert elsewhere.is_valid()
    assert elsewhere.cleaned_data["promise_at"].utcoffset() == timedelta(hours=6)


def test_a_renewed_promise_names_a_time(riverside):
    assert "pick" in Renew({}, mall=riverside, at=AT).errors
    assert Renew({"pick": "10m"}, mall=riverside, at=AT).is_valid()


@pytest.mark.parametrize("told", ["L2-C02", "l2-c02", "行远箱包"])
def test_a_shop_is_told_by_its_unit_or_its_name(riverside, luggage, told):
    form = begin(riverside, unit=told)

    assert form.is_valid()
    assert form.cleaned_data["unit"] == luggage
    assert "unit" in begin(riverside, unit="没有这家").errors


@pytest.mark.rule("TEN-01")
def test_an_attempt_names_whom_one_rang_at_this_shop(make_inquiry, act, boss, luggage_lead, scarves):
    inquiry = make_inquiry("contacting_brand")

    for told in ({}, {"who": "  "}, {"contact": scarves}):
        with pytest.raises(Unusable) as refusal:
            actions.try_brand(act(boss), inquiry, result="no_reply", **told)
        assert refusal.value.field == "contact"
    actions.try_brand(act(boss), inquiry, result="no_reply", contact=luggage_lead)

    assert BrandTry.objects.get().contact == luggage_lead


@pytest.mark.parametrize("result", ["no_reply", "reached"])
def test_an_attempt_on_an_old_screen_is_overtaken(make_inquiry, act, boss, result):
    inquiry = make_inquiry("contacting_brand")

    with pytest.raises(Overtaken):
        actions.try_brand(act(boss), inquiry, result=result, who="店长", seen=inquiry.version - 1)

    assert not BrandTry.objects.exists()


def test_an_answer_has_words(make_inquiry, play):
    inquiry = make_inquiry("contacting_brand")

    with pytest.raises(Unusable):
        play(inquiry, "answer", answer=" \n ")

    inquiry.refresh_from_db()
    assert inquiry.status == "contacting_brand"


# What holds for a case of any kind


def test_a_note_has_words(make_inquiry, act, boss):
    inquiry = make_inquiry()

    with pytest.raises(Unusable):
        case_actions.add_note(act(boss), inquiry, text="  ")

    assert not Note.objects.exists()


def test_a_case_is_given_to_somebody_who_works_at_a_desk_here(make_inquiry, act, lead, lin, mei):
    inquiry = make_inquiry()

    with pytest.raises(Unusable):
        case_actions.assign(act(lead), inquiry, to=lin)
    case_actions.assign(act(lead), inquiry, to=mei)

    inquiry.refresh_from_db()
    assert inquiry.handler == mei


def test_a_promise_that_is_over_before_it_is_made_is_refused(make_inquiry):
    with pytest.raises(Unusable):
        make_inquiry(at=AT, promise_at=AT)

    assert not Inquiry.objects.exists()


def test_what_is_done_late_is_broken_even_before_a_sweep_has_come_by(make_inquiry, play):
    inquiry = make_inquiry(at=AT)
    play(inquiry, "reach", at=AT + timedelta(minutes=31))

    clock = inquiry.clocks.get(deadline="inquiry.brand_contact")
    assert (clock.breached_at, clock.state(AT + timedelta(hours=2))) == (AT + timedelta(minutes=30), Clock.State.LATE)


def test_what_was_settled_on_paper_was_settled_when_it_was_written(make_inquiry, act, boss):
    inquiry = make_inquiry(at=AT)
    later = act(boss, at=AT + timedelta(hours=3), said_at=AT + timedelta(hours=1))
    actions.withdraw(later, inquiry, reason="顾客说不用了")

    inquiry.refresh_from_db()
    assert inquiry.closed_at == AT + timedelta(hours=1)


def test_the_other_desk_is_not_rung_while_somebody_stands_at_this_one(make_inquiry, counter, on_duty, mei, ping):
    inquiry = make_inquiry(at=AT)
    on_duty(mei, counter, at=AT)
    on_duty(ping, Desk.objects.create(mall=counter.mall, code="B", name="西门服务台"), at=AT)

    sweep(AT + timedelta(hours=1, minutes=1))

    assert {alert.to for alert in Alert.objects.filter(clock__case=inquiry)} == {mei}


def test_where_nobody_stands_at_this_desk_a_lead_at_the_other_is_rung(make_inquiry, counter, on_duty, lead, ping, boss):
    inquiry = make_inquiry(at=AT)
    elsewhere = Desk.objects.create(mall=counter.mall, code="B", name="西门服务台")
    for person in (ping, lead):
        on_duty(person, elsewhere, at=AT)

    sweep(AT + timedelta(hours=1, minutes=1))

    assert {alert.to for alert in Alert.objects.filter(clock__case=inquiry)} == {lead}

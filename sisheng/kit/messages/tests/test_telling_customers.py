"""A customer is told by the way they like, once, when they are awake, and not before it can no longer be undone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from hashlib import sha256

import pytest
from django.db import IntegrityError, transaction

from conftest import SHANGHAI
from sisheng.desk.inquiries.actions import withdraw
from sisheng.ground.events.models import Event
from sisheng.ground.policies.actions import set_policy
from sisheng.ground.privacy.actions import forget
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.kit.messages.actions import cancel, tell_customer, told
from sisheng.kit.messages.models import Message
from sisheng.kit.messages.reactions import forget_words
from sisheng.kit.messages.tests.conftest import A_MOMENT
from sisheng.mall.customers.actions import give_consent, withdraw_consent
from sisheng.mall.customers.models import Customer


def at(hour, minute=0, day=23):
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def fresh(message):
    return Message.objects.get(pk=message.pk)


# By which way


@pytest.mark.rule("FUP-04")
@pytest.mark.parametrize(
    ("way", "channel"),
    [("", "sms"), ("sms", "sms"), ("mail", "mail"), ("phone", "slip"), ("wechat", "slip"), ("counter", "slip")],
)
def test_the_customer_is_told_by_the_way_they_like(by_sms, by_mail, likes, case, tell, way, channel):
    likes(way, email="wang@example.com")
    case.refresh_from_db()

    assert tell().channel == channel


def test_without_a_gateway_it_is_told_in_person(tell):
    message = tell()

    assert (message.channel, message.state, message.to_shown) == ("slip", "waiting", "")


def test_who_likes_mail_is_sent_a_text_message_where_there_is_no_mail_server(by_sms, likes, case, tell):
    likes("mail", email="wang@example.com")
    case.refresh_from_db()

    assert tell().channel == "sms"


def test_a_customer_without_a_name_is_told_in_person(by_sms, make_inquiry, tell):
    assert tell(about=make_inquiry()).channel == "slip"


@pytest.mark.parametrize("phone", ["0755-81234567"])
def test_no_text_message_goes_to_a_landline(by_sms, make_inquiry, tell, phone):
    assert tell(about=make_inquiry(phone=phone, anonymous_label="")).channel == "slip"


@pytest.mark.rule("PRV-02", "N-09")
def test_who_took_back_the_yes_to_be_reached_is_told_in_person(by_sms, act, mei, case, tell):
    give_consent(act(mei), case.customer, purpose="marketing")  # a yes to offers is none to this
    withdraw_consent(act(mei), case.customer, purpose="service")

    assert tell().channel == "slip"


@pytest.mark.rule("N-09")
def test_taking_back_the_yes_to_offers_does_not_stop_what_a_case_needs(by_sms, act, mei, case, tell):
    give_consent(act(mei), case.customer, purpose="marketing")
    withdraw_consent(act(mei), case.customer, purpose="marketing")

    assert tell().channel == "sms"


# Once, and in sentences


def test_the_same_purpose_is_told_once_unless_it_says_which_time_it_is(tell):
    first = tell("progress")

    assert tell("progress", text="别的话").pk == first.pk
    assert tell("progress", dedup="2").pk != first.pk
    assert tell("accepted").pk != first.pk
    assert Event.objects.filter(kind="message.to_tell").count() == 3


def test_the_database_does_not_take_the_same_message_twice(tell):
    message = tell()
    again = Message.objects.get(pk=message.pk)
    again.pk, again.sent_as = None, "another"

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.parametrize(
    ("said", "field"),
    [({"subject": " "}, "subject"), ({"subject": "长" * 121}, "subject"), ({"subject": "a\x00b"}, "subject"),
     ({"text": "\n"}, "text"), ({"text": "长" * 2001}, "text")],
)  # fmt: skip
def test_what_cannot_be_sent_is_refused_with_the_part_at_fault(tell, said, field):
    with pytest.raises(Unusable) as refusal:
        tell(**said)

    assert refusal.value.field == field


def test_a_subject_of_several_lines_becomes_one(tell):
    assert tell(subject="处理\r\n进展").subject == "处理 进展"


def test_somebody_who_only_keeps_bags_does_not_write_to_customers(act, bagkeeper, case):
    with pytest.raises(NotAllowed):
        tell_customer(act(bagkeeper), case, purpose="progress", subject="处理进展", text="好了。")


# What is kept about it


@pytest.mark.rule("PRV-01")
def test_neither_the_event_nor_the_database_shows_the_words(by_sms, case, tell):
    message = tell(text="用这个链接查看：abc-secret-link")

    event = Event.objects.get(kind="message.queued", topic=case.number)
    assert "secret" not in str(event.details) + event.detail.details
    assert event.personal == {
        "subject": "处理进展",
        "to": "154****0001",
        "words": sha256("用这个链接查看：abc-secret-link".encode()).hexdigest(),
    }
    raw = Message.objects.filter(pk=message.pk).values_list("text", flat=True)[0]
    assert "secret" not in str(raw)
    assert fresh(message).text == "用这个链接查看：abc-secret-link"


def test_when_a_customer_is_forgotten_so_is_what_was_written_to_them(by_sms, act, boss, case, tell, send):
    sent = tell("accepted")
    send()
    waiting = tell("progress")
    withdraw(act(boss), case, reason="不用了")  # who still waits for an answer is not forgotten

    forget_words(forget(act(boss), case.customer))

    for message in (fresh(sent), fresh(waiting)):
        assert (message.subject, message.text, message.to_shown) == ("", "", "")
    assert (fresh(sent).state, fresh(waiting).state) == ("sent", "cancelled")
    assert all(event.personal is None for event in Event.objects.filter(kind__startswith="message."))


# The ten seconds, and taking back


def test_nothing_leaves_the_house_while_it_can_be_undone(by_sms, tell, send, now):
    tell()

    assert send(now + timedelta(seconds=9)) == 0
    assert send(now + timedelta(seconds=11)) == 1


def test_what_is_taken_back_in_time_is_never_sent(by_sms, act, mei, case, tell, send):
    message = tell()

    cancel(act(mei), message)
    send()

    assert by_sms.calls == []
    assert fresh(message).state == "cancelled"
    assert Event.objects.filter(kind="message.cancelled", topic=case.number).count() == 1


def test_what_has_gone_out_cannot_be_taken_back(by_sms, act, mei, tell, send):
    message = tell()
    send()

    with pytest.raises(OutOfTurn):
        cancel(act(mei), message)
    assert fresh(message).state == "sent"


def test_a_stranger_takes_nothing_back(act, lin, tell):
    with pytest.raises(NotAllowed):
        cancel(act(lin), tell())


def test_somebody_tells_it_and_says_so_once(act, mei, case, tell, now):
    message = tell()

    told(act(mei), message)

    assert (fresh(message).state, fresh(message).sent_at) == ("told", now)
    with pytest.raises(OutOfTurn):
        told(act(mei), message)
    assert Event.objects.filter(kind="message.told", topic=case.number).count() == 1


def test_what_a_gateway_will_bring_is_not_ticked_off_as_told(by_sms, act, mei, tell):
    with pytest.raises(OutOfTurn):
        told(act(mei), tell())


# Quiet hours


@pytest.mark.rule("FUP-04")
@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        (at(20, 59), at(20, 59) + timedelta(seconds=10)),
        (at(20, 59) + timedelta(seconds=55), at(9, day=24)),  # the undo time ends in the quiet hours
        (at(21), at(9, day=24)),
        (at(23, 30), at(9, day=24)),
        (at(8, 59), at(9)),
        (at(9), at(9) + timedelta(seconds=10)),
    ],
)
def test_at_night_nothing_is_sent(by_sms, tell, asked, goes):
    assert tell(at=asked).not_before == goes


@pytest.mark.rule("FUP-04")
@pytest.mark.parametrize(
    ("asked", "goes"), [(at(12, 30), at(14)), (at(14), at(14) + timedelta(seconds=10)), (at(22), at(9, day=24))]
)
def test_the_customers_own_quiet_hours_are_kept_as_well(by_sms, likes, case, tell, asked, goes):
    likes("sms", quiet_from=time(12), quiet_until=time(14))
    case.refresh_from_db()

    assert tell(at=asked).not_before == goes


def test_two_quiet_times_that_touch_are_one(by_sms, likes, case, tell):
    likes("sms", quiet_from=time(8), quiet_until=time(11, 30))
    case.refresh_from_db()

    assert tell(at=at(22)).not_before == at(11, 30, day=24)


def test_who_leaves_no_moment_of_the_day_is_told_in_person(by_sms, likes, case, tell):
    likes("sms", quiet_from=time(9), quiet_until=time(21))
    case.refresh_from_db()

    assert tell().channel == "slip"


def test_a_mall_may_set_other_quiet_hours(by_sms, act, boss, riverside, tell, now):
    set_policy(act(boss), riverside, key="survey.quiet_hours", value="09:30-10:30", reason="午前会议", from_at=now)

    assert tell(at=now).not_before == at(10, 30)


@pytest.mark.rule("FUP-04")
def test_what_an_outage_held_up_until_night_waits_for_the_morning(by_sms, tell, send):
    by_sms.mood = "down"
    message = tell(at=at(20, 50))
    send(at(20, 59))
    by_sms.mood = "well"

    assert send(at(21, 10)) == 0
    assert by_sms.calls == []
    assert send(at(9, day=24)) == 1
    assert fresh(message).attempts == 2


# Who says no meanwhile


@pytest.mark.rule("PRV-02")
def test_who_says_no_before_it_went_out_is_not_written_to(by_sms, case, tell, send):
    message = tell()
    Customer.objects.filter(pk=case.customer_id).update(state=Customer.State.BLOCKED)

    send()

    assert by_sms.calls == []
    assert fresh(message).state == "cancelled"


def test_when_the_gateway_is_taken_away_somebody_tells_it(by_sms, settings, tell, send):
    message = tell()
    settings.SISHENG_CHANNELS = {}

    send()

    assert (fresh(message).channel, fresh(message).state) == ("slip", "waiting")
    assert Event.objects.filter(kind="message.to_tell").count() == 1


def test_it_goes_to_where_the_customer_can_be_reached_now(by_sms, case, tell, send):
    tell()
    customer = Customer.objects.get(pk=case.customer_id)
    customer.set_phone("15400000002")
    customer.save(update_fields=["phone"])

    send()

    assert [call["to"] for call in by_sms.calls] == ["+8615400000002"]
    assert Message.objects.get().to_shown == "154****0002"


def test_the_moment_it_went_is_the_moment_it_is_said_to_have_gone(by_sms, tell, send, now):
    message = tell()

    send()

    assert fresh(message).sent_at == now + A_MOMENT
    assert fresh(message).provider_id == "sms-1"

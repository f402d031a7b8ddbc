"""Messages leave the house once, whatever happens on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.config.worker import Loop
from sisheng.ground.channels.sms import Sms
from sisheng.ground.events.models import Event
from sisheng.ground.jobs.models import Job
from sisheng.kit.messages import sending
from sisheng.kit.messages.checkup import do_messages_leave_the_house
from sisheng.kit.messages.models import Message, Notice
from sisheng.kit.messages.tests.conftest import A_MOMENT
from sisheng.mall.customers.actions import reach_by
from sisheng.mall.customers.models import Customer
from tests.fakes.mail import read


class Killed(BaseException):
    """As if the worker were no more."""


def states():
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def test_a_mail_arrives_in_chinese_under_a_name_that_a_repeat_would_have_too(by_mail, likes, case, tell, send):
    likes("mail", email="wang@example.com")
    case.refresh_from_db()
    message = tell(subject="𠮷先生，关于您的箱子", text="绿色款明天到店。\n请带上单号。")

    assert send() == 1

    headers, text = read(by_mail.letters[0].raw)
    assert by_mail.letters[0].to == ["wang@example.com"]
    assert headers["subject"] == "𠮷先生，关于您的箱子"
    assert text.split() == ["绿色款明天到店。", "请带上单号。"]
    assert headers["message-id"] == f"<{message.sent_as}@riverside.example>"
    assert states() == ["sent"]


def test_after_an_hour_without_the_service_each_message_arrives_once(by_sms, case, tell, send, now):
    by_sms.mood = "down"
    messages = [tell(f"purpose-{n}") for n in range(3)]
    for minute in range(0, 60, 5):
        assert send(now + A_MOMENT + timedelta(minutes=minute)) == 0
    by_sms.mood = "well"

    sent = [send(now + timedelta(minutes=minute)) for minute in range(60, 70)]

    assert sum(sent) == 3
    assert len(by_sms.calls) == 3
    assert set(by_sms.delivered) == {message.sent_as for message in messages}
    assert states() == ["sent"] * 3
    assert Event.objects.filter(kind="message.sent", topic=case.number).count() == 3


def test_a_door_that_does_not_open_is_knocked_at_by_one(by_sms, tell, send, monkeypatch):
    tried = []
    monkeypatch.setattr(Sms, "send", lambda self, message: tried.append(message.key) or _unreachable())
    for n in range(5):
        tell(f"purpose-{n}")

    send()
    send()  # the others wait as well

    assert len(tried) == 1
    assert states() == ["waiting"] * 5


def _unreachable():
    raise sending.Unreachable("503")


def test_one_message_that_is_stuck_holds_up_no_other(by_sms, tell, send, now, monkeypatch):
    stuck, other = tell("stuck"), tell("other", at=now + timedelta(seconds=20))
    really = Sms.send
    monkeypatch.setattr(
        Sms, "send", lambda self, message: _unreachable() if message.key == stuck.sent_as else really(self, message)
    )

    send(now + timedelta(seconds=12))
    send(now + timedelta(seconds=40))

    assert set(by_sms.delivered) == {other.sent_as}


def test_killed_after_the_service_had_said_yes_it_is_handed_over_again_and_arrives_once(
    by_sms, tell, send, now, monkeypatch
):
    message = tell()
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_mark_sent", _killed)
        with pytest.raises(Killed):
            send()
    assert states() == ["sending"]

    assert send(now + timedelta(minutes=4)) == 0  # it may still be at it
    assert send(now + timedelta(minutes=6)) == 1

    assert [call["idempotency_key"] for call in by_sms.calls] == [message.sent_as] * 2
    assert len(by_sms.delivered) == 1
    assert Event.objects.filter(kind="message.sent").count() == 1


def _killed(*_args):
    raise Killed


def test_an_answer_that_was_lost_on_its_way_does_not_make_two_of_one(by_sms, tell, send, now):
    tell()
    by_sms.mood = "mute"
    assert send() == 0
    by_sms.mood = "well"

    assert send(now + timedelta(minutes=1)) == 1

    assert len(by_sms.calls) == 2
    assert len(by_sms.delivered) == 1


def test_by_mail_a_repeat_after_a_crash_carries_the_same_message_id(by_mail, likes, case, tell, send, now, monkeypatch):
    likes("mail", email="wang@example.com")
    case.refresh_from_db()
    tell()
    with monkeypatch.context() as patch:
        patch.setattr(sending, "_mark_sent", _killed)
        with pytest.raises(Killed):
            send()

    send(now + timedelta(minutes=6))

    names = [read(letter.raw)[0]["message-id"] for letter in by_mail.letters]
    assert len(names) == 2  # SMTP has no way to know; docs/operations.md says so
    assert len(set(names)) == 1


def test_a_no_for_good_ends_it_and_whoever_works_on_it_hears_of_it(by_sms, case, mei, tell, send, now):
    by_sms.mood = "rejecting"
    message = tell()

    send()
    send(now + timedelta(hours=1))

    assert len(by_sms.calls) == 1
    assert states() == ["failed"]
    assert Event.objects.filter(kind="message.failed", topic=case.number).count() == 1
    assert [(notice.to, notice.case_id) for notice in Notice.objects.all()] == [(mei, case.pk)]
    assert Message.objects.get(pk=message.pk).can_be_told


def test_what_nobody_could_bring_in_three_days_is_given_up_and_told_in_person(by_sms, tell, send, now):
    by_sms.mood = "down"
    tell()

    for hour in range(0, 4 * 24, 6):
        send(now + timedelta(hours=hour, seconds=30))

    assert states() == ["failed"]
    assert Notice.objects.count() == 1


def test_the_reason_that_is_kept_does_not_quote_the_customer(by_sms, tell, send, monkeypatch):
    def quoting(self, message):
        raise sending.Rejected(f"no such number: {message.to}")

    monkeypatch.setattr(Sms, "send", quoting)
    tell()

    send()

    assert Message.objects.get().last_error == "no such number: 154****0001"


# The worker


def test_the_worker_sends_what_is_due(by_sms, tell, now):
    tell()
    at = [now]
    loop = Loop({"sisheng.kit.messages.sending.begin_round": "every 2 seconds"}, clock=lambda: at[0])
    loop.once()  # the timetable begins to count
    by_sms.clock = lambda: at[0].timestamp()
    at[0] = now + timedelta(seconds=15)

    loop.once()

    assert states() == ["sent"]
    assert len(by_sms.delivered) == 1


def test_where_nothing_is_due_no_job_is_made(by_sms, tell, now):
    tell()

    sending.begin_round(now)

    assert not Job.objects.exists()


def test_a_customer_of_the_demo_block_may_be_written_to(act, mei, mr_wang):
    customer = reach_by(act(mei), mr_wang, prefers="mail", email=" Wang＠EXAMPLE.com ")

    assert customer.email == "Wang@example.com"
    assert customer.masked_email == "W***@example.com"


def test_the_doctor_names_a_service_that_does_not_answer(by_sms, tell, send, now):
    by_sms.mood = "down"
    tell()
    send()

    (early,) = do_messages_leave_the_house(now + timedelta(minutes=5))
    (late,) = do_messages_leave_the_house(now + timedelta(minutes=20))

    assert (early.is_well, late.is_well) == (True, False)
    assert late.sentence == "1 messages wait for sms. Look at the service and its settings: 503 down"


def test_who_says_no_while_the_round_goes_on_is_not_written_to(by_sms, tell, send, monkeypatch):
    first, second = tell("first"), tell("second")
    really = Sms.send

    def while_the_first_is_sent(self, message):
        Customer.objects.filter(pk=second.customer_id).update(state=Customer.State.BLOCKED)
        return really(self, message)

    monkeypatch.setattr(Sms, "send", while_the_first_is_sent)

    send()

    assert set(by_sms.delivered) == {first.sent_as}

"""Two workers at the same moment, and a person who takes back what one of them is about to send."""

from __future__ import annotations

import pytest

from sisheng.ground.events.models import Event
from sisheng.ground.refusals import OutOfTurn
from sisheng.kit.messages.actions import cancel, tell_customer
from sisheng.kit.messages.models import Message
from sisheng.kit.messages.sending import send_due
from sisheng.kit.messages.tests.conftest import A_MOMENT
from tests.spine.conftest import together  # noqa: F401

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_two_workers_send_each_message_once(together, by_sms, tell, now):  # noqa: F811
    for n in range(4):
        tell(f"purpose-{n}")
    by_sms.clock = (now + A_MOMENT).timestamp

    sent = together(2, lambda _n: send_due(lambda: now + A_MOMENT))

    assert sum(sent) == 4
    assert len(by_sms.calls) == 4
    assert set(Message.objects.values_list("state", "attempts")) == {("sent", 1)}
    assert Event.objects.filter(kind="message.sent").count() == 4


def test_what_is_taken_back_at_that_moment_was_either_sent_or_not(together, by_sms, act, mei, tell, now):  # noqa: F811
    message = tell()
    by_sms.clock = (now + A_MOMENT).timestamp

    def one(n):
        return send_due(lambda: now + A_MOMENT) if n else cancel(act(mei), Message.objects.get(pk=message.pk))

    taken_back, sent = together(2, one)

    was_refused = isinstance(taken_back, OutOfTurn)
    assert was_refused is (sent == 1)
    assert len(by_sms.calls) == sent
    assert Message.objects.get().state == ("sent" if sent else "cancelled")


def test_the_same_asked_for_eight_times_at_once_is_one_message(together, by_sms, act, mei, case):  # noqa: F811
    def ask(_n):
        return tell_customer(act(mei), case, purpose="progress", subject="处理进展", text="好了。")

    messages = together(8, ask)

    assert len({message.pk for message in messages}) == 1
    assert Event.objects.filter(kind="message.queued").count() == 1

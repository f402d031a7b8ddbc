"""Short messages as the service on the other side sees them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.ground.channels import Outgoing, Rejected, Unreachable
from sisheng.ground.channels.sms import Sms
from sisheng.ground.channels.tests.conftest import KEY


@pytest.fixture
def sms(sms_service):
    return Sms(sms_service.url, KEY, timeout=2)


@pytest.fixture
def words(now):
    def words(key="k1", at=now, text="𠮷祥：您的箱子到了。"):
        return Outgoing(key=key, to="+8615400000001", subject="", text=text, language="zh", at=at)

    return words


def test_what_was_signed_is_what_arrives(sms, sms_service, words):
    assert sms.send(words()) == "sms-1"

    assert sms_service.delivered == {
        "k1": {"key": "k1", "to": "+8615400000001", "text": "𠮷祥：您的箱子到了。", "language": "zh"}
    }


def test_a_service_with_another_key_believes_nothing_and_it_is_not_the_fault_of_the_message(sms_service, words):
    with pytest.raises(Unreachable, match="401 wrong signature"):
        Sms(sms_service.url, KEY + "!", timeout=2).send(words())

    assert sms_service.calls == []


def test_what_was_signed_long_ago_is_not_believed(sms, sms_service, words, now):
    with pytest.raises(Unreachable, match="401 too old"):
        sms.send(words(at=now - timedelta(minutes=6)))


def test_each_attempt_is_signed_anew_under_the_same_key(sms, sms_service, words):
    sms.send(words())
    sms.send(words())

    assert [call["idempotency_key"] for call in sms_service.calls] == ["k1", "k1"]
    assert sms_service.refused == []  # a nonce that was used before would have been
    assert len(sms_service.delivered) == 1


@pytest.mark.parametrize(
    ("mood", "no"), [("down", Unreachable), ("busy", Unreachable), ("mute", Unreachable), ("rejecting", Rejected)]
)
def test_how_a_no_is_understood(sms, sms_service, words, mood, no):
    sms_service.mood = mood

    with pytest.raises(no):
        sms.send(words())

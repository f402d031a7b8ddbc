"""What the desk cannot answer goes up to somebody who is there (INQ-07)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.desk.contacts import actions
from sisheng.desk.contacts.models import STALE_PASSING_UP, Contact
from sisheng.desk.contacts.passing import pass_up
from sisheng.ground.events.models import Event
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import OutOfTurn
from sisheng.kit.messages.models import Notice
from tests.spine.conftest import together  # noqa: F401

SECOND = timedelta(seconds=1)


@pytest.fixture
def logged(act, mei, riverside, counter, now):
    def logged(outcome="escalated", agent=mei, **told):
        told = {"need": "5", "words": "积分少了", **told}
        return actions.log(act(agent, at=now), riverside, agent=agent, desk=counter, outcome=outcome, **told)

    return logged


def told_of(contact):
    """The people whom the event names."""
    return Event.objects.about(contact.mall_id, contact.topic).get(kind="contact.passed_up").details["to"]


@pytest.mark.rule("INQ-07")
def test_a_superior_who_is_there_is_told_once_it_can_no_longer_be_undone(logged, lead, counter, on_duty, now):
    on_duty(lead, counter)
    contact = logged()

    assert pass_up(now + 10 * SECOND) == 0
    assert pass_up(now + 11 * SECOND) == 1
    assert pass_up(now + 12 * SECOND) == 0
    run_reactions(now + 12 * SECOND)

    notice = Notice.objects.get()
    assert (notice.to, notice.seen_at) == (lead, None)
    assert notice.sentence == f"总服务台 passes a question up to you: {contact.number}"
    assert notice.get_absolute_url() == f"/riverside/desk/contacts/{contact.number}/"


@pytest.mark.rule("INQ-07")
def test_whoever_passes_it_up_is_not_asked_again_but_somebody_above(logged, lead, supervisor, counter, on_duty, now):
    on_duty(lead, counter)
    on_duty(supervisor, counter)
    contact = logged(agent=lead)

    pass_up(now + 11 * SECOND)

    assert told_of(contact) == [supervisor.actor_key]


@pytest.mark.parametrize("outcome", ["referred", "answered", "unanswered"])
def test_nothing_else_goes_up(logged, outcome, now):
    logged(outcome)

    assert pass_up(now + 11 * SECOND) == 0


def test_a_slip_of_the_finger_brings_nobody(act, mei, logged, now):
    actions.undo(act(mei, at=now + 10 * SECOND), logged())

    assert pass_up(now + 11 * SECOND) == 0


def test_what_a_superior_has_heard_of_is_not_undone_by_a_request_that_came_late(act, mei, logged, now):
    contact = logged()
    pass_up(now + 11 * SECOND)

    with pytest.raises(OutOfTurn, match="can no longer be undone"):
        actions.undo(act(mei, at=now + 10 * SECOND), contact)
    assert Contact.objects.get().undone_at is None


def test_what_lay_there_for_a_whole_shift_is_no_news(logged, now):
    logged()

    assert pass_up(now + STALE_PASSING_UP + SECOND) == 0


@pytest.mark.rule("INQ-07")
def test_the_record_says_to_whom_it_went(client, mei, logged, lead, counter, on_duty, now):
    on_duty(lead, counter)
    contact = logged()
    client.force_login(mei)
    client.cookies["language"] = "en"
    page = f"/riverside/desk/contacts/{contact.number}/"
    assert "Passed up to" not in client.get(page).content.decode()

    pass_up(now + 11 * SECOND)

    assert f"<dt>Passed up to</dt><dd>{lead.spoken_name} ·" in client.get(page).content.decode()


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_tells(logged, lead, together, now):  # noqa: F811
    contact = logged()

    assert sorted(together(2, lambda turn: pass_up(now + 11 * SECOND))) == [0, 1]
    assert Event.objects.about(contact.mall_id, contact.topic).filter(kind="contact.passed_up").count() == 1

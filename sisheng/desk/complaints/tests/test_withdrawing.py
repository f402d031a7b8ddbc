"""A complaint is withdrawn, and sometimes it was the wrong one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.desk.complaints import actions, kept
from sisheng.desk.complaints.figures import Span
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable

HOUR = timedelta(hours=1)


@pytest.fixture
def withdrawn(make_complaint, act, mei, now):
    complaint = make_complaint("proposing", at=now)
    return actions.withdraw(act(mei, at=now + HOUR), complaint, reason="顾客说算了")


def test_a_supervisor_takes_a_withdrawal_back_and_everything_is_owed_anew(withdrawn, act, supervisor, now):
    back = now + 5 * HOUR

    actions.resume(act(supervisor, at=back), withdrawn, reason="撤错了单，应是另一位顾客")

    withdrawn.refresh_from_db()
    assert (withdrawn.status, withdrawn.closed_at, withdrawn.outcome, withdrawn.no_reply_reason) == (
        "reopened", None, "", "",
    )  # fmt: skip
    due = dict(withdrawn.clocks.live().values_list("deadline", "due_at"))
    assert due == {
        "complaint.start": back + HOUR,
        "complaint.investigate": back + 24 * HOUR,
        "complaint.propose": back + 48 * HOUR,
        "complaint.final": back + 72 * HOUR,
        "complaint.wilful_delay": back + timedelta(days=15),
        "complaint.progress_update": back + 24 * HOUR,
    }
    told = withdrawn.timeline().get(kind="complaint.resume")
    assert (told.by, told.personal) == (supervisor.actor_key, {"reason": "撤错了单，应是另一位顾客"})


@pytest.mark.parametrize(("hours", "is_open"), [(24, True), (24.01, False)])
def test_a_day_later_it_is_too_late(withdrawn, act, supervisor, now, hours, is_open):
    later = act(supervisor, at=now + HOUR + hours * HOUR)

    if is_open:
        actions.resume(later, withdrawn, reason="撤错了单")
    else:
        with pytest.raises(OutOfTurn, match="could be taken back until"):
            actions.resume(later, withdrawn, reason="撤错了单")

    withdrawn.refresh_from_db()
    assert withdrawn.status == ("reopened" if is_open else "withdrawn")


def test_it_takes_a_supervisor_and_a_reason(withdrawn, act, lead, supervisor, now):
    with pytest.raises(NotAllowed):
        actions.resume(act(lead, at=now + 2 * HOUR), withdrawn, reason="撤错了单")
    withdrawn.refresh_from_db()
    with pytest.raises(Unusable):
        actions.resume(act(supervisor, at=now + 2 * HOUR), withdrawn, reason=" ")


def test_taken_back_it_counts_once_and_not_as_opened_again(withdrawn, act, boss, supervisor, riverside, now):
    """The first 72 hours were called off with the withdrawal; those that run since are owed."""
    actions.resume(act(supervisor, at=now + 2 * HOUR), withdrawn, reason="撤错了单")
    late = now + 100 * HOUR

    due = kept.in_time(kept.clocks_of(riverside, boss), Span(now - HOUR, late, late), riverside)

    assert (due["complaint.final"].due, due["complaint.final"].in_time) == (1, 0)
    withdrawn.refresh_from_db()
    assert withdrawn.reopen_count == 0


def test_what_was_offered_before_is_not_offered_any_more(make_complaint, play, act, mei, supervisor, now):
    complaint = make_complaint("awaiting_customer", at=now)
    actions.withdraw(act(mei, at=now + HOUR), complaint, reason="顾客说算了")

    actions.resume(act(supervisor, at=now + 2 * HOUR), complaint, reason="撤错了单")

    assert complaint.offer is None
    assert [offer.words for offer in complaint.offers] == ["退差价，送一张券。"]


def test_the_form_says_until_when_a_supervisor_can_take_it_back(make_complaint, client, mei):
    complaint = make_complaint("accepted", at=timezone.now())
    client.force_login(mei)
    client.cookies["language"] = "en"

    form = client.get(f"/riverside/desk/complaints/{complaint.number}/withdraw/").content.decode()

    assert "a supervisor can take it back until tomorrow" in form
    assert "cannot be opened again" not in form


@pytest.mark.parametrize(("hours_ago", "who", "is_offered"), [
    (2, "supervisor", True), (2, "lead", False), (25, "supervisor", False),
])  # fmt: skip
def test_a_supervisor_is_offered_it_for_a_day(make_complaint, client, act, request, mei, hours_ago, who, is_offered):
    ended = timezone.now() - hours_ago * HOUR
    complaint = make_complaint("accepted", at=ended)
    actions.withdraw(act(mei, at=ended), complaint, reason="顾客说算了")
    client.force_login(request.getfixturevalue(who))
    client.cookies["language"] = "en"

    page = client.get(f"/riverside/desk/complaints/{complaint.number}/").content.decode()

    assert ("Take the withdrawal back" in page) == is_offered

"""How grave a complaint is, when its facts are corrected after it was accepted."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sisheng.desk.complaints import actions
from sisheng.desk.complaints.editing import digests
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import OutOfTurn
from sisheng.kit.messages.models import Notice

# what it was taken down with, what is corrected, and how grave it is then: by hand from domain.md 3.4
CORRECTIONS = [
    ({"amount": Decimal(88)}, {"amount": Decimal(200)}, "S4", "S3"),
    ({"amount": Decimal(88)}, {"amount": Decimal(5000)}, "S4", "S2"),
    ({"amount": Decimal(88)}, {"flags": ["injury"]}, "S4", "S1"),
    ({"amount": Decimal(88)}, {"category": "food.foreign_body"}, "S4", "S1"),
    ({"amount": Decimal(88)}, {"flags": ["prepaid"]}, "S4", "S3"),
    ({"amount": Decimal(5000)}, {"amount": Decimal(500)}, "S2", "S3"),
    ({"flags": ["injury"]}, {"flags": []}, "S1", "S4"),
    ({"flags": ["injury"]}, {"flags": ["injury"], "amount": Decimal(9000)}, "S1", "S1"),
    ({"amount": Decimal(88)}, {"amount": Decimal(90)}, "S4", "S4"),
]


@pytest.fixture
def correct(act, mei):
    """Mei corrects facts, as they stand on her screen."""

    def correct(complaint, *, by=None, at=None, **changes):
        was = digests({name: getattr(complaint, name) for name in changes})
        return actions.edit(act(by or mei, at=at), complaint, changes=changes, was=was)

    return correct


def kinds(complaint):
    return [event.kind.removeprefix("complaint.") for event in complaint.timeline().order_by("pk")]


@pytest.mark.rule("CMP-23")
@pytest.mark.parametrize(("told", "changes", "before", "after"), CORRECTIONS)
def test_how_grave_it_is_follows_the_corrected_facts(receive, correct, told, changes, before, after):
    complaint = receive(**told)
    assert complaint.severity == before

    correct(complaint, **changes)

    assert Complaint.objects.get().severity == after
    rejudged = [event.details for event in complaint.timeline().filter(kind="complaint.rejudged")]
    assert [(one["before"], one["severity"]) for one in rejudged] == ([(before, after)] if before != after else [])


def test_the_story_says_which_fact_made_it_graver(receive, correct):
    complaint = receive()

    correct(complaint, amount=Decimal(300), category="price.overcharge")

    told = complaint.timeline().get(kind="complaint.rejudged")
    assert told.sentence() == "Severity S3 instead of S4, since this was corrected: category、amount in dispute"


def test_what_stands_elsewhere_does_not_judge_it_anew(receive, correct):
    complaint = receive(flags=["injury"])

    correct(complaint, account="标价 88，收了 98。")

    assert "rejudged" not in kinds(complaint)


@pytest.mark.rule("CMP-23")
def test_what_turns_out_to_be_grave_reaches_the_manager_at_once(receive, correct, boss, counter, on_duty, now):
    on_duty(boss, counter)
    complaint = receive()
    assert "raised" not in kinds(complaint)

    correct(complaint, flags=["child"])

    raised = complaint.timeline().get(kind="complaint.raised")
    assert (raised.details["severity"], raised.details["to"]) == ("S1", [boss.actor_key])


def test_graver_among_the_grave_is_raised_again_and_the_same_is_not(receive, correct):
    complaint = receive(amount=Decimal(6000))

    correct(complaint, amount=Decimal(7000))
    assert kinds(complaint).count("raised") == 1

    correct(complaint, flags=["injury"])
    assert kinds(complaint).count("raised") == 2


def test_the_manager_who_was_alarmed_hears_that_it_is_less_grave(receive, correct, boss, counter, on_duty, act):
    on_duty(boss, counter)
    complaint = receive(flags=["injury"])

    correct(complaint, flags=[])
    run_reactions(act(boss).at)

    assert complaint.timeline().get(kind="complaint.rejudged").details["to"] == [boss.actor_key]
    assert Notice.objects.filter(to=boss, kind="complaint.rejudged").count() == 1


def test_a_draft_is_judged_anew_and_raised_only_when_it_is_accepted(make_complaint, correct, act, mei):
    draft = make_complaint("draft")

    correct(draft, flags=["injury"])
    assert (draft.severity, "raised" in kinds(draft)) == ("S1", False)

    actions.accept(act(mei), draft)
    assert kinds(draft).count("raised") == 1


def test_what_is_over_is_not_judged_any_more(make_complaint, correct):
    complaint = make_complaint("archived")

    correct(complaint, flags=["injury"])

    assert (complaint.severity, "rejudged" in kinds(complaint)) == ("S4", False)


# On the spot


@pytest.mark.rule("CMP-06")
@pytest.mark.parametrize("changes", [{"flags": ["injury"]}, {"amount": Decimal(200)}, {"flags": ["prepaid"]}])
def test_what_is_no_small_matter_any_more_leaves_the_spot(make_complaint, correct, changes):
    complaint = make_complaint("on_spot")
    clock = complaint.clocks.live().get(deadline="complaint.onspot.time")

    correct(complaint, **changes)

    complaint.refresh_from_db()
    clock.refresh_from_db()
    assert (complaint.status, clock.cancelled_at is not None) == ("investigating", True)
    assert "fail" in kinds(complaint)


def test_what_is_still_small_stays_there(make_complaint, correct):
    complaint = make_complaint("on_spot")

    correct(complaint, amount=Decimal(199))

    assert Complaint.objects.get().status == "on_spot"


def test_judged_graver_by_a_lead_it_leaves_the_spot_too(make_complaint, act, lead):
    complaint = make_complaint("on_spot")

    actions.regrade(act(lead), complaint, severity="S3", reason="牵涉多人")

    assert Complaint.objects.get().status == "investigating"


def test_judged_simple_by_a_lead_it_leaves_the_spot_when_the_amount_becomes_too_much(
    make_complaint, correct, act, lead
):
    complaint = make_complaint("on_spot")
    correct(complaint, flags=["prepaid"])  # it leaves, and a lead finds it simple after all
    actions.regrade(act(lead), complaint, severity="S4", reason="小事一桩")
    same = make_complaint("on_spot", phone="15400000002")
    same.severity_reason = "小事一桩"
    same.save(update_fields=["severity_reason"])

    correct(same, amount=Decimal(300))

    same.refresh_from_db()
    assert same.status == "investigating"


def test_it_leaves_the_spot_though_somebody_moved_it_on_meanwhile(make_complaint, correct, act, boss):
    complaint = make_complaint("accepted")
    seen_before = Complaint.objects.get()
    actions.mediate(act(boss), complaint)

    correct(seen_before, flags=["injury"])

    assert Complaint.objects.get().status == "investigating"


def test_taken_apart_again_it_does_not_return_to_the_spot_if_it_has_grown_grave(
    make_complaint, receive, correct, act, boss
):
    complaint = make_complaint("on_spot")
    actions.merge(act(boss), complaint, into=receive(phone="15400000002"), reason="同一件事")

    correct(complaint, flags=["injury"])
    actions.unmerge(act(boss), complaint, reason="是两件事")

    complaint.refresh_from_db()
    assert (complaint.severity, complaint.status) == ("S1", "investigating")


# What a person judged

# the facts, what the lead made of them, the correction, and what it is then
BY_HAND = [
    ({"amount": Decimal(88)}, "S2", {"amount": Decimal(300)}, "S2"),  # graver facts, not graver than the lead's word
    ({"amount": Decimal(88)}, "S2", {"flags": ["injury"]}, "S1"),
    ({"amount": Decimal(6000)}, "S1", {"amount": Decimal(60)}, "S1"),  # nothing but a person lowers it
    ({"flags": ["injury"]}, "S3", {"flags": ["injury"], "amount": Decimal(90)}, "S3"),  # the lead knew of the scratch
    ({"flags": ["injury"]}, "S3", {"flags": ["child", "injury"]}, "S1"),  # of the child the lead did not know
    ({"flags": ["injury"]}, "S3", {"flags": []}, "S3"),
]


@pytest.mark.parametrize(("told", "judged", "changes", "after"), BY_HAND)
def test_what_a_lead_judged_is_raised_by_new_facts_and_lowered_by_none(
    receive, correct, act, lead, told, judged, changes, after
):
    complaint = receive(**told)
    actions.regrade(act(lead), complaint, severity=judged, reason="组长看过")

    correct(complaint, **changes)

    complaint.refresh_from_db()
    assert (complaint.severity, complaint.severity_reason) == (after, "组长看过")
    assert ("rejudged" in kinds(complaint)) == (after != judged)


def test_small_for_the_desk_it_cannot_be_settled_on_the_spot_once_it_is_grave(receive, correct, act, mei):
    complaint = receive()

    correct(complaint, flags=["injury"])

    with pytest.raises(OutOfTurn):
        actions.mediate(act(mei), complaint)

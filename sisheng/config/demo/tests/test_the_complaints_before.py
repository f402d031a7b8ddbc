"""The complaints of the demo mall: what was played, and what lies there on purpose. Fifteen days, to be quick."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from sisheng.cases.models import Alert, Clock
from sisheng.config.demo.history import planted
from sisheng.config.demo.history.inquiries import SLOW
from sisheng.config.demo.history.matters import SATURDAYS, Matters
from sisheng.config.demo.tests.conftest import SUNDAY_AFTERNOON, days_behind
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.contacts.models import Contact, Outcome
from sisheng.desk.followups.models import FollowUp, Survey
from sisheng.desk.improvements.models import Improvement
from sisheng.desk.quality.models import Review
from sisheng.ground.checkup import examinations
from sisheng.ground.events.models import Delivery, Event
from sisheng.ground.events.verifying import verify
from sisheng.kit.evidence.models import ShopStatement
from sisheng.kit.messages.models import Message, Notice
from sisheng.mall.staff.models import duty_manager
from sisheng.windows.board.complaints import final_in_time

DAYS, TYPHOON = 15, 12
NOW = SUNDAY_AFTERNOON
TODAY = NOW.date()

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def lately(django_db_setup, django_db_blocker):
    with days_behind(django_db_blocker, DAYS, typhoon=TYPHOON) as mall:
        yield mall


def _at_now(status):
    return Complaint.objects.filter(status=status)


def _late_now():
    late = Clock.objects.live().filter(due_at__lt=NOW, case__kind="complaint")
    return set(late.values_list("case__number", flat=True))


# --- every day ---


def test_three_people_complain_on_a_weekday_and_six_at_a_weekend(lately):
    per_day = Counter(Contact.objects.filter(outcome=Outcome.COMPLAINT).values_list("on", flat=True))

    for ago in range(DAYS, 8, -1):  # what stands open now began later
        on = TODAY - timedelta(days=ago)
        few, many = (0, 0) if ago == TYPHOON else (5, 7) if on.weekday() >= 5 else (3, 3)
        assert few <= per_day[on] <= many, on


def test_on_the_day_of_the_typhoon_nothing_at_all_happened(lately):
    on = TODAY - timedelta(days=TYPHOON)
    told = {event.at.astimezone(lately.zone).date() for event in Event.objects.filter(mall_id=lately.pk)}

    assert on - timedelta(days=1) in told
    assert on not in told


def test_every_complaint_came_in_by_a_reception_that_says_so(lately):
    came = Contact.objects.filter(outcome=Outcome.COMPLAINT).select_related("case")

    assert came.count() > 50
    for contact in came:
        first = Event.objects.about(lately.pk, contact.case.number).first()
        assert (first.kind, first.at, first.details["contact"]) == ("complaint.begin", contact.at, contact.number)


def test_numbers_follow_the_clock(lately):
    for kind in (Complaint, FollowUp):
        opened = list(kind.objects.order_by("pk").values_list("opened_at", flat=True))
        assert opened == sorted(opened)


def test_nothing_has_happened_later_than_now_nor_while_the_desk_was_shut(lately):
    assert Event.objects.latest("at").at <= NOW
    desk = lately.calendar("O", lately.desks.get(code="main"))
    for event in Event.objects.filter(kind__startswith="complaint.", by__startswith="staff:"):
        assert desk.is_open(event.at), event


def test_final_answers_are_mostly_in_time_and_not_always(lately):
    figure = final_in_time(lately, NOW)

    assert figure.due > 35
    assert 85 <= figure.share <= 98


def test_what_is_over_is_whole(lately):
    archived = Complaint.objects.filter(status="archived")

    assert archived.count() > 15
    for complaint in archived:
        assert all((complaint.cause, complaint.whys, complaint.finding, complaint.customer_words)), complaint
        assert complaint.retention_until.year == TODAY.year + 3


def test_the_words_are_not_those_of_one_story_told_again_and_again(lately):
    accounts = Counter(Complaint.objects.values_list("account", flat=True))

    assert len(accounts) > 0.6 * accounts.total()
    assert not any("{" in account for account in accounts)


# --- on purpose ---


def test_four_complaints_are_late_and_no_others(lately):
    late = Complaint.objects.filter(number__in=_late_now())

    assert sorted(late.values_list("status", flat=True)) == ["executing", "investigating", "proposing", "re_evaluating"]


def test_an_open_complaint_stands_in_every_stage(lately):
    there = Counter(Complaint.objects.filter(closed_at=None).values_list("status", flat=True))

    wanted = {"accepted", "on_spot", "investigating", "proposing", "approval", "awaiting_customer", "re_evaluating",
              "final_offered", "executing", "external", "follow_up"}  # fmt: skip
    assert wanted <= set(there), wanted - set(there)
    assert there["investigating"] >= 3
    assert there["re_evaluating"] == 2  # one late, one not


def test_a_shop_is_being_waited_for(lately):
    asked = ShopStatement.objects.filter(received_at=None, excused_at=None)

    assert asked.count() >= 3
    assert all(statement.case.status == "investigating" for statement in asked)


def test_the_slow_brand_says_late_what_others_say_in_time(lately):
    late = Clock.objects.filter(deadline="complaint.brand_statement", breached_at__isnull=False)

    assert set(late.values_list("case__shop__unit", flat=True)) == {SLOW}
    assert Clock.objects.filter(deadline="complaint.brand_statement", breached_at=None, met_at__isnull=False).exists()


def test_one_said_no_to_the_final_answer_and_an_authority_has_it_now(lately):
    [complaint] = [one for one in _at_now("external") if one.offer and one.offer.is_final]

    assert complaint.offer.answer == "refused"
    assert complaint.ways_told_at is not None
    assert complaint.external_cases.get().replied_at is None


def test_every_saturday_the_same_thing_goes_wrong_in_the_car_park(lately):
    cause = Matters().all[SATURDAYS].category
    days = Counter(one.opened_at.astimezone(lately.zone).date() for one in Complaint.objects.filter(category=cause))

    assert days == {TODAY - timedelta(days=1): 2, TODAY - timedelta(days=8): 2, TODAY - timedelta(days=15): 2}


def test_one_is_part_of_another_and_one_was_taken_back(lately):
    [merged] = _at_now("merged")

    assert merged.merged_into.status == "investigating"
    assert _at_now("withdrawn").filter(closed_at__gt=NOW - timedelta(hours=12)).exists()


def test_typical_cases_of_these_days_are_marked(lately):
    assert Complaint.objects.filter(is_typical=True, accepted_at__gt=NOW - timedelta(days=7)).count() >= 5


def test_everything_planted_is_there(lately):
    """None of them was left out because the days are few."""
    since = NOW - timedelta(days=10)
    for one in planted.PLANTED:
        told = Matters().all[one.matter]
        of_it = Complaint.objects.filter(category=told.category, opened_at__gt=since)
        assert (of_it.filter(shop__unit=one.unit) if one.unit else of_it).exists(), one


# --- afterwards ---


def test_calls_are_made_every_day_and_some_are_due_now(lately):
    made = Counter(call.closed_at.astimezone(lately.zone).date() for call in FollowUp.objects.exclude(closed_at=None))
    waiting = Clock.objects.live().filter(case__kind="followup", due_at__lt=NOW + timedelta(hours=24))

    assert waiting.count() >= 3
    assert not waiting.filter(due_at__lt=NOW)
    ordinary = [made[TODAY - timedelta(days=ago)] for ago in range(1, 8)]
    assert 8 <= sum(ordinary) / 7 <= 18


def test_questions_by_link_went_out_and_some_were_answered(lately):
    asked = Survey.objects.filter(sent_at__isnull=False)

    assert asked.count() > 15
    assert 0.1 <= asked.answered().count() / asked.count() <= 0.3
    assert not Survey.objects.to_send(NOW).exists()


def test_improvements_praise_and_suggestions_are_there(lately):
    assert {"proposed", "agreed", "doing", "dropped"} <= set(Improvement.objects.values_list("status", flat=True))
    assert Improvement.objects.filter(origin__kind="complaint").exists()


def test_the_work_of_the_last_days_was_drawn_and_today_is_half_checked(lately):
    reviews = Review.objects.filter(mall=lately)
    yesterday = lately.today(NOW) - timedelta(days=1)

    assert set(reviews.values_list("group", flat=True)) == {"phone", "complaint", "counter"}
    assert reviews.open().exists()
    assert reviews.filter(draw__on=yesterday).exclude(state="sampled").exists()
    assert reviews.filter(is_correct=False).exclude(note="").exists()
    assert reviews.filter(is_correct=True).count() > 20


# --- quiet ---


def test_alarms_reach_the_duty_manager_since_nobody_else_is_there_and_only_about_what_is_open(lately):
    ringing = Alert.objects.filter(cleared_at=None).select_related("clock", "to")

    assert ringing.exists()
    for alert in ringing:
        day = alert.at.astimezone(lately.zone).date()
        assert alert.to == duty_manager(lately, day)
        assert (alert.clock.met_at, alert.clock.cancelled_at) == (None, None)
    late = {alert.clock.case.number for alert in ringing if alert.stage >= Clock.Stage.BREACHED}
    assert _late_now() <= late


def test_the_worker_has_hardly_anything_to_do_at_first(lately):
    assert Clock.objects.to_ring(NOW).count() <= 5
    assert not Delivery.objects.filter(handled_at=None, event__at__lt=NOW - timedelta(minutes=30)).exists()
    assert not Delivery.objects.failing().exists()
    assert not Message.objects.due(NOW).exists()
    assert Message.objects.filter(state="waiting").count() < 20
    assert Notice.objects.unseen().count() < 40


def test_all_is_well(lately):
    asked = {"events.deliveries", "events.triggers", "messages"}
    for examination in examinations():
        if examination.name in asked:
            assert all(finding.is_well for finding in examination.findings(NOW)), examination.name
    assert list(verify()) == []

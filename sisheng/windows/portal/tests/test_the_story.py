"""What the customer is told of their case, and what they are not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from sisheng.cases.actions import add_note
from sisheng.config.portal import DEADLINES, NEXT, NEXT_BY_TURN, STEPS
from sisheng.desk.complaints.tests.conftest import make_complaint, play_complaint, receive, skincare  # noqa: F401
from sisheng.desk.followups.models import Survey
from sisheng.desk.inquiries.lifecycle import ANSWER_READY, CLOSED, NO_ANSWER_YET, OPEN
from sisheng.desk.inquiries.models import Inquiry
from sisheng.ground.lifecycle import Turn
from sisheng.windows.portal.progress import next_step, promises, steps


@pytest.fixture
def made_now(make_inquiry):
    return make_inquiry(at=timezone.now())


def test_the_story_is_told_in_our_customers_words_the_latest_first(make_inquiry):
    inquiry = make_inquiry(ANSWER_READY)

    assert [step.sentence for step in steps(inquiry)] == [
        "The answer is there. We will ring you.",
        "We have written down your question.",
    ]


@pytest.mark.parametrize("state", ["resolved", "follow_up"])
@pytest.mark.parametrize(("told", "is_asked"), [({}, True), ({"may_contact": False}, False)])
def test_only_who_is_going_to_be_asked_is_told_so(make_complaint, now, state, told, is_asked):  # noqa: F811
    said = next_step(make_complaint(state, **told), now + timedelta(minutes=5))

    assert ("we ask you" in said, "please tell us" in said) == (is_asked, not is_asked)


@pytest.mark.rule("SAT-02")
def test_who_said_that_they_do_not_want_to_be_asked_is_not_told_so(make_complaint, now):  # noqa: F811
    complaint = make_complaint("resolved")
    Survey.objects.create(mall=complaint.mall, case=complaint, number="WJ-1", send_at=now, state=Survey.State.OPTED_OUT)

    assert "please tell us" in next_step(complaint, now + timedelta(minutes=5))


@pytest.mark.rule("PRV-01")
def test_nothing_of_what_staff_say_to_one_another_is_told(look, make_inquiry, play, act, mei, boss, mr_wang):
    inquiry = make_inquiry(at=timezone.now(), customer=mr_wang)
    play(inquiry, "ask", at=timezone.now())
    play(inquiry, "reach", at=timezone.now(), who="秘密店长")
    add_note(act(mei, at=timezone.now()), inquiry, text="这位顾客已经来过三次")
    play(inquiry, "answer", at=timezone.now(), answer="只给店里看的答案")

    page = look(inquiry)

    assert "We have reached the shop or department." in page
    for word in ("秘密店长", "三次", "只给店里看", "王先生", "154", boss.name, boss.code, mei.name, "staff:", "墨水"):
        assert word not in page


def test_what_we_promised_stands_there_with_its_time(make_inquiry, now):
    inquiry = make_inquiry(promise_at=now + timedelta(hours=2))

    (promise,) = promises(inquiry, now)

    assert (promise.sentence, promise.is_late) == ("We will ring you by 12:00.", False)


def test_two_promises_that_read_alike_are_told_once(make_inquiry, now):
    inquiry = make_inquiry(promise_at=now + timedelta(hours=2))
    (clock,) = [clock for clock in inquiry.clocks.all() if clock.is_promise]
    clock.pk, clock.part = None, "2"
    clock.save()

    assert len(promises(inquiry, now)) == 1


def test_a_promise_that_was_broken_is_admitted(look, make_inquiry):
    inquiry = make_inquiry(at=timezone.now() - timedelta(hours=3), promise_at=timezone.now() - timedelta(hours=1))

    assert "Sorry, we are late with this." in look(inquiry)


def test_a_deadline_that_is_only_ours_is_not_told(make_inquiry, now):
    inquiry = make_inquiry()

    assert inquiry.clocks.live().filter(deadline="inquiry.brand_contact").exists()
    assert all("ring you by" in promise.sentence for promise in promises(inquiry, now))


def test_a_promise_nobody_has_worded_is_told_all_the_same(make_inquiry, now, monkeypatch):
    monkeypatch.setattr("sisheng.config.portal.DEADLINES", {})

    inquiry = make_inquiry(promise_at=now + timedelta(hours=2))

    assert [promise.sentence for promise in promises(inquiry, now)] == ["You will hear from us by 12:00."]


def test_what_is_kept_or_over_is_no_promise_any_more(make_inquiry, now):
    assert promises(make_inquiry(CLOSED), now) == []


# expectations by hand, apart from the table
@pytest.mark.parametrize(
    ("state", "said"),
    [
        (OPEN[0], "Next: it is our turn."),
        (OPEN[1], "Next: we wait for the shop or department, and keep asking."),
        (NO_ANSWER_YET, "Next: it is our turn."),
        (ANSWER_READY, "Next: we ring you with the answer."),
        (CLOSED, "This matter is finished. If something is not right, please tell us."),
    ],
)
def test_what_comes_next_is_always_said(make_inquiry, state, said, now):
    assert next_step(make_inquiry(state), now) == said


def test_whoever_has_the_turn_there_is_a_sentence():
    assert set(NEXT_BY_TURN) == set(Turn)


def test_a_kind_of_case_brings_what_its_customers_can_do(look, made_now, monkeypatch, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False, "OPTIONS": {
        **settings.TEMPLATES[0]["OPTIONS"],
        "loaders": [
            ("django.template.loaders.locmem.Loader", {"test/_portal.html": "<p>Hurry: {{ case.topic_name }}</p>"}),
            "django.template.loaders.app_directories.Loader",
        ],
    }}]  # fmt: skip
    monkeypatch.setattr(Inquiry, "portal_part", "test/_portal.html")
    Inquiry.objects.filter(pk=made_now.pk).update(topic_name="goods")

    assert "<p>Hurry: goods</p>" in look(made_now)


def test_customers_are_spoken_to_politely_and_without_promises_nobody_can_keep():
    told = [*STEPS.values(), *DEADLINES.values(), *NEXT.values(), *NEXT_BY_TURN.values()]
    with translation.override("zh-hans"):
        said = "".join(map(str, told))

    assert not {"你", "！", "绝不", "一定", "失败"} & {*said, "绝不" * ("绝不" in said), "一定" * ("一定" in said)}

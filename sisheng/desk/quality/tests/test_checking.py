"""What was drawn is checked by somebody who did not do it, and read by whoever did."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from conftest import _hire
from sisheng.desk.quality import actions
from sisheng.desk.quality.figures import Share, days, right_answers, together
from sisheng.desk.quality.models import Draw, Review
from sisheng.ground.events.models import Event
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.privacy.actions import forget
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.kit.messages.models import Notice

PAGE = "/riverside/desk/quality/"


@pytest.fixture
def qa(riverside):
    """Whoever checks, and serves nobody."""
    return _hire("1060", "质检员", riverside, "qa")


# Checking


@pytest.mark.rule("INQ-05", "QAS-03")
def test_a_wrong_answer_is_written_down_with_what_to_learn_and_its_agent_hears_of_it(sample, act, qa, mei, now):
    review = actions.review(act(qa), sample(), correct=False, note="会员日是周三，不是周四。")

    assert (review.state, review.reviewer, review.is_correct, review.reviewed_at) == ("reviewed", qa, False, now)
    run_reactions(now + timedelta(seconds=5))
    (notice,) = Notice.objects.all()
    assert (notice.to, notice.sentence) == (mei, f"Your {review.record} was checked")
    assert notice.get_absolute_url() == PAGE


def test_nobody_is_called_to_the_page_where_nothing_is_to_be_learnt(sample, act, qa, now):
    actions.review(act(qa), sample(), correct=True)
    run_reactions(now + timedelta(seconds=5))

    assert not Notice.objects.exists()


def test_the_note_is_in_no_event_and_in_no_notice(sample, act, qa, now):
    actions.review(act(qa), sample(), correct=False, note="会员日是周三")
    run_reactions(now + timedelta(seconds=5))

    told = [*Event.objects.values_list("details", flat=True), *Notice.objects.values_list("details", flat=True)]
    assert "会员日" not in str(told)


@pytest.mark.rule("QAS-03")
def test_nobody_checks_their_own_work(sample, act, supervisor, riverside):
    own = sample(agent=supervisor)

    with pytest.raises(NotAllowed, match="own work"):
        actions.review(act(supervisor), own, correct=True)


@pytest.mark.rule("QAS-03")
def test_nor_does_whoever_worked_on_the_complaint_afterwards(make_complaint, act, boss, supervisor, drawn, now):
    complaint = make_complaint(by=supervisor, at=now - timedelta(hours=20))
    complaint.handler = boss
    complaint.save(update_fields=["handler"])
    drawn()
    review = Review.objects.select_related("mall").get(record=complaint.number)

    with pytest.raises(NotAllowed, match="own work"):
        actions.review(act(boss), review)


def test_nor_whom_the_complaint_is_about_and_they_do_not_see_that_it_was_drawn(
    make_complaint, act, qa, drawn, client, now
):
    complaint = make_complaint(at=now - timedelta(hours=20))
    complaint.about_staff = qa
    complaint.save(update_fields=["about_staff"])
    drawn()

    with pytest.raises(NotAllowed):
        actions.review(act(qa), Review.objects.select_related("mall").get(record=complaint.number))
    client.force_login(qa)
    assert complaint.number not in client.get(PAGE).text


@pytest.mark.rule("QAS-03")
def test_whoever_serves_at_the_desk_checks_nothing(sample, act, ping, lead, lin, qa):
    review = sample()

    for who in (ping, lead, lin):
        with pytest.raises(NotAllowed):
            actions.review(act(who), review, correct=True)


@pytest.mark.rule("INQ-05")
def test_where_an_answer_was_given_it_is_judged_and_only_there(sample, act, qa):
    with pytest.raises(Unusable, match="right"):
        actions.review(act(qa), sample())


def test_where_no_answer_was_given_none_is_judged(sample, act, qa):
    review = sample(outcome="left")

    with pytest.raises(Unusable, match="No answer"):
        actions.review(act(qa), review, correct=True)
    assert actions.review(act(qa), review).is_correct is None


@pytest.mark.parametrize("judged", [{"correct": False}, {"correct": True, "critical": True}])
def test_a_mistake_is_not_written_down_without_a_word_about_it(sample, act, qa, judged):
    with pytest.raises(Unusable, match="went wrong"):
        actions.review(act(qa), sample(), note=" ", **judged)


def test_it_is_checked_once(sample, act, qa, boss):
    review = sample()
    as_the_boss_sees_it = Review.objects.select_related("mall").get(pk=review.pk)
    actions.review(act(qa), review, correct=True)

    for seen in (review, as_the_boss_sees_it):
        with pytest.raises(OutOfTurn):
            actions.review(act(boss), seen, correct=False, note="？")

    review.refresh_from_db()
    assert (review.reviewer, review.is_correct) == (qa, True)


# Reading


def test_whose_work_it_is_says_that_they_have_read_it_and_nobody_else(sample, act, qa, mei, ping, now):
    review = actions.review(act(qa), sample(), correct=True)

    for who in (ping, qa):
        with pytest.raises(NotAllowed):
            actions.see(act(who), review)
    actions.see(act(mei), review)
    assert (review.state, review.seen_at) == ("seen", now)
    with pytest.raises(OutOfTurn):
        actions.see(act(mei), review)


def test_what_nobody_has_checked_cannot_be_read(sample, act, mei):
    with pytest.raises(OutOfTurn):
        actions.see(act(mei), sample())


# What must be true


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "reviewed"},  # by nobody
        {"is_correct": True},  # before it was checked
        {"note": "！"},
        {"state": "reviewed", "reviewer": "qa", "reviewed_at": "now"},  # without judging the answer
        {"state": "reviewed", "reviewer": "mei", "reviewed_at": "now", "is_correct": True},  # her own
        {"state": "seen", "reviewer": "qa", "reviewed_at": "now", "is_correct": True},  # at no time
        {"state": "seen", "reviewer": "qa", "reviewed_at": "now", "is_correct": True, "seen_at": "now", "agent": None},
        {"has_answer": False, "state": "reviewed", "reviewer": "qa", "reviewed_at": "now", "is_correct": True},
    ],
)
def test_the_database_knows_what_cannot_be(sample, qa, mei, now, wrong):
    people = {"qa": qa, "mei": mei, "now": now}
    review = sample()

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(**{name: people.get(told, told) for name, told in wrong.items()})


def test_a_record_is_drawn_once_and_a_day_too(sample, riverside, yesterday, now):
    review = sample()

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(draw=review.draw, mall=riverside, record=review.record, group="phone")
    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.create(mall=riverside, on=yesterday, drawn_at=now)


@pytest.mark.rule("PRV-01")
def test_when_a_customer_is_forgotten_the_note_about_their_call_goes_too(sample, act, qa, boss, mr_wang, now):
    review = actions.review(act(qa), sample(customer=mr_wang), correct=False, note="王先生问的是周三。")

    forget(act(boss), mr_wang)
    run_reactions(now + timedelta(seconds=5))

    review.refresh_from_db()
    assert (review.note, review.is_correct) == ("", False)


# Figures


@pytest.mark.rule("KPI-39", "KPI-04")
def test_how_much_was_checked_and_how_many_answers_were_right(take, drawn, act, qa, riverside, yesterday):
    take(23, "phone")
    take(4, "counter", outcome="left")
    drawn()
    for turn, review in enumerate(Review.objects.select_related("mall").filter(group="phone")[:4]):
        actions.review(act(qa), review, correct=turn != 2, note="下次先查" if turn == 2 else "")
    actions.review(act(qa), Review.objects.select_related("mall").filter(group="counter").first())

    (day,) = days(riverside, yesterday)

    assert [(label, share.hits, share.n) for label, share in day.groups] == [
        ("telephone", 5, 23), ("complaint", 0, 0), ("counter", 4, 4),
    ]  # fmt: skip
    assert (day.checked, day.checked.percent) == (Share(5, 9), 55)
    assert day.right == right_answers(Review.objects.all()) == Share(3, 4)
    assert together([day.right, Share(5, 6)]) == Share(8, 10)


def test_a_share_is_never_made_to_look_better_and_of_nothing_there_is_none():
    assert Share(97, 99).percent == 97
    assert Share(999, 1000).percent == 99
    assert Share(0, 0).percent is None


# The page


def test_an_agent_reads_what_was_said_of_their_own_work_and_of_nobody_elses(take, drawn, act, qa, mei, ping, client):
    client.cookies["language"] = "en"
    hers, his, unchecked = take(1), take(1, agent=ping), take(8)
    take(30)
    drawn()
    lot = Review.objects.first().draw
    Review.objects.all().delete()
    for contact in (*hers, *his, *unchecked):
        Review.objects.create(draw=lot, mall=contact.mall, record=contact.number, group="phone",
                              agent=contact.agent, has_answer=True)  # fmt: skip
    for contact, note in ((hers[0], "会员日是周三"), (his[0], "先问楼层")):
        review = Review.objects.select_related("mall").get(record=contact.number)
        actions.review(act(qa), review, correct=False, note=note)
    client.force_login(mei)

    page = client.get(PAGE).text

    assert "会员日是周三" in page
    assert "0 of 1 answers right" in page
    assert "先问楼层" not in page
    assert unchecked[0].number not in page
    assert "/check/" not in page
    assert client.post(f"{PAGE}{his[0].number}/seen/").status_code == 404
    client.post(f"{PAGE}{hers[0].number}/seen/")
    assert Review.objects.get(record=hers[0].number).state == "seen"


def test_whoever_checks_sees_what_was_asked_and_never_who_asked(sample, qa, client, mr_wang):
    client.cookies["language"] = "en"
    review = sample(
        words="会员日是周几", answer_title="会员日", seconds=14, customer=mr_wang, caller="王先生", reach="x@y"
    )
    client.force_login(qa)

    page = client.get(PAGE).text

    for words in (review.record, "Membership and points", "会员日是周几", "14 s", "小梅", "1 of 1"):
        assert words in page
    for words in ("王先生", "x@y", f"/contacts/{review.record}/"):  # who checks may not open the log
        assert words not in page


def test_on_the_page_a_mistake_without_a_word_comes_back_and_then_it_is_checked(sample, qa, client):
    client.cookies["language"] = "en"
    review = sample()
    client.force_login(qa)
    address = f"{PAGE}{review.record}/check/"

    for told in ({}, {"correct": "no"}, {"correct": "perhaps"}):
        answer = client.post(address, told)
        assert (answer.status_code, "fault" in answer.text) == (422, True)
    assert client.post(address, {"correct": "no", "note": "周三"}).status_code == 302
    page = client.get(PAGE).text
    assert "answer wrong" in page
    assert "Nothing is waiting" in page
    assert client.post(address, {"correct": "yes"}).status_code == 409


def test_a_supervisor_is_not_offered_the_form_about_their_own_work(sample, supervisor, client):
    client.cookies["language"] = "en"
    review = sample(agent=supervisor)
    client.force_login(supervisor)

    page = client.get(PAGE).text

    assert review.record in page
    assert f"{review.record}/check/" not in page
    assert "a colleague checks it" in page
    assert f"/contacts/{review.record}/" in page

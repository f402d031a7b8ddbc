"""Both gates of the induction are kept, and nobody stands at a desk alone before them (CTR-05, STF-03)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from sisheng.desk.training import actions
from sisheng.desk.training.models import Exam, Induction, Lesson
from sisheng.desk.training.progress import progress_of
from sisheng.ground.policies.actions import set_policy
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable
from sisheng.mall.directory.models import Desk, Mall
from sisheng.mall.staff import actions as staff_actions
from sisheng.mall.staff.models import Post, Staff

FIRST = date(2026, 11, 9)
PAGE = "/riverside/desk/training/"


@pytest.fixture
def new(act, supervisor, riverside, mei):
    """Mei's induction began two weeks ago."""
    induction = actions.begin(act(supervisor), riverside, person=mei, on=FIRST)
    mei.refresh_from_db()
    return induction


@pytest.fixture
def learn(act, supervisor, new):
    """Some days of lessons, one after another from the first day on."""

    def learn(days, hours, form="classroom", *, after=0):
        for day in range(days):
            on = FIRST + timedelta(days=after + day)
            told = {"form": form, "topic": "process", "hours": Decimal(str(hours))}
            actions.note_lesson(act(supervisor), new, on=on, **told)

    return learn


@pytest.fixture
def examine(act, supervisor, new):
    return lambda score: actions.examine(act(supervisor), new, on=date(2026, 11, 23), score=score)


@pytest.fixture
def either(act, boss, riverside, now):
    set_policy(act(boss), riverside, "training.induction_gate", "either", reason="试行", from_at=now)


# The gates


@pytest.mark.rule("CTR-05", "TRN-02")
@pytest.mark.parametrize(
    ("in_class", "beside", "score", "missing"),
    [
        ((3, 8), (6, 8), 80, ""),
        ((3, 8), (6, 8), 79, "an exam with 80 points or more"),
        ((3, 8), (6, 8), None, "an exam with 80 points or more"),
        ((3, 8), (5, 9.5), 80, "hours: 0.5 more"),
        ((2, 12), (6, 8), 80, "days in class: 1 more"),
        ((3, 8), (0, 0), 80, "hours: 48 more"),
        ((0, 0), (9, 8), 80, "days in class: 3 more"),
        ((0, 0), (0, 0), None, "days in class: 3 more, hours: 72 more, an exam with 80 points or more"),
    ],
)
def test_three_days_in_class_and_72_hours_in_all_and_the_exam(
    act, supervisor, new, learn, examine, now, in_class, beside, score, missing
):
    learn(*in_class)
    learn(*beside, "shadowing", after=3)
    if score is not None:
        examine(score)

    assert progress_of(new, now).missing == missing
    if missing:
        with pytest.raises(OutOfTurn, match="Still to do"):
            actions.let_pass(act(supervisor), new)
        assert Staff.objects.get(pk=new.person_id).in_training
    else:
        actions.let_pass(act(supervisor), new)
        assert not Staff.objects.get(pk=new.person_id).in_training


@pytest.mark.rule("CTR-05")
@pytest.mark.parametrize(
    ("in_class", "online", "score", "may"),
    [
        ((3, 8), (0, 0), 80, True),
        ((0, 0), (9, 8), 80, True),
        ((2, 8), (2, 8), 100, False),
        ((3, 8), (6, 8), 79, False),
    ],
)
def test_a_mall_may_say_that_either_gate_is_enough_but_never_without_the_exam(
    new, learn, examine, either, now, in_class, online, score, may
):
    learn(*in_class)
    learn(*online, "online", after=3)
    examine(score)

    assert progress_of(new, now).is_complete is may
    assert (progress_of(new, now).missing == "") is may


def test_half_an_hour_in_class_is_no_day_of_it_and_two_halves_are(learn, new, now):
    learn(3, 3.5)
    assert progress_of(new, now).days == 0

    learn(1, 0.5)
    assert progress_of(new, now).days == 1


def test_the_best_exam_counts_and_what_was_struck_out_does_not(act, supervisor, new, learn, examine, now):
    learn(1, 8)
    for score in (85, 60):
        examine(score)
    assert (progress_of(new, now).hours, progress_of(new, now).score) == (8, 85)

    for noted in (Lesson.objects.get(), Exam.objects.get(score=85)):
        actions.strike(act(supervisor), noted)
        with pytest.raises(OutOfTurn):
            actions.strike(act(supervisor), noted)
    assert (progress_of(new, now).hours, progress_of(new, now).score) == (0, 60)


# What is refused


@pytest.mark.parametrize(
    "wrong",
    [
        {"hours": Decimal("12.5")},
        {"hours": Decimal(0)},
        {"form": "dreaming"},
        {"topic": "weather"},
        {"on": FIRST - timedelta(days=1)},
        {"on": date(2026, 11, 24)},
    ],
)
def test_a_lesson_that_cannot_have_been_is_refused(act, supervisor, new, wrong):
    told = {"on": FIRST, "form": "classroom", "topic": "process", "hours": Decimal(8)} | wrong

    with pytest.raises(Unusable):
        actions.note_lesson(act(supervisor), new, **told)
    assert not Lesson.objects.exists()


def test_a_day_holds_twelve_hours_of_training_however_they_are_noted(learn, new):
    learn(1, 8)
    with pytest.raises(Unusable):
        learn(1, 4.5, "online")
    learn(1, 4, "online")


@pytest.mark.parametrize("score", [-1, 101])
def test_points_are_of_a_hundred(examine, score):
    with pytest.raises(Unusable):
        examine(score)


def test_nobody_trains_themselves_nor_somebody_of_another_mall(act, supervisor, boss, riverside, lin, mei, lead, new):
    with pytest.raises(Unusable):
        actions.begin(act(supervisor), riverside, person=supervisor, on=FIRST)
    with pytest.raises(Unusable):
        actions.begin(act(supervisor), riverside, person=lin, on=FIRST)
    with pytest.raises(OutOfTurn):
        actions.begin(act(boss), riverside, person=mei, on=FIRST)
    for who in (mei, lead, lin):
        with pytest.raises(NotAllowed):
            actions.let_pass(act(who), new)


def test_a_trainer_who_is_new_themselves_does_not_judge_their_own(act, boss, supervisor, riverside):
    own = actions.begin(act(boss), riverside, person=supervisor, on=FIRST)

    for do in (
        lambda: actions.note_lesson(act(supervisor), own, on=FIRST, form="online", topic="process", hours=Decimal(1)),
        lambda: actions.examine(act(supervisor), own, on=FIRST, score=100),
        lambda: actions.let_pass(act(supervisor), own),
    ):
        with pytest.raises(NotAllowed):
            do()


def test_what_is_over_is_not_gone_on_with_and_may_begin_again(act, supervisor, riverside, mei, new, learn, examine):
    learn(9, 8)
    examine(90)
    actions.let_pass(act(supervisor), new)

    with pytest.raises(OutOfTurn):
        examine(95)
    with pytest.raises(OutOfTurn):
        actions.let_pass(act(supervisor), new)
    assert actions.begin(act(supervisor), riverside, person=mei, on=FIRST).pk != new.pk


def test_the_database_keeps_one_induction_of_a_person_and_points_within_a_hundred(new, examine):
    exam = examine(90)

    with pytest.raises(IntegrityError), transaction.atomic():
        Induction.objects.create(mall=new.mall, person=new.person, begun_on=FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exam.objects.filter(pk=exam.pk).update(score=101)


# At the desk


@pytest.mark.rule("STF-03")
def test_until_it_is_passed_they_come_only_to_a_colleague(
    act, supervisor, riverside, mei, ping, counter, on_duty, new, learn, examine
):
    with pytest.raises(OutOfTurn, match="You are in induction"):
        on_duty(mei, counter)
    on_duty(ping, counter)
    on_duty(mei, counter)
    staff_actions.check_out(act(mei), riverside, person=mei)
    staff_actions.check_out(act(ping), riverside, person=ping)

    learn(9, 8)
    examine(80)
    actions.let_pass(act(supervisor), new)
    mei.refresh_from_db()

    assert on_duty(mei, counter).desk == counter


@pytest.mark.rule("STF-03")
def test_two_who_are_new_do_not_help_each_other_and_a_colleague_at_another_desk_helps_nobody(
    act, supervisor, riverside, mei, ping, lead, counter, on_duty, new
):
    side = Desk.objects.create(mall=riverside, code="B", name="西门服务台", hours=riverside.hours)
    on_duty(ping, counter)
    actions.begin(act(supervisor), riverside, person=ping, on=FIRST)
    on_duty(lead, side)

    with pytest.raises(OutOfTurn):
        on_duty(mei, counter)


def test_in_a_mall_for_practice_nobody_has_to_stand_beside_them(mei, riverside, on_duty, new):
    practice = Mall.objects.create(slug="practice", name="练习", name_en="Practice", shadow_of=riverside)
    Post.objects.create(mall=practice, staff=mei, role="agent")
    desk = Desk.objects.create(mall=practice, code="A", name="练习台", capabilities=["contacts"])
    mei = Staff.objects.get(pk=mei.pk)

    assert on_duty(mei, desk).desk == desk


# The pages


def test_a_trainer_sees_everybody_and_the_new_colleague_only_themselves(client, mei, ping, supervisor, learn, examine):
    learn(2, 8)
    examine(70)
    client.cookies["language"] = "en"

    client.force_login(supervisor)
    assert "days in class: 1 more, hours: 56 more, an exam with 80 points or more" in client.get(PAGE).text
    client.force_login(mei)
    own = client.get(PAGE).text
    assert "How far I am" in own
    assert "2 / 3" in own
    assert "Begin an induction" not in own
    client.force_login(ping)
    assert "You are not in induction" in client.get(PAGE).text


def test_from_the_first_day_to_the_last_by_the_pages(client, riverside, mei, supervisor, now, monkeypatch):
    client.force_login(supervisor)
    client.cookies["language"] = "en"
    client.post(f"{PAGE}begin/", {"person": mei.pk, "on": "2026-11-09"})
    new = Induction.objects.get()
    page = f"{PAGE}{new.pk}/"
    assert "May stand at a desk alone" not in client.get(page).text

    for day in range(9, 18):
        told = {"on": f"2026-11-{day:02}", "form": "classroom", "topic": "etiquette", "hours": "8"}
        assert client.post(f"{page}lesson/", told).status_code == 302
    assert client.post(f"{page}exam/", {"on": "2026-11-18", "score": "88"}).status_code == 302
    assert "May stand at a desk alone" in client.get(page).text
    assert client.post(f"{page}pass/").status_code == 302

    new.refresh_from_db()
    assert (new.passed_by, Staff.objects.get(pk=mei.pk).in_training) == (supervisor, False)


def test_a_wrong_lesson_is_told_in_its_form(client, supervisor, new):
    client.force_login(supervisor)
    client.cookies["language"] = "en"
    told = {"on": "2026-11-01", "form": "classroom", "topic": "etiquette", "hours": "8"}

    answer = client.post(f"{PAGE}{new.pk}/lesson/", told)

    assert answer.status_code == 422
    assert "The day must lie between the first day of the induction and today." in answer.text

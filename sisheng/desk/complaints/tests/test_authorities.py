"""An authority takes part."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from conftest import SHANGHAI
from sisheng.desk.complaints import actions
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Unusable

HOUR = timedelta(hours=1)
OURS = {  # what we owe from the moment on which a matter is ours
    "complaint.investigate": 24 * HOUR, "complaint.propose": 48 * HOUR, "complaint.final": 72 * HOUR,
    "complaint.wilful_delay": timedelta(days=15),
}  # fmt: skip


@pytest.mark.rule("N-50")
def test_the_date_on_the_order_wins(receive, act, mei, now):
    complaint = receive()
    due = now + timedelta(days=1, hours=3)

    actions.register_external(
        act(mei), complaint, authority="12345", received_on=now.date(), reference="GD-1", reply_due_at=due
    )

    file = complaint.external_cases.get()
    clock = complaint.clocks.live().get(deadline="complaint.external.reply_12345", part=file.part)
    assert (file.reply_due_at, clock.due_at) == (due, due)


@pytest.mark.rule("N-13", "N-48", "N-49")
@pytest.mark.parametrize(("authority", "over"), [("12315", (12, 1)), ("12345", (11, 27))])
def test_without_a_date_our_own_working_days_count(receive, act, mei, authority, over):
    """Received on Monday the 23rd: three working days are over when Friday begins, five when Tuesday does."""
    complaint = receive()

    actions.register_external(
        act(mei), complaint, authority=authority, received_on=date(2026, 11, 23), reference="GD-1"
    )

    assert complaint.external_cases.get().reply_due_at == datetime(2026, *over, tzinfo=SHANGHAI)


def test_a_court_says_by_when(receive, act, mei, now):
    with pytest.raises(Unusable):
        actions.register_external(act(mei), receive(), authority="court", received_on=now.date())


@pytest.mark.rule("CTR-03", "N-48")
def test_while_an_authority_decides_our_hours_rest_and_the_line_of_the_law_does_not(receive, act, lead, now):
    complaint = receive()
    actions.investigate(act(lead), complaint)
    later = now + timedelta(hours=4)
    actions.go_external(act(lead, at=later), complaint, authority="12315", received_on=now.date(), reference="GD-1")

    resting = {c.deadline for c in complaint.clocks.live() if c.due_at is None}
    assert {"complaint.investigate", "complaint.propose", "complaint.final"} <= resting
    assert complaint.clocks.live().get(deadline="complaint.wilful_delay").due_at == now + timedelta(days=15)

    back = now + timedelta(days=6)
    actions.hear_back(act(lead, at=back), complaint, words="退回商场处理")
    assert complaint.clocks.live().get(deadline="complaint.final").due_at == back + timedelta(hours=68)


def test_a_month_with_an_authority_makes_nothing_soon_that_has_most_of_its_time_left(make_complaint, act, boss, now):
    """70 of 72 hours are left: the last quarter begins 18 hours before the end, the last tenth 7.2 hours before."""
    complaint = make_complaint("investigating", at=now)
    left, back = now + timedelta(hours=2), now + timedelta(days=30)
    actions.go_external(act(boss, at=left), complaint, authority="12315", received_on=complaint.mall.today(left))

    actions.hear_back(act(boss, at=back), complaint, words="退回商场处理")

    final = complaint.clocks.live().get(deadline="complaint.final")
    assert final.state(back) == "ok"
    assert final.next_ring_at == final.soon_at == final.due_at - timedelta(hours=18)
    assert final.now_at == final.due_at - timedelta(hours=7, minutes=12)


@pytest.mark.rule("CMP-09", "CMP-11")
def test_what_comes_back_after_our_final_answer_is_owed_anew(make_complaint, play, riverside, now):
    complaint = make_complaint("unresolved", at=now)
    play(complaint, "go_external", at=now + HOUR, authority="12315", received_on=riverside.today(now))
    assert not complaint.clocks.live().filter(deadline__in=OURS).exists()
    back = now + timedelta(days=6)

    play(complaint, "hear_back", at=back)

    due = dict(complaint.clocks.live().filter(deadline__in=OURS).values_list("deadline", "due_at"))
    assert due == {name: back + hours for name, hours in OURS.items()}
    assert complaint.clocks.filter(deadline="complaint.final").count() == 2  # the first answer stays answered


def test_what_was_found_before_they_came_is_looked_into_again_and_the_rest_runs_on(
    make_complaint, play, riverside, now
):
    complaint = make_complaint("proposing", at=now)
    play(complaint, "go_external", at=now + 10 * HOUR, authority="12315", received_on=riverside.today(now))
    back = now + timedelta(days=6)

    play(complaint, "hear_back", at=back)

    due = dict(complaint.clocks.live().filter(deadline__in=OURS).values_list("deadline", "due_at"))
    assert due == {
        "complaint.investigate": back + 24 * HOUR,
        "complaint.propose": back + 38 * HOUR,
        "complaint.final": back + 62 * HOUR,
        "complaint.wilful_delay": now + timedelta(days=15),
    }


@pytest.mark.rule("N-50")
def test_a_reply_is_given_once_by_a_lead_and_meets_its_clock(receive, act, mei, lead, now):
    complaint = receive()
    actions.register_external(act(mei), complaint, authority="12345", received_on=now.date(), reference="GD-1")
    file = complaint.external_cases.get()
    with pytest.raises(NotAllowed):
        actions.reply_external(act(mei), complaint, file=file, reply="已处理")

    actions.reply_external(act(lead), complaint, file=file, reply="已与顾客达成一致")

    assert not complaint.clocks.live().filter(part=file.part).exists()
    with pytest.raises(OutOfTurn):
        actions.reply_external(act(lead), complaint, file=file, reply="再答一次")


def test_of_two_replies_the_first_one_stands(receive, act, mei, lead, now):
    complaint = receive()
    actions.register_external(act(mei), complaint, authority="12345", received_on=now.date(), reference="GD-1")
    file, as_somebody_else_sees_it = complaint.external_cases.get(), complaint.external_cases.get()
    actions.reply_external(act(lead), complaint, file=file, reply="已与顾客达成一致")

    with pytest.raises(OutOfTurn, match="had our reply"):
        actions.reply_external(act(lead), complaint, file=as_somebody_else_sees_it, reply="还在处理")

    file.refresh_from_db()
    assert file.reply == "已与顾客达成一致"


@pytest.mark.rule("N-50")
@pytest.mark.parametrize(("end", "is_owed"), [("settle_external", False), ("withdraw", True), ("hear_back", True)])
def test_a_reply_is_owed_until_they_have_settled_it_themselves(make_complaint, play, end, is_owed):
    """Their order stays open when the customer turns to us alone and withdraws."""
    complaint = make_complaint("external")

    play(complaint, end)

    assert complaint.clocks.live().filter(deadline="complaint.external.reply_12315").exists() == is_owed


@pytest.mark.rule("N-50")
def test_our_file_may_be_closed_and_their_order_still_be_open(make_complaint, play, act, mei, now):
    complaint = make_complaint("unresolved")
    actions.register_external(act(mei), complaint, authority="12345", received_on=now.date(), reference="GD-1")

    play(complaint, "archive")

    assert complaint.clocks.live().get().deadline == "complaint.external.reply_12345"


def test_what_an_authority_settled_is_still_so_in_the_archive(make_complaint, play):
    complaint = make_complaint("external", category="price.price_tag")
    play(complaint, "settle_external")
    play(complaint, "await_follow_up")

    play(complaint, "archive")

    complaint.refresh_from_db()
    assert (complaint.status, complaint.outcome) == ("archived", "external")


@pytest.mark.rule("N-49")
def test_their_dates_are_data(receive, act, mei, now):
    complaint = receive()
    actions.register_external(act(mei), complaint, authority="12315", received_on=now.date(), reference="GD-1")
    file = complaint.external_cases.get()

    actions.note_external(
        act(mei), complaint, file=file, is_accepted_by_them=True, mediation_until=date(2027, 1, 22),
        mediation_at=datetime(2026, 12, 1, 9, tzinfo=SHANGHAI),
    )  # fmt: skip

    file.refresh_from_db()
    assert (file.is_accepted_by_them, file.mediation_until) == (True, date(2027, 1, 22))
    assert file.ended_at is None


def test_the_same_number_of_theirs_is_registered_once_for_each_complaint(receive, act, mei, now):
    complaint = receive()
    told = {"authority": "12315", "received_on": now.date(), "reference": "GD-1"}
    actions.register_external(act(mei), complaint, **told)

    with pytest.raises(Unusable):
        actions.register_external(act(mei), complaint, **told)

    assert complaint.external_cases.count() == 1


@pytest.mark.rule("N-50")
def test_one_order_is_about_several_complaints_and_each_leads_to_those_one_may_see(
    receive, act, mei, ping, lead, client, now
):
    one, other, about_mei = receive(), receive(phone="15400000002"), receive(by=ping, against="staff", about_staff=mei)
    for complaint in (one, other, about_mei):
        told = {"authority": "12345", "received_on": now.date(), "reference": "GD-1"}
        actions.register_external(act(lead), complaint, **told)
    another = {"authority": "12315", "received_on": now.date(), "reference": "GD-1"}
    elsewhere = actions.register_external(act(lead), receive(phone="15400000003"), **another)

    led_to = {}
    for who in (mei, lead):
        client.force_login(who)
        page = client.get(one.get_absolute_url()).content.decode().partition('id="files-title"')[2]
        files = page.partition("</section>")[0]
        led_to[who] = {x for x in (one, other, about_mei, elsewhere) if x.get_absolute_url() + '"' in files}

    assert led_to == {mei: {other}, lead: {other, about_mei}}


@pytest.mark.rule("CMP-31")
def test_news_while_an_authority_decides_start_no_clock_that_rings(make_complaint, act, mei, boss, riverside, now):
    complaint = make_complaint("accepted")
    actions.go_external(act(boss, at=now), complaint, authority="12315", received_on=riverside.today(now))

    actions.inform(act(mei, at=now + timedelta(hours=1)), complaint, news="还没有消息。")

    clock = complaint.clocks.live().get(deadline="complaint.progress_update")
    assert (clock.due_at, clock.left) == (None, timedelta(hours=24))


@pytest.mark.rule("CMP-11")
def test_what_was_late_before_the_authority_came_stays_late(make_complaint, act, boss, riverside, now):
    complaint = make_complaint("investigating")
    late = now + timedelta(hours=30)

    actions.go_external(act(boss, at=late), complaint, authority="12315", received_on=riverside.today(late))

    assert complaint.clocks.get(deadline="complaint.investigate").breached_at == now + timedelta(hours=24)


@pytest.mark.rule("N-48")
def test_what_they_let_us_know_is_written_on_their_page_and_stands_on_the_record(receive, act, mei, client, now):
    complaint = receive()
    actions.register_external(act(mei), complaint, authority="12315", received_on=now.date(), reference="GD-1")
    file = complaint.external_cases.get()
    client.force_login(mei)
    client.cookies["language"] = "en"
    record = f"/riverside/desk/complaints/{complaint.number}/"
    address = f"{record}external/{file.pk}/news/"
    assert address in client.get(record).content.decode()
    known = {"is_accepted_by_them": "yes", "mediation_at": "2026-12-01T09:00", "mediation_until": "2027-01-22"}

    assert client.post(address, {"once": "k1", **known}).status_code == 302
    client.post(address, {"once": "k2", **known, "result": "双方各让一步。"})

    file.refresh_from_db()
    assert (file.is_accepted_by_them, file.mediation_until, file.result) == (True, date(2027, 1, 22), "双方各让一步。")
    assert file.mediation_at == datetime(2026, 12, 1, 9, tzinfo=SHANGHAI)
    page = client.get(record).content.decode()
    for words in (
        "accepted by them",
        "mediation on 1 Dec 2026, 09:00",
        "mediation ends by 22 Jan 2027",
        "双方各让一步。",
    ):
        assert words in page
    news = complaint.timeline().filter(kind="complaint.external_noted").order_by("pk").last()
    assert "mediation_at" not in news.details  # only what is new was told the second time


def test_a_reason_for_no_is_not_taken_beside_a_yes(receive, act, mei, client, now):
    complaint = receive()
    actions.register_external(act(mei), complaint, authority="12315", received_on=now.date(), reference="GD-1")
    file = complaint.external_cases.get()
    client.force_login(mei)

    response = client.post(
        f"/riverside/desk/complaints/{complaint.number}/external/{file.pk}/news/",
        {"once": "k1", "is_accepted_by_them": "yes", "why_not_accepted": "超过三年"},
    )

    file.refresh_from_db()
    assert (response.status_code, file.is_accepted_by_them) == (422, None)

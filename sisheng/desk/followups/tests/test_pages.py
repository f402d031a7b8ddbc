"""The pages of the calls, as a browser without a script uses them."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from sisheng.desk.followups import actions
from sisheng.desk.followups.actions.surveys import send_due
from sisheng.desk.followups.models import Survey
from sisheng.desk.followups.tests.conftest import at


@pytest.fixture
def it_is(monkeypatch):
    """Let it be that moment for whoever looks at a page."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def page(client, mei, it_is):
    it_is(at(23, 11))
    client.force_login(mei, backend="django.contrib.auth.backends.ModelBackend")

    def page(name, *args):
        return reverse(f"followups:{name}", args=["riverside", *args])

    return page


def test_whom_to_ring_today_ones_own_first_and_the_number_masked(client, page, make_call, mei, customers, riverside):
    mine = make_call(trigger="regular", draw="", due_at=at(23, 18), handler=mei)
    (other,) = customers(1)
    theirs = make_call(customer=other, due_at=at(23, 12))
    (later,) = customers(1)
    tomorrow = make_call(customer=later, trigger="regular", draw="", due_at=at(24, 12))

    shown = client.get(page("index")).content.decode()

    assert shown.index(mine.number) < shown.index(theirs.number) < shown.index(tomorrow.number)
    assert "15400000001" not in shown.replace(" ", "")


@pytest.mark.rule("FUP-01")
def test_the_sheet_asks_the_three_blocks_the_reason_and_the_wish(client, page, make_call):
    shown = client.get(page("detail", make_call().number)).content.decode()

    for name in ("service", "goods", "surroundings", "satisfaction"):
        assert shown.count(f'name="{name}"') == 5
    for name in ("why", "new_need", "recorded"):
        assert f'name="{name}"' in shown
    assert 'value="reopen"' not in shown  # there is no matter to reopen


def test_a_whole_call_is_written_down_by_one_form(client, page, make_call):
    call = make_call()
    told = {
        "once": "k1",
        "seen": "0",
        "service": "5",
        "goods": "4",
        "why": "排队",
        "satisfaction": "3",
        "recorded": "yes",
    }

    answer = client.post(page("step", call.number, "finish"), told)

    assert answer.status_code == 302
    call.refresh_from_db()
    assert (call.status, call.satisfaction, call.outcome) == ("done", 3, "fair")
    assert call.answers == {"service": 5, "goods": 4, "why": "排队"}
    assert call.recorded_at == at(23, 11)
    assert "fair" in client.get(page("detail", call.number)).content.decode()


@pytest.mark.rule("FUP-06")
def test_without_an_outcome_or_with_a_no_that_leads_nowhere_the_form_comes_back(client, page, make_call):
    call = make_call()

    for told in ({}, {"satisfaction": "1"}, {"satisfaction": "1", "followed_by": "reopen"}, {"satisfaction": "9"}):
        answer = client.post(page("step", call.number, "finish"), {"once": "k", **told})
        assert answer.status_code == 422, told

    call.refresh_from_db()
    assert call.status == "due"


def test_not_reached_says_what_to_try_next_and_how_many_attempts_are_left(client, page, make_call):
    call = make_call()

    client.post(page("step", call.number, "attempt"), {"once": "k1", "result": "busy"})

    shown = client.get(page("detail", call.number)).content.decode()
    assert "morning, busy" in shown
    assert "Next: try in the afternoon." in shown
    assert "1 of 3 attempts" in shown


def test_giving_up_too_early_is_refused_in_words(client, page, make_call):
    call = make_call("attempting")

    answer = client.post(page("step", call.number, "give_up"), {"once": "k1", "reason": "没人"})

    assert answer.status_code == 409
    assert "1 of 3 attempts" in answer.content.decode()


@pytest.mark.rule("FUP-07")
def test_how_we_were_spoken_to_is_kept_beside_the_call_and_is_no_answer_of_theirs(client, page, make_call):
    call = make_call()
    told = {"once": "k", "satisfaction": "4", "abuse_note": "骂人，说要来堵门"}

    client.post(page("step", call.number, "finish"), told)

    call.refresh_from_db()
    assert (call.abuse_note, call.words) == ("骂人，说要来堵门", "")
    assert "骂人，说要来堵门" in client.get(page("detail", call.number)).content.decode()
    assert "骂人" not in str([event.details for event in call.timeline()])


@pytest.mark.rule("FUP-04", "FUP-07")
def test_in_quiet_hours_the_sheet_says_so_and_the_number_stays_masked(client, page, make_call, it_is):
    call = make_call()
    assert (
        "154 0000 0001"
        in client.post(page("phone", call.number), {"once": "a", "reason": "call_back"}).content.decode()
    )

    it_is(at(23, 22))
    assert "Quiet hours" in client.get(page("detail", call.number)).content.decode()
    refused = client.post(page("phone", call.number), {"once": "b", "reason": "call_back"})
    assert refused.status_code == 409
    assert "0000 0001" not in refused.content.decode()


def test_who_was_not_trained_sees_the_sheet_without_its_questions(client, page, make_call, ping):
    client.force_login(ping, backend="django.contrib.auth.backends.ModelBackend")

    shown = client.get(page("detail", make_call().number)).content.decode()

    assert "been trained" in shown
    assert 'name="satisfaction"' not in shown


def test_a_call_of_another_mall_is_not_there(client, page, make_call, lin):
    call = make_call()
    client.force_login(lin, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(page("detail", call.number)).status_code == 404
    assert client.get(page("step", make_call(draw="b").number, "nothing")).status_code == 404


def test_the_complaint_shows_its_calls_and_an_answer_without_a_name_stays_without_one(
    client, page, settle, act, mei, settings
):
    settings.SISHENG_PUBLIC_ORIGIN = "https://help.example.com"
    settings.SISHENG_CHANNELS = {"sms": {"url": "https://sms.example.com", "key": "k" * 32}}
    complaint = settle(at(22, 10))
    send_due(at(23, 10))
    told = {"csat": 1, "words": "气死我了", "answered_at": at(23, 10, 30), "state": "answered", "remind_at": None}

    Survey.objects.update(**told, is_anonymous=False)
    assert "气死我了" in client.get(page("panel", complaint.number)).content.decode()
    Survey.objects.update(**told, is_anonymous=True)
    shown = client.get(page("panel", complaint.number)).content.decode()

    assert "气死我了" not in shown
    assert "1/5" not in shown
    assert shown.count("HF-") >= 2


@pytest.mark.rule("SAT-04")
def test_the_results_are_figures_with_n_and_interval(client, page, make_call, act, mei):
    actions.finish(act(mei, at=at(23, 10, 30)), make_call(), satisfaction=5, words="好")

    shown = client.get(page("results")).content.decode()

    row = shown[shown.index("Satisfied (4 or 5 of 5)") :].split("</tr>")[0]
    assert "100%" in row
    assert "21%–100%" in row
    assert "is-thin" in shown

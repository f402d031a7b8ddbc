"""A “no” reaches everybody in the form that they understand: a page, a sentence beside a panel, or JSON (D27)."""

import json

import pytest
from django.test import RequestFactory
from django.utils import translation

from sisheng.ground.refusals import Unusable
from sisheng.ground.ui import errors
from sisheng.ground.ui.http import refused, sorry
from sisheng.ground.ui.sentences import SENTENCES

HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}


@pytest.fixture
def ask(db):
    """A request as the middlewares leave it for somebody who is not logged in."""

    def make(path="/somewhere/", **headers):
        request = RequestFactory().get(path, headers=headers)
        request.csp_nonce = ""
        return request

    return make


def test_a_panel_is_given_a_marked_sentence_and_no_page(ask):
    answer = refused(ask(**HTMX), Unusable("The phone has 11 digits.", field="phone"))

    assert answer.status_code == 422
    assert answer["X-Refusal"] == "yes"
    assert 'role="alert" data-field="phone"' in answer.text
    assert "The phone has 11 digits." in answer.text
    assert "<html" not in answer.text


def test_a_machine_is_given_json(ask):
    answer = refused(ask(**JSON), Unusable("The phone has 11 digits.", field="phone"))

    assert answer.status_code == 422
    assert json.loads(answer.content) == {"sentence": "The phone has 11 digits.", "field": "phone"}


def test_a_person_is_given_a_page_with_a_way_back(ask):
    answer = refused(ask(Referer="http://testserver/riverside/desk/"), Unusable("The phone has 11 digits."))

    assert answer.status_code == 422
    assert "<html" in answer.text
    assert 'href="http://testserver/riverside/desk/"' in answer.text


@pytest.mark.parametrize(
    "came_from", ["https://elsewhere.example/", "javascript:alert(1)", "", "http://testserver/somewhere/"]
)
def test_the_way_back_never_leads_outside_or_in_a_circle(ask, came_from):
    answer = sorry(ask(Referer=came_from), 404)

    assert 'class="btn btn-primary" href="/"' in answer.text


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("status", sorted(SENTENCES))
def test_every_status_has_its_title_and_its_advice_in_both_languages(ask, status, lang):
    with translation.override(lang):
        answer = sorry(ask(), status)
        title, advice = (str(words) for words in SENTENCES[status])

    assert f"<h1>{title}</h1>" in answer.text
    assert advice in answer.text
    assert any("一" <= sign <= "鿿" for sign in title + advice) == (lang == "zh-hans")


def test_a_status_without_words_of_its_own_is_the_requests_fault_or_ours(ask):
    with translation.override("en"):
        assert "This request cannot be used" in sorry(ask(), 418).text
        assert "the fault is on our side" in sorry(ask(), 502).text


@pytest.mark.parametrize(
    ("handler", "status"), [("bad_request", 400), ("not_allowed", 403), ("not_found", 404), ("page_too_old", 403)]
)
def test_djangos_own_refusals_speak_with_the_same_voice(ask, handler, status):
    answer = getattr(errors, handler)(ask(**HTMX), Exception())

    assert answer.status_code == status
    assert 'class="refusal"' in answer.text


def test_our_own_fault_is_told_without_reading_the_database(ask, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert errors.server_error(ask()).status_code == 500


@pytest.mark.parametrize("headers", [HTMX, JSON, {"Accept": "text/event-stream"}], ids=["panel", "machine", "stream"])
def test_who_is_not_logged_in_gets_401_where_a_log_in_form_helps_nobody(client, db, headers):
    assert client.get("/riverside/desk/", headers=headers).status_code == 401


def test_who_is_not_logged_in_is_led_to_the_log_in_from_a_page(client, db):
    answer = client.get("/riverside/desk/")

    assert answer.status_code == 302
    assert answer["Location"] == "/login/?next=/riverside/desk/"


def test_a_page_that_does_not_exist_has_the_products_face(client, mei):
    client.force_login(mei, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get("/riverside/desk/nowhere/at/all/")

    assert answer.status_code == 404
    assert 'class="card error-card"' in answer.text

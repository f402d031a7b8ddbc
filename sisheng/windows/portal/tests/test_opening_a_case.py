"""Number and code open a case, for a while, and nothing else does."""

from __future__ import annotations

import base64
import json

import pytest
from altcha import solve_challenge_v1
from django.utils import timezone

from sisheng.cases.models import Case
from sisheng.ground.events.models import Event
from sisheng.ground.limits import work
from sisheng.ground.limits.models import Bucket
from sisheng.mall.staff.visitors import CaseVisitor, Visitor
from sisheng.windows.portal import progress

CASE = "/riverside/progress/case/"


@pytest.fixture
def inquiry(make_inquiry):
    return make_inquiry(at=timezone.now())


def test_with_both_the_case_is_opened_and_that_is_on_record(client, ask, inquiry):
    response = ask(inquiry.number, inquiry.public_code)

    assert (response.status_code, response["Location"]) == (302, CASE)
    page = client.get(CASE)
    assert inquiry.number in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert Event.objects.get(kind="portal.shown").topic == inquiry.number


@pytest.mark.parametrize(
    ("typed", "coded"),
    [
        (str.lower, str.lower),
        (lambda number: number.replace("-", ""), lambda code: f" {code[:3]} {code[3:]} "),
        (lambda number: f"  {number.replace('-', ' ')} ", str),
        (lambda number: number.replace("-", "－").translate({ord(str(n)): chr(0xFF10 + n) for n in range(10)}),
         lambda code: "".join(chr(ord(sign) + 0xFEE0) for sign in code)),
    ],
    ids=["small letters", "without dashes", "with blanks", "full width"],
)  # fmt: skip
def test_it_may_be_typed_as_people_type(ask, inquiry, typed, coded):
    assert ask(typed(inquiry.number), coded(inquiry.public_code)).status_code == 302


def test_a_wrong_code_and_an_unknown_number_are_answered_alike(ask, inquiry, django_assert_num_queries):
    wrong = [(inquiry.number, "222222"), ("ZX-261123-9999", inquiry.public_code), ("ZX-261123-9999", "222222"),
             ("nonsense", "222222"), (inquiry.number, inquiry.public_code[:-1])]  # fmt: skip
    for number, code in wrong:  # the buckets are there now
        ask(number, code)

    said = []
    for number, code in wrong:
        with django_assert_num_queries(6):
            response = ask(number, code)
        said.append((response.status_code, _fault(response)))

    assert len(set(said)) == 1
    assert said[0] == (422, "Number and code do not go together. Please check both on your slip or in our message.")


def test_a_number_that_does_not_exist_is_compared_all_the_same(ask, inquiry, monkeypatch):
    compared = []
    real = progress.constant_time_compare
    monkeypatch.setattr(progress, "constant_time_compare", lambda *both: compared.append(both) or real(*both))

    ask("ZX-261123-9999", "222222")
    ask(inquiry.number, "222222")

    assert compared == [("", "222222"), (inquiry.public_code, "222222")]


def test_no_code_at_all_opens_nothing(ask, inquiry):
    for number, code in (("ZX-261123-9999", ""), ("ZX-261123-9999", "--"), (inquiry.number, " ")):
        assert ask(number, code).status_code == 422


def test_a_number_of_the_other_mall_does_not_exist_here(ask, inquiry, northgate):
    assert ask(inquiry.number, inquiry.public_code, mall="northgate").status_code == 422


def test_guessing_the_code_of_one_number_comes_to_an_end_from_however_many_addresses(ask, inquiry):
    answers = [ask(inquiry.number, "222222", address=f"203.0.113.{turn}").status_code for turn in range(12)]

    assert answers == [422] * 10 + [429] * 2
    assert ask(inquiry.number, inquiry.public_code, address="198.51.100.1").status_code == 429


def test_guessing_numbers_from_one_address_comes_to_an_end(ask, inquiry):
    answers = [ask(f"ZX-261123-{turn:04}", "222222").status_code for turn in range(100, 114)]

    assert answers == [422] * 12 + [429] * 2
    assert ask(inquiry.number, inquiry.public_code, address="203.0.113.8").status_code == 302


def test_who_is_refused_is_told_when_to_come_back_and_whom_to_ring(ask, inquiry):
    for turn in range(100, 112):
        ask(f"ZX-261123-{turn:04}", "222222")

    page = ask(inquiry.number, inquiry.public_code).content.decode()

    assert "You can try again at " in page
    assert "tel:0000-8866-1188" in page


def test_whoever_has_worked_shares_a_wider_bucket(client, ask, inquiry, monkeypatch):
    monkeypatch.setattr(work, "MOST", 20)
    for turn in range(100, 112):
        ask(f"ZX-261123-{turn:04}", "222222")
    assert ask(inquiry.number, inquiry.public_code).status_code == 429

    page = client.get("/riverside/progress/")
    once, solution = _work(page.content.decode())

    assert ask(inquiry.number, inquiry.public_code, once=once, work=solution).status_code == 302
    assert ask(inquiry.number, inquiry.public_code, once="another", work=solution).status_code == 429


@pytest.mark.rule("PRV-01")
def test_no_address_and_no_number_is_kept_in_clear_for_counting(ask, inquiry):
    ask(inquiry.number, "222222")

    kept = str(list(Bucket.objects.values()))
    assert "203.0.113" not in kept
    assert inquiry.number not in kept


def test_the_slip_brings_both_along_and_nothing_is_looked_up_before_one_presses(client, inquiry):
    page = client.get("/riverside/progress/", {"number": inquiry.number, "code": inquiry.public_code})

    assert f'value="{inquiry.number}"' in page.content.decode()
    assert f'value="{inquiry.public_code}"' in page.content.decode()
    assert not Event.objects.filter(kind="portal.shown").exists()


def test_without_having_shown_anything_one_is_asked_for_it(client, inquiry):
    assert client.get(CASE)["Location"] == "/riverside/progress/"


def test_done_looking_means_done(client, look, inquiry):
    look(inquiry)
    client.post("/riverside/progress/leave/", {"once": "k2"})

    assert client.get(CASE)["Location"] == "/riverside/progress/"


@pytest.mark.rule("PRV-01")
def test_one_case_is_opened_and_no_other(inquiry, make_inquiry, riverside, northgate):
    make_inquiry(anonymous_label="红衣女士")
    shown = Case.objects.shown_to(CaseVisitor(riverside.pk, inquiry.number))

    assert [case.number for case in shown] == [inquiry.number]
    assert not Case.objects.shown_to(CaseVisitor(northgate.pk, inquiry.number)).exists()
    assert not Case.objects.shown_to(Visitor(riverside.pk)).exists()
    assert not Case.objects.visible_to(CaseVisitor(riverside.pk, inquiry.number)).exists()


def test_staff_see_nothing_by_being_logged_in(client, boss, inquiry):
    client.force_login(boss)

    assert client.get(CASE)["Location"] == "/riverside/progress/"
    assert not Case.objects.shown_to(boss).exists()


def _fault(response):
    return str(response.context["form"].non_field_errors()[0])


def _work(page):
    """What portal.js does, from the page alone."""
    once = page.split('name="work"')[0].rsplit('name="once" value="', 1)[1].split('"')[0]
    asked = json.loads(page.split('data-work="')[1].split('"')[0].replace("&quot;", '"').replace("&amp;", "&"))
    found = solve_challenge_v1(asked["challenge"], asked["salt"], asked["algorithm"], asked["maxNumber"])
    return once, base64.b64encode(json.dumps({**asked, "number": found.number}).encode()).decode()


def test_the_end_of_a_number_is_not_the_number_and_that_is_said(ask, inquiry):
    response = ask(inquiry.number[-4:], inquiry.public_code)

    assert response.status_code == 422
    assert "TS-261120-0007" in response.content.decode().partition('id="fault"')[2].partition("</div>")[0]

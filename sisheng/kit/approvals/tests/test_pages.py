"""On the telephone of whoever decides: one sentence, one amount, one tap."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from urllib.parse import unquote

import pytest
from django.utils import timezone

from sisheng.kit.approvals import actions
from sisheng.kit.approvals.models import Approval

DESK = "/riverside/desk/"
PAGE = f"{DESK}approvals/"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def earlier():
    return timezone.now() - timedelta(minutes=10)


@pytest.fixture
def approval(make_approval, earlier):
    return make_approval("640", at=earlier, title="给林女士退款", reason="说明书写错了型号")


def lists(client, person):
    """What stands for them to decide, and what they asked."""
    client.force_login(person)
    context = client.get(PAGE).context
    return [[line.approval.number for line in context[name]] for name in ("to_decide", "asked")]


def test_it_stands_with_who_may_decide_and_with_who_asked(client, approval, mei, ping, lead, supervisor, duty):
    seen = {person.code: lists(client, person) for person in (mei, ping, lead, supervisor, duty)}

    assert seen == {
        mei.code: [[], [approval.number]],
        ping.code: [[], []],
        lead.code: [[approval.number], []],
        supervisor.code: [[approval.number], []],
        duty.code: [[], []],
    }


def test_the_card_says_what_how_much_who_asks_about_what_and_why_it_is_not_theirs_to_decide(client, approval, lead):
    client.force_login(lead)

    page = client.get(PAGE).content.decode()

    for words in ("给林女士退款", "¥640", "小梅", approval.case.number, "说明书写错了型号",
                  "¥640 超出本人权限 ¥200，需组长或更高一级批准。"):  # fmt: skip
        assert words in page


def test_what_is_due_first_stands_first(client, make_approval, make_inquiry, lead, earlier):
    later = make_approval(case=make_inquiry(at=earlier), at=earlier)
    first = make_approval(case=make_inquiry(at=earlier), at=earlier - timedelta(minutes=5))

    assert lists(client, lead)[0] == [first.number, later.number]


def test_one_tap_is_a_yes_with_and_without_javascript(client, approval, make_approval, lead):
    client.force_login(lead)
    other = make_approval(case=approval.case, ref="proposal:2")

    plain = client.post(f"{PAGE}{approval.number}/decide/", {"answer": "yes", "seen": "1"})
    part = client.post(f"{PAGE}{other.number}/decide/", {"answer": "yes", "seen": "1"}, **HTMX)

    assert (plain.status_code, plain["Location"]) == (302, f"{PAGE}{approval.number}/")
    assert part.status_code == 200
    assert "已批准" in part.content.decode()
    assert set(Approval.objects.values_list("state", "decided_by")) == {("approved", lead.pk)}


def test_after_the_tap_it_is_said_what_was_decided(client, approval, make_approval, lead):
    """The card will be gone from the list: ¥640 stands in the sentence, and where no money is asked, what is asked."""
    client.force_login(lead)
    other = make_approval(None, case=approval.case, ref="exception:2", title="超期三天，按例外收下")
    yes, no = {"answer": "yes", "seen": "1"}, {"answer": "no", "seen": "1", "words": "不行"}

    said = [
        unquote(client.post(f"{PAGE}{one.number}/decide/", answer, **HTMX)["X-Said"])
        for one, answer in ((approval, yes), (other, no))
    ]

    assert said == ["已批准：¥640", "未批准：超期三天，按例外收下"]


def test_a_no_without_words_comes_back_with_a_sentence_and_changes_nothing(client, approval, lead):
    client.force_login(lead)

    answer = client.post(f"{PAGE}{approval.number}/decide/", {"answer": "no", "words": " ", "seen": "1"}, **HTMX)

    assert (answer.status_code, answer["X-Refusal"]) == (422, "yes")
    assert "简单写明为什么不批" in answer.content.decode()
    assert Approval.objects.get(pk=approval.pk).is_waiting


@pytest.mark.parametrize(
    "damaged", [{}, {"answer": "maybe", "seen": "1"}, {"answer": "yes"}, {"answer": "yes", "seen": "²"}]
)
def test_a_damaged_form_decides_nothing(client, approval, lead, damaged):
    client.force_login(lead)

    assert client.post(f"{PAGE}{approval.number}/decide/", damaged).status_code == 422
    assert Approval.objects.get(pk=approval.pk).is_waiting


def test_an_old_screen_does_not_sign_the_next_step(client, make_approval, lead, boss, act, earlier):
    approval = make_approval(None, at=earlier, chain=["lead", "manager"])
    actions.decide(act(lead), approval, yes=True)
    client.force_login(boss)

    answer = client.post(f"{PAGE}{approval.number}/decide/", {"answer": "yes", "seen": "1"})

    assert answer.status_code == 409
    assert Approval.objects.get(pk=approval.pk).is_waiting


def test_a_case_about_oneself_and_what_was_asked_about_it_are_not_there(client, approval, lead):
    approval.case.about_staff = lead
    approval.case.save(update_fields=["about_staff"])

    assert lists(client, lead) == [[], []]
    for address in (f"{PAGE}{approval.number}/", f"{PAGE}of/{approval.case.number}/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{PAGE}{approval.number}/decide/", {"answer": "yes", "seen": "1"}).status_code == 404


def test_the_page_of_a_case_shows_what_was_asked_about_it_and_nothing_else(
    client, approval, make_approval, mei, earlier
):
    other = make_approval(at=earlier)
    client.force_login(mei)

    part = client.get(f"{PAGE}of/{approval.case.number}/", **HTMX).content.decode()

    assert approval.number in part
    assert other.number not in part


def test_the_desk_home_counts_what_waits_for_a_person(client, approval, make_approval, mei, lead, earlier):
    make_approval("1200", at=earlier, case=approval.case, ref="proposal:2")  # for a supervisor
    client.force_login(lead)
    assert [line.approval for line in client.get(f"{PAGE}waiting/").context["to_decide"]] == [approval]
    client.force_login(mei)
    assert client.get(f"{PAGE}waiting/").context["waiting"] == 2

    assert f'hx-get="{PAGE}waiting/"' in client.get(DESK).content.decode()


def test_who_asked_takes_it_back_on_the_page(client, approval, mei):
    client.force_login(mei)
    assert client.get(f"{PAGE}{approval.number}/").context["line"].may_withdraw

    client.post(f"{PAGE}{approval.number}/withdraw/")

    assert Approval.objects.get(pk=approval.pk).state == "withdrawn"


def test_many_approvals_cost_no_more_questions_to_the_database_than_few(
    client, make_approval, make_inquiry, lead, earlier, django_assert_max_num_queries
):
    case = make_inquiry(at=earlier)
    for number in range(12):
        make_approval(case=case, ref=f"proposal:{number}", at=earlier, amount=Decimal(640))
    client.force_login(lead)

    with django_assert_max_num_queries(25):
        assert client.get(PAGE).content.decode().count("approval-answer") == 12

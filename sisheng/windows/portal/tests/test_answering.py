"""The customer answers our offer on the phone, asks us to hurry, and adds a photo."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from sisheng.cases.models import Case
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.tests.conftest import make_complaint, play_complaint, receive, skincare  # noqa: F401
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.files.tests.samples import PDF
from sisheng.ground.refusals import NotAllowed
from sisheng.kit.evidence import actions as evidence
from sisheng.kit.evidence.models import Evidence
from sisheng.kit.messages.models import Notice
from sisheng.mall.staff.visitors import CaseVisitor

CASE = "/riverside/progress/case/"
FIVE_WAYS = ("settle it with us", "consumer association", "complain to the authority", "arbitration", "go to court")


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def complaint(make_complaint):  # noqa: F811
    return make_complaint("awaiting_customer", at=timezone.now())


@pytest.fixture
def tap(client, ask):
    """Press one of the buttons on the page of a case that was opened."""

    def tap(case, name, *, once="t1", **more):
        assert ask(case.number, case.public_code, once=f"open {once}").status_code == 302
        case.refresh_from_db()
        return client.post(f"{CASE}{name}/", {"once": once, "seen": case.version, **more})

    return tap


def test_the_offer_stands_there_with_what_one_is_given_and_two_equal_buttons(look, complaint):
    page = look(complaint)

    assert "退差价，送一张券。" in page
    assert "voucher" in page
    assert "CNY 30" in page
    buttons = [line for line in page.split("<button") if 'name="answer"' in line]
    assert [line.split(">")[0] for line in buttons] == [
        f' class="btn" type="submit" name="answer" value="{answer}"' for answer in ("agree", "refuse")
    ]


def test_a_yes_on_the_phone_is_a_yes(client, tap, complaint):
    response = tap(complaint, "answer", answer="agree", words="好的")

    assert (response.status_code, response["Location"]) == (302, CASE)
    complaint = Complaint.objects.get(pk=complaint.pk)
    assert (complaint.status, complaint.offer.answer, complaint.offer.answered_via) == ("executing", "agreed", "portal")
    assert complaint.offer.answer_words == "好的"
    assert "You agreed." in client.get(CASE).content.decode()


def test_a_no_on_the_phone_makes_us_look_again(tap, complaint):
    tap(complaint, "answer", answer="refuse")

    assert Complaint.objects.get(pk=complaint.pk).status == "re_evaluating"


@pytest.mark.rule("N-11")
def test_after_the_final_answer_both_buttons_and_the_five_ways_are_there(client, look, tap, make_complaint):  # noqa: F811
    complaint = make_complaint("final_offered", at=timezone.now())

    page = look(complaint)
    assert "Our final answer" in page
    assert 'value="agree"' in page
    assert 'value="refuse"' in page
    assert [way for way in FIVE_WAYS if way not in page] == []

    tap(complaint, "answer", answer="refuse")
    assert Complaint.objects.get(pk=complaint.pk).status == "unresolved"
    after = client.get(CASE).content.decode()
    assert [way for way in FIVE_WAYS if way not in after] == []
    assert 'name="answer"' not in after


def test_two_taps_are_one_answer(tap, complaint):
    answers = [tap(complaint, "answer", answer="agree", seen=complaint.version).status_code for _tap in range(2)]

    assert answers == [302, 302]
    assert Event.objects.filter(topic=complaint.number, kind="complaint.agree").count() == 1


def test_an_answer_to_an_offer_that_was_changed_meanwhile_is_asked_for_once_more(tap, complaint):
    response = tap(complaint, "answer", answer="agree", seen=complaint.version - 1)

    assert response.status_code == 409
    assert "something new in your matter" in response.content.decode()
    assert Complaint.objects.get(pk=complaint.pk).status == "awaiting_customer"


@pytest.mark.parametrize("sent", [{"answer": "perhaps"}, {"answer": "agree", "seen": "x"}, {}])
def test_a_damaged_answer_is_no_answer(tap, complaint, sent):
    assert tap(complaint, "answer", **sent).status_code == 422
    assert Complaint.objects.get(pk=complaint.pk).status == "awaiting_customer"


def test_who_has_opened_nothing_answers_nothing(client, complaint):
    for name in ("answer", "hurry", "photo"):
        response = client.post(f"{CASE}{name}/", {"once": "k", "answer": "agree", "seen": complaint.version})

        assert response["Location"] == "/riverside/progress/"
    assert Complaint.objects.get(pk=complaint.pk).status == "awaiting_customer"


def test_what_was_opened_here_opens_nothing_in_the_other_mall(client, ask, complaint, northgate):
    ask(complaint.number, complaint.public_code)
    client.cookies["shown"]["path"] = "/"

    response = client.post("/northgate/progress/case/answer/", {"once": "k", "answer": "agree", "seen": "1"})

    assert response["Location"] == "/northgate/progress/"


@pytest.mark.rule("CMP-31")
def test_please_hurry_is_counted_and_has_an_end(tap, complaint):
    answers = [tap(complaint, "hurry", once=f"h{n}").status_code for n in range(3)]

    assert answers == [302, 302, 429]
    assert Complaint.objects.get(pk=complaint.pk).chased == 2


def test_a_photo_is_added_later(client, tap, complaint):
    tap(complaint, "photo", photos=[SimpleUploadedFile("r.pdf", PDF)])

    assert Evidence.objects.of(complaint).get().source == "customer"
    assert "We have 1 photo from you." in client.get(CASE).content.decode()


def test_whoever_does_the_work_hears_of_photos_once_in_a_visit(tap, complaint, mei):
    Case.objects.filter(pk=complaint.pk).update(handler=mei)
    for name in ("one", "two"):
        tap(complaint, "photo", once=name, photos=[SimpleUploadedFile(f"{name}.pdf", PDF + name.encode())])
    run_reactions(timezone.now() + timedelta(seconds=1))

    assert Evidence.objects.filter(case=complaint, kind="photo").count() == 2
    assert Notice.objects.get(case=complaint, kind="complaint.photos_came").to == mei

    visitor = CaseVisitor(complaint.mall_id, complaint.number)
    actions.note_photos(Act(by=visitor, at=timezone.now() + timedelta(hours=1)), complaint)
    assert complaint.timeline().filter(kind="complaint.photos_came").count() == 2


@pytest.mark.parametrize("sent", [[], [SimpleUploadedFile("x.jpg", b"<svg>")]], ids=["none", "no photo"])
def test_a_photo_that_is_none_is_refused_on_the_page_of_the_case(tap, complaint, sent):
    response = tap(complaint, "photo", photos=sent)

    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_the_page_names_nobody_and_no_other_customer(look, make_complaint, boss):  # noqa: F811
    complaint = make_complaint("merged", at=timezone.now())

    page = look(complaint)

    assert complaint.merged_into.number not in page
    assert boss.name not in page
    assert "together with another" in page


def test_one_case_that_was_opened_allows_nothing_with_another(act, riverside, make_complaint):  # noqa: F811
    one = make_complaint("awaiting_customer")
    stranger = act(CaseVisitor(riverside.pk, "TS-000000-0000"), via="portal")

    for step in (
        lambda: actions.agree(stranger, one),
        lambda: actions.chase(stranger, one),
        lambda: evidence.keep(stranger, one, kind="photo", text="x"),
    ):
        with pytest.raises(NotAllowed):
            step()

"""A customer scans the code of a place and says what went wrong."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sisheng.cases.models import Clock
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.events.models import Event
from sisheng.ground.events.reactions import run_reactions
from sisheng.kit.evidence.models import Evidence
from sisheng.kit.messages.models import Message, Notice
from sisheng.mall.directory.findable import make_mall_findable
from sisheng.mall.staff.visitors import CaseVisitor, Visitor

FORM, RECEIVED = "/riverside/complain/", "/riverside/complain/received/"
TOLD = {
    "account": "标价 88 元，收了 98 元。",
    "claims": ["compensation", "explanation"],
    "about": "shop",
    "about_words": "L2-C02 行远箱包",
    "category": "price",
}


def photo(name="receipt.jpg"):
    data = BytesIO()
    Image.new("RGB", (40, 30), "red").save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), "image/jpeg")


@pytest.fixture(autouse=True)
def files(settings, tmp_path, luggage):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def complain(client):
    """Send the form, as without JavaScript."""

    def complain(*, address="203.0.113.7", mall="riverside", once="k1", **more):
        sent = {**TOLD, "once": once, **more}
        return client.post(f"/{mall}/complain/", sent, REMOTE_ADDR=address)

    return complain


@pytest.fixture
def complaints_desk(counter):
    counter.capabilities = ["contacts", "complaints"]
    counter.save(update_fields=["capabilities"])
    return counter


def test_the_code_of_a_place_fills_in_where_it_was(client):
    page = client.get(FORM, {"at": "L2-C02"}).content.decode()

    assert 'value="L2-C02 Xingyuan Luggage"' in page
    assert re.search(r'value="shop"[^>]*checked', page)


@pytest.mark.rule("CMP-28")
def test_what_is_told_on_the_phone_is_a_complaint_that_was_accepted(client, complain, complaints_desk):
    response = complain()

    assert (response.status_code, response["Location"]) == (302, RECEIVED)
    complaint = Complaint.objects.get()
    assert (complaint.status, complaint.channel, complaint.shop.unit) == ("accepted", "web", "L2-C02")
    assert (complaint.category, complaint.claims) == ("price", ["compensation", "explanation"])
    assert (complaint.desk, complaint.handler, complaint.customer) == (complaints_desk, None, None)
    assert not complaint.may_contact
    assert Clock.objects.get(case=complaint, deadline="complaint.final").due_at


def test_number_code_and_promise_are_shown_to_be_kept(client, complain):
    page = client.get(complain()["Location"]).content.decode()

    complaint = Complaint.objects.get()
    assert complaint.number in page
    assert complaint.public_code in page
    assert "You will have our final answer by" in page
    assert "take a picture of this screen" in page


def test_a_stranger_to_this_browser_is_asked_for_number_and_code(client, complain):
    complain()
    client.cookies.pop("shown")

    assert client.get(RECEIVED)["Location"] == "/riverside/progress/"


def test_whoever_leaves_a_number_is_told_there_too_in_their_language(complain):
    complain(phone="15400000001", salutation="Ms Lin")

    complaint = Complaint.objects.get()
    assert (complaint.language, complaint.may_contact, complaint.customer.language) == ("en", True, "en")
    assert complaint.number in Message.objects.get(case=complaint).text


@pytest.mark.parametrize("left_out", ["account", "claims", "about", "about_words", "category"])
def test_what_is_missing_is_named_and_nothing_is_lost(complain, left_out):
    response = complain(**{left_out: [] if left_out == "claims" else ""})

    page = response.content.decode()
    assert response.status_code == 422
    assert f'href="#id_{left_out}"' in page
    assert left_out == "account" or TOLD["account"] in page
    assert not Complaint.objects.exists()


def test_a_number_that_cannot_be_rung_is_refused_beside_its_field(complain):
    response = complain(phone="12")

    assert response.status_code == 422
    assert 'id="id_phone-fault"' in response.content.decode()


def test_a_shop_that_we_do_not_know_by_that_name_stays_in_the_customers_words(complain):
    complain(about_words="二楼卖伞的")

    complaint = Complaint.objects.get()
    assert (complaint.shop, complaint.against, complaint.against_words) == (None, "other", "店铺：二楼卖伞的")


def test_a_shop_may_be_called_as_people_call_it(riverside, complain):
    make_mall_findable(riverside)

    complain(about_words="xyxb")

    assert Complaint.objects.get().shop.unit == "L2-C02"


def test_a_photo_is_evidence_of_this_case_from_the_customer(complain):
    complain(photos=[photo(), photo("more.jpg")])

    kept = Evidence.objects.of(Complaint.objects.get())
    assert [(one.kind, one.source, one.by) for one in kept] == [
        ("photo", "customer", f"visitor:{Complaint.objects.get().number}")
    ] * 2


def test_a_photo_that_cannot_be_kept_takes_no_complaint_down_with_it(client, complain):
    response = complain(photos=[SimpleUploadedFile("evil.jpg", b"<script>", "image/jpeg")])

    assert Complaint.objects.get().status == "accepted"
    assert "One of your photos could not be kept" in client.get(response["Location"]).content.decode()


def test_four_photos_are_one_too_many(complain):
    response = complain(photos=[photo(f"{n}.jpg") for n in range(4)])

    assert response.status_code == 422
    assert "3 files at most" in response.content.decode()


def test_two_taps_are_one_complaint_and_one_photo(complain):
    answers = [complain(photos=[photo()]) for _tap in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Complaint.objects.count() == 1
    assert Evidence.objects.count() == 1


def test_the_same_form_with_other_words_is_refused(complain):
    complain()

    assert complain(account="另一件事").status_code == 422
    assert Complaint.objects.count() == 1


def test_whoever_is_at_the_desk_for_complaints_hears_of_it(complain, complaints_desk, mei, lead, on_duty, now):
    on_duty(mei, complaints_desk)
    on_duty(lead, complaints_desk)

    complain()
    run_reactions(Event.objects.latest("pk").at + timedelta(seconds=5))

    number = Complaint.objects.get().number
    told = Notice.objects.filter(kind="complaint.arrived")
    assert {notice.to for notice in told} == {mei, lead}
    assert {notice.case.number for notice in told} == {number}


@pytest.mark.rule("CMP-30")
def test_what_is_said_about_one_of_us_reaches_a_supervisor_and_not_that_person(
    complain, complaints_desk, mei, supervisor, on_duty
):
    on_duty(mei, complaints_desk)
    on_duty(supervisor, complaints_desk)

    complain(about="staff", about_words="小梅", category="attitude")
    run_reactions(Event.objects.latest("pk").at + timedelta(seconds=5))

    complaint = Complaint.objects.get()
    assert (complaint.about_staff, complaint.owner) == (mei, supervisor)
    assert {notice.to for notice in Notice.objects.filter(kind="complaint.arrived")} == {supervisor}
    assert not Complaint.objects.visible_to(mei).exists()


def test_what_makes_it_grave_can_be_ticked(complain):
    complain(category="food", flags=["injury"])

    assert Complaint.objects.get().severity == "S1"


def test_sending_without_end_comes_to_an_end(complain):
    answers = [complain(once=f"k{n}").status_code for n in range(5)]

    assert answers == [302, 302, 302, 302, 429]


def test_nobody_can_have_somebody_elses_phone_written_to_again_and_again(complain):
    answers = [complain(once=f"k{n}", phone="154 0000 0001", address=f"203.0.113.{n}").status_code for n in range(4)]

    assert answers == [302, 302, 302, 429]


def test_the_other_mall_has_its_own(complain, northgate):
    complain(mall="northgate", about_words="L2-C02")

    complaint = Complaint.objects.get()
    assert (complaint.mall, complaint.shop) == (northgate, None)


def test_a_visitor_may_keep_evidence_with_nothing(riverside, act):
    assert not Visitor(riverside.pk).can("evidence.keep", riverside)
    assert CaseVisitor(riverside.pk, "TS-1").can("evidence.keep", riverside)


def test_inside_a_mini_program_the_channel_says_so(client):
    client.post(FORM, {**TOLD, "once": "k1"}, headers={"User-Agent": "MicroMessenger/8 miniProgram"})

    assert Complaint.objects.get().channel == "mini"


def test_in_chinese_the_form_speaks_to_the_customer_politely(client):
    client.cookies["language"] = "zh-hans"

    page = client.get(FORM).content.decode()

    assert "您" in page
    assert "！" not in page

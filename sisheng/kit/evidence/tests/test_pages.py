"""The pages, as somebody without JavaScript works them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import localtime

from sisheng.ground.files.tests import samples
from sisheng.ground.files.tests.test_on_the_disk import flipped, spoil
from sisheng.kit.evidence import actions
from sisheng.kit.evidence.models import CctvRequest, Evidence, ShopStatement

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def screens_in_english(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def at_desk(client, mei):
    client.force_login(mei)
    return client


def page(name, case, *more):
    return reverse(f"evidence:{name}", args=["riverside", case.number, *more])


def photo_of(name="photo.jpg", data=None):
    return SimpleUploadedFile(name, samples.photo() if data is None else data)


def test_a_photo_is_added_and_stands_on_the_list(at_desk, case):
    told = {
        "kind": "photo",
        "source": "customer",
        "title": "轮子，电话 15400000001",
        "upload": photo_of(),
        "once": "k1",
    }

    answer = at_desk.post(page("add", case), told, follow=True)

    assert answer.redirect_chain == [(page("panel", case), 302)]
    assert "轮子，电话 154****0001" in answer.text
    assert "15400000001" not in answer.text


def test_what_is_no_photo_is_refused_beside_its_field_and_the_words_stay(at_desk, case):
    told = {"kind": "photo", "source": "customer", "title": "轮子", "upload": photo_of(data=samples.SVG)}

    answer = at_desk.post(page("add", case), told)

    assert answer.status_code == 422
    assert "are not taken" in answer.text
    assert 'value="轮子"' in answer.text
    assert not Evidence.objects.exists()


def test_a_time_that_somebody_wrote_down_is_on_the_clock_of_the_mall(at_desk, case):
    told = {"kind": "statement", "source": "staff", "text": "没有开箱。", "said_at": "2025-11-20T09:30"}

    at_desk.post(page("add", case), told)

    assert Evidence.objects.get().said_at.isoformat() == "2025-11-20T01:30:00+00:00"


def test_the_picture_that_is_shown_does_not_say_where_it_was_taken(at_desk, case, keep):
    keep(upload=photo_of())

    answer = at_desk.get(page("file", case, 1))

    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"
    assert samples.place_in(b"".join(answer.streaming_content)) == {}
    assert at_desk.get(page("one", case, 1)).status_code == 200


def test_an_altered_file_is_a_sentence_not_a_picture(at_desk, case, keep):
    spoil(keep().file.copy_name, flipped(-1))

    answer = at_desk.get(page("file", case, 1))

    assert answer.status_code == 500
    assert "not as it was kept" in answer.text


def test_the_original_is_given_to_a_lead_who_says_why(client, case, keep, lead, mei):
    data = samples.photo()
    keep(upload=photo_of(data=data))
    client.force_login(mei)
    assert client.post(page("step", case, 1, "original"), {"original-reason": "核对"}).status_code == 403

    client.force_login(lead)
    assert client.post(page("step", case, 1, "original"), {"original-reason": ""}).status_code == 422
    answer = client.post(page("step", case, 1, "original"), {"original-reason": "核对"})

    assert b"".join(answer.streaming_content) == data
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_step_that_is_not_offered_is_no_page(at_desk, case, keep):
    keep()

    assert at_desk.get(page("step", case, 1, "withdraw")).status_code == 404
    assert at_desk.post(page("step", case, 1, "delete")).status_code == 404


def test_a_shop_is_asked_reminded_and_heard(at_desk, case, luggage, lead, act):
    assert (
        at_desk.post(page("ask-statement", case), {"shop": luggage.pk, "question": "哪天到货的？"}).status_code == 302
    )
    statement = ShopStatement.objects.get()
    assert statement.clock is not None

    at_desk.post(page("statement-step", case, statement.pk, "nudge"))
    panel = at_desk.get(page("panel", case)).text
    assert "L2-C02" in panel
    assert "reminded once" in panel
    assert at_desk.post(page("statement-step", case, statement.pk, "receive"), {}).status_code == 422
    at_desk.post(
        page("statement-step", case, statement.pk, "receive"),
        {"receive-text": "上周到货的。", "receive-upload": photo_of()},
    )

    statement.refresh_from_db()
    assert not statement.is_open
    assert "上周到货的。" in at_desk.get(page("statement", case, statement.pk)).text
    assert [one.kind for one in Evidence.objects.of(case)] == ["statement", "photo"]


def test_asking_the_same_shop_twice_is_refused_in_words(at_desk, case, luggage):
    told = {"shop": luggage.pk, "question": "哪天到货的？"}
    at_desk.post(page("ask-statement", case), told)

    answer = at_desk.post(page("ask-statement", case), told)

    assert answer.status_code == 409
    assert "Remind it instead" in answer.text


def test_pictures_are_asked_for_and_the_days_are_counted(at_desk, case, act, mei):
    filmed = f"{localtime() - timedelta(days=12, hours=1):%Y-%m-%dT%H:%M}"
    told = {
        "place": "L2-C02 门口", "filmed_from": filmed, "filmed_until": filmed, "reason": "核对",
        "requester": "小梅", "relation": "staff",
    }  # fmt: skip

    answer = at_desk.post(page("ask-cctv", case), told, follow=True)

    request = CctvRequest.objects.get()
    assert "day 12; may be overwritten from" in answer.text
    assert request.clock.due_at == request.filmed_from + timedelta(days=25)
    assert at_desk.post(page("cctv-step", case, request.pk, "viewed"), {"viewed-who": "老周"}).status_code == 422
    at_desk.post(page("cctv-step", case, request.pk, "viewed"), {"viewed-who": "老周", "viewed-why": "核对"})
    at_desk.post(page("cctv-step", case, request.pk, "preserved"), {"preserved-until": "2099-12-20"})
    request.refresh_from_db()
    assert request.state == "preserved"
    shown = at_desk.get(page("cctv", case, request.pk)).text
    assert "老周" in shown
    assert "Handed to the police" not in shown  # Mei may not


def test_where_nothing_more_is_asked_for_it_is_not_offered(at_desk, case, act, mei):
    from sisheng.desk.inquiries import actions as inquiries

    inquiries.withdraw(act(mei), case, reason="顾客说不用了")

    assert page("add", case) not in at_desk.get(page("panel", case)).text


def test_the_chain_of_custody_is_read_on_its_page(client, case, keep, lead, act, now):
    evidence = keep()
    actions.hand_over(act(lead, at=now + timedelta(hours=1)), evidence, to="派出所", reference="12")
    client.force_login(lead)

    assert "handed over to 派出所 (12)" in client.get(page("one", case, 1)).text

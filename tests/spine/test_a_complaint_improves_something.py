"""Improvements are asked for because of a complaint, which follows them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from io import BytesIO

import pypdf
import pytest
from django.urls import reverse

from sisheng.desk.complaints import actions as complaints
from sisheng.desk.improvements.models import Improvement
from sisheng.ground.events.reactions import run_reactions


@pytest.fixture
def react(now):
    def react(minutes=1):
        run_reactions(now + timedelta(minutes=minutes))

    return react


@pytest.fixture
def complaint(act, mei, riverside, counter, luggage):
    told = {"category": "price.price_tag", "account": "多收十元", "claims": ["explanation"], "phone": "15400000002"}
    return complaints.receive(act(mei), riverside, owner=mei, desk=counter, shop=luggage, **told)


@pytest.fixture
def browse(client, boss):
    client.force_login(boss)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def browse(name, *args, **data):
        address = reverse(f"improvements:{name}", args=["riverside", *args])
        return client.post(address, {"once": uuid.uuid4(), **data}) if data else client.get(address)

    return browse


FORM = {
    "problem": "价签没换",
    "measure": "当晚核对",
    "department": "招商部",
    "due_on": "2027-12-10",
    "source": "meeting",
}


@pytest.mark.rule("CMP-18")
def test_a_complaint_follows_the_improvement_that_was_asked_for_because_of_it(improve, complaint, react):
    improvement = improve(origin=complaint)
    react()

    complaint.refresh_from_db()
    assert (complaint.improvement, complaint.improvement_words) == ("action", improvement.number)
    assert complaint.timeline().get(kind="complaint.improvement_decided").by == "system"


def test_when_it_is_dropped_the_complaint_asks_again(improve, advance, complaint, react):
    improvement = improve(origin=complaint)
    react()

    advance(improvement, "drop")
    react()

    complaint.refresh_from_db()
    assert (complaint.improvement, complaint.improvement_words) == ("", "")


def test_of_two_improvements_the_one_that_is_left_stands_in_the_complaint(improve, advance, complaint, react):
    first, second = improve(origin=complaint), improve(origin=complaint)
    react()

    advance(first, "drop")
    react()

    complaint.refresh_from_db()
    assert complaint.improvement_words == second.number


def test_what_came_from_no_complaint_leaves_complaints_alone(improve, complaint, react):
    improve(source="meeting")
    react()

    complaint.refresh_from_db()
    assert complaint.improvement == ""


@pytest.mark.rule("CMP-30")
def test_an_improvement_from_a_complaint_about_somebody_is_not_shown_to_them(
    improve, act, mei, ping, riverside, counter
):
    about_ping = complaints.receive(
        act(mei), riverside, owner=mei, desk=counter, against="staff", about_staff=ping, category="attitude.rude",
        account="态度不好", claims=["apology"], anonymous_label="蓝衣先生",
    )  # fmt: skip
    improvement = improve(origin=about_ping)

    assert not Improvement.objects.visible_to(ping).filter(pk=improvement.pk).exists()
    assert Improvement.objects.visible_to(mei).filter(pk=improvement.pk).exists()


def test_asked_for_from_a_complaint_one_comes_back_to_it(browse, complaint):
    response = browse("begin", origin=complaint.number, **{**FORM, "source": "complaint"})

    improvement = Improvement.objects.get()
    assert response["Location"] == complaint.get_absolute_url()
    assert improvement.origin_id == complaint.pk
    assert improvement.clocks.get().due_at == datetime(2027, 12, 10, 23, 59, tzinfo=complaint.mall.zone)


def test_the_panel_lists_what_came_from_this_complaint_and_nothing_else(browse, improve, complaint):
    mine, other = improve(origin=complaint), improve()

    page = browse("panel", complaint.number).content.decode()

    assert mine.number in page
    assert other.number not in page


def test_the_handling_form_names_the_improvement_by_when_and_by_whom(client, browse, improve, complaint, react):
    improvement = improve(origin=complaint)
    react()

    answer = client.get(reverse("complaints:handling", args=["riverside", complaint.number]))
    words = "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(answer.content)).pages)

    for told in (improvement.number, "招商部", "每次促销结束当晚由店长核对全部价签", "2026-12-07"):
        assert told in words

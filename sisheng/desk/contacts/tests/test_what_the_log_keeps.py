"""The form of the quick log, as a browser without any script would send it (REC-07, INQ-07)."""

from __future__ import annotations

import re

import pytest

from sisheng.desk.contacts.models import Contact
from sisheng.mall.staff import middleware


@pytest.fixture
def desk(client, mei, on_duty, counter, now, monkeypatch):
    monkeypatch.setattr(middleware.timezone, "now", lambda: now)
    on_duty(mei, counter)
    client.force_login(mei)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def log(desk):
    """What the quick log of the page offers, filled in and sent."""

    def log(**told):
        form = desk.get("/riverside/desk/").content.decode().split('id="quicklog"')[1].split("</form>")[0]
        (address,) = re.findall(r'action="([^"]+)"', form)
        assert set(told) <= set(re.findall(r'name="([^"]+)"', form))
        assert desk.post(address, {**told, "once": f"key-{Contact.objects.count()}"}).status_code == 302
        return Contact.objects.latest("pk")

    return log


@pytest.mark.rule("REC-07")
def test_need_time_and_the_answer_given_are_kept_of_somebody_who_said_no_name(log, desk, luggage, mei, counter, now):
    contact = log(need="1", answer="shop:L2-C02", seconds="19")

    assert (contact.need, contact.at, contact.seconds) == ("1", now, 19)
    assert (contact.answer_kind, contact.answer_ref, contact.outcome) == ("shop", "L2-C02", "guided")
    assert (contact.customer, contact.caller, contact.is_complete) == (None, "", True)
    assert (contact.agent, contact.desk) == (mei, counter)
    row = desk.get("/riverside/desk/contacts/").content.decode().split(f'id="contact-{contact.number}"')[1]
    assert "行远箱包" in row.split("</tr>")[0]


@pytest.mark.rule("REC-07")
def test_whoever_gave_a_name_by_telephone_is_kept_with_it(desk):
    page = desk.get("/riverside/desk/contacts/new/?channel=phone").content.decode()
    assert 'name="caller"' in page

    told = {"need": "3", "channel": "phone", "caller": "林女士", "matter": "问停车费", "once": "k"}
    desk.post("/riverside/desk/contacts/new/", told)

    contact = Contact.objects.get()
    assert (contact.caller, contact.matter, contact.channel) == ("林女士", "问停车费", "phone")


@pytest.mark.rule("INQ-07")
def test_to_another_department_and_to_a_superior_are_two_keys_and_two_endings(log, desk):
    page = desk.get("/riverside/desk/").content.decode()
    keys = dict(re.findall(r'data-do="(\w+)" data-key="(\w)"', page))

    assert (keys["referred"], keys["escalated"]) == ("z", "s")
    endings = {}
    for outcome in ("referred", "escalated"):
        contact = log(need="5", words="积分少了", outcome=outcome)
        assert (contact.outcome, contact.answered_at) == (outcome, None)  # passed on is not answered
        record = desk.get(f"/riverside/desk/contacts/{contact.number}/").content.decode()
        endings[outcome] = [words for words in ("referred", "passed to a superior") if f">{words}<" in record]
    assert endings == {"referred": ["referred"], "escalated": ["passed to a superior"]}

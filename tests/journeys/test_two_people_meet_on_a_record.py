"""Two people at one complaint: they see each other, nobody's words are lost, and one hands it on to the other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint
from sisheng.kit.presence.models import Presence
from sisheng.mall.staff.actions import check_in
from tests.journeys.looking import until
from tests.journeys.record import open_step, take

WITHIN = 5  # seconds: so soon one sees the other (ux.md §7)


@pytest.fixture
def complaint(riverside, counter, luggage, mei, ping, act):
    now = timezone.now()
    for person in (mei, ping):
        check_in(act(person, at=now - timedelta(hours=1)), counter, person=person)
    told = {"category": "quality.flawed", "account": "箱子轮子断了", "claims": ["repair"], "phone": "15400000001"}
    received = actions.receive(act(mei, at=now - timedelta(minutes=9)), riverside, owner=mei, shop=luggage, **told)
    return actions.investigate(act(mei, at=now - timedelta(minutes=5)), received)


def address(complaint, name=""):
    return f"/riverside/desk/complaints/{complaint.number}/{name}"


def test_each_sees_the_other_within_five_seconds_and_at_the_field(page_for, complaint, mei, ping):
    meis, pings = page_for(mei), page_for(ping)
    meis.goto(address(complaint, "facts/"))
    pings.goto(address(complaint, "facts/"))
    until(pings, f"document.querySelector('#presence-{mei.code}') !== null", seconds=WITHIN + 2)
    assert "看" in pings.inner_text(f"#presence-{mei.code}")

    meis.focus("[name=account]")
    until(pings, f"document.querySelector('#presence-{mei.code}.is-writing') !== null", seconds=WITHIN + 2)
    said = pings.locator(".field:has([name=account]) .field-presence")
    assert said.inner_text() == f"{mei.spoken_name}正在写这里"
    assert "经过" in pings.inner_text(f"#presence-{mei.code} [data-where]")

    meis.goto("/riverside/desk/")
    Presence.objects.filter(staff=mei).update(seen_at=timezone.now() - timedelta(seconds=31))
    until(pings, f"document.querySelector('#presence-{mei.code}') === null", seconds=WITHIN + 2)
    assert pings.locator(".field-presence").count() == 0


@pytest.mark.rule("REC-08")
def test_both_change_the_same_field_and_both_texts_survive(page_for, complaint, mei, ping, forgive):
    forgive("status of 422")
    meis, pings = page_for(mei), page_for(ping)
    meis.goto(address(complaint, "facts/"))
    pings.goto(address(complaint, "facts/"))
    meis.fill("[name=account]", "小梅：左边的轮子断了")
    pings.fill("[name=account]", "阿平：两个轮子都断了")
    pings.fill("[name=place]", "L2 中庭")
    meis.keyboard.press("Control+Enter")
    meis.wait_for_url(f"**{address(complaint)}")
    pings.keyboard.press("Control+Enter")
    pings.wait_for_selector(".clash")

    assert "小梅：左边的轮子断了" in pings.inner_text(".clash")
    assert pings.input_value("[name=account]") == "阿平：两个轮子都断了"
    assert Complaint.objects.get().account == "小梅：左边的轮子断了"

    pings.fill("[name=account]", "小梅：左边的轮子断了。阿平：右边的也松了。")
    pings.keyboard.press("Control+Enter")
    pings.wait_for_url(f"**{address(complaint)}")
    complaint.refresh_from_db()
    assert (complaint.account, complaint.place) == ("小梅：左边的轮子断了。阿平：右边的也松了。", "L2 中庭")


def test_what_is_half_written_stays_while_the_other_does_something(page_for, complaint, mei, ping):
    meis, pings = page_for(mei), page_for(ping)
    meis.goto(address(complaint))
    pings.goto(address(complaint))
    pings.fill("[name=finding]", "轮轴有裂纹，")
    meis.keyboard.press("Alt+p")
    until(meis, "document.activeElement?.id === 'note-text'")
    meis.keyboard.insert_text("顾客是老会员")
    meis.keyboard.press("Control+Enter")
    until(meis, "document.querySelector('.notes')?.textContent.includes('老会员')")
    pings.evaluate("document.querySelector('#complaint').dispatchEvent(new CustomEvent('poke'))")
    until(pings, "document.querySelector('.notes')?.textContent.includes('老会员')")

    assert pings.input_value("[name=finding]") == "轮轴有裂纹，"


@pytest.mark.rule("CMP-25")
def test_a_loud_customer_is_handed_on_and_no_clock_notices(page_for, complaint, mei, ping):
    page = page_for(mei)
    before = list(complaint.clocks.order_by("pk").values_list("deadline", "due_at"))
    page.goto(address(complaint))
    form = open_step(page, "hand_on")
    offered = form.locator("[name=to] option").all_inner_texts()
    assert any(ping.spoken_name in name and "在岗" in name for name in offered)
    take(page, "hand_on", to=ping.code, room="会客室", reason="顾客情绪激动，换个地方换个人")

    complaint.refresh_from_db()
    assert (complaint.handler, complaint.owner, complaint.handed_on) == (ping, mei, 1)
    assert list(complaint.clocks.order_by("pk").values_list("deadline", "due_at")) == before
    assert ping.spoken_name in page.inner_text(".record-facts")

"""Somebody is angry at the counter: from T to the number that is read out, with the keys of ux.md §5 path 9."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from sisheng.desk.complaints.models import Complaint
from sisheng.desk.contacts.models import Contact
from sisheng.ground.events.reactions import run_reactions
from tests.journeys.looking import until
from tests.journeys.test_a_question_is_answered import clock, desk, suhe

__all__ = ["clock", "desk", "suhe"]  # fixtures: 苏禾 at the main desk, and the clock on the wall

SENTENCE = "面霜用了两次脸就红肿，店员说拆封不退，让我自己去医院看看"


class Hand:
    """Presses keys as a person does, one by one, and counts them; waits for nothing but the screen."""

    def __init__(self, page):
        self.page, self.keys = page, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(70)  # a quick hand, and no scanner
            self.keys += 1

    def write(self, words):
        """Each character counts as one key, as an input method makes of them on average."""
        self.page.keyboard.insert_text(words)
        self.keys += len(words)


def take_down(page):
    """T, and the form is there."""
    page.keyboard.press("t")
    page.wait_for_url("**/complaints/new/")
    has_focus(page, "unit")


def has_focus(page, name):
    until(page, f"document.activeElement?.name === '{name}'")


# Between key and screen, as the browser itself measured it: the two pages that were loaded
WAITED = (
    "(() => { const [page] = performance.getEntriesByType('navigation'); return page.domContentLoadedEventEnd; })()"
)


@pytest.mark.rule("CMP-02", "CMP-03")
def test_a_complaint_is_accepted_in_about_fifty_keys(desk, clock, capsys):
    hand = Hand(desk)
    take_down(desk)
    hand.keys += 1
    waited = [desk.evaluate(WAITED)]
    until(desk, "document.readyState === 'complete'")
    hand.press("y", "h")
    until(desk, "document.querySelector('.shop-list [aria-selected=true] .answer-name')?.textContent === '盐花护肤'")
    hand.press("Enter")
    has_focus(desk, "category")
    hand.press("4", "2")
    has_focus(desk, "account")
    hand.write(SENTENCE)
    hand.press("Tab", "2")
    hand.press("Enter")
    has_focus(desk, "phone")
    hand.press(*"15400000007")
    hand.press("Control+Enter")
    desk.wait_for_url(re.compile("/complaints/TS-"))
    waited.append(desk.evaluate(WAITED))

    complaint = Complaint.objects.get()
    said = desk.inner_text(".aloud")
    assert (complaint.status, complaint.shop.name, complaint.category) == ("accepted", "盐花护肤", "quality.flawed")
    assert (complaint.account, complaint.claims) == (SENTENCE, ["return"])
    assert complaint.customer.phone.endswith("15400000007")
    assert desk.inner_text("[data-tail]") == complaint.number[-4:]
    assert complaint.clocks.get(deadline="complaint.final").due_at == clock.at + timedelta(hours=72)
    assert "11-26 10:00" in said
    assert hand.keys <= 52
    assert float(desk.evaluate("getComputedStyle(document.querySelector('[data-tail]')).fontSize.slice(0, -2)")) >= 40
    with capsys.disabled():
        print(f"\npath 9: {hand.keys} keys, own waits {sum(waited):.0f} ms ({', '.join(f'{ms:.0f}' for ms in waited)})")


def test_a_shop_is_found_while_an_input_method_composes_and_its_enter_takes_nothing(desk):
    take_down(desk)
    desk.wait_for_load_state("networkidle")
    wire = desk.context.new_cdp_session(desk)
    wire.send("Input.imeSetComposition", {"text": "yan'hua", "selectionStart": 7, "selectionEnd": 7})
    until(desk, "document.querySelector('.shop-list [aria-selected=true] .answer-name')?.textContent === '盐花护肤'")
    wire.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229},
    )
    desk.wait_for_timeout(200)
    assert desk.evaluate("document.activeElement.name") == "unit"

    wire.send("Input.insertText", {"text": "盐花"})
    desk.keyboard.press("Enter")
    has_focus(desk, "category")
    assert desk.input_value("[name=unit]") == "盐花护肤 L1-A06"


def test_a_contact_becomes_a_complaint_and_its_words_stand_in_no_address(desk, clock):
    desk.keyboard.press("4")
    desk.wait_for_selector("#quicklog:not([hidden])")
    desk.keyboard.insert_text("店员骂人还推了我一把")
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("t")
    desk.wait_for_url("**/complaints/new/with/**")
    assert desk.input_value("[name=account]") == "店员骂人还推了我一把"
    assert "%" not in desk.url

    desk.fill("[name=unit]", "L1-A06")
    desk.select_option("[name=category]", "attitude.rude")
    desk.check("[name=claims][value=apology]")
    desk.fill("[name=phone]", "15400000231")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_url(re.compile("/complaints/TS-"))

    run_reactions(clock.at)
    contact = Contact.objects.get()
    assert (contact.case.number, contact.outcome) == (Complaint.objects.get().number, "complaint")


def test_whoever_forgot_something_finds_it_marked_and_the_rest_kept(desk, forgive):
    forgive("status of 422")
    take_down(desk)
    desk.fill("[name=unit]", "L1-A06")
    desk.fill("[name=account]", "多收了十块钱")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector("[name=category][aria-invalid=true]", state="attached")

    assert desk.input_value("[name=account]") == "多收了十块钱"
    assert not Complaint.objects.exists()

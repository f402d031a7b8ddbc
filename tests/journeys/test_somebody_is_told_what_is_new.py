"""A case is given to Mei: the number beside the bell grows, her computer tells her, and one press leads to the case."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.desk.inquiries import actions as inquiries
from sisheng.kit.messages.actions import tell_customer, tell_staff
from sisheng.kit.messages.models import Notice
from tests.journeys.looking import until

DESK = "/riverside/desk/"
POKE = "document.querySelectorAll('[data-topic~=notice]').forEach((one) => one.dispatchEvent(new CustomEvent('poke')))"
# A computer that would show a notification, and somebody who looks at something else
COMPUTER = """
window.shown = [];
window.Notification = class {
  static permission = "default";
  static async requestPermission() { return (Notification.permission = "granted"); }
  constructor(title, more) { window.shown.push([title, more.body]); }
};
document.hasFocus = () => false;
"""
COUNT = "document.getElementById('notice-count')?.dataset.count"


@pytest.fixture
def wheels(riverside, luggage, counter, lead, mr_wang, act):
    asked = {"handler": lead, "shop": luggage, "customer": mr_wang, "desk": counter}
    at = timezone.now() - timedelta(minutes=20)
    return inquiries.begin(act(lead, at=at), riverside, question="轮子能不能单独换？", **asked)


def give(act, lead, mei, case):
    tell_staff(act(lead, at=timezone.now()), case.mall, to=[mei], kind="case.assigned", case=case)


def test_the_computer_tells_whoever_asked_for_it_that_something_is_new(page_for, act, lead, mei, wheels):
    page = page_for(mei, lang="en")
    page.add_init_script(COMPUTER)
    page.goto(f"{DESK}messages/notices/")
    until(page, f"{COUNT} === '0'")
    give(act, lead, mei, wheels)
    page.evaluate(POKE)
    until(page, f"{COUNT} === '1'")
    assert page.evaluate("shown") == []  # she has not asked for it

    page.get_by_role("button", name="Show on this computer").click()
    until(page, "document.querySelector('[data-notify]').ariaPressed === 'true'")
    give(act, lead, mei, wheels)
    page.evaluate(POKE)
    until(page, f"{COUNT} === '2'")

    assert page.evaluate("shown") == [["Service desk", "New notices for you: 2"]]
    assert wheels.number not in str(page.evaluate("shown"))


def test_from_the_desk_one_press_leads_to_the_case_and_the_number_goes(page_for, act, lead, mei, wheels):
    give(act, lead, mei, wheels)
    page = page_for(mei, lang="en")
    page.goto(DESK)

    page.get_by_role("button", name=f"Open {wheels.number}").click()

    page.wait_for_url(f"**/inquiries/{wheels.number}/")
    until(page, f"{COUNT} === '0'")
    assert not Notice.objects.unseen().exists()


def test_what_was_said_in_person_is_ticked_off_on_the_page_of_the_case(page_for, act, lead, mei, wheels):
    tell_customer(act(lead, at=timezone.now()), wheels, purpose="progress", subject="处理进展", text="明早答复。")
    page = page_for(mei, lang="en")
    page.goto(wheels.get_absolute_url())

    page.get_by_role("button", name="Told the customer").click()

    until(page, "document.querySelector('#messages-of-case .is-ok')?.textContent.includes('told in person')")

"""axe finds nothing serious on any screen, light or dark, in both languages; and none scrolls sideways at 320 px."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from sisheng.cases.actions import add_note
from sisheng.desk.complaints import actions as complaints
from sisheng.desk.contacts import actions as contacts
from sisheng.desk.inquiries import actions as inquiries
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.messages.actions import tell_customer, tell_staff
from sisheng.kit.presence.actions import be_here
from sisheng.mall.staff import actions as duty
from sisheng.windows.book.actions import Written, enter
from tests.journeys.looking import axe, overflow, until

DESK = "/riverside/desk/"
PANELS = {"quick log": ("[data-need='1']", "#quicklog"), "palette": (".omnibox", "#palette")}
OVER = "(selector) => (({scrollWidth, clientWidth}) => scrollWidth - clientWidth)(document.querySelector(selector))"
OPENED = {"quick log": ("1", "#quicklog:not([hidden])"), "palette": ("/", "#palette[open]")}


@pytest.fixture
def screens(riverside, counter, luggage, luggage_lead, lead, mei, mr_wang, act, now):
    """Every screen of the desk, with something on it."""
    earlier = timezone.now() - timedelta(hours=3)
    duty.check_in(act(lead, at=earlier), counter, person=lead)
    asked = {"handler": lead, "shop": luggage, "customer": mr_wang}
    late = inquiries.begin(act(lead, at=earlier), riverside, question="行李箱的轮子能不能单独换？", **asked)
    logged = contacts.log(act(lead, at=earlier), riverside, agent=lead, desk=counter, need="1", outcome="answered")
    contacts.arrive(act(lead, at=timezone.now()), counter)
    exception = {"title": "超过退货期三天，请按例外收下退货", "reason": "顾客出差在外，吊牌和发票都在。"}
    asked_for = approvals.ask(act(mei, at=earlier), late, ref="exception:1", amount=Decimal(640), **exception)
    approvals.ask(act(mei, at=earlier), late, ref="exception:2", chain=["lead", "manager"], **exception)
    tell_customer(act(lead), late, purpose="progress", subject="处理进展", text="明早十点前答复。")
    tell_staff(act(lead), riverside, to=[lead], kind="message.failed", case=late)
    complaint = _complained(riverside, counter, luggage, lead, mei, act, earlier)
    return {
        "home": DESK,
        "staff": f"{DESK}duty/people/",
        "approvals": f"{DESK}approvals/",
        "approval": f"{DESK}approvals/{asked_for.number}/",
        "approvals of a case": f"{DESK}approvals/of/{late.number}/",
        "cases": f"{DESK}cases/?view=open",
        "no cases": f"{DESK}cases/?view=open&shop=L9-X99",
        "search": f"{DESK}find/",
        "inquiry": f"{DESK}inquiries/{late.number}/",
        "answer": f"{DESK}inquiries/{late.number}/answer/",
        "promise": f"{DESK}inquiries/new/",
        **complaint,
        "figures": f"{DESK}complaints/figures/",
        "figures, which": f"{DESK}complaints/figures/which/",
        "comment book": f"{DESK}book/",
        "complaint channels": f"{DESK}book/ways/",
        "numbers for the book": _from_the_book(riverside, lead, act).get_absolute_url(),
        "contacts": f"{DESK}contacts/",
        "contact": f"{DESK}contacts/{logged.number}/",
        "log": f"{DESK}contacts/new/?channel=phone",
        "notices": f"{DESK}messages/notices/",
        "messages": f"{DESK}messages/of/{late.number}/",
        "check-in": f"{DESK}duty/check-in/",
        "poster": f"{DESK}poster/?at=L2-C02",
    }


def _from_the_book(riverside, lead, act):
    line = Written(1, "praise", timezone.localdate(), "谢谢小梅", {"person_words": "小梅"})
    return enter(act(lead), riverside, who=lead, channel="book", lines=[line])


def go(page, address):
    """Open a screen; the page of the search with something found on it, since no address holds what was looked for."""
    page.goto(address)
    if address.endswith("/find/"):
        page.fill("main [name=q]", "0001")
        page.click("main form [type=submit]")
        page.wait_for_selector("main .found-row")
    page.wait_for_load_state("load")


def _complained(riverside, counter, luggage, lead, mei, act, at):
    """A complaint at five moments of its life, with somebody else at it."""

    def received(phone, **told):
        told = {"category": "quality.flawed", "account": "箱子的轮子用了两天就断了，店里说不管。", "phone": phone,
                "claims": ["repair", "apology"], "emotion": "angry", "salutation": "林女士", **told}  # fmt: skip
        return complaints.receive(act(lead, at=at), riverside, owner=lead, desk=counter, shop=luggage, **told)

    accepted = received("15400000021", amount=Decimal(88))
    offered = complaints.investigate(act(lead, at=at), received("15400000022", flags=["injury"], amount=Decimal(1280)))
    complaints.chase(act(lead, at=at), offered, words="怎么还没消息")
    add_note(act(lead, at=at), offered, text="顾客是老会员")
    complaints.find(act(lead, at=at), offered, finding="轮轴有裂纹", substantiated="yes", responsibility="goods")
    proposing = complaints.investigate(act(lead, at=at), received("15400000023"))
    complaints.find(act(lead, at=at), proposing, finding="轮轴有裂纹", substantiated="yes", responsibility="goods")
    remedies = [{"kind": "repair", "payer": "brand"}, {"kind": "voucher", "value": Decimal(30), "payer": "mall"}]
    complaints.write_proposal(act(lead, at=at), offered, words="免费修，送券。", remedies=remedies)
    complaints.propose(act(lead, at=at), offered)
    be_here(act(mei, at=timezone.now() + timedelta(minutes=9)), offered, who=mei, field="facts/account")
    record = {one: f"{DESK}complaints/{one.number}/" for one in (accepted, offered, proposing)}
    return {
        "complaint, taking down": f"{DESK}complaints/new/",
        "complaint, accepted": record[accepted],
        "complaint, proposing": record[proposing],
        "complaint, offered": record[offered],
        "complaint, agreeing": f"{record[offered]}agree/",
        "complaint, handing on": f"{record[offered]}hand_on/",
        "complaint, facts": f"{record[offered]}facts/",
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_everybody_can_read_and_work_every_screen(page_for, lead, screens, lang, theme):
    page = page_for(lead, lang=lang, theme=theme)
    faults = {}

    for name, address in screens.items():
        go(page, address)
        faults[name] = axe(page)
    for name, (key, opened) in OPENED.items():
        page.goto(DESK)
        page.keyboard.press(key)
        until(page, f"document.querySelector('{opened}') !== null")
        faults[name] = axe(page)
        page.keyboard.press("Escape")

    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [320, 683, 1366])
def test_no_screen_scrolls_sideways(page_for, lead, screens, lang, width):
    page = page_for(lead, lang=lang, width=width)
    wider = {}

    for name, address in screens.items():
        go(page, address)
        wider[name] = overflow(page)
    for name, (opener, opened) in PANELS.items():
        page.goto(DESK)
        page.click(opener)
        wider[name] = overflow(page) + page.evaluate(OVER, opened)

    assert {name: pixels for name, pixels in wider.items() if pixels > 0} == {}

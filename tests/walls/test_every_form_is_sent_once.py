"""Every form of the product, sent twice and four times at once, against a table written by hand of what it may make."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from sisheng.desk.complaints import actions as complaints
from sisheng.desk.complaints.steps import STEPS as COMPLAINT_STEPS
from sisheng.desk.contacts import actions as contacts
from sisheng.desk.followups import actions as followups
from sisheng.desk.followups import views as followup_views
from sisheng.desk.improvements.views import STEPS as IMPROVEMENT_STEPS
from sisheng.desk.inquiries import views as inquiry_views
from sisheng.desk.inquiries.lifecycle import INQUIRY
from sisheng.desk.inquiries.models import Inquiry
from sisheng.desk.praise import actions as praise
from sisheng.desk.quality import actions as quality
from sisheng.desk.quality.models import Draw, Review
from sisheng.ground.files.tests.samples import PDF
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.evidence import actions as evidence
from sisheng.kit.evidence.steps import OF_CCTV, OF_EVIDENCE, OF_STATEMENT
from sisheng.kit.evidence.tests.conftest import PARTS
from sisheng.kit.messages.actions import tell_customer, tell_staff
from sisheng.mall.directory.models import Desk, Shop
from sisheng.mall.staff.actions import stand_in
from sisheng.mall.staff.middleware import KEYLESS
from sisheng.mall.staff.visitors import Visitor
from sisheng.windows.board.models import SavedView
from sisheng.windows.book.actions import Written, enter
from tests.walls import book_forms, complaint_forms, improvement_forms
from tests.walls.inductions import induction_of
from tests.walls.rows import everything, made
from tests.walls.test_who_may_open_which_page import ELSEWHERE, PAGES, PUBLIC, _names

ONE_EVENT = {"events.Event": 1}
WITH_WORDS = {"events.Event": 1, "events.EventDetail": 1}  # that may have to be forgotten


@dataclass(frozen=True)
class Form:
    """What is sent to a page, what else could be sent under the same key, and which rows the first may make."""

    page: str
    body: dict
    other: dict  # merged into the body: another wish
    makes: dict = field(default_factory=lambda: ONE_EVENT)
    move: str = ""
    state: str = ""  # the inquiry is taken there first
    query: str = ""
    by: str = "boss"  # who sends it: an agent where somebody who may decide would need nobody

    def __str__(self) -> str:
        return f"{self.page} {self.move}".strip()


SEEN = {"seen": "99"}  # another version of the case
FORMS = [
    Form("staff:check-in", {"desk": "@side"}, {"desk": "@counter"},
         makes={"staff.CheckIn": 1, "events.Event": 2}),  # leaving the one desk, coming to the other
    Form("staff:check-out", {}, {"x": "1"}),
    Form("staff:stand-in",
         {"absent": "@mei", "present": "@ping", "from_at": "2026-11-24", "until_at": "2026-11-26", "decides": "on"},
         {"until_at": "2026-11-27"}, makes={"staff.StandIn": 1, "events.Event": 1}),
    Form("staff:end-stand-in", {}, {"x": "1"}),
    Form("staff:skill", {"skill": "followup", "do": "give"}, {"do": "take"}),
    Form("training:begin", {"person": "@ping", "on": "2026-11-20"}, {"on": "2026-11-21"},
         makes={"training.Induction": 1, "events.Event": 1}),
    Form("training:lesson", {"on": "2026-11-23", "form": "classroom", "topic": "process", "hours": "3"}, {"hours": "4"},
         makes={"training.Lesson": 1, "events.Event": 1}),
    Form("training:exam", {"on": "2026-11-23", "score": "70"}, {"score": "71"},
         makes={"training.Exam": 1, "events.Event": 1}),
    Form("training:pass", {}, {"x": "1"}),
    Form("training:strike-lesson", {}, {"x": "1"}),
    Form("training:strike-exam", {}, {"x": "1"}),
    Form("contacts:log", {"need": "1", "words": "洗手间在哪", "outcome": "unanswered"}, {"words": "电梯在哪"},
         makes={"contacts.Contact": 1, "events.Event": 2, "events.EventDetail": 1, "events.Delivery": 1}),
    Form("contacts:new", {"need": "1", "channel": "phone", "matter": "问停车费"}, {"matter": "问会员"},
         makes={"contacts.Contact": 1, "events.Event": 1}),
    Form("contacts:undo", {}, {"x": "1"}, makes={"events.Event": 1, "events.Delivery": 1}),
    Form("contacts:arrive", {}, {"x": "1"}, makes={"contacts.Arrival": 1, "events.Event": 1}),
    Form("contacts:greet", {}, {"x": "1"}),
    Form("contacts:leave", {}, {"x": "1"}),
    Form("inquiries:begin",
         {"question": "有没有绿色的？", "unit": "L2-C02", "phone": "15400000002", "pick": "1h"},
         {"question": "有没有红色的？"},
         makes={"cases.Case": 1, "inquiries.Inquiry": 1, "cases.Clock": 2, "search.SearchDoc": 1,
                "customers.Customer": 1, "customers.Consent": 1, "events.Event": 3, "events.Delivery": 2}),
    Form("inquiries:begin",
         {"question": "几点叫号？", "anonymous_label": "蓝衣", "pick": "at", "promise_at": "2026-11-23T11:30"},
         {"promise_at": "2026-11-23T11:45"},
         makes={"cases.Case": 1, "inquiries.Inquiry": 1, "cases.Clock": 2, "search.SearchDoc": 1, "events.Event": 1,
                "events.Delivery": 2}),
    Form("inquiries:phone", {"reason": "call_back"}, {"reason": "correct"}),
    Form("inquiries:move", {"seen": "0"}, SEEN, move="ask"),
    Form("inquiries:move", {"seen": "1", "result": "reached", "who": "店长"}, {"who": "副店长"}, move="reach",
         state="contacting_brand", makes={"inquiries.BrandTry": 1, "events.Event": 1}),
    Form("inquiries:move", {"seen": "1", "answer": "有，下周到货。"}, {"answer": "没有。"}, move="answer",
         state="contacting_brand"),
    Form("inquiries:move", {"seen": "1", "pick": "10m"}, {"pick": "1h"}, move="renew", state="contacting_brand",
         makes={"cases.Clock": 1, "events.Event": 1}),
    Form("inquiries:move", {"seen": "1"}, SEEN, move="call_back", state="answer_ready"),
    Form("inquiries:move", {"seen": "1", "reason": "三次无人接听"}, {"reason": "停机"}, move="miss",
         state="answer_ready", makes={"events.Event": 1, "events.EventDetail": 1, "events.Delivery": 1}),
    Form("inquiries:move", {"seen": "2", "outcome": "answered"}, {"outcome": "partly"}, move="close",
         state="called_back", makes={"events.Event": 1, "events.Delivery": 1}),
    Form("inquiries:move", {"seen": "0", "reason": "顾客说不用了"}, {"reason": "说错了"}, move="withdraw",
         makes={"events.Event": 1, "events.EventDetail": 1, "events.Delivery": 1}),
    *(Form(**form) for form in complaint_forms.FORMS),
    Form("complaints:slip", {}, {"x": "1"}, makes=WITH_WORDS),
    Form("complaints:casefile", {"purpose": "消协调取", "language": "zh"}, {"purpose": "存档"}, makes=WITH_WORDS),
    *(Form(**form) for form in improvement_forms.FORMS),
    Form("contacts:typical", {"mark": "yes"}, {"mark": "no"}),
    Form("praise:name", {"person": "@mei"}, {"person": "@ping"}, makes={"events.Event": 1, "events.Delivery": 1}),
    Form("praise:take", {}, {"x": "1"}, makes={"events.Event": 1, "events.Delivery": 1}),
    Form("praise:answer", {"answer": "adopted", "reason": "下月添六把。"}, {"reason": "再等等"}, makes=WITH_WORDS),
    Form("praise:phone", {"reason": "call_back"}, {"reason": "correct"}),
    Form("quality:check", {"correct": "no", "note": "会员日是周三"}, {"note": "会员日是周四"},
         makes={"events.Event": 1, "events.Delivery": 1}),
    Form("quality:seen", {}, {"x": "1"}, by="mei"),
    Form("book:enter", book_forms.SHEET, {"1-words": "多收二十元。"}, makes=book_forms.MAKES),
    Form("shops:link", {}, {"x": "1"}, makes={"links.OneTimeLink": 1, "events.Event": 1}),
    Form("approvals:decide", {"answer": "no", "seen": "1", "words": "超出惯例"}, {"answer": "yes"},
         makes={**WITH_WORDS, "events.Delivery": 2}),
    Form("approvals:withdraw", {}, {"x": "1"}, makes={"events.Event": 1, "events.Delivery": 1}),
    Form("messages:see-all", {}, {"x": "1"}),
    Form("messages:open", {}, {"x": "1"}),
    Form("messages:cancel", {}, {"x": "1"}, makes=WITH_WORDS),
    Form("messages:told", {}, {"x": "1"}, makes=WITH_WORDS),
    Form("evidence:add", {"kind": "statement", "source": "customer", "text": "没有开箱。"}, {"text": "开过一次。"},
         makes={"evidence.Evidence": 1, **WITH_WORDS}),
    Form("evidence:step", {"original-reason": "核对"}, {"original-reason": "再核对"}, move="original",
         makes=WITH_WORDS),
    Form("evidence:step", {"hand-over-to": "派出所"}, {"hand-over-to": "消协"}, move="hand-over", makes=WITH_WORDS),
    Form("evidence:step", {"withdraw-why": "放错了"}, {"withdraw-why": "重复"}, move="withdraw", makes=WITH_WORDS),
    Form("evidence:ask-statement", {"shop": "@other_shop", "question": "当时谁在场？"}, {"question": "卖出前验过吗？"},
         makes={"evidence.ShopStatement": 1, "cases.Clock": 1, "events.Event": 1}),
    Form("evidence:statement-step", {"receive-text": "我们验过。"}, {"receive-text": "没有验过。"}, move="receive",
         makes={"evidence.Evidence": 1, "events.Event": 2, "events.EventDetail": 1, "events.Delivery": 1}),
    Form("evidence:statement-step", {}, {"x": "1"}, move="nudge"),
    Form("evidence:statement-step", {"excuse-why": "已经和解"}, {"excuse-why": "问错了店"}, move="excuse",
         makes=WITH_WORDS),
    Form("evidence:ask-cctv",
         {"place": "L2 扶梯口", "filmed_from": "2026-11-23T09:00", "filmed_until": "2026-11-23T09:30",
          "reason": "箱子被碰倒", "requester": "小梅", "relation": "staff"}, {"reason": "箱子不见了"},
         makes={"evidence.CctvRequest": 1, "cases.Clock": 1, **WITH_WORDS}),
    Form("evidence:cctv-step", {"preserved-until": "2026-12-31"}, {"preserved-until": "2027-01-31"},
         move="preserved"),
    Form("evidence:cctv-step", {"viewed-who": "小梅", "viewed-why": "核对时间"}, {"viewed-who": "组长"}, move="viewed",
         makes={"evidence.CctvViewing": 1, **WITH_WORDS}),
    Form("evidence:cctv-step", {"handed-over-number": "京公 1 号"}, {"handed-over-number": "京公 2 号"},
         move="handed-over"),
    Form("evidence:cctv-step", {"unavailable-why": "镜头坏了"}, {"unavailable-why": "已覆盖"}, move="unavailable",
         makes=WITH_WORDS),
    Form("followups:strike", {}, {"x": "1"}),
    Form("followups:phone", {"reason": "call_back"}, {"reason": "correct"}),
    Form("followups:step", {"seen": "0", "result": "busy"}, {"result": "off"}, move="attempt",
         makes={"followups.Attempt": 1, "events.Event": 1}),
    Form("followups:step", {"seen": "0", "satisfaction": "4", "words": "很快"}, {"satisfaction": "5"}, move="finish",
         makes={**WITH_WORDS, "events.Delivery": 2}),  # the file of the complaint, and what follows from a no
    Form("followups:step", {"seen": "3", "reason": "三次无人接听"}, {"reason": "停机"}, move="give_up",
         makes={**WITH_WORDS, "events.Delivery": 1}),
    Form("followups:step", {"seen": "0", "reason": "没空"}, {"reason": "不想说"}, move="refuse",
         makes={**WITH_WORDS, "events.Delivery": 1}),
    Form("followups:step", {"seen": "0", "reason": "已到柜台"}, {"reason": "说错了"}, move="cancel", makes=WITH_WORDS),
    Form("board:assign", {"case": "@inquiry", "to": "1001"}, {"to": "1002"},
         makes={"events.Event": 1, "events.Delivery": 1}),
    Form("board:save-view", {"name": "行远"}, {"name": "箱包"}, query="?view=open&shop=L2-C02",
         makes={"board.SavedView": 1}),
    Form("board:remove-view", {"name": "旧"}, {"name": "新"}, makes={"board.SavedView": -1}),
    Form("board:acknowledge", {}, {"x": "1"}),
]  # fmt: skip
# pages that take several forms, told apart by the end of their address
MOVES_OF = {
    "inquiries:move": set(inquiry_views.MOVES),
    "complaints:step": set(COMPLAINT_STEPS),
    "improvements:step": set(IMPROVEMENT_STEPS),
    "followups:step": set(followup_views.STEPS),
    "evidence:step": {step.name for step in OF_EVIDENCE},
    "evidence:statement-step": {step.name for step in OF_STATEMENT},
    "evidence:cctv-step": {step.name for step in OF_CCTV},
}
NEEDED = {"complaints:fulfil": "trace"}  # the step whose complaint will do for a page of its own
KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"


# What is there before a form is sent


@pytest.fixture
def prepare(
    act, boss, mei, ping, riverside, counter, luggage, on_duty, make_inquiry, make_ready, clock, settings, tmp_path,
    monkeypatch,
):  # fmt: skip
    """The manager stands at the main desk, a customer waits, an inquiry is in the state that the form needs."""

    def lay(form: Form) -> dict:
        settings.MEDIA_ROOT = tmp_path
        monkeypatch.setattr(
            Inquiry, "lifecycle", replace(INQUIRY, parts=(*INQUIRY.parts, *PARTS))
        )  # so that others can be asked as well
        on_duty(boss, counter)
        side = Desk.objects.create(mall=riverside, code="B", name="西门服务台", hours=riverside.hours)
        contact = contacts.log(act(boss), riverside, agent=boss, desk=counter, need="1", outcome="answered")
        arrival = contacts.arrive(act(boss), counter)
        inquiry = make_inquiry(form.state or "registered", phone="15400000001")
        approval = approvals.ask(act(mei), inquiry, ref="exception:1", title="破例", amount=Decimal(640))
        message = tell_customer(act(boss), inquiry, purpose="progress", subject="处理进展", text="好了。")
        (notice,) = tell_staff(act(mei), riverside, to=[boss], kind="message.failed", case=inquiry)
        kept = {
            "kind": "receipt", "upload": ContentFile(PDF, name="receipt.pdf"),
        } if form.move == "original" else {"kind": "statement", "text": "没有开箱。"}  # fmt: skip
        piece = evidence.keep(act(boss), inquiry, **kept)
        statement = evidence.ask_statement(act(boss), inquiry, shop=luggage, question="当时谁在场？")
        cctv = evidence.ask_cctv(
            act(boss), inquiry, place="L2", reason="核对", requester="小梅", relation="staff",
            filmed_from=act(boss).at - timedelta(hours=1), filmed_until=act(boss).at,
        )  # fmt: skip
        if form.move == "handed-over":
            cctv = evidence.cctv_preserved(act(boss), cctv, until=date(2026, 12, 31))
        complaint = make_ready(NEEDED.get(form.page, form.move))
        file = complaint.external_cases.first()
        if form.page in {"complaints:reply", "complaints:their-news"}:
            complaints.register_external(act(boss), complaint, authority="12345", received_on=date(2026, 11, 23))
            file = complaint.external_cases.get()
        thanks = praise.give(act(mei), riverside, words="谢谢", channel="web")
        idea = praise.suggest(act(mei), riverside, words="多放几把椅子", channel="web", phone="15400000003")
        other_shop = Shop.objects.create(
            mall=riverside, unit="L2-C03", name="半日咖啡", floor=luggage.floor, zone=luggage.zone
        )
        call = followups.plan(act(boss), riverside, customer=inquiry.customer, trigger="regular")
        for hours in (20, 15, 1) if form.move == "give_up" else ():
            followups.attempt(act(boss, at=act(boss).at - timedelta(hours=hours)), call, result="busy")
        SavedView.objects.bulk_create(
            SavedView(mall=riverside, staff=boss, name=name, query="view=open") for name in ("旧", "新")
        )
        hers = contacts.log(act(mei), riverside, agent=mei, desk=counter, need="5", outcome="answered")
        lot = Draw.objects.create(mall=riverside, on=hers.on, drawn_at=act(boss).at, counter=1)
        review = Review.objects.create(
            draw=lot, mall=riverside, record=hers.number, group="counter", agent=mei, has_answer=True
        )
        if form.page == "quality:seen":
            quality.review(act(boss), review, correct=True)
        line = Written(1, "praise", date(2026, 11, 20), "谢谢")
        tomorrow = act(boss).at + timedelta(days=1)
        cover = stand_in(
            act(boss), riverside, absent=boss, present=ping, from_at=tomorrow, until_at=tomorrow + timedelta(days=1)
        )
        new = induction_of(act(boss), riverside, mei)
        return {
            "induction": new.pk, "lesson": new.lessons.first().pk, "exam": new.exams.get().pk,
            "cover": cover.pk, "code": mei.code, "table": "summary",
            "sitting": enter(act(mei), riverside, who=mei, channel="book", lines=[line]).pk,
            "review": hers.number,
            "praise": thanks.number, "suggestion": idea.number, "mei": mei.pk, "ping": ping.pk,
            "contact": contact.number, "arrival": arrival.pk, "inquiry": inquiry.number, "counter": counter.pk,
            "side": side.pk, "clock": inquiry.clocks.first().pk, "move": form.move, "plan": "missing-child",
            "approval": approval.number, "message": message.pk, "notice": notice.pk, "evidence": piece.number,
            "photo": piece.number, "statement": statement.pk, "cctv": cctv.pk, "other_shop": other_shop.pk,
            "improvement": improvement_forms.ready(act, riverside, mei, mei, boss, form.move).number,
            "agree": form.move or "agree",
            "complaint": complaint.number, "file": file.pk if file else 1, "inform": form.move or "inform",
            "remedy": complaint.agreed.remedies.get().pk if complaint.agreed else 1,
            "rating": followups.rate(act(Visitor(riverside.pk)), counter, score=1, words="没人理").pk,
            "followup": call.number, "attempt": form.move or "attempt",
            "withdraw": form.move or "withdraw", "nudge": form.move or "nudge", "viewed": form.move or "viewed",
        }  # fmt: skip

    return lay


@pytest.fixture
def sent(boss, mei):
    """Send a form as the browser of the manager does, or of an agent."""
    browsers = {}
    for name, person in {"boss": boss, "mei": mei}.items():
        browsers[name] = Client(headers={"Accept-Language": "en"})
        browsers[name].force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def send(form: Form, things: dict, other: dict = {}, *, key=KEY):  # noqa: B006
        mine = Client(headers={"Accept-Language": "en"})  # each sending from a connection of its own
        mine.cookies = browsers[form.by].cookies.copy()
        asked = {
            name: things.get(value[1:]) if value[:1] == "@" else value for name, value in (form.body | other).items()
        }
        return mine.post(_address(form.page, things) + form.query, {**asked, "once": key})

    return send


def _address(page: str, things: dict) -> str:
    return reverse(page, args=["riverside", *(things[name] for name in PAGES[page][0])])


# The list


@pytest.mark.django_db
def test_every_page_that_takes_a_form_is_on_the_list(boss, prepare, client):
    things = prepare(Form("", {}, {})) | {"move": "answer"}
    client.force_login(boss)

    takes = {page for page in PAGES if client.post(_address(page, things)).status_code != 405}

    assert takes - KEYLESS == {form.page for form in FORMS}


@pytest.mark.django_db
def test_every_other_page_that_takes_a_form_needs_no_key(boss, client):
    apart = [name for name in _names() if name not in {*PAGES, *PUBLIC, "ui:gallery"}]
    takes = set()
    for page in apart:
        client.force_login(boss)  # one of them logs out
        if client.post(reverse(page, args=["riverside"] if page == "stream" else [])).status_code != 405:
            takes.add(page)

    assert set(apart) > ELSEWHERE
    assert takes == KEYLESS - PAGES.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("page", PUBLIC)
def test_at_the_public_door_too_nothing_is_done_without_a_key(riverside, page):
    address = reverse(page, args=["riverside", *("no-such-token" for _name in PUBLIC[page][0])])
    before = everything()

    answer = Client(headers={"Accept-Language": "en"}).post(address)

    assert answer.status_code == 422
    assert "came without its key" in answer.content.decode()
    assert everything() == before


@pytest.mark.parametrize("page", sorted({form.page for form in FORMS if form.move}))
def test_every_move_is_on_the_list(page):
    assert {form.move for form in FORMS if form.page == page} == MOVES_OF[page]


# Twice


@pytest.mark.rule("REC-08")
@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_sent_twice_it_happens_once(form, prepare, sent, clock):
    things = prepare(form)
    before = everything()

    first = sent(form, things)
    after = everything()
    clock.at += timedelta(seconds=2)
    second = sent(form, things)

    assert first.status_code in {200, 302}, first.content.decode()
    assert made(before, after) == form.makes
    assert everything() == after
    assert (second.status_code, second.get("Location")) == (first.status_code, first.get("Location"))


@pytest.mark.rule("REC-08")
@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_sent_again_the_next_day_it_still_happened_once(form, prepare, sent, clock):
    things = prepare(form)
    first = sent(form, things)
    after = everything()
    clock.at += timedelta(hours=25)

    second = sent(form, things)

    assert everything() == after
    assert (second.status_code, second.get("Location")) == (first.status_code, first.get("Location"))


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_the_same_key_with_other_words_is_refused_and_changes_nothing(form, prepare, sent):
    things = prepare(form)
    sent(form, things)
    after = everything()

    answer = sent(form, things, form.other)

    assert answer.status_code == 422
    assert "already sent with other contents" in answer.content.decode()
    assert everything() == after


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_without_a_key_it_is_refused_and_changes_nothing(form, prepare, sent):
    things = prepare(form)
    before = everything()

    answer = sent(form, things, key="")

    assert answer.status_code == 422
    assert "came without its key" in answer.content.decode()
    assert everything() == before


# Four times at once


@pytest.mark.rule("REC-08")
@pytest.mark.races
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_sent_four_times_at_once_it_happens_once(form, prepare, sent, together):
    things = prepare(form)
    before = everything()

    answers = together(4, lambda _n: sent(form, things))

    assert {answer.status_code for answer in answers} <= {200, 302}, answers
    assert len({answer.get("Location") for answer in answers}) == 1
    assert made(before, everything()) == form.makes


# Every form that we draw


def test_every_form_in_a_template_carries_a_key():
    keyless = {f'{{% url "{name}" ' for name in KEYLESS}
    forms = [
        (path.name, form)
        for path in Path("sisheng").rglob("templates/**/*.html")
        for form in re.findall(r"<form\b.*?</form>", path.read_text(encoding="utf8"), re.DOTALL)
        if 'method="post"' in form or "hx-post" in form
    ]

    without = [
        name for name, form in forms
        if not re.search(r'{% once_(?:field|and_work) %}|name="once"', form)
        and not any(address in form for address in keyless)
        and name != "login.html"
    ]  # fmt: skip
    assert len(forms) > 15
    assert without == []


def test_nothing_posts_outside_of_a_form():
    """An hx-post on a button of its own would come without a key."""
    loose = [
        (path.name, tag)
        for path in Path("sisheng").rglob("templates/**/*.html")
        for tag in re.findall(r"<(?!form\b)[a-z][^>]*\shx-(?:post|put|patch|delete)=", path.read_text(encoding="utf8"))
    ]

    assert loose == []

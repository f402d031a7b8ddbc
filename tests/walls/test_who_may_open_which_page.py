"""Every page × every role × the other mall × a stranger, against a table written by hand from domain.md 4.5."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.urls import get_resolver, reverse

from conftest import _hire
from sisheng.desk.complaints import actions as complaints
from sisheng.desk.contacts import actions as contacts
from sisheng.desk.followups import actions as followups
from sisheng.desk.improvements import actions as improvements
from sisheng.desk.inquiries import actions as inquiries
from sisheng.desk.praise import actions as praise
from sisheng.desk.quality.models import Draw, Review
from sisheng.ground.events.models import Event
from sisheng.ground.files.tests.samples import PDF
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.evidence import actions as evidence
from sisheng.kit.evidence.models import CctvRequest, ShopStatement
from sisheng.kit.messages.actions import tell_customer, tell_staff
from sisheng.mall.staff.models import StandIn
from sisheng.mall.staff.public import is_public
from sisheng.mall.staff.visitors import Visitor
from sisheng.windows.book.actions import Written, enter
from tests.walls.inductions import induction_of

ROLES = ("agent", "bagkeeper", "lead", "supervisor", "manager", "duty_manager", "partner", "qa", "auditor", "admin")
SERVE = {"agent", "lead", "supervisor", "manager", "duty_manager"}
AT_DESK = SERVE | {"bagkeeper", "qa"}
READ = SERVE | {"qa"}
TRAIN = {"supervisor", "manager"}
ANYBODY = set(ROLES)

# page: (arguments by name, how it is asked, who may)
PAGES = {
    "board:home": ((), "get", AT_DESK),
    "board:now": ((), "get", AT_DESK),
    "board:today": ((), "get", AT_DESK),
    "board:palette": ((), "get", AT_DESK),
    "board:found": ((), "post", AT_DESK),
    "board:cases": ((), "get", READ),
    "board:counts": ((), "get", READ),
    "board:assign": ((), "post", SERVE - {"agent"}),
    "board:save-view": ((), "post", READ),
    "board:remove-view": ((), "post", READ),
    "board:acknowledge": (("clock",), "post", SERVE),
    "staff:check-in": ((), "get", AT_DESK),
    "staff:check-out": ((), "post", AT_DESK),
    "staff:people": ((), "get", SERVE - {"agent"}),
    "staff:stand-in": ((), "post", SERVE - {"agent"}),
    "staff:end-stand-in": (("cover",), "post", SERVE - {"agent"}),
    "staff:skill": (("code",), "post", TRAIN),
    "training:index": ((), "get", AT_DESK),
    "training:begin": ((), "post", TRAIN),
    "training:detail": (("induction",), "get", TRAIN),
    "training:lesson": (("induction",), "post", TRAIN),
    "training:exam": (("induction",), "post", TRAIN),
    "training:pass": (("induction",), "post", TRAIN),
    "training:strike-lesson": (("lesson",), "post", TRAIN),
    "training:strike-exam": (("exam",), "post", TRAIN),
    "contacts:index": ((), "get", SERVE),
    "contacts:new": ((), "get", SERVE),
    "contacts:cards": ((), "get", AT_DESK | {"admin"}),
    "contacts:strip": ((), "get", SERVE),
    "contacts:waiting": ((), "get", SERVE),
    "contacts:detail": (("contact",), "get", SERVE),
    "contacts:log": ((), "post", SERVE),
    "contacts:undo": (("contact",), "post", SERVE),
    "contacts:arrive": ((), "post", SERVE),
    "contacts:greet": ((), "post", SERVE),
    "contacts:leave": (("arrival",), "post", SERVE),
    "knowledge:phrases": ((), "get", SERVE),
    "knowledge:gaps": ((), "get", SERVE),
    "approvals:index": ((), "get", SERVE),
    "approvals:waiting": ((), "get", SERVE),
    "approvals:panel": (("inquiry",), "get", READ),
    "approvals:detail": (("approval",), "get", READ),
    "approvals:decide": (("approval",), "post", SERVE - {"agent"}),
    "approvals:withdraw": (("approval",), "post", SERVE),
    "messages:notices": ((), "get", ANYBODY),
    "messages:count": ((), "get", ANYBODY),
    "messages:see-all": ((), "post", ANYBODY),
    "messages:open": (("notice",), "post", set()),  # one's own; that of somebody else is not there
    "messages:of-case": (("inquiry",), "get", READ),
    "messages:cancel": (("message",), "post", SERVE),
    "messages:told": (("message",), "post", SERVE),
    "plans:index": ((), "get", AT_DESK),
    "plans:all": ((), "get", AT_DESK),
    "plans:card": (("plan",), "get", AT_DESK),
    "presence:here": (("complaint",), "post", READ),
    "inquiries:begin": ((), "get", SERVE),
    "inquiries:begin-with": ((), "post", SERVE),
    "inquiries:detail": (("inquiry",), "get", READ),
    "inquiries:move": (("inquiry", "move"), "get", SERVE),
    "inquiries:phone": (("inquiry",), "get", SERVE),
    "complaints:begin": ((), "get", SERVE),
    "complaints:begin-with": ((), "post", SERVE),
    "complaints:detail": (("complaint",), "get", READ),
    "complaints:facts": (("complaint",), "get", SERVE),
    "complaints:note": (("complaint",), "post", SERVE),
    "complaints:phone": (("complaint",), "get", SERVE),
    "complaints:circumstances": (("complaint",), "post", SERVE),
    "complaints:fulfil": (("complaint", "remedy"), "post", SERVE),
    "complaints:reply": (("complaint", "file"), "get", SERVE - {"agent"}),
    "complaints:their-news": (("complaint", "file"), "get", SERVE),
    "complaints:step": (("complaint", "inform"), "get", SERVE),
    "complaints:slip": (("complaint",), "get", SERVE),
    "complaints:form": (("complaint",), "get", SERVE),
    "complaints:handling": (("complaint",), "get", SERVE),
    "complaints:letter": (("complaint",), "get", SERVE),
    "complaints:casefile": (("complaint",), "get", {"supervisor", "manager"}),
    "improvements:index": ((), "get", READ),
    "improvements:begin": ((), "get", SERVE),
    "improvements:panel": (("complaint",), "get", READ),
    "improvements:detail": (("improvement",), "get", READ),
    "improvements:step": (("improvement", "agree"), "get", {"supervisor", "manager"}),
    "board:typical": ((), "get", READ),
    "contacts:typical": (("contact",), "post", SERVE),
    "evidence:panel": (("inquiry",), "get", READ),
    "evidence:add": (("inquiry",), "get", SERVE),
    "evidence:one": (("inquiry", "evidence"), "get", READ),
    "evidence:file": (("inquiry", "photo"), "get", READ),
    "evidence:step": (("inquiry", "evidence", "withdraw"), "post", SERVE),
    "evidence:ask-statement": (("inquiry",), "get", SERVE),
    "evidence:statement": (("inquiry", "statement"), "get", READ),
    "evidence:statement-step": (("inquiry", "statement", "nudge"), "post", SERVE),
    "evidence:ask-cctv": (("inquiry",), "get", SERVE),
    "evidence:cctv": (("inquiry", "cctv"), "get", READ),
    "evidence:cctv-step": (("inquiry", "cctv", "viewed"), "post", SERVE),
    "shops:link": (("inquiry", "statement"), "get", SERVE),
    "praise:index": ((), "get", AT_DESK),
    "praise:name": (("praise",), "post", SERVE - {"agent"}),
    "praise:take": (("suggestion",), "post", SERVE - {"agent"}),
    "praise:answer": (("suggestion",), "post", SERVE - {"agent"}),
    "praise:phone": (("suggestion",), "post", SERVE),
    "quality:index": ((), "get", READ),
    "quality:check": (("review",), "post", {"supervisor", "manager", "qa"}),
    "quality:seen": (("review",), "post", set()),  # what was said of one's own work; of others it is not there
    "followups:index": ((), "get", SERVE),
    "followups:results": ((), "get", READ),
    "followups:ratings": ((), "get", READ),
    "followups:strike": (("rating",), "post", {"manager"}),
    "followups:panel": (("inquiry",), "get", READ),
    "followups:detail": (("followup",), "get", READ),
    "followups:phone": (("followup",), "get", SERVE),
    "followups:step": (("followup", "attempt"), "get", SERVE),
    "book:enter": ((), "get", SERVE),
    "book:sitting": (("sitting",), "get", SERVE),
    "book:ways": ((), "get", SERVE),
    "portal:poster": ((), "get", AT_DESK | {"admin"}),
    "reports:complaints": ((), "get", SERVE - {"agent"}),
    "reports:complaints-which": ((), "get", SERVE - {"agent"}),
    "reports:complaints-csv": (("table",), "get", SERVE - {"agent"}),
}
# page at the public door: (arguments by name, how it is asked, what a stranger is answered)
PUBLIC = {
    "portal:home": ((), "get", 200),
    "portal:look": ((), "post", 302),
    "portal:progress": ((), "get", 200),
    "portal:case": ((), "get", 302),  # to the page that asks for number and code
    "portal:answer": ((), "post", 302),
    "portal:hurry": ((), "post", 302),
    "portal:photo": ((), "post", 302),
    "portal:leave": ((), "post", 302),
    "portal:complain": ((), "get", 200),
    "portal:received": ((), "get", 302),
    "portal:praise": ((), "get", 200),
    "portal:rate": ((), "get", 200),
    "links:by-link": (("token",), "get", 404),  # sisheng/kit/links/tests open real ones
}
ELSEWHERE = {"login", "logout", "set_language", "stream"}  # each is tested where it lives
NO_MALL = {"front-door"}
OF_EVERY_MALL = {"plans:card", "reports:complaints-csv"}  # what to do in a fire, and the name of a table


def _names(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern, space)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


@pytest.fixture
def things(act, mei, lead, boss, riverside, counter, luggage, settings, tmp_path, now):
    settings.MEDIA_ROOT = tmp_path
    contact = contacts.log(act(mei), riverside, agent=mei, desk=counter, need="1", outcome="answered")
    arrival = contacts.arrive(act(mei), counter)
    inquiry = inquiries.begin(act(mei), riverside, question="还有货吗？", handler=mei, phone="15400000001")
    approval = approvals.ask(act(mei), inquiry, ref="exception:1", title="破例", amount=Decimal(640))
    message = tell_customer(act(mei), inquiry, purpose="progress", subject="处理进展", text="好了。")
    (notice,) = tell_staff(act(mei), riverside, to=[mei], kind="message.failed", case=inquiry)
    words = evidence.keep(act(mei), inquiry, kind="statement", text="没有开箱。")
    photo = evidence.keep(act(mei), inquiry, kind="receipt", upload=ContentFile(PDF, name="receipt.pdf"))
    here = {"mall": riverside, "case": inquiry, "asked_by": mei.actor_key, "asked_at": now}
    statement = ShopStatement.objects.create(shop=luggage, question="?", **here)
    cctv = CctvRequest.objects.create(
        reason="?",
        requester="小梅",
        relation="staff",
        place="L2",
        filmed_from=now,
        filmed_until=now,
        lost_at=now,
        **here,
    )
    told = {"category": "price.price_tag", "account": "多收十元", "claims": ["explanation"], "phone": "15400000002"}
    complaint = complaints.receive(act(mei), riverside, owner=mei, desk=counter, shop=luggage, **told)
    complaints.register_external(act(mei), complaint, authority="12345", received_on=now.date())
    complaints.mediate(act(mei), complaint)
    complaints.settle(
        act(mei), complaint, words="解释清楚", remedies=[{"kind": "explanation"}], cause="information.not_told",
        responsibility="service", is_done=False,
    )  # fmt: skip
    improvement = improvements.begin(
        act(mei), riverside, owner=mei, problem="价签没换", measure="核对", department="招商部",
        due_at=now + timedelta(days=14), origin=complaint,
    )  # fmt: skip
    thanks = praise.give(act(mei), riverside, words="谢谢", channel="web")
    idea = praise.suggest(act(mei), riverside, words="多放几把椅子", channel="web", phone="15400000003")
    followup = followups.plan(act(lead), riverside, customer=inquiry.customer, trigger="regular")
    line = Written(1, "praise", now.date(), "谢谢")
    new = induction_of(act(boss), riverside, mei)
    lot = Draw.objects.create(mall=riverside, on=contact.on, drawn_at=now, counter=1)
    Review.objects.create(draw=lot, mall=riverside, record=contact.number, group="counter", agent=mei, has_answer=True)
    return {
        "induction": new.pk,
        "lesson": new.lessons.first().pk,
        "exam": new.exams.get().pk,
        "sitting": enter(act(mei), riverside, who=mei, channel="book", lines=[line]).pk,
        "praise": thanks.number,
        "review": contact.number,
        "suggestion": idea.number,
        "improvement": improvement.number,
        "agree": "agree",
        "followup": followup.number,
        "rating": followups.rate(act(Visitor(riverside.pk)), counter, score=1, words="没人理").pk,
        "attempt": "attempt",
        "complaint": complaint.number,
        "remedy": complaint.agreed.remedies.get().pk,
        "file": complaint.external_cases.get().pk,
        "inform": "inform",
        "approval": approval.number,
        "notice": notice.pk,
        "message": message.pk,
        "evidence": words.number,
        "photo": photo.number,
        "statement": statement.pk,
        "cctv": cctv.pk,
        "withdraw": "withdraw",
        "nudge": "nudge",
        "viewed": "viewed",
        "contact": contact.number,
        "cover": StandIn.objects.create(
            mall=riverside, absent=mei, present=lead, from_at=now, until_at=now + timedelta(days=1)
        ).pk,
        "code": mei.code,
        "arrival": arrival.pk,
        "inquiry": inquiry.number,
        "clock": inquiry.clocks.first().pk,
        "move": "answer",
        "plan": "missing-child",
        "table": "summary",
    }


def _ask(client, page, things):
    names, how, _may = PAGES[page]
    url = reverse(page, args=["riverside", *(things[name] for name in names)])
    return getattr(client, how)(url)


def test_every_page_is_on_this_list():
    listed = {name for name in _names() if not name.startswith(("ui:", "ui-"))}

    assert listed - ELSEWHERE - NO_MALL == {*PAGES, *PUBLIC}


def _views(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _views(pattern, space)
        elif pattern.name:
            yield f"{prefix}{pattern.name}", pattern.callback


def test_exactly_the_public_pages_are_marked_as_public():
    assert {name for name, view in _views() if is_public(view)} == set(PUBLIC)


def test_nothing_else_of_a_mall_is_open_without_a_log_in():
    open_to_all = {name for name, view in _views() if not getattr(view, "login_required", True)}

    assert open_to_all - ELSEWHERE - {"ui:theme", "ui:gallery"} == set(PUBLIC)


def _ask_publicly(client, page, mall="riverside"):
    names, how, _answer = PUBLIC[page]
    told = {"token": "no-such-token"}
    sent = [{"once": "k1"}] if how == "post" else []
    return getattr(client, how)(reverse(page, args=[mall, *(told[name] for name in names)]), *sent)


@pytest.mark.parametrize("page", PUBLIC)
def test_a_stranger_opens_the_public_pages(client, riverside, page):
    response = _ask_publicly(client, page)

    assert response.status_code == PUBLIC[page][2]
    assert "/login/" not in response.get("Location", "")


@pytest.mark.parametrize("page", PUBLIC)
def test_a_public_page_is_the_same_for_whoever_is_logged_in(client, riverside, lin, boss, page):
    for person in (lin, boss):
        client.force_login(person)

        assert _ask_publicly(client, page).status_code == PUBLIC[page][2]


@pytest.mark.parametrize("page", PUBLIC)
def test_a_mall_that_does_not_exist_has_no_public_pages(client, riverside, page):
    assert _ask_publicly(client, page, mall="elsewhere").status_code == 404


@pytest.mark.rule("PRV-04")
@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_asked_who_they_are(client, things, page):
    response = _ask(client, page, things)

    assert response.status_code == 302
    assert response["Location"].startswith("/login/")


@pytest.mark.rule("PRV-01")
@pytest.mark.parametrize("page", PAGES)
def test_somebody_of_the_other_mall_is_told_that_there_is_no_such_page(client, things, lin, page):
    client.force_login(lin)
    before = Event.objects.count()

    assert _ask(client, page, things).status_code == 404
    assert Event.objects.count() == before


@pytest.mark.rule("STF-01")
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", PAGES)
def test_each_role_opens_exactly_its_pages(client, riverside, things, page, role):
    client.force_login(_hire("3001", "某人", riverside, role))

    status = _ask(client, page, things).status_code

    if role in PAGES[page][2]:
        assert status in {200, 302, 409, 422}  # 409: nothing of the kind is there for this person
    else:
        assert status in {403, 404}


@pytest.mark.parametrize("page", [name for name, asked in PAGES.items() if asked[0] and name not in OF_EVERY_MALL])
def test_things_of_one_mall_cannot_be_opened_under_the_address_of_another(client, northgate, things, boss, page):
    from sisheng.mall.staff.models import Post

    Post.objects.create(mall=northgate, staff=boss, role="manager")
    client.force_login(boss)
    names, how, _may = PAGES[page]

    response = getattr(client, how)(reverse(page, args=["northgate", *(things[name] for name in names)]))

    assert response.status_code == 404

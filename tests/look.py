"""Pictures of the screens, to be looked at: python -m tests.look [screen …] [--only 1366,zh-hans,light]

Loads the demo mall into a database of its own, lets a morning happen there, and puts one picture for each screen,
window, language and theme into var/look/. It checks nothing: what is wrong with a screen is for eyes to find.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

PICTURES = Path(__file__).resolve().parents[1] / "var/look"
WIDTHS, LANGUAGES, THEMES = (1366, 375), ("zh-hans", "en"), ("light", "dark")
HEIGHTS = {1366: 768, 375: 812}
NAMED_KEYS = {"Space", "Enter"}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("screens", nargs="*", help="names of screens; all of them without any")
    asked.add_argument("--only", default="", help="words such as 1366,zh-hans,light: leave out the other choices")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {
            "SISHENG_HOME": home,
            "SISHENG_DATABASE_URL": f"sqlite:///{home}/look.sqlite3",
            "SISHENG_PLAIN_STATIC": "1",
            "DJANGO_SETTINGS_MODULE": "sisheng.config.settings",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "yes",  # playwright keeps an event loop in this thread
        }
        subprocess.run([sys.executable, "-m", "sisheng", "messages"], check=True)
        _look(told.screens, {word for word in told.only.split(",") if word})


def _look(screens: list[str], only: set[str]) -> None:
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.journeys.conftest import CHROMIUM, QUIETLY, _session

    story = _a_morning()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with _served() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        for width, lang, theme in _choices(only):
            context = chromium.new_context(
                viewport={"width": width, "height": HEIGHTS[width]}, base_url=address, locale=lang[:2]
            )
            for name, (who, path, keys) in _screens(story).items():
                if screens and name not in screens:
                    continue
                context.clear_cookies()
                shown = who if isinstance(who, dict) else _session(who)  # a customer, or somebody of the desk
                cookies = {"language": lang, "theme": theme, **shown}
                context.add_cookies([{"name": key, "value": value, "url": address} for key, value in cookies.items()])
                page = context.new_page()
                page.on("response", lambda said: said.status >= 400 and print(said.status, said.url))
                page.on("pageerror", lambda error: print(f"uncaught: {error}"))
                page.goto(path)
                page.wait_for_timeout(300)
                for words in keys:
                    _press(page, words)
                    page.wait_for_timeout(400)
                page.screenshot(path=PICTURES / f"{name}.{width}.{lang}.{theme}.png", full_page=not keys)
                page.close()
            context.close()
        chromium.close()
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES}")


def _press(page: Any, words: str) -> None:
    if words.startswith("click "):
        page.click(words.removeprefix("click "))
    elif words in NAMED_KEYS:
        page.keyboard.press(words)
    else:
        page.keyboard.type(words, delay=60)


def _choices(only: set[str]) -> Iterator[tuple[int, str, str]]:
    for width, lang, theme in product(WIDTHS, LANGUAGES, THEMES):
        kept = (not only & {str(one) for one in WIDTHS} or str(width) in only,
                not only & set(LANGUAGES) or lang in only, not only & set(THEMES) or theme in only)  # fmt: skip
        if all(kept):
            yield width, lang, theme


def _screens(story: dict[str, Any]) -> dict[str, tuple[Any, str, list[str]]]:
    """Name of the picture: whose screen, which page, and the keys pressed before it is taken."""
    desk = f"/{story['mall'].slug}/desk/"
    agent, lead, newcomer = story["agent"], story["lead"], story["newcomer"]
    inquiry = f"{desk}inquiries/{story['inquiry'].number}/"
    here, shown = f"/{story['mall'].slug}/", _has_shown(story["inquiry"])
    return {
        "login": (None, "/login/", []),
        "home": (agent, desk, []),
        "home-first": (newcomer, desk, []),
        "quicklog": (agent, desk, ["1", "x", "y"]),
        "palette": (agent, desk, ["/", "0001"]),
        "palette-empty": (agent, desk, ["/"]),
        "palette-commands": (agent, desk, ["/", ">"]),
        "cases": (lead, f"{desk}cases/?view=open", []),
        "cases-chosen": (lead, f"{desk}cases/?view=open", ["j", "x", "j", "x", "Space"]),
        "cases-none": (agent, f"{desk}cases/?view=overdue&shop=L9-X99", []),
        "inquiry": (agent, inquiry, []),
        "inquiry-answer": (agent, f"{inquiry}answer/", []),
        "inquiry-begin": (agent, f"{desk}inquiries/new/", []),
        "contacts": (agent, f"{desk}contacts/", []),
        "contact": (agent, f"{desk}contacts/{story['contact'].number}/", []),
        "contact-new": (agent, f"{desk}contacts/new/?channel=phone", []),
        "notices": (agent, f"{desk}messages/notices/", []),
        "messages": (agent, f"{desk}messages/of/{story['inquiry'].number}/", []),
        "portal": ({}, here, []),
        "portal-large": ({"type": "large"}, f"{here}?at=L1-A01", []),
        "portal-found": ({}, f"{here}?q=xy", []),
        "portal-progress": ({}, f"{here}progress/", []),
        "portal-case": (shown, f"{here}progress/case/", []),
        "portal-refused": ({}, f"{here}l/no-such-link/", []),
        "poster": (agent, f"{desk}poster/?at={story['shop'].unit}", []),
        "check-in": (agent, f"{desk}duty/check-in/", []),
        "approvals": (lead, f"{desk}approvals/", []),
        "approvals-asked": (agent, f"{desk}approvals/", []),
        "approvals-none": (newcomer, f"{desk}approvals/", []),
        "approval-chain": (lead, f"{desk}approvals/{story['chain'].number}/", []),
        "approvals-of-case": (lead, f"{desk}approvals/of/{story['inquiry'].number}/", []),
        "home-lead": (lead, desk, []),
        "figures": (lead, f"{desk}complaints/figures/", []),
        "figures-which": (lead, f"{desk}complaints/figures/which/", []),
        "figures-none": (lead, f"{desk}complaints/figures/?from=2024-01-01&until=2024-01-31", []),
        "complaint-begin": (agent, f"{desk}complaints/new/", []),
        "complaint-shop": (agent, f"{desk}complaints/new/", ["yh"]),
        "complaint-category": (agent, f"{desk}complaints/new/", ["yh", "Enter"]),
        "complaint-accepted": (agent, f"{desk}complaints/{story['complaints']['accepted']}/", []),
        "complaint-on-spot": (agent, f"{desk}complaints/{story['complaints']['on_spot']}/", []),
        "complaint-proposing": (agent, f"{desk}complaints/{story['complaints']['proposing']}/", []),
        "complaint-answer": (agent, f"{desk}complaints/{story['complaints']['awaiting']}/", []),
        "complaint-executing": (agent, f"{desk}complaints/{story['complaints']['executing']}/", []),
        "complaint-hand-on": (agent, f"{desk}complaints/{story['complaints']['awaiting']}/hand_on/", []),
        "complaint-protect": (agent, f"{desk}complaints/{story['complaints']['awaiting']}/protect/", []),
        "complaint-facts": (agent, f"{desk}complaints/{story['complaints']['awaiting']}/facts/", []),
        "book": (agent, f"{desk}book/", []),
        "book-line": (
            agent,
            f"{desk}book/",
            ["click #id_1-words", "店员不理人，叫了三次才过来。", "click #id_1-category"],
        ),
        "book-wrong": (agent, f"{desk}book/", ["click #id_2-words", "结账太慢。", "click .book-sheet [type=submit]"]),
        "book-numbers": (agent, f"{desk}book/{story['sitting'].pk}/", []),
        "book-ways": (agent, f"{desk}book/ways/", []),
        "gaps": (agent, f"{desk}knowledge/gaps/", []),
        "phrases": (agent, desk, ["4", "丝巾", "click .phrases summary"]),
        "plans": (agent, f"{desk}plans/", []),
        "plan": (agent, f"{desk}plans/missing-child/", []),
        "search": (agent, f"{desk}find/", ["click main [name=q]", "0001", "Enter"]),
        "followups": (lead, f"{desk}followups/", []),
        "followup": (lead, f"{desk}followups/{story['call'].number}/", []),
        "followup-attempt": (lead, f"{desk}followups/{story['call'].number}/attempt/", []),
        "followup-done": (lead, f"{desk}followups/{story['called'].number}/", []),
        "followups-results": (lead, f"{desk}followups/results/", []),
        "followups-of-case": (lead, f"{desk}followups/of/{story['inquiry'].number}/", []),
        "quality": (story["checker"], f"{desk}quality/", []),
        "quality-own": (agent, f"{desk}quality/", []),
        "quality-none": (newcomer, f"{desk}quality/", []),
        "survey": ({}, f"{here}l/{story['survey']}/", []),
    }


def _has_shown(case: Any) -> dict[str, str]:
    """The cookie of a customer who has shown number and code."""
    from django.http import HttpResponse

    from sisheng.mall.staff.visitors import COOKIE, let_in

    return {COOKIE: let_in(HttpResponse(), case.mall, case.number).cookies[COOKIE].value}


def _a_morning() -> dict[str, Any]:
    """People come to their desks, some questions are answered, and some wait."""
    from django.core.management import call_command
    from django.utils import timezone

    from sisheng.config.demo.loading import load
    from sisheng.desk.contacts import actions as contacts
    from sisheng.desk.inquiries import actions as inquiries
    from sisheng.ground.act import Act
    from sisheng.ground.events.reactions import run_reactions
    from sisheng.mall.customers.models import Customer
    from sisheng.mall.directory.models import Shop
    from sisheng.mall.staff import actions as duty
    from sisheng.mall.staff.models import Staff

    call_command("migrate", verbosity=0)
    now = timezone.now()
    mall = load(password="only for looking", at=now - timedelta(hours=4)).mall
    su, gu, jiang, lead, newcomer = (Staff.objects.get(code=code) for code in ("1008", "1009", "1010", "1006", "1013"))
    desk = mall.desks.get(code="main")
    for person in (su, gu, jiang, lead):
        duty.check_in(Act(by=person, at=now - timedelta(hours=3)), desk, person=person)
    shops = list(Shop.objects.filter(mall=mall).order_by("unit")[:40:4])
    asked = ("丝巾可以水洗吗？", "行李箱的轮子能不能单独换", "这款空气炸锅什么时候到货", "生日蛋糕能不能改成无糖的",
             "会员日的积分什么时候到账", "昨天买的鞋可以换大一码吗，吊牌还在但是鞋盒不小心弄丢了")  # fmt: skip
    begun = []
    for turn, question in enumerate(asked):
        handler = (su, gu, jiang)[turn % 3]
        at = now - timedelta(minutes=150 - 25 * turn)
        customer = Customer.objects.filter(mall=mall).order_by("number")[turn]
        told = {"question": question, "handler": handler, "shop": shops[turn], "desk": desk}
        told |= (
            {"phone": customer.phone, "salutation": customer.salutation} if turn else {"anonymous_label": "蓝色外套"}
        )
        begun.append(inquiries.begin(Act(by=handler, at=at), mall, **told))
    inquiries.ask(Act(by=su, at=now - timedelta(minutes=40)), begun[3])
    for turn in range(23):
        person = (su, gu, jiang)[turn % 3]
        told = {"need": str(turn % 6 + 1), "words": "行远箱包", "seconds": 7 + turn, "outcome": "answered"}
        at = now - timedelta(minutes=120 - 5 * turn)
        logged = contacts.log(Act(by=person, at=at), mall, agent=person, desk=desk, **told)
    for turn, words in enumerate(("能不能寄存自行车", "哪里可以烘干湿衣服", "能不能寄存自行车？")):
        unanswered = {"need": "0", "words": words, "outcome": "unanswered"}
        contacts.log(Act(by=su, at=now - timedelta(minutes=9 - turn)), mall, agent=su, desk=desk, **unanswered)
    contacts.arrive(Act(by=su, at=now - timedelta(minutes=1)), desk)
    _told(Act(by=lead, at=now - timedelta(minutes=15)), begun[3], su)
    run_reactions(now)
    chain = _asked_for(su, gu, lead, begun, now)
    complained = _complaints(mall, desk, su, lead, now)
    return {
        "complaints": complained,
        "sitting": _from_the_book(mall, desk, su, now),
        "mall": mall,
        "agent": su,
        "lead": lead,
        "newcomer": newcomer,
        "inquiry": begun[3],
        "shop": shops[2],
        "contact": logged,
        "chain": chain,
        "checker": _checked(mall, desk, (su, gu, jiang), now),
        **_rung(lead, begun, now),
    }


def _checked(mall: Any, desk: Any, agents: tuple[Any, ...], now: Any) -> Any:
    """Some of yesterday's work was drawn, and some of that has been checked; by whom is the answer."""
    from sisheng.desk.contacts import actions as contacts
    from sisheng.desk.quality import actions
    from sisheng.desk.quality.models import Review
    from sisheng.ground.act import Act
    from sisheng.mall.staff.models import Staff

    checker, yesterday = Staff.objects.get(code="1002"), now - timedelta(days=1)
    asked = ("会员日是哪一天", "地下停车场怎么走，从南门进来以后要上几楼才能到电影院", "丝巾可以水洗吗", "几点关门")
    for turn in range(44):
        person, at = agents[turn % 3], yesterday - timedelta(minutes=7 * turn)
        told = {"need": str(turn % 6 + 1), "words": asked[turn % 4], "seconds": 20 + 3 * turn, "outcome": "answered"}
        told["channel"] = "phone" if turn < 32 else "counter"
        if turn % 9 == 4:
            told["outcome"] = "referred"
        contacts.log(Act(by=person, at=at), mall, agent=person, desk=desk, **told)
    for day in (yesterday, now):
        actions.draw(mall, mall.today(day) - timedelta(days=1), day)
    for turn, review in enumerate(Review.objects.select_related("mall", "agent").order_by("pk")[:6]):
        is_wrong = turn == 2 and review.has_answer
        actions.review(
            Act(by=checker, at=now - timedelta(hours=2)), review, correct=not is_wrong if review.has_answer else None,
            note="会员日是每月第二个周三，说成了周四。报日期前看一眼答案卡。" if is_wrong else "",
        )  # fmt: skip
    return checker


def _from_the_book(mall: Any, desk: Any, su: Any, now: Any) -> Any:
    """A page of the comment book that was taken over this morning."""
    from sisheng.ground.act import Act
    from sisheng.mall.directory.models import Shop
    from sisheng.windows.book.actions import Written, enter

    day, shop = (now - timedelta(days=2)).date(), Shop.objects.get(mall=mall, unit="L2-C02")
    lines = [
        Written(1, "complaint", day, "店员不理人，叫了三次才过来。", {"shop": shop}, "attitude.cold", "explanation"),
        Written(2, "praise", day, "二楼的保洁阿姨帮我捡到了钥匙，谢谢。", {"person_words": "二楼的保洁阿姨"}),
        Written(3, "suggestion", day, "母婴室放一台温奶器。", phone="15400000009", name="林女士"),
    ]
    return enter(Act(by=su, at=now - timedelta(minutes=50)), mall, who=su, desk=desk, channel="book", lines=lines)


def _complaints(mall: Any, desk: Any, su: Any, lead: Any, now: Any) -> dict[str, str]:
    """Five complaints, each as far as it has come."""
    from decimal import Decimal

    from sisheng.desk.complaints import actions
    from sisheng.ground.act import Act
    from sisheng.kit.presence.actions import be_here
    from sisheng.mall.directory.models import Shop

    def at(hours: float) -> Any:
        return Act(by=su, at=now - timedelta(hours=hours))

    def receive(hours: float, account: str, unit: str = "L1-A06", **told: Any) -> Any:
        told = {"category": "quality.flawed", "claims": ["return", "apology"], "phone": "15400000007", **told}
        shop = Shop.objects.get(mall=mall, unit=unit)
        return actions.receive(at(hours), mall, owner=su, desk=desk, shop=shop, account=account, **told)

    small = receive(
        0.4, "货架标价 88 元，收银台收了 98 元，店员说没改过来。", "L1-B03", phone="15400000008",
        category="price.price_tag", amount=Decimal(88), emotion="calm", claims=["compensation"],
    )  # fmt: skip
    actions.mediate(at(0.3), small)
    proposing = receive(
        20, "充了会员卡一个月，店要撤柜，余额不退。", "L1-B05", phone="15400000009", amount=Decimal(640)
    )
    actions.investigate(at(19), proposing)
    actions.find(at(3), proposing, finding="合同写明撤柜时退余额，店铺已书面确认。", substantiated="yes",
                 responsibility="process", basis="预付卡合同第 6 条")  # fmt: skip
    awaiting = receive(46, "面霜用了两次脸就红肿，去店里要求退款，店员说拆封不退，态度也很差，还让我自己去医院看。",
                       emotion="angry", amount=Decimal(1280), salutation="林女士", feeling="又疼又委屈，觉得没人管",
                       flags=["injury"])  # fmt: skip
    actions.investigate(at(45), awaiting)
    actions.inform(at(30), awaiting, news="已调取监控，正在向店铺要书面说明。")
    actions.chase(at(10), awaiting, words="怎么还没消息")
    actions.find(at(8), awaiting, finding="监控与小票一致，产品批号在召回名单内。", substantiated="yes",
                 responsibility="goods", basis="消法第 24 条")  # fmt: skip
    offer = [{"kind": "refund", "value": Decimal(180), "payer": "brand"}, {"kind": "apology", "payer": "mall"}]
    actions.write_proposal(at(4), awaiting, words="全额退款，由店长当面道歉。", remedies=offer)
    actions.propose(at(3.5), awaiting)
    executing = receive(60, "买的保温杯漏水，店里不给换。", "L1-B05", phone="15400000011", amount=Decimal(120))
    actions.investigate(at(59), executing)
    actions.find(at(50), executing, finding="杯盖密封圈缺失。", substantiated="yes", responsibility="goods")
    actions.write_proposal(at(40), executing, words="换一个新的，另送券。", remedies=[
        {"kind": "exchange", "value": Decimal(120), "payer": "brand"},
        {"kind": "voucher", "value": Decimal(30), "payer": "mall"}])  # fmt: skip
    actions.propose(at(39), executing)
    actions.agree(at(38), executing)
    actions.fulfil(at(37), executing, remedy=executing.agreed.remedies.first())
    actions.protect(
        at(1), awaiting, words="骂了十分钟，把笔摔在台上，说下班等着我。", who="同来的高个子男士", is_threat=True
    )
    accepted = receive(0.05, "结账时多扫了一件，店员不肯退，说要等店长。", "L2-C02", phone="15400000012")
    be_here(Act(by=lead, at=now), awaiting, who=lead, field="agree/words")
    return {"on_spot": small.number, "proposing": proposing.number, "awaiting": awaiting.number,
            "executing": executing.number, "accepted": accepted.number}  # fmt: skip


def _rung(lead: Any, begun: list[Any], now: Any) -> dict[str, Any]:
    """Whom the desk has rung and is to ring, and a question that went out by link."""
    from sisheng.desk.followups import actions
    from sisheng.ground.act import SYSTEM, Act
    from sisheng.kit.links import actions as links

    house, mall = Act(by=SYSTEM, at=now - timedelta(days=2)), begun[0].mall
    day = (now - timedelta(days=1)).astimezone(mall.zone)
    calls = [
        actions.plan(house, mall, customer=case.customer, trigger=trigger, origin=case, handler=lead,
                     due_at=now + timedelta(hours=hours))
        for case, trigger, hours in ((begun[1], "first", 2), (begun[2], "second", -1), (begun[3], "first", 26),
                                     (begun[4], "regular", 50))
    ]  # fmt: skip
    actions.attempt(Act(by=lead, at=day.replace(hour=10, minute=12)), calls[0], result="no_answer")
    actions.attempt(Act(by=lead, at=day.replace(hour=15, minute=40)), calls[0], result="busy")
    told = {
        "satisfaction": 2, "followed_by": "reopen", "recorded": True, "new_need": "想留一个固定联系人",
        "words": "等了三天才有人回话。", "answers": {"handling": 2, "speed": 1, "why": "每次都要重新讲一遍"},
    }  # fmt: skip
    actions.finish(Act(by=lead, at=day.replace(hour=16)), calls[2], **told)
    for n, (case, csat) in enumerate(zip(begun[1:], (5, 4, 5, 2, 3), strict=False), start=1):
        said = {"csat": csat, "nps": 2 * csat, "ces": csat + 1, "words": "态度很好，就是等得久。", "answered_at": now}
        _survey(case, f"WJ-{n}", now, state="answered", **said)
    asked = _survey(begun[1], "WJ-9", now, state="sent", round=1)
    _link, token = links.make(Act(by=SYSTEM, at=now), begun[1], purpose="survey", part=asked.number,
                              lasts=timedelta(days=3))  # fmt: skip
    return {"call": calls[0], "called": calls[2], "survey": token}


def _survey(case: Any, number: str, now: Any, **more: Any) -> Any:
    from sisheng.desk.followups.models import Survey

    return Survey.objects.create(mall=case.mall, case=case, number=number, send_at=now, sent_at=now, **more)


def _asked_for(su: Any, gu: Any, lead: Any, begun: list[Any], now: Any) -> Any:
    """What waits for a lead, what waits for others, and what was decided."""
    from decimal import Decimal

    from sisheng.ground.act import Act
    from sisheng.kit.approvals import actions as approvals

    def ask(by: Any, case: Any, minutes: int, title: str, amount: str = "", **told: Any) -> Any:
        at = now - timedelta(minutes=minutes)
        much = Decimal(amount) if amount else None
        return approvals.ask(Act(by=by, at=at), case, ref=f"exception:{minutes}", title=title, amount=much, **told)

    ask(su, begun[0], 115, "补偿丝巾干洗费并送换货", "640", reason="店铺已口头同意承担一半，顾客今晚离开本市。")
    ask(gu, begun[1], 30, "换轮子的费用由商场先垫付", "388.50")
    ask(su, begun[2], 12, "超过退货期三天，请按例外收下退货")
    declined = ask(su, begun[3], 60, "按原价退还会员积分差额", "260")
    approvals.decide(
        Act(by=lead, at=now - timedelta(minutes=50)), declined, yes=False, words="先由店铺出具说明，再送一次。"
    )
    chain = ask(su, begun[3], 20, "团购礼品卡 80 张，按九五折", "7600", chain=["lead", "supervisor", "manager"])
    approvals.decide(Act(by=lead, at=now - timedelta(minutes=15)), chain, yes=True, words="同意，客户是老顾客。")
    return chain


def _told(act: Any, case: Any, handler: Any) -> None:
    """The customer was told twice, once could not be reached, and is to be told something; the handler heard of it."""
    from sisheng.kit.messages.actions import tell_customer, tell_staff, told
    from sisheng.kit.messages.models import Message

    for purpose, subject, text in (
        ("accepted", "已登记您的咨询", f"您的咨询 {case.number} 已登记，我们会在约定时间前回电。"),
        ("progress", "处理进展", "品牌方今天盘点，明早十点前给您答复。\n如需更早，请到总服务台。"),
        ("ready", "答复已备好", "您可以随时来电，或到总服务台当面了解。"),
    ):
        message = tell_customer(act, case, purpose=purpose, subject=subject, text=text)
        if purpose == "accepted":
            told(act, message)
        if purpose == "progress":
            Message.objects.filter(pk=message.pk).update(state="failed", channel="sms", to_shown="154****0004")
    tell_staff(act, case.mall, to=[handler], kind="case.assigned", case=case)
    tell_staff(act, case.mall, to=[handler], kind="message.failed", case=case)


class _served:  # noqa: N801 (it reads as what it does)
    """The site, on a port of its own, for as long as one looks."""

    def __enter__(self) -> str:
        from django.contrib.staticfiles.handlers import StaticFilesHandler
        from django.test.testcases import LiveServerThread

        self.thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
        self.thread.daemon = True
        self.thread.start()
        self.thread.is_ready.wait()
        if self.thread.error:
            raise self.thread.error
        return f"http://127.0.0.1:{self.thread.port}"

    def __exit__(self, *error: object) -> None:
        self.thread.terminate()


if __name__ == "__main__":
    main()

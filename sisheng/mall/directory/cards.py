"""The answer card: what a person at the desk reads out, and what they see beside it (ux S2)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import override

from sisheng.mall.directory.bilingual import in_language
from sisheng.mall.directory.doors import say_date, say_doors, say_hours

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Facility, Fact, Mall, Promotion, Route, Shop

REMEMBERED_MOVE = timedelta(days=90)  # so long do people still look for a shop where it was
BLANK = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class AnswerCard:
    """One answer in one language. Empty parts have nothing to say."""

    kind: str  # shop, facility, fact
    ref: str  # L2-C02, toilet-L1-A, parking-fee
    title: str
    say: str  # the sentence to read out
    where: str = ""
    step_free: str = ""  # the way without steps, to read out
    opening: str = ""
    phone: str = ""
    promotion: str = ""
    notice: str = ""  # it closes, moves, has moved, or is out of service
    detail: str = ""  # for the eyes of the desk only


def shop_card(shop: Shop, at: datetime, lang: str, route: Route | None, promotions: Iterable[Promotion]) -> AnswerCard:
    with override(_locale(lang)):
        return AnswerCard(
            kind="shop",
            ref=shop.unit,
            title=in_language(shop, "name", lang),
            where=_place(shop, lang),
            say=_way(route, shop, lang),
            step_free=in_language(route, "step_free", lang) if route else "",
            opening=say_doors(shop.calendar, at),
            phone=shop.extension,
            promotion=_("; ").join(in_language(promotion, "title", lang) for promotion in promotions),
            notice=_shop_notice(shop, at),
            detail=in_language(shop, "note", lang),
        )


def facility_card(facility: Facility, at: datetime, lang: str, route: Route | None) -> AnswerCard:
    with override(_locale(lang)):
        return AnswerCard(
            kind="facility",
            ref=facility.code,
            title=in_language(facility, "name", lang),
            where=" · ".join(filter(None, (_place(facility, lang), in_language(facility, "spot", lang)))),
            say=_way(route, facility, lang),
            step_free=in_language(route, "step_free", lang) if route else "",
            opening=say_doors(facility.mall.calendars.of(facility.hours_id), at) if facility.hours_id else "",
            notice=_facility_notice(facility, at, lang),
        )


def fact_card(fact: Fact, at: datetime, lang: str) -> AnswerCard:
    with override(_locale(lang)):
        blanks = live_words(fact.mall, at, lang)
        return AnswerCard(
            kind="fact",
            ref=fact.key,
            title=in_language(fact, "question", lang),
            say=fill(in_language(fact, "answer", lang), blanks),
            detail=fill(in_language(fact, "detail", lang), blanks),
        )


def live_words(mall: Mall, at: datetime, lang: str) -> dict[str, str]:
    """What may stand in braces in a fact."""
    calendar, today = mall.calendar("O"), mall.today(at)
    spans = calendar.spans_on(today)
    return {
        "mall": mall.title(lang),
        "hours_today": say_hours(calendar, today),
        "opening_today": f"{spans[0][0]:%H:%M}" if spans else _("closed all day"),
        "closing_today": f"{spans[-1][1]:%H:%M}" if spans else _("closed all day"),
        "hot_line": mall.hot_line,
        "supervision_line": mall.supervision_line,
    }


LIVE_WORDS = frozenset({"mall", "hours_today", "opening_today", "closing_today", "hot_line", "supervision_line"})


def fill(text: str, blanks: dict[str, str]) -> str:
    """The text with its {blanks} filled in. Braces that mean nothing stay as they are."""
    return BLANK.sub(lambda found: blanks.get(found[1], found[0]), text)


def _locale(lang: str) -> str:
    return "en" if lang.startswith("en") else "zh-hans"


def _place(thing: Shop | Facility, lang: str) -> str:
    """L2-C02 · 二楼西翼."""
    floor, zone = in_language(thing.floor, "name", lang), in_language(thing.zone, "name", lang)
    return f"{thing.unit} · " + _("%(floor)s, %(zone)s") % {"floor": floor, "zone": zone}


def _way(route: Route | None, thing: Shop | Facility, lang: str) -> str:
    """The route, or where no route has been written from this desk, at least the place."""
    return in_language(route, "say", lang) if route else _("It is here: %(place)s") % {"place": _place(thing, lang)}


def _shop_notice(shop: Shop, at: datetime) -> str:
    today = shop.mall.today(at)
    if shop.has_left(at):
        return _("This shop has left the mall")
    if shop.notice_until:
        last_day = {"day": say_date(shop.notice_until)}
        if shop.status == shop.Status.MOVING:
            return _("Here until %(day)s, then it moves") % last_day
        return _("Here until %(day)s, then it closes for good") % last_day
    if shop.moved_on and today - shop.moved_on <= REMEMBERED_MOVE:
        return _("Moved here from %(place)s on %(day)s") % {"place": shop.moved_from, "day": say_date(shop.moved_on)}
    return ""


def _facility_notice(facility: Facility, at: datetime, lang: str) -> str:
    if facility.closed_until is None or not facility.is_out_of_service(at):
        return ""
    until = facility.closed_until.astimezone(facility.mall.zone)
    moment = {"time": f"{until:%H:%M}", "day": say_date(until.date())}
    is_today = until.date() == facility.mall.today(at)
    sentence = (
        _("Out of service until %(time)s") if is_today else _("Out of service until %(day)s, %(time)s")
    ) % moment
    reason = in_language(facility, "closed_because", lang)
    return _("%(sentence)s (%(reason)s)") % {"sentence": sentence, "reason": reason} if reason else sentence

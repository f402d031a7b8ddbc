"""Search across everything at the desk: cases, people, places (ux S3)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from sisheng.cases.models import Case
from sisheng.ground.search.finding import find as search
from sisheng.mall.customers.models import Customer
from sisheng.windows.board.home import due_lines, with_clocks

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff

LONGEST = 100
MOST = 8
PLACES = ("shop", "facility", "fact")


@dataclass(frozen=True)
class Found:
    """One line: what it is called, what stands beside it, and where it leads."""

    title: str
    aside: str
    url: str
    code: str = ""  # its number
    line: Any = None  # the Due of a case


@dataclass(frozen=True)
class Group:
    label: Any
    found: list[Found] = field(default_factory=list)


def find(mall: Mall, who: Staff, words: str, at: datetime) -> list[Group]:
    """What these words may mean, in groups. “#” looks at numbers alone, “@” at people alone."""
    only, words = _read(words)
    if not words:
        return [] if only else _nonempty([Group(pgettext_lazy("found", "Recently"), _recent(mall, who, at))])
    groups = []
    if only != "@":
        groups.append(Group(pgettext_lazy("found", "Cases"), _cases(mall, who, words, at)))
    if only != "#" and who.can("customers.see", mall):
        people = list(_customers(mall, words).order_by("pk")[:MOST])
        groups.append(Group(pgettext_lazy("found", "Customers"), [_customer(mall, person) for person in people]))
        told = {one.code for group in groups for one in group.found}
        theirs = [one for one in _open_cases_of(mall, who, people, at) if one.code not in told]
        groups.append(Group(pgettext_lazy("found", "Their open cases"), theirs))
    if not only:
        groups.append(Group(pgettext_lazy("found", "Shops and places"), _places(mall, words)))
    return _nonempty(groups)


def _read(words: str) -> tuple[str, str]:
    """The prefix and the words. Full width is half width, and digits may stand apart: ＃００ ０７ is # and 0007."""
    words = unicodedata.normalize("NFKC", words).strip()[:LONGEST]
    only, words = (words[0], words[1:].strip()) if words[:1] in {"#", "@"} else ("", words)
    return only, re.sub(r"\s+", "", words) if re.fullmatch(r"[\d\s+]+", words) else words


def _nonempty(groups: list[Group]) -> list[Group]:
    return [group for group in groups if group.found]


def _recent(mall: Mall, who: Staff, at: datetime) -> list[Found]:
    mine = Case.objects.visible_to(who).filter(mall=mall, handler=who).order_by("-pk")
    return _lines(with_clocks(mine)[:MOST], mall, who, at)


def _cases(mall: Mall, who: Staff, words: str, at: datetime) -> list[Found]:
    hits = search(mall.pk, words, kinds=["case"], limit=MOST)
    order = {hit.ref: place for place, hit in enumerate(hits)}
    cases = with_clocks(Case.objects.visible_to(who).filter(mall=mall, number__in=order))
    return _lines(sorted(cases, key=lambda case: order[case.number]), mall, who, at)


def _lines(cases: Any, mall: Mall, who: Staff, at: datetime) -> list[Found]:
    return [
        Found(line.case.heading, str(line.case.state.label), line.case.get_absolute_url(), line.case.number, line)
        for line in due_lines(cases, mall, who, at)
    ]


def _customers(mall: Mall, words: str) -> QuerySet[Customer]:
    """By their number, the telephone or its last four digits, the form of address. Masked, never the forgotten ones."""
    known = Customer.objects.filter(mall=mall).exclude(state=Customer.State.ANONYMISED)
    digits = re.sub(r"\D", "", words)
    if digits and words.upper().startswith("GK"):
        return known.filter(number__endswith=digits)
    if len(digits) >= 7:
        return known.with_phone(mall, words)
    if len(digits) == 4 and digits == words:
        return known.with_tail(mall, digits)
    return known.none() if digits else known.filter(salutation__startswith=words)


def _customer(mall: Mall, person: Customer) -> Found:
    aside = f"{person.get_tier_display()} {person.masked_phone}"
    return Found(person.salutation or person.number, aside, _story(mall, person))


def _open_cases_of(mall: Mall, who: Staff, people: list[Customer], at: datetime) -> list[Found]:
    """What is not settled yet with those who were found: mostly one rings because of exactly that."""
    cases = Case.objects.visible_to(who).filter(mall=mall, customer__in=people).open().order_by("-pk")
    return _lines(with_clocks(cases)[:MOST], mall, who, at) if people else []


def _story(mall: Mall, person: Customer) -> str:
    return f"{reverse('board:cases', args=[mall.slug])}?view=open&customer={person.number}"


def _places(mall: Mall, words: str) -> list[Found]:
    log = reverse("contacts:new", args=[mall.slug])
    return [
        Found(hit.title, str(hit.extra.get("code", "")), f"{log}?answer={hit.kind}:{hit.ref}")
        for hit in search(mall.pk, words, kinds=list(PLACES), limit=MOST)
    ]

"""Each view and each filter holds what its name says, and nothing of another mall."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict

from sisheng.cases.models import Case
from sisheng.desk.contacts import actions as contacts
from sisheng.desk.contacts.models import Contact
from sisheng.desk.inquiries import actions as inquiries
from sisheng.ground.privacy.actions import forget
from sisheng.windows.board import lists
from sisheng.windows.board.finder import find
from sisheng.windows.board.home import what_now


@pytest.fixture
def begin(act, riverside, counter, luggage):
    def begin(handler, question, *, at=None, mall=None, **told):
        told = {"anonymous_label": "蓝衣", "desk": None if mall else counter, **told}
        return inquiries.begin(act(handler, at=at), mall or riverside, question=question, handler=handler, **told)

    return begin


@pytest.fixture
def morning(begin, act, mei, ping, lin, luggage, mr_wang, northgate, now):
    """Mei's is late, Ping's is due today, one was promised for the day after tomorrow, one is settled."""
    begin(mei, "晚了", at=now, shop=luggage, customer=mr_wang)
    today = begin(ping, "今天", at=now + timedelta(hours=1, minutes=50))
    inquiries.ask(act(ping, at=now + timedelta(hours=1, minutes=55)), today)
    far = begin(ping, "后天", at=now + timedelta(hours=1, minutes=50), promise_at=now + timedelta(days=2))
    for clock in far.clocks.live().exclude(is_promise=True):
        clock.cancel(now + timedelta(hours=1, minutes=51))
    far.note_next_due()
    gone = begin(mei, "算了", at=now)
    inquiries.withdraw(act(mei, at=now + timedelta(minutes=1)), gone, reason="不用了")
    begin(lin, "别处", at=now, mall=northgate)
    return now + timedelta(hours=2)


def asked(cases) -> set[str]:
    return {case.subject for case in cases}


@pytest.mark.parametrize(
    ("view", "held"),
    [
        ("mine", {"晚了"}),
        ("open", {"晚了", "今天", "后天"}),
        ("today", {"晚了", "今天"}),
        ("overdue", {"晚了"}),
        ("partner", {"今天"}),
        ("customer", set()),
        ("closed", {"算了"}),
    ],
)
def test_a_view_holds_what_its_name_says(morning, riverside, mei, view, held):
    assert asked(lists.cases_in(view, riverside, mei, morning)) == held


@pytest.mark.parametrize(
    ("query", "held"),
    [
        ("shop=L2-C02", {"晚了"}),
        ("handler=1002", {"今天", "后天"}),
        ("status=contacting_brand", {"今天"}),
        ("kind=inquiry", {"晚了", "今天", "后天"}),
        ("channel=phone", set()),
        ("kind=nonsense&channel=nonsense", {"晚了", "今天", "后天"}),
    ],
)
def test_a_filter_leaves_what_it_names(morning, riverside, mei, query, held):
    found = lists.narrowed(lists.cases_in("open", riverside, mei, morning), QueryDict(query))

    assert asked(found) == held


def test_the_cases_of_one_customer_are_theirs_alone(morning, riverside, mei, mr_wang):
    found = lists.narrowed(lists.cases_in("open", riverside, mei, morning), QueryDict(f"customer={mr_wang.number}"))

    assert asked(found) == {"晚了"}


def test_cases_that_are_due_at_the_same_moment_are_not_lost_between_two_pages(begin, riverside, mei, now, monkeypatch):
    monkeypatch.setattr(lists, "PAGE_LENGTH", 2)
    for turn in range(3):
        begin(mei, f"第 {turn} 问", at=now)

    every = lists.cases_in("open", riverside, mei, now)
    first = lists.page_of(every, "open", "", riverside, mei, now)
    second = lists.page_of(every, "open", first.after, riverside, mei, now)

    assert [line.heading for line in [*first.lines, *second.lines]] == ["第 0 问", "第 1 问", "第 2 问"]


def test_what_to_do_now_is_mine_first_and_each_case_once(morning, riverside, ping):
    lines = what_now(riverside, ping, morning)

    assert [(line.case.subject, line.is_mine) for line in lines] == [("今天", True), ("后天", True), ("晚了", False)]
    assert [line.case.subject for line in what_now(riverside, ping, morning, mine_only=True)] == ["今天", "后天"]


# The palette


def test_a_forgotten_customer_is_not_found(act, boss, riverside, mei, mr_wang, now):
    def found(words):
        return [one.title for group in find(riverside, mei, words, now) for one in group.found]

    assert found(mr_wang.number) == found(f"GK{mr_wang.number[-3:]}") == ["王先生"]
    forget(act(boss), mr_wang)

    assert found(mr_wang.number) == []


def test_a_sign_before_the_words_looks_for_people_or_for_numbers_alone(begin, riverside, mei, mr_wang, now):
    matter = begin(mei, "王先生的箱子", at=now)
    tail = matter.number[-4:]

    def titles(words):
        return [one.title for group in find(riverside, mei, words, now) for one in group.found]

    assert titles(tail) == ["王先生的箱子", "王先生"]  # his phone ends with the same four digits
    assert titles(f"#{tail}") == ["王先生的箱子"]
    assert titles(f"＃{tail}") == ["王先生的箱子"]
    assert titles(f"@{tail}") == ["王先生"]
    assert Case.objects.count() == 1


def test_who_works_elsewhere_sees_neither_cases_nor_contacts(morning, act, mei, lin, counter, riverside):
    contacts.log(act(mei), riverside, agent=mei, desk=counter, need="1", outcome="answered")

    assert asked(Case.objects.visible_to(lin)) == {"别处"}
    assert not Contact.objects.visible_to(lin).exists()
    assert Contact.objects.visible_to(mei).count() == 1

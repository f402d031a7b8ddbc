"""Who stands at the public door, and what they may do there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.http import HttpResponse

from sisheng.mall.staff.visitors import COOKIE, CaseVisitor, Visitor, let_in, let_out, visitor_of

NUMBER = "ZX-261123-0001"
STAFF_THINGS = ["cases.see", "cases.note", "customers.see", "customers.reveal", "desk.work", "inquiries.handle",
                "links.make", "directory.see"]  # fmt: skip


@pytest.fixture
def at_the_door(rf, riverside):
    """Somebody comes with what their browser kept."""

    def come(cookie=None, mall=riverside):
        request = rf.get("/")
        if cookie is not None:
            request.COOKIES[COOKIE] = cookie
        return visitor_of(request, mall)

    return come


@pytest.fixture
def kept(riverside):
    return let_in(HttpResponse(), riverside, NUMBER).cookies[COOKIE]


def test_nobody_is_known_at_first(at_the_door):
    assert at_the_door().actor_key == "visitor"
    assert at_the_door().opened is None


def test_who_has_shown_number_and_code_is_known_by_that_case(at_the_door, kept, riverside):
    visitor = at_the_door(kept.value)

    assert visitor.actor_key == f"visitor:{NUMBER}"
    assert visitor.opened == (riverside.pk, NUMBER)


def test_that_is_kept_from_scripts_and_within_the_mall_and_for_half_an_hour(kept):
    assert (kept["httponly"], kept["path"], kept["max-age"], kept["samesite"]) == (True, "/riverside/", 1800, "Lax")


@pytest.mark.parametrize("cookie", ["", "nonsense", "eyJtYWxsIjoxfQ:1:x"])
def test_what_we_did_not_sign_is_worth_nothing(at_the_door, cookie):
    assert at_the_door(cookie).opened is None


def test_what_was_signed_for_something_else_is_worth_nothing(at_the_door, riverside):
    elsewhere = signing.dumps({"mall": riverside.pk, "number": NUMBER}, salt="something else")

    assert at_the_door(elsewhere).opened is None


def test_after_half_an_hour_it_has_lapsed(at_the_door, kept, monkeypatch):
    clock = signing.time.time
    monkeypatch.setattr(signing.time, "time", lambda: clock() + timedelta(minutes=31).total_seconds())

    assert at_the_door(kept.value).opened is None


def test_at_the_door_of_another_mall_it_counts_for_nothing(at_the_door, kept, northgate):
    assert at_the_door(kept.value, northgate).opened is None


def test_handing_the_phone_back_ends_it(riverside):
    gone = let_out(HttpResponse(), riverside).cookies[COOKIE]

    assert (gone.value, gone["max-age"], gone["path"]) == ("", 0, "/riverside/")


# expectations by hand, apart from the table
def test_a_visitor_may_look_and_whoever_has_opened_a_case_may_do_what_customers_do(riverside, northgate):
    anybody, with_case = Visitor(riverside.pk), CaseVisitor(riverside.pk, NUMBER)
    asked = ["portal.look", "portal.case", *STAFF_THINGS]

    assert [name for name in asked if anybody.can(name, riverside)] == ["portal.look"]
    assert [name for name in asked if with_case.can(name, riverside)] == ["portal.look", "portal.case"]
    assert not any(who.can(name, northgate) for who in (anybody, with_case) for name in asked)
    assert with_case.malls_where("cases.see") == []

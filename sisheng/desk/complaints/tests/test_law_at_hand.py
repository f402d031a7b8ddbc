"""What the law says stands beside the complaint that meets it, and only there."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from conftest import _hire
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.editing import digests
from sisheng.desk.complaints.law import LAWS, Facts, at_hand
from sisheng.desk.complaints.law.lookup import meeting
from sisheng.ground.refusals import Overtaken


def so(category="", *circumstances, flags=(), claims=(), **more):
    return Facts(category=category, flags=frozenset(flags), claims=frozenset(claims),
                 circumstances=frozenset(circumstances), **more)  # fmt: skip


def rule(*ids):
    """One row of the table below, marked by the rules whose condition it tries."""
    return pytest.mark.rule(*ids)


PAID_AHEAD = ["N-15.perform", "N-15.days", "N-15.licence", "N-16.closing"]

# written by hand from domain.md 2.1: what is so, and what is shown for it, in this order
SHOWN = [
    pytest.param(so("quality.flawed"), ["N-01"], marks=rule("N-01"), id="flawed goods"),
    pytest.param(so("quality.not_as_described"), ["N-01"], marks=rule("N-01"), id="not as described"),
    pytest.param(so("price.misleading", claims=["repair"]), ["N-01"], marks=rule("N-01"), id="a repair is asked for"),
    pytest.param(so("parking.scratch", claims=["repair"], against="facility"), [], id="a repair, but of no goods"),
    pytest.param(so("after_sales.declined"), ["N-01", "N-05"], marks=rule("N-01", "N-03", "N-04"), id="declined"),
    pytest.param(so("after_sales.not_repaired"), ["N-01", "N-05"], marks=rule("N-01"), id="not put right"),
    pytest.param(so("after_sales.late_refund"), ["N-05"], marks=rule("N-01"), id="only the refund is late"),
    pytest.param(so("price.misleading", "distance"), ["N-02"], marks=rule("N-02"), id="bought from afar"),
    pytest.param(so("price.misleading", claims=["return"]), [], marks=rule("N-02"), id="bought in the shop"),
    pytest.param(
        so("after_sales.declined", "own_list"), ["N-01", "N-03", "N-05"], marks=rule("N-03"), id="a list of their own"
    ),
    pytest.param(
        so("after_sales.declined", "promised"), ["N-01", "N-04", "N-05"], marks=rule("N-04"), id="promised in public"
    ),
    pytest.param(so("quality.flawed", "durable"), ["N-01", "N-06"], marks=rule("N-06"), id="a durable with a fault"),
    pytest.param(
        so("quality.flawed", returns_class="R-SANBAO"), ["N-01", "N-06"], marks=rule("N-06"), id="a shop of durables"
    ),
    pytest.param(so("quality.flawed", returns_class="R-APPAREL"), ["N-01"], marks=rule("N-06"), id="clothes"),
    pytest.param(so("attitude.cold", "durable"), [], marks=rule("N-06"), id="a durable without a fault"),
    pytest.param(so("price.coupon", "notice"), ["N-07"], marks=rule("N-07"), id="a notice"),
    pytest.param(so("other.other", against="rule"), ["N-07"], marks=rule("N-07"), id="a rule of the house"),
    pytest.param(so("price.coupon"), [], marks=rule("N-07"), id="a coupon, and no word of a notice"),
    pytest.param(so("other.other", "searched"), ["N-08"], marks=rule("N-08"), id="searched"),
    pytest.param(so("attitude.rude"), ["N-08"], marks=rule("N-08"), id="rude"),
    pytest.param(so("attitude.cold"), [], marks=rule("N-08"), id="only cold"),
    pytest.param(so("cashier.invoice"), ["N-10"], marks=rule("N-10"), id="no invoice"),
    pytest.param(so("cashier.overcharged"), [], marks=rule("N-10"), id="overcharged"),
    pytest.param(so("quality.damaged", shop_has_left=True), ["N-01", "N-12"], id="the shop has gone"),
    pytest.param(so("quality.counterfeit"), ["N-01", "N-14.fraud"], id="perhaps counterfeit"),
    pytest.param(so("food.spoilt"), ["N-14.food", "N-17"], marks=rule("N-17"), id="spoilt food"),
    pytest.param(so("food.wrong_dish"), [], marks=rule("N-17"), id="another dish"),
    pytest.param(so("prepaid.refund"), PAID_AHEAD, marks=rule("N-15", "N-16"), id="a prepaid card"),
    pytest.param(
        so("price.price_tag", flags=["prepaid"]), PAID_AHEAD, marks=rule("N-15", "N-16"), id="ticked as prepaid"
    ),
    pytest.param(
        so("skill.slow", claims=["return"], is_prepaid_shop=True), PAID_AHEAD, marks=rule("N-15", "N-16"),
        id="money back from a shop with cards",
    ),
    pytest.param(
        so("attitude.cold", claims=["apology"], is_prepaid_shop=True), [], marks=rule("N-15", "N-16"),
        id="an apology from a shop with cards",
    ),
    pytest.param(so("prepaid.refund", against="desk"), ["N-15.perform", "N-15.days", "N-16.closing"],
                 marks=rule("N-15"), id="a card of the mall itself"),
    pytest.param(so("membership.tier", "renewed"), ["N-16.renewal"], marks=rule("N-16"), id="renewed by itself"),
    pytest.param(
        so("price.price_tag", flags=["discrimination"]), ["N-16.price"], marks=rule("N-16"), id="dearer for one"
    ),
    pytest.param(so("attitude.discrimination"), [], marks=rule("N-16"), id="no matter of prices"),
    pytest.param(so("attitude.cold", "elderly"), ["N-16.care"], marks=rule("N-16"), id="an elderly person"),
    pytest.param(so("safety.child"), ["N-16.care"], marks=rule("N-16"), id="a child"),
    pytest.param(so("quality.flawed", "dangerous"), ["N-01", "N-17"], marks=rule("N-17"), id="dangerous"),
    pytest.param(so("quality.expired"), ["N-01", "N-17"], marks=rule("N-17"), id="expired"),
    pytest.param(
        so("quality.damaged", flags=["injury"]), ["N-01", "N-17", "N-18"], marks=rule("N-17", "N-18"),
        id="hurt by what was bought",
    ),
    pytest.param(so("safety.fall"), ["N-18"], marks=rule("N-17", "N-18"), id="a fall"),
    pytest.param(so("premises.slippery"), [], marks=rule("N-18"), id="slippery, and nobody hurt"),
    pytest.param(so("premises.slippery", flags=["injury"]), ["N-18"], marks=rule("N-18"), id="slipped and hurt"),
    pytest.param(so(), [], id="nothing known yet"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "keys"), SHOWN)
def test_the_law_is_shown_where_the_complaint_meets_it_and_nowhere_else(facts, keys):
    assert [law.key for law in meeting(facts)] == keys


# what each entry has to say, besides when: the article, and the words without which it says something else
SAYS = [
    pytest.param("N-01", "art. 24", ["within seven days", "exchange or repair", "pays the transport"],
                 marks=rule("N-01")),
    pytest.param("N-02", "art. 25", ["seven days", "made to order", "perishable", "confirmed", "pays the freight"],
                 marks=rule("N-02")),
    pytest.param("N-03", "art. 19", ["may not add exceptions"], marks=rule("N-03")),
    pytest.param("N-04", "Implementation Regulation", ["need not", "in public is bound"], marks=rule("N-04")),
    pytest.param("N-06", "art. 23", ["within six months", "proof lies with the trader"], marks=rule("N-06")),
    pytest.param("N-07", "art. 26", ["unfair", "does not count", "the last word"], marks=rule("N-07")),
    pytest.param("N-08", "art. 27", ["insult", "search their body or what they carry"], marks=rule("N-08")),
    pytest.param("N-10", "art. 22", ["took the money issues", "not the desk"], marks=rule("N-10")),
    pytest.param("N-15.perform", "art. 53", ["as agreed", "with interest"], marks=rule("N-15")),
    pytest.param("N-15.days", "art. 14", ["Within seven days of payment", "unless"], marks=rule("N-15")),
    pytest.param("N-15.licence", "art. 6", ["did not check the licence", "at fault"], marks=rule("N-15")),
    pytest.param("N-16.closing", "Implementation Regulation", ["thirty days ahead", "no more of them"],
                 marks=rule("N-16")),
    pytest.param("N-16.renewal", "Implementation Regulation", ["reminded"], marks=rule("N-16")),
    pytest.param("N-16.price", "Implementation Regulation", ["equal terms"], marks=rule("N-16")),
    pytest.param("N-16.care", "Implementation Regulation", ["elderly people and minors"], marks=rule("N-16")),
    pytest.param("N-17", "art. 19", ["report", "stop selling", "Tell the shop and a supervisor now"],
                 marks=rule("N-17")),
    pytest.param("N-18", "art. 18(2); Civil Code, art. 1198", ["duty of safety", "time line", "pictures", "camera",
                 "first aid"], marks=rule("N-18")),
    ("N-05", "arts. 8–10", ["fifteen days", "opened to look inside is no"]),
    ("N-12", "arts. 40, 43", ["seller answers first", "the lease of a counter has ended", "claims back"]),
    ("N-14.fraud", "art. 55", ["three times", "¥500"]),
    ("N-14.food", "art. 148", ["ten times", "three times the loss", "¥1,000", "asked first answers first", "sample"]),
]  # fmt: skip


@pytest.mark.parametrize(("key", "article", "parts"), SAYS)
def test_it_names_the_article_and_says_what_that_means_here(key, article, parts):
    law = next(law for law in LAWS if law.key == key)

    assert article in str(law.article)
    assert [part for part in parts if part not in f"{law.words} {law.at_once}"] == []


def test_what_it_rests_on_fits_into_its_field_in_both_languages():
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert [law.key for law in LAWS if len(law.basis) > 200] == []


# the day to which it reaches, counted by hand
REACHES = [
    pytest.param("N-01", {"delivered_on": date(2026, 11, 20)}, date(2026, 11, 27), marks=rule("N-01")),
    pytest.param("N-02", {"delivered_on": date(2026, 11, 20)}, date(2026, 11, 27), marks=rule("N-02")),
    pytest.param("N-06", {"delivered_on": date(2026, 5, 22)}, date(2026, 11, 22), marks=rule("N-06")),
    pytest.param("N-06", {"delivered_on": date(2026, 8, 31)}, date(2027, 2, 28), marks=rule("N-06")),
    pytest.param("N-06", {"delivered_on": date(2026, 6, 30)}, date(2026, 12, 30), marks=rule("N-06")),
    pytest.param("N-15.days", {"paid_on": date(2026, 11, 26)}, date(2026, 12, 3), marks=rule("N-15")),
    pytest.param("N-15.licence", {"licence_until": date(2027, 3, 1)}, date(2027, 3, 1), marks=rule("N-15")),
    pytest.param("N-16.closing", {"shop_leaves_on": date(2026, 12, 31)}, date(2026, 12, 1), marks=rule("N-16")),
    ("N-01", {"paid_on": date(2026, 11, 20)}, None),  # paid is not received
    ("N-15.days", {"delivered_on": date(2026, 11, 20)}, None),
]  # fmt: skip


@pytest.mark.parametrize(("key", "known", "day"), REACHES)
def test_it_reaches_to_a_day_only_where_the_day_is_known_from_which_it_counts(key, known, day):
    law = next(law for law in LAWS if law.key == key)

    assert law.until(Facts(**known)) == day
    assert law.until(Facts()) is None


def test_whether_the_day_was_over_is_told_by_the_day_on_which_they_came(receive, now):
    today = now.date()
    on_the_last = receive(category="quality.flawed", delivered_on=today - timedelta(days=7))
    a_day_late = receive(category="quality.flawed", phone="15400000002", delivered_on=today - timedelta(days=8))
    unknown = receive(category="quality.flawed", phone="15400000003")
    later = now + timedelta(days=3)

    found = {one: at_hand(one, later)[0] for one in (on_the_last, a_day_late, unknown)}

    assert [entry.came_after for entry in found.values()] == [False, True, False]
    assert [entry.wants_day for entry in found.values()] == [False, False, True]


def test_what_the_directory_knows_of_the_shop_is_taken_from_there(receive, skincare, now):
    skincare.returns_class, skincare.is_prepaid, skincare.status = "R-SANBAO", True, "closed"
    skincare.licence_until = date(2027, 1, 1)
    skincare.save()

    found = {
        entry.law.key: entry.until for entry in at_hand(receive(category="quality.flawed", claims=["return"]), now)
    }

    assert found.keys() >= {"N-06", "N-12", "N-15.days"}
    assert found["N-15.licence"] == date(2027, 1, 1)


# the page


@pytest.fixture
def ask(client, mei):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def ask(name, complaint, *, by=mei, **data):
        client.force_login(by)
        address = reverse(f"complaints:{name}", args=["riverside", complaint.number, *data.pop("args", ())])
        return client.post(address, {"once": uuid.uuid4(), **data}) if data else client.get(address)

    return ask


def panel(page):
    return page.content.decode().partition('<details class="more" id="law"')[2].partition("</datalist>")[0]


@pytest.mark.parametrize("role", ["agent", "lead", "supervisor", "manager", "duty_manager"])
def test_whoever_may_see_the_record_sees_the_law_beside_it(ask, receive, riverside, role):
    reader = _hire("3001", "某人", riverside, role)

    shown = panel(ask("detail", receive(category="cashier.invoice"), by=reader))

    assert "Measures for Invoices, art. 18" in shown
    assert "it decides nothing" in shown
    assert "22 Nov 2026" in shown  # when it was compared with the law


def test_it_stands_beneath_the_next_step_and_brings_no_second_blue_button(ask, receive):
    page = ask("detail", receive(category="quality.flawed")).content.decode()

    assert 0 < page.index('id="next-step"') < page.index('id="law"')
    assert page.partition('id="complaint"')[2].partition("</article>")[0].count("btn-primary") == 1


@pytest.mark.rule("N-17", "N-18")
@pytest.mark.parametrize(
    ("category", "is_open"), [("quality.expired", True), ("safety.fall", True), ("quality.flawed", False)]
)
def test_what_is_to_be_done_at_once_lies_open(ask, receive, category, is_open):
    head = panel(ask("detail", receive(category=category))).partition(">")[0]

    assert (" open" in head) == is_open


def test_what_else_is_so_is_written_down_and_the_law_follows(ask, receive, now):
    complaint = receive(category="after_sales.declined")
    bought = now.date() - timedelta(days=2)

    answer = ask("circumstances", complaint, circumstances=["distance", "own_list"], delivered_on=bought.isoformat())

    complaint.refresh_from_db()
    assert answer.status_code == 302
    assert (complaint.circumstances, complaint.delivered_on) == (["distance", "own_list"], bought)
    assert [entry.law.key for entry in at_hand(complaint, now)] == ["N-01", "N-02", "N-03", "N-05"]
    told = complaint.timeline().get(kind="complaint.corrected")
    assert told.details["names"] == ["circumstances", "delivered_on"]


@pytest.mark.parametrize("day", ["1999-12-31", "2026-12-31", "soon"])
def test_a_day_that_cannot_have_been_is_asked_again(ask, receive, day):
    complaint = receive()

    answer = ask("circumstances", complaint, paid_on=day)

    complaint.refresh_from_db()
    assert answer.status_code == 422
    assert complaint.paid_on is None


def test_what_somebody_else_wrote_down_meanwhile_is_not_overwritten(receive, act, mei, ping, now):
    complaint = receive()
    was = digests({"paid_on": None})
    actions.edit(act(ping), complaint, changes={"paid_on": now.date()}, was=was)

    with pytest.raises(Overtaken):
        actions.edit(act(mei), complaint, changes={"paid_on": now.date() - timedelta(days=1)}, was=was)


def test_the_article_is_offered_where_one_says_on_what_the_finding_rests(ask, make_complaint):
    complaint = make_complaint("investigating", category="cashier.invoice")

    page = ask("step", complaint, args=["find"]).content.decode()

    field = page.partition('name="basis"')[2].partition(">")[0]
    offered = page.partition('<datalist id="law-at-hand">')[2].partition("</datalist>")[0]
    assert 'list="law-at-hand"' in field
    assert "Measures for Invoices, art. 18 · An invoice for whoever asks" in offered

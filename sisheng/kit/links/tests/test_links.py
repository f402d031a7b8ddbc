"""A link lets somebody do one thing, once, in time, about one case."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed, OutOfTurn
from sisheng.kit.links import actions
from sisheng.kit.links.holder import LinkHolder
from sisheng.kit.links.models import OneTimeLink

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _with_a_hot_line(riverside):
    riverside.hot_line = "0000-8866-1188"
    riverside.save(update_fields=["hot_line"])


def kinds():
    return list(Event.objects.filter(kind__startswith="link.").order_by("pk").values_list("kind", flat=True))


def test_the_token_opens_it_and_is_nowhere_in_the_database(make_link, riverside, now):
    link, token = make_link()

    assert actions.find(riverside, "survey", token, now) == link
    assert token not in str(list(OneTimeLink.objects.values()))
    assert token not in str(list(Event.objects.values()))


def test_without_knowing_what_it_is_for_it_is_found_as_well(make_link, riverside, now):
    link, token = make_link()

    assert actions.find(riverside, "", token, now) == link


def test_it_is_no_link_for_something_else_or_in_another_mall(make_link, riverside, northgate, now):
    _link, token = make_link()

    for mall, purpose in ((riverside, "statement"), (northgate, "survey")):
        with pytest.raises(actions.NoSuchLink):
            actions.find(mall, purpose, token, now)


def test_an_unknown_token_says_whom_to_ring(make_link, riverside, now):
    _link, token = make_link()

    for wrong in (token[:-1], token.swapcase(), "", "\udcff"):
        with pytest.raises(actions.NoSuchLink, match=r"copied whole.*0000-8866-1188"):
            actions.find(riverside, "", wrong, now)


def test_whose_time_is_over_says_so_and_whom_to_ring(make_link, riverside, now):
    _link, token = make_link()

    assert actions.find(riverside, "", token, now + DAY - timedelta(seconds=1))
    with pytest.raises(actions.LinkOver, match=r"time of this link is over.*0000-8866-1188"):
        actions.find(riverside, "", token, now + DAY)


def test_used_once_it_is_over(make_link, holding, riverside, now):
    link, token = make_link()
    actions.use(holding(link), link)

    with pytest.raises(actions.LinkOver, match=r"used already.*0000-8866-1188"):
        actions.find(riverside, "", token, now)
    with pytest.raises(actions.LinkOver, match="used already"):
        actions.use(holding(link), link)
    assert kinds() == ["link.made", "link.used"]


def test_a_form_that_is_sent_twice_uses_it_once(make_link, holding):
    link, _token = make_link()

    first = actions.use(holding(link, once="k1"), link)

    assert actions.use(holding(link, once="k1"), link) == first
    assert kinds() == ["link.made", "link.used"]


def test_opened_in_time_and_sent_too_late_is_too_late(make_link, holding, now):
    link, _token = make_link()

    with pytest.raises(actions.LinkOver, match="time of this link is over"):
        actions.use(holding(link, at=now + DAY), link)


def test_taken_back_it_is_over(make_link, act, boss, riverside, now):
    link, token = make_link()
    actions.revoke(act(boss), link)

    with pytest.raises(actions.LinkOver, match=r"no longer valid.*0000-8866-1188"):
        actions.find(riverside, "", token, now)
    with pytest.raises(OutOfTurn, match="taken back before"):
        actions.revoke(act(boss), link)


def test_a_newer_link_for_the_same_thing_takes_its_place(make_link, riverside, now):
    _old, old_token = make_link()
    new, new_token = make_link()

    assert actions.find(riverside, "", new_token, now) == new
    with pytest.raises(actions.LinkOver, match="a newer one in your messages"):
        actions.find(riverside, "", old_token, now)


def test_one_complaint_two_shops_two_links(make_link, riverside, now):
    tokens = [make_link(purpose="statement", part=part)[1] for part in ("1", "2")]

    assert {actions.find(riverside, "statement", token, now).part for token in tokens} == {"1", "2"}


def test_opening_is_told_and_counted_and_uses_nothing(make_link, holding, riverside, now):
    link, token = make_link()
    for _time in range(2):
        actions.open_link(holding(link), link)

    assert actions.find(riverside, "", token, now).opened == 2
    assert kinds() == ["link.made", "link.opened", "link.opened"]
    assert Event.objects.filter(kind="link.opened").first().by == f"link:{link.pk}"


def test_only_whoever_holds_it_opens_and_uses_it(make_link, holding, act, boss):
    link, _token = make_link(part="1")
    other, _token = make_link(part="2")

    for stranger in (act(boss), holding(other)):
        for action in (actions.open_link, actions.use):
            with pytest.raises(NotAllowed):
                action(stranger, link)
    assert not OneTimeLink.objects.exclude(used_at=None).exists()


def test_not_everybody_makes_or_takes_back_links(make_link, act, bagkeeper, inquiry, holding):
    link, _token = make_link()

    for stranger in (act(bagkeeper), holding(link)):
        with pytest.raises(NotAllowed):
            actions.make(stranger, inquiry, purpose="survey", lasts=DAY)
        with pytest.raises(NotAllowed):
            actions.revoke(stranger, link)


def test_nobody_makes_a_link_for_something_that_nobody_described(make_link):
    with pytest.raises(LookupError, match=r"config/roles\.py"):
        make_link(purpose="party")


# expectations by hand, apart from the table
@pytest.mark.parametrize(
    ("purpose", "permission"),
    [("statement", "statements.give"), ("survey", "surveys.answer")],
)
def test_the_holder_may_do_what_the_link_is_for_and_nothing_else(make_link, riverside, northgate, purpose, permission):
    holder = LinkHolder(make_link(purpose=purpose)[0])
    everything = ["statements.give", "approvals.decide", "surveys.answer", "cases.see", "cases.note",
                  "customers.reveal", "desk.work", "links.make", "portal.case", "inquiries.handle"]  # fmt: skip

    assert [asked for asked in everything if holder.can(asked, riverside)] == [permission]
    assert not holder.can(permission, northgate)
    assert holder.malls_where("cases.see") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"expires_at": -DAY},
        {"used_at": timedelta(hours=1), "revoked_at": timedelta(hours=1)},
        {"used_at": -DAY},
        {"used_at": 2 * DAY},
    ],
    ids=["lasts no time", "used and taken back", "used before it was made", "used after its end"],
)
def test_the_database_refuses_what_cannot_be(make_link, now, wrong):
    link, _token = make_link()

    with pytest.raises(IntegrityError), transaction.atomic():
        OneTimeLink.objects.filter(pk=link.pk).update(**{name: now + after for name, after in wrong.items()})


def test_the_database_keeps_one_good_link_for_a_thing(make_link):
    link, _token = make_link()
    link.pk, link.token_hash = None, "0" * 64

    with pytest.raises(IntegrityError), transaction.atomic():
        link.save(force_insert=True)


def test_in_chinese_the_customer_is_spoken_to_politely(riverside, now):
    with translation.override("zh-hans"), pytest.raises(actions.NoSuchLink) as refusal:
        actions.find(riverside, "", "nothing", now)

    assert str(refusal.value) == "没有这个链接。请看看是否复制完整。有疑问请拨打服务台电话：0000-8866-1188。"


def test_a_mall_without_a_hot_line_sends_people_to_the_desk(riverside, now):
    riverside.hot_line = ""

    with pytest.raises(actions.NoSuchLink, match="ask at the service desk"):
        actions.find(riverside, "", "nothing", now)

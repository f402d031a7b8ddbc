"""Several people at the same moment: one winner, the others a sentence, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.cases.models import Alert, Case
from sisheng.cases.ringing import sweep
from sisheng.desk.contacts import actions as contacts
from sisheng.desk.contacts.models import Arrival, Contact
from sisheng.desk.inquiries import actions
from sisheng.desk.inquiries.models import Inquiry
from sisheng.desk.knowledge.models import Gap
from sisheng.ground.events.models import Delivery, Event
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.limits.actions import take
from sisheng.ground.refusals import OutOfTurn, Overtaken, Refused, TooMany
from sisheng.kit.links import actions as links
from sisheng.kit.links.holder import LinkHolder
from sisheng.kit.links.models import OneTimeLink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.races]


def test_two_people_take_the_same_case_and_the_second_is_told_so(together, make_inquiry, act, mei, ping):
    inquiry = make_inquiry()
    seen = [Inquiry.objects.select_related("mall").get(pk=inquiry.pk) for _ in range(2)]

    results = together(2, lambda n: actions.ask(act((mei, ping)[n]), seen[n]))

    winners = [result for result in results if isinstance(result, Inquiry)]
    refusals = [result for result in results if isinstance(result, Refused)]
    assert (len(winners), len(refusals)) == (1, 1)
    assert isinstance(refusals[0], Overtaken)
    assert str(refusals[0]).strip()
    assert Event.objects.filter(topic=inquiry.number, kind="inquiry.ask").count() == 1


def test_thirty_two_threads_take_the_same_case_and_one_of_them_has_it(together, make_inquiry, act, mei):
    inquiry = make_inquiry()
    seen = [Inquiry.objects.select_related("mall").get(pk=inquiry.pk) for _ in range(32)]

    results = together(32, lambda n: actions.ask(act(mei), seen[n]))

    assert sum(isinstance(result, Inquiry) for result in results) == 1
    assert sum(isinstance(result, Overtaken) for result in results) == 31
    assert Case.objects.get(pk=inquiry.pk).version == 1


def test_thirty_two_threads_greet_one_waiting_customer_and_one_of_them_has_done_it(together, act, mei, counter):
    contacts.arrive(act(mei), counter)

    results = together(32, lambda n: contacts.greet(act(mei), counter, agent=mei))

    assert sum(isinstance(result, Arrival) for result in results) == 1
    assert sum(isinstance(result, OutOfTurn) for result in results) == 31


def test_the_same_form_four_times_at_once_makes_one_contact(together, act, mei, counter, riverside):
    def send(_n):
        return contacts.log(act(mei, once="form-1"), riverside, agent=mei, desk=counter, need="1", outcome="answered")

    results = together(4, send)

    assert len({contact.pk for contact in results}) == 1
    assert Contact.objects.count() == 1
    assert Event.objects.filter(kind="contact.logged").count() == 1


def test_sixteen_contacts_at_once_get_sixteen_numbers(together, act, mei, counter, riverside):
    results = together(
        16, lambda n: contacts.log(act(mei), riverside, agent=mei, desk=counter, need="1", outcome="answered")
    )

    assert len({contact.number for contact in results}) == 16


def test_two_workers_sweep_and_each_clock_rings_once(together, make_inquiry, act, mei, counter, on_duty, now):
    on_duty(mei, counter)
    inquiries = [make_inquiry() for _ in range(5)]

    rung = together(2, lambda _n: sweep(now + timedelta(hours=2)))

    assert sum(rung) == 10
    for inquiry in inquiries:
        told = Event.objects.filter(topic=inquiry.number, kind="deadline.breached")
        assert sorted(event.details["deadline"] for event in told) == ["inquiry.brand_contact", "inquiry.callback"]
    assert Alert.objects.count() == 10


def test_two_workers_react_and_each_gap_counts_once(together, act, mei, counter, riverside, now):
    for _ in range(10):
        contacts.log(
            act(mei), riverside, agent=mei, desk=counter, need="0", outcome="unanswered", words="能寄存自行车吗"
        )

    together(2, lambda _n: run_reactions(now + timedelta(minutes=1)))

    assert Gap.objects.get().asked == 10


def test_thirty_two_threads_take_from_a_bucket_of_five_and_five_are_served(together, now):
    # whoever loses too many turns is sent away as well: never more than five, and hardly fewer
    results = together(32, lambda _n: take("203.0.113.7", 1, 5, now))

    served = [result for result in results if result is None]
    assert 1 <= len(served) <= 5
    assert all(isinstance(result, TooMany) for result in results if result is not None)


def test_sixteen_threads_use_one_link_and_one_of_them_has_used_it(together, make_inquiry, act, boss):
    link, _token = links.make(act(boss), make_inquiry(), purpose="survey", lasts=timedelta(days=1))

    results = together(16, lambda _n: links.use(act(LinkHolder(link)), OneTimeLink.objects.get(pk=link.pk)))

    assert sum(isinstance(result, OneTimeLink) for result in results) == 1
    assert sum(isinstance(result, links.LinkOver) for result in results) == 15
    assert Event.objects.filter(kind="link.used").count() == 1


def test_eight_threads_make_a_link_for_one_thing_and_one_of_those_links_is_good(together, make_inquiry, act, boss):
    inquiry = make_inquiry()

    results = together(8, lambda _n: links.make(act(boss), inquiry, purpose="survey", lasts=timedelta(days=1)))

    assert all(isinstance(result, tuple | Refused) for result in results)
    assert OneTimeLink.objects.unspent().count() == 1


def test_two_workers_count_and_take_back_and_nothing_undone_is_left_in_the_gap(
    together, act, mei, counter, riverside, now
):
    for _ in range(10):
        told = {"need": "0", "outcome": "unanswered", "words": "能寄存自行车吗"}
        contacts.undo(act(mei), contacts.log(act(mei), riverside, agent=mei, desk=counter, **told))

    together(2, lambda _n: run_reactions(now + timedelta(minutes=1)))

    assert Gap.objects.get().asked == 0
    assert not Delivery.objects.filter(handled_at=None).exists()

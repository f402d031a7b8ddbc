"""A customer asks to be forgotten (N-22)."""

from __future__ import annotations

import pytest

from sisheng.ground.events.models import Event, EventDetail
from sisheng.ground.privacy.actions import forget, reveal
from sisheng.ground.refusals import NotAllowed
from sisheng.mall.customers.actions import remember
from sisheng.mall.customers.models import Customer
from sisheng.mall.staff.models import Post, Staff

LIN = "154 0000 0001"


@pytest.fixture
def boss(mall) -> Staff:
    person = Staff.objects.create(code="1001", name="林知夏")
    Post.objects.create(mall=mall, staff=person, role="manager")
    return person


@pytest.fixture
def ms_lin(act, mei, mall) -> Customer:
    return remember(act(mei), mall, phone=LIN, salutation="林女士", language="en")


@pytest.mark.rule("PRV-01")
def test_a_forgotten_customer_is_nobody_and_can_come_again_as_somebody_new(act, boss, mei, mall, ms_lin):
    forget(act(boss), ms_lin)

    again = Customer.objects.get(pk=ms_lin.pk)
    assert (again.phone, again.salutation, again.language, again.state) == ("", "", "zh", Customer.State.ANONYMISED)
    assert not Customer.objects.asked_for(mall, LIN).exists()
    assert not EventDetail.objects.filter(details__contains="林").exists()
    assert remember(act(mei), mall, phone=LIN, salutation="林女士") != ms_lin


def test_two_customers_can_be_forgotten(act, boss, mei, mall, ms_lin):
    for customer in (ms_lin, remember(act(mei), mall, phone="154 0000 0002", salutation="王先生")):
        forget(act(boss), customer)

    assert set(Customer.objects.values_list("state", flat=True)) == {Customer.State.ANONYMISED}


def test_an_agent_cannot_make_anybody_forgotten(act, mei, ms_lin):
    with pytest.raises(NotAllowed):
        forget(act(mei), ms_lin)


@pytest.mark.rule("PRV-04")
def test_an_agent_who_rings_back_sees_the_number_and_is_on_record(act, mei, mall, ms_lin):
    assert reveal(act(mei), ms_lin, "phone", "call_back") == "+8615400000001"

    assert Event.objects.about(mall.pk, ms_lin.topic).filter(kind="privacy.revealed", by=mei.actor_key).count() == 1


@pytest.mark.rule("PRV-01")
def test_who_works_elsewhere_is_shown_nothing(act, lin, ms_lin):
    with pytest.raises(NotAllowed):
        reveal(act(lin), ms_lin, "phone", "call_back")

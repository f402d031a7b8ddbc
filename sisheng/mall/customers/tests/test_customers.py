"""The people the desk knows again, and those it does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta

import pytest
from django.db import IntegrityError, connection

from sisheng.ground.events.models import Event
from sisheng.ground.refusals import NotAllowed, Unusable
from sisheng.mall.customers.actions import give_consent, remember, withdraw_consent
from sisheng.mall.customers.models import Consent, Customer

LIN = "154 0000 0001"


def test_somebody_who_leaves_a_number_is_known_by_it_afterwards(act, mei, mall):
    customer = remember(act(mei), mall, phone=LIN, salutation="林女士")

    assert customer.number == "GK-0000001"
    assert customer.phone == "+8615400000001"
    assert list(Customer.objects.asked_for(mall, "１５４０００００００１")) == [customer]
    assert list(Customer.objects.asked_for(mall, "0001")) == [customer]
    assert list(Customer.objects.asked_for(mall, "gk-0000001")) == [customer]
    assert not Customer.objects.asked_for(mall, "0002")


def test_who_comes_again_is_the_same_customer_and_keeps_the_name_they_chose(act, mei, mall, now):
    first = remember(act(mei), mall, phone=LIN, salutation="林女士")
    later = now + timedelta(days=3)

    again = remember(act(mei, at=later), mall, phone="+86-154-0000-0001", salutation="林小姐")

    assert again == first
    assert again.salutation == "林女士"
    assert again.confirmed_at == later
    assert Customer.objects.count() == 1


def test_who_had_not_been_seen_for_long_is_active_again(act, mei, mall):
    customer = remember(act(mei), mall, phone=LIN)
    Customer.objects.update(state=Customer.State.INACTIVE)

    assert remember(act(mei), mall, phone=LIN, salutation="林女士").state == Customer.State.ACTIVE
    assert Customer.objects.get(pk=customer.pk).salutation == "林女士"


def test_the_same_number_in_two_malls_is_two_customers(act, mei, mall, lin, other_mall):
    here = remember(act(mei), mall, phone=LIN)
    there = remember(act(lin), other_mall, phone=LIN)

    assert here != there
    assert list(Customer.objects.asked_for(mall, LIN)) == [here]
    assert list(Customer.objects.visible_to(lin)) == [there]


@pytest.mark.rule("CTR-13")
def test_there_is_no_field_for_what_a_desk_need_not_know():
    fields = {field.name for field in Customer._meta.get_fields()}
    unwanted = ("id_", "identity", "passport", "income", "education", "occupation", "address", "birth", "gender", "sex")

    assert not [name for name in fields if any(name.startswith(word) for word in unwanted)]


@pytest.mark.rule("CTR-13")
def test_without_a_number_nobody_is_put_on_record(act, mei, mall):
    with pytest.raises(Unusable, match="anonymous"):
        remember(act(mei), mall, phone=" ", salutation="林女士")

    assert not Customer.objects.exists()


@pytest.mark.parametrize("nonsense", ["12", "no phone", "1540000000"])
def test_a_number_that_cannot_be_rung_is_refused(act, mei, mall, nonsense):
    with pytest.raises(Unusable):
        remember(act(mei), mall, phone=nonsense)

    assert not Customer.objects.exists()


@pytest.mark.rule("CTR-35")
def test_what_stands_on_a_screen_by_default_is_the_number_and_never_the_name(act, mei, mall):
    customer = remember(act(mei), mall, phone=LIN, salutation="林女士")

    assert str(customer) == "GK-0000001"
    assert customer.masked_phone == "154****0001"


def test_a_full_name_is_masked_and_a_chosen_title_is_shown():
    assert Customer(salutation="林女士").masked_name == "林女士"
    assert Customer(salutation="林知夏").masked_name == "林*"
    assert Customer().masked_name == ""


def test_a_stranger_cannot_put_customers_on_record(act, lin, mall):
    with pytest.raises(NotAllowed):
        remember(act(lin), mall, phone=LIN)


def test_the_same_form_sent_twice_makes_one_customer(act, mei, mall):
    first = remember(act(mei, once="k1"), mall, phone=LIN, salutation="林女士")
    second = remember(act(mei, once="k1"), mall, phone=LIN, salutation="林女士")

    assert first == second
    assert Event.objects.filter(kind="customer.remember").count() == 1


def test_the_name_lies_beside_the_event_where_it_can_be_erased(act, mei, mall):
    customer = remember(act(mei), mall, phone=LIN, salutation="林女士")
    event = Event.objects.about(mall.pk, customer.topic).get(kind="customer.remember")

    assert event.personal == {"salutation": "林女士"}
    assert "林" not in str(event.details)
    assert "154" not in str(event.details)


def test_who_leaves_a_number_agrees_to_be_rung_back_and_to_nothing_else(act, mei, mall):
    customer = remember(act(mei), mall, phone=LIN)

    assert [consent.purpose for consent in customer.consents.all()] == ["service"]


def test_a_consent_taken_back_no_longer_stands(act, mei, mall, now):
    customer = remember(act(mei), mall, phone=LIN)
    give_consent(act(mei), customer, purpose="marketing")
    later = now + timedelta(days=1)

    withdraw_consent(act(mei, at=later), customer, purpose="marketing")

    assert Consent.objects.standing(now).filter(purpose="marketing").exists()
    assert not Consent.objects.standing(later).filter(purpose="marketing").exists()
    assert Event.objects.filter(kind="customer.withdraw").count() == 1


def test_saying_yes_twice_is_one_consent_and_taking_back_nothing_tells_nothing(act, mei, mall):
    customer = remember(act(mei), mall, phone=LIN)
    first = give_consent(act(mei), customer, purpose="membership")
    second = give_consent(act(mei), customer, purpose="membership")
    withdraw_consent(act(mei), customer, purpose="marketing")

    assert first == second
    assert not Event.objects.filter(kind="customer.withdraw").exists()


@pytest.mark.parametrize(
    ("moment", "quiet"), [(time(21), True), (time(23), True), (time(8, 59), True), (time(9), False), (time(20), False)]
)
def test_quiet_hours_run_through_the_night(moment, quiet):
    customer = Customer(quiet_from=time(21), quiet_until=time(9))

    assert customer.is_quiet(moment) is quiet


def test_a_tier_above_the_ordinary_has_an_end(act, mei, mall):
    remember(act(mei), mall, phone=LIN)

    Customer.objects.update(tier="gold", tier_until=date(2027, 12, 31))
    with pytest.raises(IntegrityError):
        Customer.objects.update(tier="silver", tier_until=None)


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_eight_people_who_write_down_the_same_number_at_once_make_one_customer(act, mei, mall):
    def write_down(_turn: int) -> int:
        try:
            return remember(act(mei), mall, phone=LIN).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as desks:
        made = list(desks.map(write_down, range(8)))

    assert len(set(made)) == 1
    assert Customer.objects.count() == 1
    assert Consent.objects.count() == 1

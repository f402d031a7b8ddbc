"""What is done with customers: they are remembered, consents are given and taken back."""

from __future__ import annotations

from datetime import time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.privacy.phones import e164
from sisheng.ground.refusals import Unusable
from sisheng.mall.customers.models import Consent, Customer
from sisheng.mall.directory.models import Mall, Sequence

WORDING = "2026-11"  # the version of the sentence with which the desk asks for a number


@once
def remember(act: Act, mall: Mall, *, phone: str, salutation: str = "", language: str = "zh") -> Customer:
    """Keep how to reach somebody who is to be rung back, or find them if they are known by that number already.

    The salutation is what the person wants to be called; one that is known is not overwritten by a later guess.
    Raises Unusable for a number that cannot be called.
    """
    act.must("customers.add", mall)
    if not phone.strip():
        raise Unusable(_("Without a phone number nobody can be rung back. Leave the contact anonymous."), field="phone")
    number = e164(phone)
    customer = _met_again(act, mall, number, salutation) or _met_first(act, mall, number, salutation, language)
    give_consent(act.under(""), customer, purpose=Consent.Purpose.SERVICE)  # who leaves a number wants to be rung
    return customer


@once
def give_consent(act: Act, customer: Customer, *, purpose: str, version: str = WORDING) -> Consent:
    """The customer says yes to one purpose. Saying it again changes nothing."""
    act.must("customers.add", customer.mall)
    standing = customer.consents.filter(purpose=purpose, withdrawn_at=None).first()
    if standing:
        return standing
    consent = Consent.objects.create(
        mall=customer.mall,
        customer=customer,
        purpose=purpose,
        version=version,
        channel=act.via,
        given_at=act.happened_at,
    )
    Event.record(
        "customer.consent", customer.topic, act, mall_id=customer.mall_id, purpose=purpose, version=consent.version
    )
    return consent


@once
def withdraw_consent(act: Act, customer: Customer, *, purpose: str) -> None:
    """The customer takes a yes back: one step, and nothing is asked (PRV-02). Without a yes it changes nothing."""
    act.must("customers.add", customer.mall)
    if customer.consents.filter(purpose=purpose, withdrawn_at=None).update(withdrawn_at=act.happened_at):
        Event.record("customer.withdraw", customer.topic, act, mall_id=customer.mall_id, purpose=purpose)


@once
def reach_by(
    act: Act,
    customer: Customer,
    *,
    prefers: str,
    email: str = "",
    quiet_from: time | None = None,
    quiet_until: time | None = None,
) -> Customer:
    """The customer says how, and when not, they want to hear from us (FUP-04). What is left out is taken away.

    Raises Unusable for an address nobody can write to, for a way that needs one without it, and for half a quiet time.
    """
    act.must("customers.add", customer.mall)
    if prefers not in Customer.Way.values:
        raise Unusable(_("Choose one of the ways."), field="prefers")
    if (quiet_from is None) != (quiet_until is None):
        raise Unusable(_("Quiet hours have a beginning and an end."), field="quiet_until")
    customer.set_email(email)
    if prefers == Customer.Way.MAIL and not customer.email:
        raise Unusable(_("To be written to, the customer has to leave a mail address."), field="email")
    customer.prefers, customer.quiet_from, customer.quiet_until = prefers, quiet_from, quiet_until
    customer.save(update_fields=["email", "prefers", "quiet_from", "quiet_until"])
    told = {"prefers": prefers, "email": customer.masked_email}
    Event.record("customer.reach_by", customer.topic, act, mall_id=customer.mall_id, personal=told)
    return customer


def _met_again(act: Act, mall: Mall, phone: str, salutation: str) -> Customer | None:
    customer = Customer.objects.with_phone(mall, phone).select_for_update().first()
    if customer:
        customer.salutation = customer.salutation or salutation
        customer.confirmed_at = act.at
        if customer.state == Customer.State.INACTIVE:
            customer.state = Customer.State.ACTIVE
        customer.save(update_fields=["salutation", "confirmed_at", "state"])
    return customer


def _met_first(act: Act, mall: Mall, phone: str, salutation: str, language: str) -> Customer:
    customer = Customer(
        mall=mall,
        number=Sequence.next_number(mall, "GK", digits=7),
        phone=phone,
        salutation=salutation,
        language=language,
        created_at=act.at,
        confirmed_at=act.at,
    )
    try:
        with transaction.atomic():
            customer.save()
    except IntegrityError:
        met = _met_again(act, mall, phone, salutation)  # somebody else wrote the same number down a moment earlier
        if met is None:
            raise
        return met
    told = {"salutation": salutation} if salutation else None
    Event.record("customer.remember", customer.topic, act, mall_id=mall.pk, personal=told, number=customer.number)
    return customer

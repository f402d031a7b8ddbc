"""How was it? Five faces at the counter, and whether the matter is solved (SAT-03): by the code that stands there, on
one's own phone, or on a tablet that faces the customer.

Nobody is asked for a name or made to wait for the machine. One address may be the tablet of a desk, or the whole mall
behind its Wi-Fi, so that what it may send is what one busy desk can hear; and each desk has a measure of its own,
whoever sends.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from sisheng.desk.contacts.models import Contact
from sisheng.desk.followups import actions
from sisheng.desk.followups.models import Rating
from sisheng.ground.limits.actions import take
from sisheng.ground.limits.addresses import address_of
from sisheng.ground.once.models import receipt_of
from sisheng.ground.policies import current
from sisheng.mall.directory.models import Desk
from sisheng.mall.staff.public import PublicRequest, public
from sisheng.windows.portal import forms, places
from sisheng.windows.portal.complain import nobody_yet, spoken_language
from sisheng.windows.portal.views import page

# How many in an hour, and at once. The busiest desk of a large mall sees forty people in an hour.
ONE_ADDRESS = (80, 8)  # at one desk
ONE_DESK = (160, 16)


@public("portal.look")
def rate(request: PublicRequest) -> HttpResponse:
    desk = places.desk(request.mall, request.GET.get("at", ""))
    if desk is None:
        return page(request, "portal/rate_where.html", desks=places.rated_desks(request.mall))
    form = forms.Rate(request.POST if request.method == "POST" else None)
    here: dict[str, Any] = {"desk": places.place(request.mall, desk.code), "at_counter": "counter" in request.GET}
    if not form.is_valid():
        return page(request, "portal/rate.html", status=422 if form.is_bound else 200, form=form, **here)
    rating = _rated(request, desk, form)
    return page(request, "portal/rated.html", rating=rating, **here)


def _rated(request: PublicRequest, desk: Desk, form: forms.Rate) -> Rating:
    act = nobody_yet(request)
    if not receipt_of(actions.rate, act):  # the same sent again costs nothing
        take(f"rate {desk.pk}:{address_of(request)}", *ONE_ADDRESS, act.at)
        take(f"rate {desk.pk}", *ONE_DESK, act.at)
    served = just_served(desk, act.at)
    return actions.rate(act, desk, **form.cleaned_data, language=spoken_language(), served=served)


def just_served(desk: Desk, at: datetime) -> list[str]:
    """The contacts of which this may be the customer."""
    since = at - current(desk.mall_id, "rating.contact", at).amount
    return list(Contact.objects.ended_at(desk, since, at).values_list("number", flat=True))

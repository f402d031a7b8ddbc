"""What happened in the demo mall before it was loaded: five days of it, so that the tests stay quick."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from sisheng.cases.models import Clock
from sisheng.config.demo.history import volume, writing
from sisheng.config.demo.history.inquiries import SLOW
from sisheng.config.demo.tests.conftest import SUNDAY_AFTERNOON, days_behind
from sisheng.desk.contacts.models import Arrival, Contact, Outcome
from sisheng.desk.inquiries.models import Inquiry
from sisheng.desk.knowledge.models import Gap
from sisheng.ground.events.models import Event
from sisheng.mall.directory.models import Sequence

DAYS, TYPHOON = 5, 3
TODAY = SUNDAY_AFTERNOON.date()

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def lately(django_db_setup, django_db_blocker):
    """The mall after five days in one of which a typhoon closed it for a day."""
    with days_behind(django_db_blocker, DAYS, typhoon=TYPHOON) as mall:
        yield mall


def test_on_weekends_more_than_twice_as_many_come(lately):
    per_day = Counter(Contact.objects.filter(mall=lately).values_list("on", flat=True))
    saturday, tuesday = TODAY - timedelta(days=1), TODAY - timedelta(days=5)

    assert abs(per_day[tuesday] - volume.CONTACTS["weekday"]) <= 0.13 * volume.CONTACTS["weekday"]
    assert abs(per_day[saturday] - volume.CONTACTS["weekend"]) <= 0.13 * volume.CONTACTS["weekend"]


def test_on_the_day_of_the_typhoon_nobody_came_and_the_mall_says_why(lately):
    day = TODAY - timedelta(days=TYPHOON)

    assert not Contact.objects.filter(mall=lately, on=day).exists()
    assert lately.day_exceptions.get(on=day).reason == "台风停业"


def test_nothing_has_happened_later_than_now(lately):
    for last in (Contact.objects.latest("at"), Event.objects.latest("at")):
        assert last.at <= SUNDAY_AFTERNOON


def test_people_come_only_while_the_desk_is_open(lately):
    for contact in Contact.objects.select_related("desk"):
        assert lately.calendar("O", contact.desk).is_open(contact.at), contact.number


def test_the_numbers_of_a_day_run_on_from_the_first_to_the_next(lately):
    on = TODAY - timedelta(days=1)
    numbers = list(Contact.objects.filter(on=on).order_by("at", "pk").values_list("number", flat=True))

    assert numbers == [f"JD-{on:%y%m%d}-{turn:04d}" for turn in range(1, len(numbers) + 1)]
    assert Sequence.next_number(lately, "JD", on) == f"JD-{on:%y%m%d}-{len(numbers) + 1:04d}"


def test_the_needs_and_the_channels_are_those_of_the_volume_model(lately):
    total = Contact.objects.count()
    needs = Counter(Contact.objects.values_list("need", flat=True))
    channels = Counter(Contact.objects.values_list("channel", flat=True))

    for need, share in volume.NEEDS.items():
        assert abs(100 * needs[need] / total - share) < 4, need
    for channel, share in {"counter": 78, "phone": 12, "mini": 7}.items():
        assert abs(100 * channels[channel] / total - share) < 4, channel


def test_greetings_are_measured_where_somebody_stamped_the_arrival_and_nowhere_else(lately):
    stamped = Contact.objects.exclude(arrived_at=None)
    quick = sum(contact.seconds_to_greet <= 30 for contact in stamped)

    assert 0 < stamped.count() < Contact.objects.count()
    assert stamped.count() == Arrival.objects.count()
    assert 0.9 < quick / stamped.count() < 1


def test_every_contact_is_told_as_an_event_like_one_from_the_desk(lately):
    contact = Contact.objects.filter(outcome=Outcome.GUIDED).first()
    event = Event.objects.about(lately.pk, contact.number).get()

    assert (event.kind, event.by, event.at) == ("contact.logged", contact.agent.actor_key, contact.at)
    assert event.details["answer"] == f"{contact.answer_kind}:{contact.answer_ref}"
    assert Event.objects.filter(kind="contact.logged").count() == Contact.objects.count()


def test_what_nobody_could_answer_is_a_gap_and_its_words_lie_beside_the_event(lately):
    unanswered = Contact.objects.filter(outcome=Outcome.UNANSWERED)
    event = Event.objects.filter(kind="contact.unanswered", topic=unanswered.first().topic).get()

    assert sum(Gap.objects.values_list("asked", flat=True)) == unanswered.count() > 0
    assert event.personal["words"] in set(unanswered.values_list("words", flat=True))
    assert "words" not in event.details


def test_every_inquiry_went_through_the_door_and_hangs_on_its_contact(lately):
    for inquiry in Inquiry.objects.prefetch_related("contacts"):
        [contact] = inquiry.contacts.all()
        assert contact.number == inquiry.contact_number
        assert contact.outcome == Outcome.INQUIRY
        kinds = [event.kind for event in inquiry.timeline()]
        assert kinds[0] == "inquiry.begin"
        assert len(kinds) == len([event for event in inquiry.timeline() if event.at >= inquiry.opened_at])


def test_numbers_of_inquiries_follow_the_clock(lately):
    for on in Contact.objects.values_list("on", flat=True).distinct():
        of_day = Inquiry.objects.filter(number__startswith=f"ZX-{on:%y%m%d}").order_by("number")
        opened = list(of_day.values_list("opened_at", flat=True))
        assert opened == sorted(opened)


def test_promises_are_broken_by_one_slow_brand_alone(lately):
    late = Clock.objects.filter(deadline="inquiry.callback", breached_at__isnull=False)

    assert late.exists()
    assert set(late.values_list("case__shop__unit", flat=True)) == {SLOW}


def test_now_one_call_back_is_overdue_one_is_nearly_due_and_one_has_just_begun(lately):
    states = {
        clock.case.shop.unit: clock.state(SUNDAY_AFTERNOON)
        for clock in Clock.objects.live().filter(deadline="inquiry.callback").select_related("case__shop")
    }

    assert states[SLOW] == Clock.State.OVER
    assert states["L2-C03"] == Clock.State.SOON
    assert states["L1-A03"] == Clock.State.OK
    assert Inquiry.objects.get(shop__unit="L3-A02", closed_at=None).status == "answer_ready"


def test_writing_it_again_changes_nothing(lately):
    before = Contact.objects.count(), Event.objects.count(), Inquiry.objects.count()

    assert writing.write(lately, SUNDAY_AFTERNOON).total() == 0
    assert (Contact.objects.count(), Event.objects.count(), Inquiry.objects.count()) == before

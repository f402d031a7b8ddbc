"""What goes on for days: complaints, the calls and questions that follow them, improvements, praise and suggestions."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from sisheng.cases.models import Alert, Clock
from sisheng.cases.ringing import Round
from sisheng.config.demo.history.better import Better
from sisheng.config.demo.history.calls import Calls
from sisheng.config.demo.history.checks import checks_of_the_day
from sisheng.config.demo.history.complaints import Complaints
from sisheng.config.demo.history.matters import Matters
from sisheng.config.demo.history.stage import Course, Stage
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.contacts.models import Contact
from sisheng.desk.followups.models import FollowUp, Rating, Survey
from sisheng.desk.improvements.models import Improvement
from sisheng.desk.praise.models import Praise, Suggestion
from sisheng.ground.act import Act
from sisheng.kit.messages.actions import see
from sisheng.kit.messages.models import Notice
from sisheng.mall.customers.models import Consent, Customer
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff

RINGING = timedelta(hours=3)  # before the moment of loading, the clocks ring as they would have
ROUND = timedelta(hours=1)
WORDING = "2026-11"
DRAWN_AT = time(9, 10)  # as the timetable says
CHECKED = 8  # days: quality was checked from then on


class Afterwards:
    """Plays them beside the days, each at its own pace."""

    def __init__(self, mall: Mall, at: datetime, now: datetime, days: int) -> None:
        self.mall, self.at = mall, at
        self.stage, matters = Stage(mall, at), Matters()
        self.complaints = Complaints(self.stage, matters, now)
        self.calls = Calls(self.stage, matters.words)
        _may_be_rung(mall)
        for coming in self.complaints.before(mall.today(at) - timedelta(days=days)):
            self.stage.add(coming.contact.at, coming.course())
        Better(self.stage, self.complaints.origin_of).begin(days)
        begun = at - min(RINGING, timedelta(days=days))
        self.stage.add(begun, self._ringing(begun))

    def who_complains(self, on: date, days_ago: int) -> list[Contact]:
        """The receptions of that day from which complaints arise."""
        today = [coming for coming in self.complaints.of(on, days_ago) if coming.contact.at <= self.at]
        for coming in today:
            self.stage.add(coming.contact.at, coming.course())
        return [coming.contact for coming in today]

    def play(self, on: date, days_ago: int) -> None:
        """The day, to its end or to the moment of loading."""
        morning = datetime.combine(on, DRAWN_AT, tzinfo=self.mall.zone)
        self.stage.add(morning, self.calls.day(morning, days_ago))
        if days_ago <= CHECKED:
            later = morning + timedelta(minutes=10)
            self.stage.add(later, checks_of_the_day(self.stage, later))
        midnight = datetime.combine(on + timedelta(days=1), time(0), tzinfo=self.mall.zone)
        evening = midnight - timedelta(hours=3)
        self.stage.add(evening, self._notices_are_read(evening))
        self.stage.run(min(midnight, self.at))

    def close(self) -> Counter[str]:
        """How much of each there is."""
        kinds = {"complaints": Complaint, "follow-ups": FollowUp, "surveys": Survey, "improvements": Improvement,
                 "ratings": Rating, "praise": Praise, "suggestions": Suggestion}  # fmt: skip
        return Counter({name: kind._default_manager.filter(mall=self.mall).count() for name, kind in kinds.items()})

    def _notices_are_read(self, at: datetime) -> Course:
        """Before they go home, people read what lay on their desks."""
        for person in Staff.objects.filter(pk__in=Notice.objects.filter(mall=self.mall).unseen().values("to")):
            see(Act(by=person, at=at), self.mall, who=person)
        return
        yield at

    def _ringing(self, at: datetime) -> Course:
        while True:
            clocks = Clock.objects.to_ring(at).filter(mall=self.mall)
            Round(at).ring_together(list(clocks.select_related("case__mall", "case__handler", "case__owner")))
            over = Q(clock__met_at__isnull=False) | Q(clock__cancelled_at__isnull=False)
            rung = Alert.objects.filter(over, mall=self.mall, cleared_at=None)
            Alert.objects.filter(pk__in=list(rung.values_list("pk", flat=True))).update(cleared_at=at)
            at = yield at + ROUND


def _may_be_rung(mall: Mall) -> None:
    """Who is a member has left a number and said that we may ring it."""
    members = Customer.objects.filter(mall=mall, consents__purpose="membership").exclude(consents__purpose="service")
    Consent.objects.bulk_create(
        Consent(mall=mall, customer=member, purpose="service", version=WORDING, channel="desk",
                given_at=member.created_at)
        for member in members.distinct()
    )  # fmt: skip

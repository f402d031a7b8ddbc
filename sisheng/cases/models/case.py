"""A case, and the one door through which it changes."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sisheng.cases.models.clock import Clock, start
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.lifecycle import Lifecycle, State, Transition, Turn
from sisheng.ground.refusals import Overtaken, Unusable
from sisheng.ground.search.actions import index
from sisheng.mall.directory.models import Sequence, public_code

NEVER = datetime(9000, 1, 1, tzinfo=UTC)  # later than any promise
DOOR_ONLY = frozenset({"status", "turn", "closed_at", "version", "next_due_at", "number", "kind"})


class Channel(models.TextChoices):
    """How the matter reached us (REC-21)."""

    COUNTER = "counter", pgettext_lazy("channel", "counter")
    PHONE = "phone", pgettext_lazy("channel", "telephone")
    MINI = "mini", pgettext_lazy("channel", "mini-program")
    WEB = "web", pgettext_lazy("channel", "web page")
    MAIL = "mail", pgettext_lazy("channel", "e-mail")
    LETTER = "letter", pgettext_lazy("channel", "letter")
    VISIT = "visit", pgettext_lazy("channel", "visit")
    SITE = "site", pgettext_lazy("channel", "on the spot")
    BOOK = "book", pgettext_lazy("channel", "comment book")
    BOX = "box", pgettext_lazy("channel", "complaint box")
    SYSTEM = "system", pgettext_lazy("channel", "system")


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, who: Any) -> Self:
        """The cases that this member of staff may see: the only way in which a view loads a case (D3).

        A partner sees none here: theirs come by link. Nobody sees what is about themselves (CMP-30).
        """
        malls = who.malls_where("cases.see")
        return self.filter(mall__in=malls).exclude(about_staff=who) if malls else self.none()

    def shown_to(self, visitor: Any) -> Self:
        """The one case that a customer has opened with its number and code: the only way in which a page at the public
        door loads a case. Whoever has opened none is shown none."""
        opened = getattr(visitor, "opened", None)
        if opened is None:
            return self.none()
        mall_id, number = opened
        return self.filter(mall_id=mall_id, number=number)

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def due_first(self) -> Self:
        """Oldest promise first; what has no deadline comes last."""
        return self.order_by("next_due_at", "pk")


class Case(models.Model):
    """One matter for which somebody is waiting for the desk to finish something (domain 3.1).

    Each kind (inquiry, complaint …) adds its fields one level below and brings its life as a table.
    """

    lifecycle: ClassVar[Lifecycle]
    live_clocks: list[Clock]  # prefetched for lists
    slug: ClassVar[str]  # of the kind, in addresses and events
    portal_part: ClassVar[str] = ""  # a template: what the customer can do about it on the progress page

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="cases")
    number = models.CharField(max_length=20)
    public_code = models.CharField(max_length=6)
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    turn = models.CharField(max_length=10, choices=Turn.choices)
    version = models.PositiveIntegerField(default=0)  # how many times it has come through the door
    subject = models.CharField(gettext_lazy("subject"), max_length=120)
    channel = models.CharField(gettext_lazy("channel"), max_length=10, choices=Channel.choices, default=Channel.COUNTER)
    desk = models.ForeignKey("directory.Desk", models.PROTECT, null=True, blank=True, related_name="cases")
    owner = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="owned_cases")
    handler = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="handled_cases")
    about_staff = models.ForeignKey("staff.Staff", models.PROTECT, null=True, blank=True, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, null=True, blank=True, related_name="cases")
    anonymous_label = models.CharField(gettext_lazy("how we recognise them"), max_length=40, blank=True)
    shop = models.ForeignKey("directory.Shop", models.PROTECT, null=True, blank=True, related_name="cases")
    place = models.CharField(gettext_lazy("place"), max_length=60, blank=True)
    language = models.CharField(gettext_lazy("language"), max_length=10, default="zh")
    emotion = models.CharField(gettext_lazy("emotion"), max_length=10, blank=True)
    is_typical = models.BooleanField(default=False)
    origin = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="offspring")
    outcome = models.CharField(gettext_lazy("outcome"), max_length=20, blank=True)
    replied_at = models.DateTimeField(null=True)  # when the customer heard how it ended (REC-18)
    no_reply_reason = models.CharField(max_length=120, blank=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # of its live clocks, kept by the door; NEVER where nothing is due, since both databases walk an index without NULLs
    next_due_at = models.DateTimeField(default=NEVER)
    retention_until = models.DateField(null=True)

    PERSONAL = {
        "subject": gettext_lazy("to settle the matter"),
        "no_reply_reason": gettext_lazy("to settle the matter"),
        "anonymous_label": gettext_lazy("to recognise who is waiting"),
    }
    PLAIN: tuple[str, ...] = (
        "number",
        "public_code",
        "kind",
        "status",
        "turn",
        "version",
        "channel",
        "place",
        "language",
        "emotion",
        "is_typical",
        "outcome",
        "retention_until",
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "number"], name="cases_case_number"),
            models.CheckConstraint(
                condition=Q(turn=Turn.NOBODY, closed_at__isnull=False) | (~Q(turn=Turn.NOBODY) & Q(closed_at=None)),
                name="cases_case_closed_when_nobodys_turn",
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "next_due_at", "id"], name="cases_open_by_due", condition=Q(closed_at=None)),
            models.Index(
                fields=["mall", "handler", "next_due_at"], name="cases_open_by_handler", condition=Q(closed_at=None)
            ),
            models.Index(
                fields=["mall", "turn", "next_due_at"], name="cases_open_by_turn", condition=Q(closed_at=None)
            ),
            models.Index(fields=["mall", "kind", "-id"], name="cases_by_kind"),
            models.Index(fields=["mall", "shop", "opened_at"], name="cases_by_shop"),
            models.Index(fields=["mall", "customer", "opened_at"], name="cases_by_customer"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse(f"{kinds()[self.kind]._meta.app_label}:detail", args=[self.mall.slug, self.number])

    # What may be asked of a case

    @property
    def topic(self) -> str:
        return self.number

    @property
    def life(self) -> Lifecycle:
        """The life of this kind of case, also when it was loaded as a plain case."""
        return kinds()[self.kind or type(self).slug].lifecycle

    @property
    def state(self) -> State:
        return self.life.state(self.status)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def answers_from(self) -> str:
        """The lowest role that the clocks of this case ring; empty: whoever does the work, then the ladder."""
        return ""

    def may_be_handled_by(self, person: Any) -> bool:
        """Whether the work may be given to this person, beside what their role allows: never what is about themselves
        (CMP-30)."""
        return bool(person.pk != self.about_staff_id)

    @property
    def addressed_to(self) -> str:
        """Who outside the desk is to do something about it, in words; empty where nobody is."""
        return self.shop.name if self.shop else ""

    @property
    def portal_part_of_kind(self) -> str:
        """The `portal_part` of this kind of case, also when it was loaded as a plain case."""
        return kinds()[self.kind].portal_part

    def real(self) -> Case:
        """This case with the fields of its kind."""
        model = kinds()[self.kind]
        return self if isinstance(self, model) else model._default_manager.get(pk=self.pk)

    def transitions_for(self, who: Any) -> list[Transition]:
        """The transitions that this person can make now: what the buttons show is what the door allows."""
        return [step for step in self.life.transitions_from(self.status) if who.can(step.needs, self.mall)]

    def timeline(self) -> models.QuerySet[Event]:
        return Event.objects.about(self.mall_id, self.topic)

    @property
    def heading(self) -> str:
        """What a list calls it; the subject is gone when its customer has been forgotten."""
        return self.subject or _("(details forgotten)")

    def needs_its_people(self) -> str:
        """Why its customer cannot be forgotten yet, if so."""
        if not self.is_open:
            return ""
        return _("Somebody still waits for %(number)s. Settle or withdraw it first.") % {"number": self.number}

    def make_findable(self) -> None:
        """Put it into the search index, as it is now."""
        index(self.mall_id, "case", self.number, title=self.subject, codes=[self.number])

    # The one door

    @transaction.atomic
    def begin(self, act: Act, *, due_at: datetime | None = None, **details: Any) -> None:
        """Save a new case where its lifecycle begins, and start its clocks.

        `due_at` is a promise made to the customer; it takes the place of the policy's time for promised deadlines.
        """
        step = self.lifecycle.begin
        act.must(step.needs, self.mall)
        self.kind, self.status, self.turn = type(self).slug, step.to, self.lifecycle.turn(step.to)
        self.opened_at = act.happened_at
        self.public_code = public_code()
        next_number = Sequence.next_of_year if self.lifecycle.is_yearly else Sequence.next_number
        self.number = next_number(self.mall, self.lifecycle.prefix, self.mall.today(act.at))
        super().save(force_insert=True)
        self.make_findable()
        self._record(step, act, due_at, details)
        # a new case has no other clocks than those that begin with it
        begun = Clock.objects.start_those_of(self, step.name, act, due_at)
        self._write_next_due(min((clock.due_at for clock in begun if clock.due_at), default=NEVER))

    @transaction.atomic
    def transition(
        self,
        name: str,
        act: Act,
        *,
        seen: int | None = None,
        due_at: datetime | None = None,
        back_to: str = "",
        personal: dict[str, Any] | None = None,
        **details: Any,
    ) -> None:
        """The only way in which a case changes state. `back_to` is for transitions that return to an earlier one.

        Raises OutOfTurn when the state does not allow it, NotAllowed when the person may not, and Overtaken when the
        case has moved since it was loaded, or since the version `seen` on the person's screen.
        """
        step = self.life.find(name, self.status)
        act.must(step.needs, self.mall)
        goal = back_to if step.returns and back_to else step.to
        turn = self.life.turn(goal)
        closed_at = act.happened_at if turn is Turn.NOBODY else None
        if seen is not None and seen != self.version:
            raise _overtaken()
        still_there = Case.objects.filter(pk=self.pk, status=self.status, version=self.version)
        if not still_there.update(status=goal, turn=turn, closed_at=closed_at, version=F("version") + 1):
            raise _overtaken()
        came_from, self.status, self.turn, self.closed_at = self.status, goal, turn, closed_at
        self.version += 1
        self._tell(step, act, due_at, {"came_from": came_from, **details}, personal)

    # What runs beside it

    def start_part(
        self, policy: str, part: str, act: Act, *, role: str = "", due_at: datetime | None = None,
        since: datetime | None = None,
    ) -> Clock:  # fmt: skip
        """Start the clock of something that runs beside the case: a statement asked of one shop, an approval (D18).

        `role` says whom it rings first; `due_at` takes the place of the policy's time; `since` is when what is counted
        began, if not now. Raises LookupError for a deadline that the life of this kind of case does not list among its
        parts, and Overtaken as a transition does.
        """
        rule = next((rule for rule in self.life.parts if rule.policy == policy), None)
        if rule is None:
            raise LookupError(f"{self.kind} knows no part with the deadline “{policy}”")
        self.hold_as_seen()
        clock = start(self, rule, act, due_at, part=part, role=role, since=since)
        clock.set_running(self.status not in rule.pauses_in, act, reason="state")
        self.note_next_due()
        return clock

    def end_part(self, policy: str, part: str, act: Act, *, cancelled: bool = False) -> Clock | None:
        """What ran beside the case is done, or no longer wanted; None when its clock had ended already."""
        self.hold()
        clock = self.clocks.live().filter(deadline=policy, part=part).first()
        if clock is not None:
            if cancelled:
                clock.cancel(act.happened_at)
            else:
                clock.meet(act.happened_at)
            self.note_next_due()
        return clock

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: DJ012  (it stands beside the door it guards)
        """Plain edits only, field by field. Status, turn and closing are written by the door alone (D20)."""
        fields = kwargs.get("update_fields")
        if fields is None:
            raise TypeError("A case is born by begin(), and edited with save(update_fields=[…]).")
        if forbidden := DOOR_ONLY & set(fields):
            raise TypeError(f"{', '.join(sorted(forbidden))}: written only by begin() and transition().")
        super().save(*args, **kwargs)

    def _tell(
        self,
        step: Transition,
        act: Act,
        due_at: datetime | None,
        details: dict[str, Any],
        personal: dict[str, Any] | None = None,
    ) -> None:
        self._record(step, act, due_at, details, personal)
        Clock.objects.follow(self, step.name, act, due_at)
        self.note_next_due()

    def _record(
        self,
        step: Transition,
        act: Act,
        due_at: datetime | None,
        details: dict[str, Any],
        personal: dict[str, Any] | None = None,
    ) -> None:
        if due_at is not None and due_at <= act.happened_at:
            raise Unusable(_("The promised time has already passed. Choose a later one."), field="promise")
        Event.record(f"{self.kind}.{step.name}", self.topic, act, mall_id=self.mall_id, personal=personal, **details)

    def hold(self) -> None:
        """Let nobody else change the case until the end of this transaction, before what runs beside it is changed.

        Always the case first and then its clocks, as a transition does: so nobody waits in a ring.
        """
        Case.objects.filter(pk=self.pk).update(version=F("version"))

    def hold_as_seen(self) -> None:
        """The same, for what makes sense only where the case stands as it did when it was loaded. Raises Overtaken."""
        as_seen = Case.objects.filter(pk=self.pk, status=self.status, version=self.version)
        if not as_seen.update(version=F("version")):
            raise _overtaken()

    def note_next_due(self) -> None:
        """Write down the earliest due time of the live clocks, for the lists."""
        due = self.clocks.live().filter(due_at__isnull=False).aggregate(first=models.Min("due_at"))["first"]
        self._write_next_due(due or NEVER)

    def _write_next_due(self, due: datetime) -> None:
        self.next_due_at = due
        Case.objects.filter(pk=self.pk).update(next_due_at=due)


def _overtaken() -> Overtaken:
    return Overtaken(
        _("Somebody else has just changed this case. Here is how it stands now; nothing of yours is lost.")
    )


@cache
def kinds() -> dict[str, type[Case]]:
    """Every kind of case by its slug."""
    return {model.slug: model for model in apps.get_models() if issubclass(model, Case) and model is not Case}

"""Somebody is not content and waits for an answer (domain 3.4)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.cases.models import Case
from sisheng.cases.models.case import CaseQuerySet
from sisheng.desk.complaints import taxonomy
from sisheng.desk.complaints.lifecycle import COMPLAINT, UNDECIDED
from sisheng.ground.lifecycle import Lifecycle

if TYPE_CHECKING:
    from sisheng.desk.complaints.models.offers import Proposal
    from sisheng.mall.directory.models import Shop

MOST_PROPOSALS = 4  # CMP-13


class ComplaintQuerySet(CaseQuerySet):
    def against(self, shop: Shop) -> Self:
        return self.filter(shop=shop)

    def since(self, at: datetime) -> Self:
        return self.filter(opened_at__gte=at)

    def counted(self) -> Self:
        """Without drafts that were thrown away; a merged one stays one complaint of one customer."""
        return self.exclude(status__in=("draft", "discarded"))

    def undecided(self) -> Self:
        return self.filter(status__in=UNDECIDED)


class Complaint(Case):
    """A complaint: what happened, what the person feels and asks for, what we found, offered and changed.

    Feeling and fact stand apart (CTR-07): `feeling` is acknowledged when it is accepted, `substantiated` is judged in
    the investigation, and neither overwrites the other.
    """

    lifecycle: ClassVar[Lifecycle] = COMPLAINT
    slug: ClassVar[str] = "complaint"
    portal_part: ClassVar[str] = "complaints/_portal.html"

    class Complainant(models.TextChoices):
        CONSUMER = "consumer", pgettext_lazy("complainant", "consumer")
        TENANT = "tenant", pgettext_lazy("complainant", "shop of the mall")
        SUPPLIER = "supplier", pgettext_lazy("complainant", "supplier")
        NEIGHBOUR = "neighbour", pgettext_lazy("complainant", "neighbour")

    class Against(models.TextChoices):
        SHOP = "shop", pgettext_lazy("against", "a shop")
        STAFF = "staff", pgettext_lazy("against", "one of us")
        DESK = "desk", pgettext_lazy("against", "the service desk")
        FACILITY = "facility", pgettext_lazy("against", "a facility")
        RULE = "rule", pgettext_lazy("against", "a rule of the house")
        OTHER = "other", pgettext_lazy("against", "something else")

    class Severity(models.TextChoices):
        S1 = "S1", _("S1 at once")
        S2 = "S2", _("S2 grave")
        S3 = "S3", _("S3 standard")
        S4 = "S4", _("S4 simple")

    class Recording(models.TextChoices):
        NONE = "none", pgettext_lazy("recording", "not recorded")
        NOTES = "notes", pgettext_lazy("recording", "written notes")
        AUDIO = "audio", pgettext_lazy("recording", "sound, with consent")

    class Effect(models.TextChoices):
        """What an improvement has to say before the complaint is archived (CMP-18)."""

        NONE = "", pgettext_lazy("improvement", "not decided")
        ACTION = "action", pgettext_lazy("improvement", "an improvement was asked for")
        NO_NEED = "no_need", pgettext_lazy("improvement", "none, because")

    # who complains, about what
    complainant = models.CharField(_("who complains"), max_length=10, choices=Complainant, default=Complainant.CONSUMER)
    may_contact = models.BooleanField(_("may be contacted"), default=True)
    against = models.CharField(_("about"), max_length=10, choices=Against, default=Against.SHOP)
    against_words = models.CharField(_("about whom or what"), max_length=80, blank=True)
    category = models.CharField(_("category"), max_length=40, blank=True)  # a joined key of taxonomy.CATEGORIES
    amount = models.DecimalField(_("amount in dispute"), max_digits=10, decimal_places=2, null=True, blank=True)
    feeling = models.TextField(_("what the customer feels"), max_length=500, blank=True)
    account = models.TextField(_("what happened"), max_length=4000, blank=True)
    happened_on = models.DateTimeField(_("when it happened"), null=True, blank=True)
    people = models.CharField(_("who was involved"), max_length=120, blank=True)
    claims = models.JSONField(_("what they ask for"), default=list, encoder=DjangoJSONEncoder)
    flags = models.JSONField(_("what makes it grave"), default=list, encoder=DjangoJSONEncoder)
    circumstances = models.JSONField(_("what the law asks besides"), default=list, encoder=DjangoJSONEncoder)
    delivered_on = models.DateField(_("goods received on"), null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    severity = models.CharField(_("severity"), max_length=2, choices=Severity, default=Severity.S3)
    severity_reason = models.CharField(_("why this severity"), max_length=120, blank=True)
    accepted_at = models.DateTimeField(null=True)

    # how it was received
    recording = models.CharField(_("recording"), max_length=6, choices=Recording, default=Recording.NONE)
    recording_at = models.DateTimeField(null=True)
    recording_wording = models.CharField(max_length=20, blank=True)
    restated_at = models.DateTimeField(null=True)
    chased = models.PositiveSmallIntegerField(default=0)
    updates = models.PositiveSmallIntegerField(default=0)  # that the customer had from us unasked (CMP-31)
    handed_on = models.PositiveSmallIntegerField(default=0)
    reminders = models.PositiveSmallIntegerField(default=0)  # of the offer that waits for an answer

    # what we found
    responsibility = models.CharField(_("responsibility"), max_length=10, blank=True)
    responsibility_at = models.DateTimeField(null=True)
    substantiated = models.CharField(_("substantiated"), max_length=8, blank=True)
    finding = models.TextField(_("finding"), max_length=4000, blank=True)
    basis = models.CharField(_("on what it rests"), max_length=200, blank=True)
    re_evaluation = models.TextField(_("re-evaluation"), max_length=2000, blank=True)
    extended_until = models.DateTimeField(null=True)
    recourse = models.CharField(_("recourse"), max_length=200, blank=True)  # N-12: what the mall pays for a shop

    # what it came to
    cause = models.CharField(_("root cause"), max_length=40, blank=True)  # a joined key of taxonomy.CAUSES
    whys = models.JSONField(_("five whys"), default=list, encoder=DjangoJSONEncoder)
    improvement = models.CharField(_("improvement"), max_length=10, choices=Effect, blank=True, default=Effect.NONE)
    improvement_words = models.CharField(max_length=300, blank=True)  # the number of the improvement, or why none
    customer_words = models.TextField(_("what the customer says of it"), max_length=1000, blank=True)
    ways_told_at = models.DateTimeField(null=True)  # the five lawful ways were named (N-11)
    reopen_count = models.PositiveSmallIntegerField(default=0)
    rounds = models.PositiveSmallIntegerField(default=0)  # how often offering began anew: reopened, or sent back to us
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    merged_from = models.CharField(max_length=20, blank=True)  # the state to which it returns
    merged_at = models.DateTimeField(null=True)
    is_shielded = models.BooleanField(default=False)  # `about_staff` is whom the one is about of which it is a part

    PERSONAL = {
        "against_words": _("to settle the complaint"),
        "feeling": _("to settle the complaint"),
        "account": _("to settle the complaint"),
        "people": _("to settle the complaint"),
        "finding": _("to settle the complaint"),
        "re_evaluation": _("to settle the complaint"),
        "recourse": _("to settle the complaint"),
        "whys": _("to prevent the next one"),
        "improvement_words": _("to prevent the next one"),
        "customer_words": _("to settle the complaint"),
    }
    PLAIN = (
        "complainant", "may_contact", "against", "category", "amount", "happened_on", "claims", "flags",
        "circumstances", "delivered_on", "paid_on", "severity", "severity_reason", "recording", "recording_wording",
        "chased", "updates", "handed_on", "reminders", "responsibility", "substantiated", "basis", "cause",
        "improvement", "reopen_count", "rounds", "merged_from", "is_shielded",
    )  # fmt: skip

    objects = ComplaintQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="complaints_amount_not_negative"),
            models.CheckConstraint(
                condition=~Q(recording="audio") | (Q(recording_at__isnull=False) & ~Q(recording_wording="")),
                name="complaints_sound_only_after_a_yes",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_from="", merged_at=None)
                | (Q(merged_into__isnull=False, merged_at__isnull=False) & ~Q(merged_from="")),
                name="complaints_merged_or_not",
            ),
            models.CheckConstraint(
                condition=Q(responsibility="", responsibility_at=None)
                | (~Q(responsibility="") & Q(responsibility_at__isnull=False)),
                name="complaints_responsibility_was_judged",
            ),
        ]
        indexes = [models.Index(fields=["accepted_at"], name="complaints_by_acceptance")]

    # What may be asked of a complaint

    @property
    def answers_from(self) -> str:
        """What is said about the desk or one of us is no matter for the desk itself (CMP-30)."""
        return "supervisor" if self.is_about_us else ""

    @property
    def is_about_us(self) -> bool:
        return self.against in {self.Against.STAFF, self.Against.DESK}

    def may_be_handled_by(self, person: Any) -> bool:
        return super().may_be_handled_by(person) and (not self.is_about_us or person.can("complaints.close", self.mall))

    @property
    def is_accepted(self) -> bool:
        return self.accepted_at is not None

    @property
    def category_words(self) -> str:
        return taxonomy.spoken(taxonomy.CATEGORIES, self.category)

    @property
    def cause_words(self) -> str:
        return taxonomy.spoken(taxonomy.CAUSES, self.cause)

    @property
    def claim_words(self) -> list[str]:
        return [str(taxonomy.CLAIMS.get(claim, claim)) for claim in self.claims]

    @property
    def flag_words(self) -> list[str]:
        return [str(taxonomy.FLAGS.get(flag, flag)) for flag in self.flags]

    @property
    def responsibility_words(self) -> str:
        return str(taxonomy.RESPONSIBILITIES.get(self.responsibility, ""))

    @property
    def substantiated_words(self) -> str:
        return str(taxonomy.SUBSTANTIATED.get(self.substantiated, ""))

    @cached_property
    def offers(self) -> list[Proposal]:
        """Every proposal with its remedies, the first one first."""
        return list(self.proposals.prefetch_related("remedies").order_by("round", "n"))

    @property
    def offer(self) -> Proposal | None:
        """The newest proposal since it was opened, opened again or sent back to us, whatever became of it."""
        return next((offer for offer in reversed(self.offers) if offer.round == self.rounds), None)

    @property
    def draft(self) -> str:
        """Which writing of an offer nobody has heard yet; empty where there is none."""
        return f"{self.offer.pk}.{self.offer.written_at:%s%f}" if self.offer and not self.offer.offered_at else ""

    @property
    def agreed(self) -> Proposal | None:
        """What was agreed, or carried out without an answer."""
        return self.offer if self.offer and self.offer.is_carried_out else None

    @property
    def promised_yuan(self) -> Decimal:
        """What is being paid under the agreement, whoever pays it."""
        return self.agreed.value if self.agreed else Decimal(0)

    def forget_offers(self) -> None:
        """Proposals have changed: ask the database for them again."""
        self.__dict__.pop("offers", None)

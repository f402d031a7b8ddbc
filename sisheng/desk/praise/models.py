"""Good words, and ideas: rows, not cases, since nobody waits for them to be finished."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RemarkQuerySet(models.QuerySet[Any]):
    def visible_to(self, who: Any) -> Self:
        return self.filter(mall__in=who.malls_where("praise.see"))


class Remark(models.Model):
    """What a customer said unasked, in their words."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    words = models.TextField(_("in their words"), max_length=1000)
    shop = models.ForeignKey("directory.Shop", models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey("customers.Customer", models.PROTECT, null=True, related_name="+")
    channel = models.CharField(_("channel"), max_length=10)
    language = models.CharField(_("language"), max_length=10, default="zh")
    said_at = models.DateTimeField()

    PERSONAL = {"words": _("to pass it on")}
    PLAIN: tuple[str, ...] = ("number", "channel", "language")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [models.UniqueConstraint(fields=["mall", "number"], name="%(app_label)s_%(class)s_number")]
        indexes = [models.Index(fields=["mall", "-id"], name="%(app_label)s_%(class)s_new")]

    def __str__(self) -> str:
        return self.number


class Praise(Remark):
    """A customer is content with somebody, who hears of it (INQ-13)."""

    person = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="praise")
    person_words = models.CharField(_("who it was, as the customer said it"), max_length=60, blank=True)

    PERSONAL = {"person_words": _("to find whom it is meant for")}

    class Meta(Remark.Meta):
        verbose_name = _("praise")


class Suggestion(Remark):
    """A customer has an idea. Somebody looks after it and says what became of it, and why (INQ-12)."""

    class Answer(models.TextChoices):
        NONE = "", pgettext_lazy("suggestion", "not answered yet")
        REPLIED = "replied", pgettext_lazy("suggestion", "replied")
        ADOPTED = "adopted", pgettext_lazy("suggestion", "adopted")
        DECLINED = "declined", pgettext_lazy("suggestion", "not adopted")

    owner = models.ForeignKey("staff.Staff", models.PROTECT, null=True, related_name="suggestions")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True, default=Answer.NONE)
    reason = models.CharField(_("what we say to it"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)

    PERSONAL = {"reason": _("to answer the customer")}
    PLAIN = ("answer",)

    class Meta(Remark.Meta):
        verbose_name = _("suggestion")
        constraints = [
            *Remark.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="praise_suggestion_answered_when",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(owner__isnull=False), name="praise_suggestion_answered_by_somebody"
            ),
        ]

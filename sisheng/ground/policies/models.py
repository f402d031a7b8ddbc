"""The dated versions of policies that malls have set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models

from sisheng.ground.policies.table import policies
from sisheng.ground.policies.value import Value


class PolicyVersion(models.Model):
    """What a mall decided about one policy, from when, who decided, and why. Written once and never changed: whoever
    changes a policy writes the next version. It keeps its unit, so that it can always be read as it was meant."""

    mall_id = models.BigIntegerField()
    key = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    value = models.JSONField()
    unit = models.CharField(max_length=10)
    counted = models.CharField(max_length=1, blank=True)
    from_at = models.DateTimeField()
    by = models.CharField(max_length=40)
    reason = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    PLAIN = ("mall_id", "key", "version", "value", "unit", "counted", "by", "reason")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall_id", "key", "version"], name="policies_version_once"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="policies_version_counts_from_one"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="policies_version_has_a_reason"),
            models.CheckConstraint(
                condition=models.Q(from_at__gte=models.F("recorded_at")), name="policies_version_not_backdated"
            ),
        ]
        indexes = [models.Index(fields=["mall_id", "key", "-from_at", "-version"], name="policies_version_in_force")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A version of a policy is never changed: write the next one.")
        super().save(*args, **kwargs)

    @property
    def as_value(self) -> Value:
        return Value(self.key, self.value, self.unit, self.counted, self.version)


def in_force(mall_id: int, key: str, at: datetime) -> Value:
    """What counts in that mall at that moment: of the versions that have begun, the one that began last.

    One query. Raises KeyError for a key that is not in config/policies.py.
    """
    return in_force_of(mall_id, [key], at)[key]


def in_force_of(mall_id: int, keys: Sequence[str], at: datetime) -> dict[str, Value]:
    """The same for several policies, in one query for all of them."""
    table = policies()
    defaults = {key: Value(key, table[key].default, table[key].unit, table[key].counted) for key in keys}
    begun = PolicyVersion.objects.filter(mall_id=mall_id, key__in=keys, from_at__lte=at)
    # later ones come later, and take the place of those before
    return defaults | {version.key: version.as_value for version in begun.order_by("from_at", "version")}


def value_of(mall_id: int, key: str, version: int) -> Value:
    """What a version says: for a clock that started under it. Raises PolicyVersion.DoesNotExist."""
    if version == 0:
        policy = policies()[key]
        return Value(key, policy.default, policy.unit, policy.counted)
    return PolicyVersion.objects.get(mall_id=mall_id, key=key, version=version).as_value


def versions(mall_id: int, key: str) -> models.QuerySet[PolicyVersion]:
    """What the mall has decided about this, newest first."""
    return PolicyVersion.objects.filter(mall_id=mall_id, key=key).order_by("-version")

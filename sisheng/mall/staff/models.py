"""The people of the desk: who they are, what they may do, and who is on duty now."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class StaffManager(BaseUserManager["Staff"]):
    def create_user(self, code: str, password: str | None = None, **details: Any) -> Staff:
        person = self.model(code=code, **details)
        person.set_password(password)
        person.save()
        return person

    def working_in(self, mall: Any) -> models.QuerySet[Staff]:
        """Who holds a post in this mall and may log in, by staff code."""
        return self.filter(posts__mall=mall, is_active=True).distinct().order_by("code")

    def get_by_natural_key(self, username: str | None) -> Staff:
        return self.get(code=username)


class Staff(AbstractBaseUser):
    """A person who works at a desk, or answers to it, and logs in with a staff code (PRV-04: no shared log-ins)."""

    code = models.CharField(_("staff code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    title = models.CharField(_("job title"), max_length=40, blank=True)
    languages = models.CharField(_("languages"), max_length=60, blank=True, help_text="zh en ja")
    skills = models.CharField(_("trained for"), max_length=120, blank=True, help_text="followup")
    in_training = models.BooleanField(_("in induction"), default=False)
    is_active = models.BooleanField(_("may log in"), default=True)
    is_superuser = models.BooleanField(default=False)

    PERSONAL = {
        "code": _("to log in and to stand behind what one does"),
        "name": _("to know who is on duty"),
        "name_en": _("to know who is on duty"),
        "title": _("to know who answers for what"),
        "languages": _("to find somebody who speaks it"),
        "skills": _("to know who may do what needs training"),
    }
    PLAIN = ("password", "in_training", "is_active", "is_superuser")

    objects = StaffManager()

    USERNAME_FIELD = "code"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")

    def __str__(self) -> str:
        return self.code

    @property
    def actor_key(self) -> str:
        return f"staff:{self.pk}"

    @property
    def spoken_name(self) -> str:
        """The name in the language of the screen."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    def can(self, permission: str, mall: Any) -> bool:
        return permission in self.permissions_in(mall)

    def malls_where(self, permission: str) -> list[int]:
        """The malls in which this person holds the permission."""
        roles = import_string(settings.SISHENG_ROLES)
        held = self.roles_by_mall.items()
        return [mall for mall, names in held if any(permission in roles.get(name, ()) for name in names)]

    def permissions_in(self, mall: Any) -> frozenset[str]:
        roles = import_string(settings.SISHENG_ROLES)
        return frozenset().union(*(roles.get(role, frozenset()) for role in self.roles_by_mall.get(mall.pk, ())))

    @cached_property
    def roles_by_mall(self) -> dict[int, set[str]]:
        held: dict[int, set[str]] = {}
        if self.is_active:
            for mall_id, role in self.posts.values_list("mall_id", "role"):
                held.setdefault(mall_id, set()).add(role)
        return held


class Post(models.Model):
    """A role that somebody holds in one mall (domain 4.5, STF-01: any title maps to a role)."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="posts")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20)

    PLAIN = ("role",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "staff", "role"], name="staff_post_once")]

    def __str__(self) -> str:
        return f"{self.staff_id}:{self.role}@{self.mall_id}"


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def present(self) -> CheckInQuerySet:
        return self.filter(out_at=None)


class CheckIn(models.Model):
    """Somebody stands at a desk from one moment until another (D25). Escalation rings whoever is there."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="check_ins")
    desk = models.ForeignKey("directory.Desk", models.PROTECT, related_name="check_ins")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="check_ins")
    in_at = models.DateTimeField()
    out_at = models.DateTimeField(null=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["mall", "desk", "in_at"], name="staff_checkin_at_desk")]
        constraints = [
            # nobody stands at two desks at once
            models.UniqueConstraint(fields=["staff"], condition=Q(out_at=None), name="staff_checkin_one_place"),
            models.CheckConstraint(condition=Q(out_at=None) | Q(out_at__gte=F("in_at")), name="staff_checkin_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}@{self.desk_id}"


class DutyDay(models.Model):
    """Who is duty manager of a mall on a day; the last name on every ladder."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="duty_days")
    on = models.DateField()
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="duty_days")

    PLAIN = ("on",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "on"], name="staff_duty_one_a_day")]

    def __str__(self) -> str:
        return f"{self.mall_id} {self.on}"


class StandIn(models.Model):
    """Somebody answers for somebody else for a while."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="stand_ins")
    absent = models.ForeignKey(Staff, models.PROTECT, related_name="stood_in_for")
    present = models.ForeignKey(Staff, models.PROTECT, related_name="stands_in")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    may_decide = models.BooleanField(default=False)  # named by somebody who could hand on what the absent may decide

    PLAIN = ("may_decide",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gt=F("from_at")), name="staff_standin_in_order"),
            models.CheckConstraint(condition=~Q(absent=F("present")), name="staff_standin_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.present_id} for {self.absent_id}"


def duty_manager(mall: Any, on: date) -> Staff | None:
    """The duty manager of that day, if one is named."""
    day = DutyDay.objects.filter(mall=mall, on=on).select_related("staff").first()
    return day.staff if day else None


def standing_in_for(mall: Any, person: Staff, at: datetime) -> Staff:
    """Who answers for this person now: a stand-in, or the person."""
    cover = (
        StandIn.objects.filter(mall=mall, absent=person, from_at__lte=at, until_at__gt=at)
        .select_related("present")
        .order_by("-pk")
        .first()
    )
    return cover.present if cover else person


def answered_for_by(mall: Any, person: Staff, at: datetime) -> list[Staff]:
    """Those in whose name this person may decide now."""
    covers = StandIn.objects.filter(mall=mall, present=person, may_decide=True, from_at__lte=at, until_at__gt=at)
    covers = covers.filter(absent__is_active=True).select_related("absent").order_by("pk")
    # of two stand-ins it is the one named last
    return [cover.absent for cover in covers if standing_in_for(mall, cover.absent, at) == person]


def desk_of(person: Staff, mall: Any) -> Any:
    """The desk at which this person is checked in now, if any."""
    there = CheckIn.objects.present().filter(staff=person, mall=mall).select_related("desk").first()
    return there.desk if there else None

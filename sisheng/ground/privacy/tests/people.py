"""A small model with personal fields, for these tests only."""

from __future__ import annotations

from django.db import models

from sisheng.ground.privacy.fields import EncryptedTextField
from sisheng.ground.privacy.with_phone import PhoneLookups, WithPhone


class Caller(WithPhone):
    """Somebody who rang the desk."""

    mall_id = models.BigIntegerField()
    number = models.CharField(max_length=20)
    name = models.CharField(max_length=30, blank=True)
    wish = EncryptedTextField(null=True, blank=True)

    objects = PhoneLookups.as_manager()

    PERSONAL = {"name": "to address the caller", "wish": "to do what the caller asks"}
    PLAIN = ("mall_id", "number")

    class Meta:
        app_label = "privacy_tests"

    @property
    def topic(self) -> str:
        return f"caller:{self.pk}"

    @property
    def mall(self) -> Mall:
        return Mall(self.mall_id)


class Mall:
    """As much of a mall as privacy asks for."""

    def __init__(self, pk: int) -> None:
        self.pk = pk


class Clerk:
    """Somebody with a few permissions in one mall."""

    def __init__(self, key: str, mall: Mall, *permissions: str) -> None:
        self.actor_key, self.mall, self.permissions = key, mall, permissions

    def can(self, permission: str, mall: Mall) -> bool:
        return mall.pk == self.mall.pk and permission in self.permissions

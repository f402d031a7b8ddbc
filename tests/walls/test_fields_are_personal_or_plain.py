"""Every field of every model says whether it is personal, and if so what it is kept for (PRV-01)."""

from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from sisheng.ground.privacy.actions import blank_of
from sisheng.ground.privacy.declared import personal, problems

MODELS = [model for model in apps.get_models() if model.__module__.startswith("sisheng.")]


@pytest.mark.rule("PRV-01")
@pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])
def test_every_field_is_personal_or_plain(model):
    assert problems(model) == []


@pytest.mark.rule("PRV-01")
@pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])
def test_everything_personal_can_be_taken_away_again(model):
    for name in personal(model):
        blank_of(model._meta.get_field(name))


# Papers, pictures of them, and what is nobody's business (CTR-13). The type and the last four of a document may come.
NEVER_ASKED = re.compile(
    r"(^|_)(income|salary|education|degree|occupation|profession|employer|religion|ethnicity|marital|gender|sex"
    r"|identity_number|id_number|id_card|passport|id_image|id_photo|face|fingerprint|home_address|street)(_|$)"
)


@pytest.mark.rule("CTR-13")
@pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])
def test_what_is_nobodys_business_has_no_field(model):
    assert [field.name for field in model._meta.get_fields() if NEVER_ASKED.search(field.name)] == []


@isolate_apps("sisheng.ground.privacy")
def test_the_wall_stands():
    class Guest(models.Model):
        name = models.CharField(max_length=20)
        birthday = models.DateField(null=True)
        note = models.TextField()
        is_member = models.BooleanField()

        PERSONAL = {"name": "to address the guest", "note": "", "street": "to write"}
        PLAIN = ("note",)

        class Meta:
            app_label = "privacy"

    assert problems(Guest) == [
        "privacy.Guest.birthday: is it personal or plain?",
        "privacy.Guest.note is called personal and plain",
        "privacy.Guest has no field street",
        "privacy.Guest.note: personal, for what purpose?",
    ]

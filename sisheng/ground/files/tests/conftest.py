"""Files as people send them, made on the spot, and a disk that nobody else uses."""

from __future__ import annotations

import base64
import os

import pytest
from django.core.files.base import ContentFile

from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.files.models import KeptFile
from sisheng.ground.files.taking import take
from sisheng.ground.files.tests.samples import photo


@pytest.fixture(autouse=True)
def disk_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def two_keys():
    """The new key first, then the one before it."""
    return [base64.urlsafe_b64encode(os.urandom(32)).decode() for _ in range(2)]


@pytest.fixture
def keep(db, now):
    """Keep a file for a thing that does not matter here."""

    def keep(data=None, name="photo.jpg", *, topic="TS-261123-0001", part="3"):
        taken = take(ContentFile(photo() if data is None else data, name=name))
        return KeptFile.keep(Act(SYSTEM, now), taken, mall_id=1, topic=topic, part=part)

    return keep

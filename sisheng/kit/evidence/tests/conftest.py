"""A case in which statements and camera pictures are asked for, and a disk of its own.

It is an inquiry with two parts more: what is tested here is beside the case, whatever its kind.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from django.core.files.base import ContentFile

from sisheng.desk.inquiries import actions as inquiries
from sisheng.desk.inquiries.lifecycle import INQUIRY
from sisheng.desk.inquiries.models import Inquiry
from sisheng.ground.files.tests.samples import photo
from sisheng.ground.lifecycle import Deadline, of
from sisheng.kit.evidence import actions
from sisheng.mall.directory.models import Shop

PARTS = (
    Deadline("complaint.brand_statement", cancelled_by=of("withdraw"), label="statement of the shop"),
    Deadline("evidence.cctv", cancelled_by=of("withdraw"), label="have pictures kept"),
)


@pytest.fixture(autouse=True)
def disk_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def case(monkeypatch, act, riverside, luggage, counter, mei):
    """Somebody says that a suitcase broke on the first day."""
    monkeypatch.setattr(Inquiry, "lifecycle", replace(INQUIRY, parts=PARTS))
    return inquiries.begin(
        act(mei),
        riverside,
        question="箱子第一天就坏了",
        handler=mei,
        desk=counter,
        shop=luggage,
        anonymous_label="蓝衣先生",
    )


@pytest.fixture
def cafe(riverside, floor, wing):
    """The second shop in the story."""
    return Shop.objects.create(
        mall=riverside,
        unit="L2-C03",
        floor=floor,
        zone=wing,
        name="半日咖啡",
        name_en="Half a Day",
        hours=riverside.hours,
    )


@pytest.fixture
def upload():
    def upload(data=None, name="photo.jpg"):
        return ContentFile(photo() if data is None else data, name=name)

    return upload


@pytest.fixture
def keep(act, mei, case, upload):
    """Keep a photo, or whatever is said."""

    def keep(*, by=None, at=None, said_at=None, **told):
        told.setdefault("kind", "photo")
        if "text" not in told:
            told.setdefault("upload", upload())
        return actions.keep(act(by or mei, at=at, said_at=said_at), case, **told)

    return keep


@dataclass(frozen=True)
class LinkHolder:
    """Somebody at a shop who opened the link that was sent there: no staff, and nothing else is allowed."""

    actor_key: str = "link:7"

    def can(self, permission, mall):
        return permission == "statements.give"


@pytest.fixture
def link_holder():
    return LinkHolder()

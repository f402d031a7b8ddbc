"""The cast: the people and the places of our tests. Each test speaks of them by name."""

from __future__ import annotations

import gettext
import os
from datetime import datetime, time
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

from sisheng.ground.act import Act
from sisheng.mall.customers.actions import remember
from sisheng.mall.directory.models import BrandContact, Desk, Floor, Mall, OpeningHours, Shop, Zone
from sisheng.mall.staff import actions as staff_actions
from sisheng.mall.staff.models import Post, Staff


def pytest_sessionstart(session):
    """Compile the catalogues that are older than their source, as the build does."""
    for source in Path(__file__).parent.glob("sisheng/**/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            beside = compiled.with_suffix(f".{os.getpid()}")
            with source.open("rb") as text, beside.open("wb") as binary:
                write_mo(binary, read_po(text))
            beside.replace(compiled)
    read_catalogues_anew()  # some sentence may have been read before


def read_catalogues_anew():
    """Forget what was read: Python itself keeps each catalogue that it has read once, whatever becomes of the file."""
    gettext._translations.clear()
    trans_real._translations.clear()
    trans_real._default = None


pytest_plugins = ["tests.door"]

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_10AM = datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def in_english():
    """The tests read English sentences, whether or not the catalogues are compiled; a test may ask for Chinese."""
    with translation.override("en"):
        yield


# The places


def _opening(hours, days, opens, closes):
    for day in days:
        hours.openings.create(day=day, opens_at=opens, closes_at=closes)


@pytest.fixture
def riverside(db):
    """A mall that is open every day from 10:00 to 22:00."""
    mall = Mall.objects.create(slug="riverside", name="临江汇", name_en="Riverside")
    mall.hours = OpeningHours.objects.create(mall=mall, code="M")
    _opening(mall.hours, range(1, 8), time(10), time(22))
    mall.save()
    return mall


@pytest.fixture
def northgate(db):
    """The other mall, where Lin works."""
    return Mall.objects.create(slug="northgate", name="北门里", name_en="Northgate")


@pytest.fixture
def floor(riverside):
    return Floor.objects.create(mall=riverside, code="L2", level=2, name="二层", name_en="Level 2")


@pytest.fixture
def wing(riverside):
    return Zone.objects.create(mall=riverside, code="C", name="西翼", name_en="West wing")


@pytest.fixture
def counter(riverside):
    """The main desk of Riverside."""
    return Desk.objects.create(
        mall=riverside, code="A", name="总服务台", name_en="Main desk", hours=riverside.hours,
        capabilities=["contacts", "inquiries"],
    )  # fmt: skip


@pytest.fixture
def luggage(riverside, floor, wing):
    """行远箱包, the shop people ask for."""
    return Shop.objects.create(
        mall=riverside, unit="L2-C02", floor=floor, zone=wing, name="行远箱包", name_en="Xingyuan Luggage",
        hours=riverside.hours, extension="6037",
    )  # fmt: skip


@pytest.fixture
def luggage_lead(riverside, luggage):
    """Whom one rings first at 行远箱包."""
    return BrandContact.objects.create(
        mall=riverside, shop=luggage, topic="goods", position=1, name="店长", extension="6037"
    )


# The browser


class Browser(Client):
    """Each form is sent under a once-key of its own, as our pages send it; `once` or the header says another."""

    def post(self, path, data=None, *args, headers=None, **more):
        if "once" not in (data or {}):
            headers = {"Idempotency-Key": uuid4().hex, **(headers or {})}
        return super().post(path, data, *args, headers=headers, **more)


@pytest.fixture
def client():
    return Browser()


# The people


def _hire(code, name, mall, role):
    person = Staff.objects.create_user(code=code, password=None, name=name)
    Post.objects.create(mall=mall, staff=person, role=role)
    return person


@pytest.fixture
def mei(riverside):
    """An agent of Riverside, with a queue of people in front of her."""
    return _hire("1001", "小梅", riverside, "agent")


@pytest.fixture
def ping(riverside):
    """The agent beside Mei."""
    return _hire("1002", "阿平", riverside, "agent")


@pytest.fixture
def lead(riverside):
    return _hire("1010", "组长", riverside, "lead")


@pytest.fixture
def supervisor(riverside):
    return _hire("1020", "主管", riverside, "supervisor")


@pytest.fixture
def boss(riverside):
    """The manager of Riverside."""
    return _hire("1030", "经理", riverside, "manager")


@pytest.fixture
def duty(riverside):
    """The duty manager of Riverside."""
    return _hire("1040", "值班经理", riverside, "duty_manager")


@pytest.fixture
def lin(northgate):
    """An agent of the other mall."""
    return _hire("2001", "林", northgate, "agent")


@pytest.fixture
def bagkeeper(riverside):
    return _hire("1050", "老魏", riverside, "bagkeeper")


@pytest.fixture
def mr_wang(riverside, mei, act):
    """A customer who left his number."""
    return remember(act(mei), riverside, phone="15400000001", salutation="王先生")


@pytest.fixture
def on_duty(act):
    """Let somebody come to a desk."""

    def come(person, desk, *, at=None):
        return staff_actions.check_in(act(person, at=at), desk, person=person)

    return come


# When and how


@pytest.fixture
def now() -> datetime:
    return MONDAY_10AM


@pytest.fixture
def act(now):
    """Make an act: `act(mei)`, `act(mei, at=later, once="k1")`."""

    def make(by, *, at=None, once="", via="desk", said_at=None) -> Act:
        return Act(by=by, at=at or now, via=via, once=once, said_at=said_at)

    return make

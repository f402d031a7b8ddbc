"""A manager decides; the law and the past are not for sale."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.utils.translation import override

from sisheng.ground.act import SYSTEM
from sisheng.ground.events.models import Event
from sisheng.ground.policies import current
from sisheng.ground.policies.actions import set_policy
from sisheng.ground.policies.models import PolicyVersion, versions
from sisheng.ground.policies.table import policies
from sisheng.ground.refusals import NotAllowed, Overtaken, SameKeyOtherWords, Unusable

pytestmark = pytest.mark.django_db
KEY = "inquiry.callback"


class Mall:
    """As much of a mall as a policy asks for."""

    def __init__(self, pk):
        self.pk = pk

    def __str__(self):
        return f"mall {self.pk}"


class Manager:
    """Somebody who may decide in one mall."""

    actor_key = "staff:1"

    def __init__(self, mall):
        self.mall = mall

    def can(self, permission, mall):
        return permission == "policies.set" and mall is self.mall


@pytest.fixture
def riverside():
    return Mall(1)


@pytest.fixture
def boss(riverside):
    return Manager(riverside)


def test_a_decision_counts_from_now_on_and_is_told(act, boss, riverside, now):
    version = set_policy(act(boss), riverside, KEY, 45, "Holiday crowds")

    assert current(riverside.pk, KEY, now).value == 45
    assert current(riverside.pk, KEY, now - timedelta(seconds=1)).value == 60
    event = Event.objects.about(riverside.pk, "policy:inquiry.callback").get()
    assert (event.kind, event.by) == ("policy.set", "staff:1")
    assert {name: event.details[name] for name in ("old", "new", "version", "reason")} == {
        "old": 60, "new": 45, "version": version.version, "reason": "Holiday crowds",
    }  # fmt: skip


@pytest.mark.rule("CTR-33")
def test_what_started_under_an_older_version_keeps_it(act, boss, riverside, now):
    started_under = current(riverside.pk, KEY, now)
    set_policy(act(boss), riverside, KEY, 45, "Holiday crowds")

    assert started_under.amount == timedelta(hours=1)
    assert current(riverside.pk, KEY, now).version == started_under.version + 1


def test_a_decision_may_begin_later(act, boss, riverside, now):
    set_policy(act(boss), riverside, KEY, 45, "Golden Week", from_at=now + timedelta(days=3))

    assert current(riverside.pk, KEY, now).value == 60
    assert current(riverside.pk, KEY, now + timedelta(days=3)).value == 45


@pytest.mark.rule("CTR-33")
def test_a_mall_may_count_a_deadline_on_another_calendar(act, boss, riverside, now):
    set_policy(act(boss), riverside, "complaint.final", 72, "As our city rules", counted="W")

    assert current(riverside.pk, "complaint.final", now).counted == "W"
    assert policies()["complaint.final"].counted == "N"


def test_each_decision_is_the_next_version(act, boss, riverside, now):
    for minutes in (45, 50, 40):
        set_policy(act(boss), riverside, KEY, minutes, "Holiday crowds")

    assert [(version.version, version.value) for version in versions(riverside.pk, KEY)] == [(3, 40), (2, 50), (1, 45)]
    assert current(riverside.pk, KEY, now).value == 40


def refused(act, boss, mall, **changed):
    words = {"key": KEY, "value": 45, "reason": "Holiday crowds", **changed}
    with pytest.raises(Unusable) as refusal:
        set_policy(act(boss), mall, **words)
    assert not PolicyVersion.objects.exists()
    assert not Event.objects.exists()
    return refusal.value


@pytest.mark.parametrize("reason", ["", " ", "x", "  x  ", "x" * 201])
def test_a_decision_without_a_reason_is_refused(act, boss, riverside, reason):
    assert refused(act, boss, riverside, reason=reason).field == "reason"


def test_the_past_cannot_be_decided(act, boss, riverside, now):
    assert refused(act, boss, riverside, from_at=now - timedelta(seconds=1)).field == "from_at"


def test_a_policy_that_does_not_exist_is_refused(act, boss, riverside):
    assert refused(act, boss, riverside, key="inquiry.callbak").field == "key"


OUTSIDE_THE_LAW = [
    ("return.noreason.days", 6),
    ("return.quality.days", 6),
    ("return.refund.max", 16),
    ("sanbao.return", 6),
    ("sanbao.exchange", 14),
    ("found.dispose_after", 364),
    ("retention.cctv", 29),
    ("emg.lostchild.alert", 1),
    ("emg.lostchild.police", 11),
    ("complaint.brand_statement", 24),
]


@pytest.mark.parametrize(("key", "value"), OUTSIDE_THE_LAW)
def test_what_the_law_forbids_is_refused_with_what_the_law_says(act, boss, riverside, key, value):
    refusal = refused(act, boss, riverside, key=key, value=value)

    assert str(refusal) in [str(bound.law) for bound in policies()[key].bounds]


def test_a_refusal_speaks_the_language_of_the_screen(act, boss, riverside):
    told = {}
    for language in ("zh-hans", "en"):
        with override(language):
            told[language] = str(refused(act, boss, riverside, key="return.quality.days", value=6))

    assert told["en"].startswith("A customer may return")
    assert "消法第 24 条" in told["zh-hans"]


@pytest.mark.parametrize(("key", "value"), OUTSIDE_THE_LAW)
def test_the_last_value_inside_the_law_is_allowed(act, boss, riverside, key, value):
    bound = next(bound for bound in policies()[key].bounds if not bound.only_warns)
    inside = bound.most if bound.least is None else bound.least

    assert abs(inside - value) == 1
    assert set_policy(act(boss), riverside, key, inside, "As the law says").value == inside


def test_what_is_only_unwise_is_allowed_and_warned_about(act, boss, riverside):
    retention = policies()["retention.contact.identified"]

    assert [str(sentence) for sentence in retention.warnings(25)] == [str(retention.bounds[0].law)]
    assert retention.warnings(24) == []
    assert [bound.only_warns for bound in policies()["return.refund.max"].bounds] == [False, True]
    assert len(policies()["return.refund.max"].warnings(16)) == 1
    assert set_policy(act(boss), riverside, retention.key, 25, "A court asked for it").value == 25


UNUSABLE = [
    (KEY, "45"), (KEY, 45.5), (KEY, True), (KEY, None), (KEY, 0), (KEY, -1), (KEY, 10**15),
    ("survey.target", 101), ("survey.quiet_hours", "9pm-9am"), ("survey.quiet_hours", 9),
    ("found.owner_contact", {"rule": "given"}), ("found.public_notice", None), ("loan.due", {"rule": "soon"}),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value"), UNUSABLE)
def test_nonsense_is_refused(act, boss, riverside, key, value):
    assert refused(act, boss, riverside, key=key, value=value).field == "value"


@pytest.mark.parametrize(
    ("key", "value", "counted"),
    [
        (KEY, 45, "X"),
        ("complaint.onspot.amount", 200, "N"),
        ("return.refund.max", 7, "W"),  # seven working days are more than the law's seven days
        ("return.refund.target", 3, "N"),
        ("bag.overnight", {"rule": "closing"}, "N"),
    ],
)
def test_a_calendar_that_makes_no_sense_or_evades_the_law_is_refused(act, boss, riverside, key, value, counted):
    assert refused(act, boss, riverside, key=key, value=value, counted=counted).field == "counted"


def test_only_who_may_decides_and_only_at_home(act, boss, riverside):
    class Clerk(Manager):
        def can(self, permission, mall):
            return permission == "policies.see"

    for person, mall in [(Clerk(riverside), riverside), (boss, Mall(2))]:
        with pytest.raises(NotAllowed):
            set_policy(act(person), mall, KEY, 45, "Holiday crowds")
    assert not PolicyVersion.objects.exists()


def test_a_double_click_decides_once(act, boss, riverside):
    first = set_policy(act(boss, once="k1"), riverside, KEY, 45, "Holiday crowds")
    second = set_policy(act(boss, once="k1"), riverside, KEY, 45, "Holiday crowds")

    assert first == second == versions(riverside.pk, KEY).get()
    with pytest.raises(SameKeyOtherWords):
        set_policy(act(boss, once="k1"), riverside, KEY, 50, "Holiday crowds")


@pytest.mark.races
@pytest.mark.django_db(transaction=True)
def test_of_several_who_decide_together_each_has_a_version_or_a_sentence(act, riverside):
    def decide(minutes):
        try:
            return set_policy(act(SYSTEM), riverside, KEY, minutes, "Holiday crowds").version
        except Overtaken:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as people:
        made = [version for version in people.map(decide, range(1, 25)) if version]

    assert sorted(made) == list(range(1, len(made) + 1))
    assert versions(riverside.pk, KEY).count() == Event.objects.count() == len(made) >= 1

"""A flipped byte is found and named; what nobody needs goes, slowly."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event
from sisheng.ground.files import caring, disk
from sisheng.ground.files.actions import take_away
from sisheng.ground.files.caring import clear_unclaimed, recheck
from sisheng.ground.files.models import KeptFile
from sisheng.ground.files.taking import take
from sisheng.ground.files.tests import samples
from sisheng.ground.files.tests.test_on_the_disk import flipped, spoil

pytestmark = pytest.mark.django_db


def doctor(name):
    out = StringIO()
    try:
        call_command("doctor", name, stdout=out)
    except SystemExit:
        return False, out.getvalue()
    return True, out.getvalue()


def test_the_doctor_finds_nothing_wrong_where_nothing_is(keep):
    keep()

    assert doctor("files.whole") == (True, "ok\tfiles.whole\tAll 1 files are as they were kept.\n")


@pytest.mark.parametrize("which", ["name", "copy_name"])
def test_one_flipped_byte_is_found_and_named(keep, which):
    file, other = keep(part="3"), keep(part="4")
    spoil(getattr(file, which), flipped(-30))

    is_well, told = doctor("files.whole")

    assert not is_well
    assert told.count("NOT OK") == 1
    assert "TS-261123-0001/3" in told
    assert file.name in told
    assert other.name not in told


def test_a_lost_file_is_found_and_named(keep):
    file = keep()
    disk.remove(file.name)

    is_well, told = doctor("files.whole")

    assert not is_well
    assert "TS-261123-0001/3" in told
    assert "not there" in told


def test_a_file_that_is_whole_but_another_than_its_hash_says_is_found(keep):
    file = keep(samples.PDF)
    KeptFile.objects.filter(pk=file.pk).update(sha256="0" * 64)

    assert not doctor("files.whole")[0]


def test_at_night_an_altered_file_is_told_once_where_it_belongs(keep, now):
    file, whole = keep(part="3"), keep(part="4")
    spoil(file.name, flipped(-1))

    for night in (1, 2):
        recheck(now + timedelta(days=night))

    told = Event.objects.about(1, "TS-261123-0001").filter(kind="file.altered")
    assert [event.sentence() for event in told] == ["File TS-261123-0001/3 is not as it was kept"]
    file.refresh_from_db()
    whole.refresh_from_db()
    assert file.altered_at == now + timedelta(days=1)
    assert (whole.altered_at, whole.checked_at) == (None, now + timedelta(days=2))


def test_a_night_that_is_too_short_begins_with_what_was_not_looked_at_for_longest(keep, now, monkeypatch):
    early, late = keep(part="1"), keep(part="2")
    KeptFile.objects.filter(pk=late.pk).update(checked_at=now - timedelta(days=9))
    moments = iter([0.0, 1.0, 1000.0])
    monkeypatch.setattr(caring.time, "monotonic", lambda: next(moments))

    assert recheck(now + timedelta(days=1)) == 1

    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.checked_at, late.checked_at) == (now, now + timedelta(days=1))


def test_a_crash_between_file_and_row_leaves_no_lie_and_in_the_end_no_file(keep):
    kept = keep()
    orphan = take(ContentFile(samples.PDF, name="letter.pdf"))  # and here the power went
    now = timezone.now()

    assert clear_unclaimed(now) == 0  # it may still become somebody's
    assert clear_unclaimed(now + timedelta(days=2)) == 1
    assert not disk.path_of(orphan.name).exists()
    assert "1 files belong to no record" in doctor("files.unclaimed")[1]
    clear_unclaimed(now + timedelta(days=31))
    assert (disk.root() / caring.UNCLAIMED / orphan.name).exists()
    clear_unclaimed(now + timedelta(days=33))
    assert not list((disk.root() / caring.UNCLAIMED).iterdir())
    assert kept.trouble == ""


def test_what_was_taken_away_is_gone_from_the_disk_and_its_hash_remains(keep, now, django_capture_on_commit_callbacks):
    file = keep()
    names, hashed = (file.name, file.copy_name), file.sha256

    with django_capture_on_commit_callbacks(execute=True):
        take_away(Act(SYSTEM, now), file)

    assert not any(disk.path_of(name).exists() for name in names)
    again = KeptFile.objects.get(pk=file.pk)
    assert (again.sha256, again.title, again.is_there) == (hashed, "", False)
    assert "taken away" in again.trouble
    assert doctor("files.whole")[0]


def test_a_file_is_there_or_gone_never_both(keep, now):
    file = keep()

    with pytest.raises(IntegrityError), transaction.atomic():
        KeptFile.objects.filter(pk=file.pk).update(gone_at=now)

"""What lies on the disk can be read only as it was written, where it was written."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from sisheng.ground.files import disk
from sisheng.ground.files.disk import Missing
from sisheng.ground.files.models import KeptFile
from sisheng.ground.files.tests import samples
from sisheng.ground.privacy.rotation import rotate
from sisheng.ground.privacy.sealed import Unreadable

LONG = bytes(range(256)) * 12_000  # about three pieces


@pytest.mark.parametrize("size", [0, 1, disk.PIECE - 1, disk.PIECE, disk.PIECE + 1, 2 * disk.PIECE, len(LONG)])
def test_it_comes_back_as_it_was(size):
    name = disk.write(LONG[:size])

    assert b"".join(disk.read(name)) == LONG[:size]


def spoil(name, change):
    path = disk.path_of(name)
    path.write_bytes(change(path.read_bytes()))


def flipped(at):
    def flip(data):
        data = bytearray(data)
        data[at] ^= 1
        return bytes(data)

    return flip


SEALED_PIECE = disk.PIECE + disk.TAG


@pytest.mark.parametrize(
    "change",
    [
        flipped(disk.HEAD),
        flipped(-1),
        flipped(len(disk.MAGIC) + 2),  # the salt
        lambda data: data[:-1],
        lambda data: data[: disk.HEAD + SEALED_PIECE],  # cut off between two pieces
        lambda data: data[: disk.HEAD] + data[disk.HEAD + SEALED_PIECE :],  # the first piece is missing
        lambda data: data + b"\0",
        lambda data: b"",
    ],
    ids=["first byte", "last byte", "salt", "cut", "cut between", "piece taken out", "longer", "emptied"],
)
def test_whatever_was_altered_is_not_read(change):
    name = disk.write(LONG)
    spoil(name, change)

    with pytest.raises(Unreadable):
        b"".join(disk.read(name))


def test_a_file_under_the_name_of_another_is_not_read():
    mine, yours = disk.write(b"mine"), disk.write(b"yours")
    disk.path_of(mine).replace(disk.path_of(yours))

    with pytest.raises(Unreadable):
        b"".join(disk.read(yours))
    with pytest.raises(Missing):
        b"".join(disk.read(mine))


def test_without_its_key_it_says_which_key_is_missing(settings, two_keys):
    settings.SISHENG_DATA_KEYS = two_keys[1]
    name = disk.write(b"a letter")
    settings.SISHENG_DATA_KEYS = two_keys[0]

    with pytest.raises(Unreadable, match=disk.key_name_of(name)):
        b"".join(disk.read(name))


def test_after_new_keys_the_old_one_is_no_longer_needed(keep, settings, two_keys):
    settings.SISHENG_DATA_KEYS = two_keys[1]
    data = samples.photo()
    file = keep(data)
    settings.SISHENG_DATA_KEYS = ",".join(two_keys)

    call_command("rotate_keys")

    settings.SISHENG_DATA_KEYS = two_keys[0]
    again = KeptFile.objects.get(pk=file.pk)
    assert b"".join(again.pieces()) == data
    assert again.trouble == ""
    assert samples.place_in(b"".join(again.pieces(copy=True))) == {}


def test_new_keys_leave_alone_what_is_under_the_newest_already(keep, settings, two_keys):
    settings.SISHENG_DATA_KEYS = two_keys[0]
    file = keep()

    *_, last = rotate()

    assert (last.seen, last.renewed) == (1, 0)
    assert KeptFile.objects.get(pk=file.pk).name == file.name


def test_while_keys_change_whoever_is_reading_reads_on(keep, settings, two_keys):
    settings.SISHENG_DATA_KEYS = two_keys[1]
    file = keep(samples.PDF)
    settings.SISHENG_DATA_KEYS = ",".join(two_keys)

    call_command("rotate_keys")

    assert b"".join(file.pieces()) == samples.PDF  # by the name that the row had before


def test_a_file_that_cannot_be_read_is_named_and_left(keep, settings, two_keys):
    settings.SISHENG_DATA_KEYS = two_keys[1]
    file = keep(samples.PDF)
    spoil(file.name, flipped(-1))
    settings.SISHENG_DATA_KEYS = ",".join(two_keys)

    *_, last = rotate()

    assert last.unreadable == ["files.KeptFile TS-261123-0001/3"]
    assert KeptFile.objects.get(pk=file.pk).name == file.name

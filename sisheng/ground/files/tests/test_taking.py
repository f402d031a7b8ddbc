"""What is taken, what is refused, and what stays on the disk."""

from __future__ import annotations

import errno
import hashlib
import os
import zipfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from sisheng.ground.files import disk, pictures, taking
from sisheng.ground.files.taking import take, taken
from sisheng.ground.files.tests import samples
from sisheng.ground.refusals import OutOfTurn, Refused, Unusable

pytestmark = pytest.mark.django_db


def on_disk():
    return [path for path in disk.root().rglob("*") if path.is_file()] if disk.root().exists() else []


def archive():
    """A small archive that would fill a disk."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bomb.txt", b"0" * 5_000_000)
    return out.getvalue()


def test_the_original_stays_as_it_came_and_nobody_can_read_it_from_the_disk():
    data = samples.photo()

    file = take(ContentFile(data, name="photo.jpg"))

    assert b"".join(disk.read(file.name)) == data
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    for path in on_disk():
        assert b"telephone" not in path.read_bytes()
        assert b"JFIF" not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_the_place_is_gone_from_the_copy_and_kept_in_the_original(format):
    data = samples.photo(format=format)
    assert samples.place_in(data)

    file = take(ContentFile(data, name="photo"))

    copy = b"".join(disk.read(file.copy_name))
    assert samples.place_in(b"".join(disk.read(file.name))) == samples.place_in(data)
    with Image.open(BytesIO(copy)) as image:
        assert image.format == "JPEG"
        assert not image.getexif()
        assert "comment" not in image.info
    for secret in (b"Exif", b"telephone", b"somebody"):
        assert secret not in copy


def test_the_copy_stands_upright_and_is_not_larger_than_a_screen(monkeypatch):
    monkeypatch.setattr(pictures, "LONGEST_SIDE", 60)

    file = take(ContentFile(samples.photo((80, 40), orientation=6), name="photo.jpg"))  # the telephone was held upright

    with Image.open(BytesIO(b"".join(disk.read(file.copy_name)))) as image:
        assert image.size == (30, 60)


def test_what_shines_through_becomes_white_not_black():
    out = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")

    file = take(ContentFile(out.getvalue(), name="receipt.png"))

    with Image.open(BytesIO(b"".join(disk.read(file.copy_name)))) as image:
        assert image.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("data", "kind", "has_copy"),
    [(samples.PDF, "application/pdf", False), (samples.sound(), "audio/x-wav", False),
     (samples.HEIC, "image/heic", False), (samples.photo(), "image/jpeg", True)],
    ids=["pdf", "sound", "heic", "jpeg"],
)  # fmt: skip
def test_what_it_is_says_its_contents_not_its_name(data, kind, has_copy):
    file = take(ContentFile(data, name="letter.txt"))

    assert (file.type, bool(file.copy_name)) == (kind, has_copy)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (samples.SVG, "photo.jpg", "not taken"),
        (samples.HTML, "photo.png", "not taken"),
        (archive(), "photos.zip", "not taken"),
        (b"MZ" + b"\0" * 200, "photo.jpg", "not taken"),
        (b"", "photo.jpg", "empty"),
        (samples.colossal_png(), "photo.png", "64 million pixels"),
        (samples.photo()[:400], "photo.jpg", "damaged"),
    ],
    ids=["svg", "html", "archive", "program", "empty", "bomb", "cut off"],
)
def test_what_is_not_taken_is_refused_in_words_and_nothing_of_it_stays(data, name, says):
    with pytest.raises(Unusable, match=says) as refusal:
        take(ContentFile(data, name=name))

    assert refusal.value.field == "file"
    assert on_disk() == []


def test_a_file_that_is_too_large_is_refused_before_it_is_looked_at(settings):
    settings.LARGEST_FILE = 2 * 2**20

    with pytest.raises(Unusable, match="2 MB"):
        take(ContentFile(samples.photo() + b"\0" * 2 * 2**20, name="photo.jpg"))

    assert on_disk() == []


def test_what_is_refused_afterwards_is_not_kept_either():
    def refuse():
        with taken(ContentFile(samples.photo(), name="photo.jpg")):
            assert len(on_disk()) == 2
            raise OutOfTurn("Not now.")

    with pytest.raises(OutOfTurn):
        refuse()

    assert on_disk() == []


def test_a_full_disk_is_told_in_words_and_leaves_nothing_half_written(monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(disk.os, "fsync", full)

    with pytest.raises(Refused, match="No space left") as refusal:
        take(ContentFile(samples.photo(), name="photo.jpg"))

    assert refusal.value.status == 503
    assert on_disk() == []


def test_file_and_folder_reach_the_disk_before_anything_is_said(monkeypatch):
    synced, real = [], os.fsync
    monkeypatch.setattr(
        disk.os, "fsync", lambda handle: (synced.append(os.readlink(f"/proc/self/fd/{handle}")), real(handle))
    )

    name = disk.write(b"a letter")

    path = disk.path_of(name)
    assert synced[-2:] == [str(path), str(path.parent)]
    assert {str(path.parent.parent), str(path.parent.parent.parent)} <= set(synced)


def test_a_name_tells_no_folders_and_no_tricks():
    assert taking._title("C:\\Users\\x\\..\\photo\r\n.jpg") == "photo.jpg"
    assert taking._title("../../etc/passwd") == "passwd"

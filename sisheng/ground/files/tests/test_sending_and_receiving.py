"""Files come in through memory, and go out so that no browser runs or keeps them."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from sisheng.ground.files import disk
from sisheng.ground.files.sending import send
from sisheng.ground.files.tests import samples
from sisheng.ground.files.tests.test_on_the_disk import flipped, spoil
from sisheng.ground.privacy.sealed import Unreadable

pytestmark = pytest.mark.django_db


def body(response):
    return b"".join(response.streaming_content)


def test_the_original_goes_out_as_it_came_to_be_saved(keep):
    data = samples.photo()

    response = send(keep(data))

    assert body(response) == data
    assert response["Content-Length"] == str(len(data))
    assert response["Content-Disposition"] == 'attachment; filename="TS-261123-0001-3.jpg"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-store"


def test_the_copy_is_shown_on_the_page(keep):
    response = send(keep(), copy=True)

    assert response["Content-Disposition"].startswith("inline")
    assert samples.place_in(body(response)) == {}


def test_not_a_byte_goes_out_of_a_file_whose_end_was_altered(keep):
    file = keep(samples.PDF + b"\0" * 3 * disk.PIECE)
    spoil(file.name, flipped(-1))

    with pytest.raises(Unreadable):
        send(file)


def received(*files):
    request = RequestFactory().post("/", {f"file{n}": file for n, file in enumerate(files)})
    return [request.FILES[f"file{n}"] for n in range(len(files))]


def test_an_upload_stays_in_memory_whatever_its_size():
    data = b"0" * 5_000_000  # Django would put this into /tmp, for everybody to read

    (file,) = received(SimpleUploadedFile("photo.jpg", data))

    assert file.read() == data
    assert isinstance(file.file, BytesIO)
    assert (file.size, file.name) == (len(data), "photo.jpg")


def test_of_what_is_too_large_only_that_is_remembered(settings):
    settings.LARGEST_FILE = 1_000_000

    large, small = received(SimpleUploadedFile("a.mp4", b"0" * 3_000_000), SimpleUploadedFile("b.jpg", b"1" * 900_000))

    assert large.size > settings.LARGEST_FILE
    assert large.read() == b""
    assert small.read() == b"1" * 900_000


def test_many_files_together_do_not_fill_the_memory(settings):
    settings.LARGEST_FILE = 100_000

    files = received(*(SimpleUploadedFile(f"{n}.jpg", b"0" * 90_000) for n in range(5)))

    assert sum(len(file.read()) for file in files) <= 3 * settings.LARGEST_FILE
    assert files[-1].size > settings.LARGEST_FILE

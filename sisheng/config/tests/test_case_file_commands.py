"""`sisheng verify-case` and `sisheng signing-key`. No test here may touch the database: none is marked for it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sisheng.kit.paper.casefile import build
from sisheng.kit.paper.signing import known_keys, public_half, renew, signing_key
from sisheng.kit.paper.tests.papers import case_file, picture

NAMES = ("照片 1.jpg", "照片 2.jpg")


@pytest.fixture(autouse=True)
def key_file(settings, tmp_path):
    settings.SISHENG_SIGNING_KEY_FILE = tmp_path / "signing-key"
    return settings.SISHENG_SIGNING_KEY_FILE


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "TS-261122-0007.pdf"
    path.write_bytes(build(case_file("zh"), [picture(name) for name in NAMES], language="zh"))
    return path


def verify_case(*words, language="en"):
    said, code = StringIO(), 0
    try:
        call_command("verify_case", *map(str, words), language=language, stdout=said, no_color=True)
    except SystemExit as end:
        code = end.code
    return code, said.getvalue().splitlines()


def test_a_case_file_of_this_site_is_well(file):
    fingerprint = public_half(signing_key()).fingerprint

    assert verify_case(file) == (
        0,
        [f"ok\tNothing was altered since this case file was made. Signed by the key {fingerprint}."],
    )


def test_it_is_still_well_when_the_site_signs_with_a_new_key(file):
    renew()

    assert verify_case(file)[0] == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "NOT OK\tThe attachment “照片 2.jpg” was altered."), ("zh-hans", "异常\t附件“照片 2.jpg”被改动。")],
)
def test_an_altered_attachment_is_named(file, language, said):
    content = file.read_bytes()
    # the only stretch of the file that no compression made smaller, and the second of it
    at = content.rfind(picture(NAMES[1]).content[2000:2040])
    file.write_bytes(content[:at] + b"!" + content[at + 1 :])

    assert at > 0
    assert verify_case(file, language=language) == (1, [said])


def test_on_another_machine_the_key_has_to_be_given(file, settings, tmp_path):
    key = public_half(signing_key())
    (tmp_path / "mall.pem").write_text(key.pem, encoding="ascii")
    settings.SISHENG_SIGNING_KEY_FILE = tmp_path / "elsewhere"

    code, said = verify_case(file)

    assert code == 1
    assert said == [
        f"NOT OK\tIt was signed by a key that is not known here: {key.fingerprint}. Anybody can make such a file."
    ]
    for word in (key.hex, key.fingerprint, key.fingerprint.upper().replace(" ", ""), tmp_path / "mall.pem"):
        assert verify_case(file, "--key", word)[0] == 0


def test_a_given_key_is_the_only_one_that_counts(file):
    other = renew()

    for word in (other.hex, other.fingerprint):
        assert verify_case(file, "--key", word)[0] == 1


def test_what_is_no_key_is_refused(file):
    with pytest.raises(CommandError, match="no public key"):
        verify_case(file, "--key", "mall")


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        verify_case(tmp_path / "nowhere.pdf")


def test_the_public_keys_are_told_the_present_one_first(key_file):
    said = StringIO()

    call_command("signing_key", stdout=said)
    call_command("signing_key", "--new", stdout=said)

    new, old = known_keys()
    assert said.getvalue() == "".join(f"{key.fingerprint}\n{key.pem}" for key in (old, new, old))
    assert "PRIVATE" not in said.getvalue()

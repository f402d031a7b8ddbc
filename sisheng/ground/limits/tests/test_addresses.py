import pytest

from sisheng.ground.limits.addresses import address_of


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("a pipe", "unknown"),
    ],
)
def test_an_address_is_counted_by_whoever_can_have_it(rf, told, counted):
    assert address_of(rf.get("/", REMOTE_ADDR=told)) == counted


def test_without_a_proxy_nobody_can_say_who_they_are(rf, settings):
    settings.IS_BEHIND_TLS = False

    request = rf.get("/", REMOTE_ADDR="203.0.113.7", headers={"X-Forwarded-For": "198.51.100.1"})

    assert address_of(request) == "203.0.113.7"


def test_behind_the_proxy_what_the_proxy_saw_counts_and_not_what_it_was_told(rf, settings):
    settings.IS_BEHIND_TLS = True

    request = rf.get("/", REMOTE_ADDR="127.0.0.1", headers={"X-Forwarded-For": "10.9.9.9, 198.51.100.1"})

    assert address_of(request) == "198.51.100.1"

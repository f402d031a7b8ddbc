"""The data keys are changed while customers come and go."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from sisheng.ground.privacy import keys
from sisheng.mall.customers.actions import remember
from sisheng.mall.customers.models import Customer

LIN, WANG = "154 0000 0001", "154 0000 0002"


@pytest.fixture
def two_keys() -> tuple[str, str]:
    return keys.new_key(), keys.new_key()


def test_who_was_known_under_the_old_key_is_known_under_the_new_one(act, mei, mall, settings, two_keys):
    settings.SISHENG_DATA_KEYS = two_keys[1]
    ms_lin = remember(act(mei), mall, phone=LIN)
    settings.SISHENG_DATA_KEYS = ",".join(two_keys)
    assert remember(act(mei), mall, phone=LIN) == ms_lin

    call_command("rotate_keys")
    settings.SISHENG_DATA_KEYS = two_keys[0]

    assert remember(act(mei), mall, phone=LIN) == ms_lin


def test_two_rows_of_one_number_are_named_and_the_others_renewed(act, mei, mall, settings, two_keys, capsys):
    settings.SISHENG_DATA_KEYS = two_keys[1]
    old = remember(act(mei), mall, phone=LIN)
    mr_wang = remember(act(mei), mall, phone=WANG)
    settings.SISHENG_DATA_KEYS = two_keys[0]  # a process that was not told of the older key
    new = remember(act(mei), mall, phone=LIN)
    settings.SISHENG_DATA_KEYS = ",".join(two_keys)

    with pytest.raises(CommandError, match=rf"1 rows have the phone number of another row.*Customer {old.pk}\."):
        call_command("rotate_keys")

    assert new != old
    assert "3 rows seen, 1 renewed" in capsys.readouterr().out
    settings.SISHENG_DATA_KEYS = two_keys[0]
    assert Customer.objects.get(pk=mr_wang.pk).phone == "+8615400000002"

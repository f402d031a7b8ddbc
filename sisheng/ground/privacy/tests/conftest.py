from __future__ import annotations

import pytest
from django.db import connection

from sisheng.ground.privacy import keys
from sisheng.ground.privacy.tests.people import Caller, Mall


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        if Caller._meta.db_table not in connection.introspection.table_names():
            with connection.schema_editor() as editor:
                editor.create_model(Caller)


@pytest.fixture(autouse=True)
def key_file(settings, tmp_path):
    """A site of its own for each test, with no key made yet."""
    settings.SISHENG_DATA_KEYS = ""
    settings.SISHENG_KEY_FILE = tmp_path / "keys"
    return settings.SISHENG_KEY_FILE


@pytest.fixture
def riverside() -> Mall:
    return Mall(1)


@pytest.fixture
def hilltop() -> Mall:
    return Mall(2)


@pytest.fixture
def two_keys() -> tuple[str, str]:
    return keys.new_key(), keys.new_key()


@pytest.fixture
def mr_wang(db, riverside) -> Caller:
    caller = Caller(mall_id=riverside.pk, number="GK-0000001", name="王先生")
    caller.set_phone("154 0000 0001")
    caller.save()
    return caller


@pytest.fixture
def ms_lin(db, riverside) -> Caller:
    caller = Caller(mall_id=riverside.pk, number="GK-0000002", name="林女士")
    caller.set_phone("15400000002")
    caller.save()
    return caller

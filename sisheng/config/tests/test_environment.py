"""A bad setting is refused with a sentence before anything starts."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from sisheng.config import environment as env

SQLITE_WORDS = "must name a file"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("sqlite://", SQLITE_WORDS),
        ("sqlite:///:memory:", SQLITE_WORDS),
        ("mysql://root@127.0.0.1/desk", "must begin with sqlite:/// or postgres://, not “mysql”"),
        ("desk.sqlite3", "must begin with sqlite:/// or postgres://"),
        ("postgres://127.0.0.1:5432", "must look like postgres://user:password@host:5432/name"),
    ],
)
def test_a_database_that_cannot_work_is_refused_with_a_sentence(monkeypatch, value, sentence):
    monkeypatch.setenv("SISHENG_DATABASE_URL", value)

    with pytest.raises(ImproperlyConfigured, match=sentence):
        env.database("SISHENG_DATABASE_URL", "")


def test_a_password_with_odd_signs_reaches_postgresql_whole(monkeypatch):
    monkeypatch.setenv("SISHENG_DATABASE_URL", "postgres://desk:p%40ss%3Aword@db-a:5433,db-b/mall")

    settings = env.database("SISHENG_DATABASE_URL", "")

    assert settings["PASSWORD"] == "p@ss:word"
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db-a,db-b", "5433,5432", "mall")
    assert settings["OPTIONS"] == {"target_session_attrs": "read-write"}


@pytest.mark.parametrize(("value", "meant"), [("yes", True), ("1", True), ("off", False), ("", False)])
def test_yes_and_no_may_be_said_in_several_ways(monkeypatch, value, meant):
    monkeypatch.setenv("SISHENG_TLS", value)

    assert env.yes("SISHENG_TLS") is meant


def test_perhaps_is_neither_yes_nor_no(monkeypatch):
    monkeypatch.setenv("SISHENG_TLS", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="SISHENG_TLS must be yes or no, not “perhaps”"):
        env.yes("SISHENG_TLS")


@pytest.mark.parametrize(
    ("value", "sentence"),
    [("eighty", "must be a whole number, not “eighty”"), ("0", "must lie between 1 and 65535, not 0")],
)
def test_a_number_that_cannot_be_is_refused_with_its_limits(monkeypatch, value, sentence):
    monkeypatch.setenv("SISHENG_PORT", value)

    with pytest.raises(ImproperlyConfigured, match=sentence):
        env.whole("SISHENG_PORT", 8000, least=1, most=65535)


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from a file\n", encoding="utf8")
    monkeypatch.setenv("SISHENG_SECRET_FILE", str(tmp_path / "secret"))

    assert env.text("SISHENG_SECRET") == "from a file"

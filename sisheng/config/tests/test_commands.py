"""Setting up: the catalogues, the database, the first mall."""

from __future__ import annotations

import gettext

import pytest
from django.core.management import CommandError, call_command

from sisheng.config.management.commands import messages
from sisheng.config.management.commands.init import new_password
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Thank you"\nmsgstr "谢谢"\n'


def open_boyun(**other):
    given = {"mall": "boyun", "mall_name": "泊云汇", "manager": "1001", "manager_name": "林知夏"} | other
    call_command("init", no_input=True, **given)


@pytest.fixture
def catalogue(settings, tmp_path):
    settings.PACKAGE = tmp_path
    folder = tmp_path / "desk" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(PO, encoding="utf8")
    return folder / "django.po"


def test_a_catalogue_is_compiled_once(catalogue):
    assert not messages.are_compiled()
    assert messages.compiled(catalogue)
    assert not messages.compiled(catalogue)

    with catalogue.with_suffix(".mo").open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Thank you") == "谢谢"
    assert [file.name for file in catalogue.parent.iterdir() if file.suffix not in {".po", ".mo"}] == []


def test_a_catalogue_that_cannot_be_read_is_named(catalogue):
    catalogue.write_text(PO + "\nmsgid twice nothing\n", encoding="utf8")

    with pytest.raises(CommandError, match="cannot be read"):
        call_command("messages")


@pytest.mark.django_db
def test_the_first_mall_has_a_manager_who_can_log_in(client, capsys):
    open_boyun()

    password = capsys.readouterr().out.partition(" with ")[2].split()[0]
    answer = client.post("/login/", {"username": "1001", "password": password})
    assert answer.status_code == 302
    assert Staff.objects.get(code="1001").can("policies.set", Mall.objects.get(slug="boyun"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"mall": "泊云汇"}, "cannot stand in an address"),
        ({"mall": "../etc"}, "cannot stand in an address"),
        ({"mall": "taken"}, "already a mall “taken”"),
        ({"manager": "1008"}, "already somebody with the staff code 1008"),
        ({"manager_name": ""}, "give all of --mall"),
    ],
)
def test_a_mall_that_cannot_be_opened_is_refused_with_a_sentence(other, sentence):
    Mall.objects.create(slug="taken", name="别处")
    Staff.objects.create(code="1008", name="苏禾")

    with pytest.raises(CommandError, match=sentence):
        open_boyun(**other)

    assert not Mall.objects.exclude(slug="taken").exists()


@pytest.mark.django_db
def test_init_again_changes_nothing(capsys):
    call_command("init", no_input=True)

    assert capsys.readouterr().out == "The database is ready.\n"
    assert not Mall.objects.exists()


def test_passwords_are_long_and_never_the_same():
    assert len({new_password() for _ in range(100)}) == 100
    assert len(new_password()) == 14

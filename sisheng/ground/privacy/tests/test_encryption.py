"""What lies in the database, who can read it, and what is refused."""

from __future__ import annotations

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from django.test.utils import isolate_apps

from sisheng.ground.privacy.fields import EncryptedTextField
from sisheng.ground.privacy.sealed import Sealed, Unreadable
from sisheng.ground.privacy.tests.people import Caller

pytestmark = pytest.mark.django_db


def raw(caller, column="phone"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {Caller._meta.db_table} WHERE id = %s", [caller.pk])  # noqa: S608
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


def write_raw(caller, value, column="phone"):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {Caller._meta.db_table} SET {column} = %s WHERE id = %s", [value, caller.pk])  # noqa: S608


@pytest.mark.rule("PRV-01")
def test_no_digit_of_a_phone_number_lies_in_the_database(mr_wang):
    for column in ("phone", "phone_index", "phone_tail"):
        for digits in (b"15400000001", b"0000001", b"0001"):
            assert digits not in raw(mr_wang, column)
    assert len(raw(mr_wang)) == 1 + 2 + 12 + len("+8615400000001") + 16


def test_the_site_reads_what_it_wrote(mr_wang):
    again = Caller.objects.get(pk=mr_wang.pk)

    assert again.phone == "+8615400000001"
    again.refresh_from_db()
    assert again.phone == "+8615400000001"
    assert Caller.objects.defer("phone").get(pk=mr_wang.pk).phone == "+8615400000001"


def test_the_same_number_is_never_written_the_same_way_twice(mr_wang):
    first = raw(mr_wang)
    mr_wang.save()

    assert raw(mr_wang) != first


def test_nothing_and_an_empty_text_stay_what_they_are(mr_wang):
    mr_wang.phone = ""
    mr_wang.save()
    again = Caller.objects.get(pk=mr_wang.pk)

    assert (again.phone, again.wish) == ("", None)
    assert (raw(mr_wang), raw(mr_wang, "wish"), raw(mr_wang, "phone_index")) == (b"", None, None)
    assert Caller.objects.filter(wish=None).count() == Caller.objects.filter(phone="").count() == 1


@pytest.mark.rule("PRV-01")
def test_a_number_that_was_moved_to_another_record_is_refused(mr_wang, ms_lin):
    write_raw(ms_lin, raw(mr_wang))

    with pytest.raises(Unreadable, match=r".+"):
        _ = Caller.objects.get(pk=ms_lin.pk).phone
    assert Caller.objects.get(pk=mr_wang.pk).phone == "+8615400000001"


@pytest.mark.rule("PRV-01")
def test_a_number_that_was_moved_to_another_column_or_another_mall_is_refused(mr_wang, hilltop):
    write_raw(mr_wang, raw(mr_wang), "wish")
    with pytest.raises(Unreadable):
        _ = Caller.objects.get(pk=mr_wang.pk).wish

    write_raw(mr_wang, hilltop.pk, "mall_id")
    with pytest.raises(Unreadable):
        _ = Caller.objects.get(pk=mr_wang.pk).phone


@pytest.mark.parametrize("place", [0, 1, 5, 20, -1])
def test_one_altered_byte_is_refused(mr_wang, place):
    altered = bytearray(raw(mr_wang))
    altered[place] ^= 1
    write_raw(mr_wang, bytes(altered))

    with pytest.raises(Unreadable):
        _ = Caller.objects.get(pk=mr_wang.pk).phone


@pytest.mark.parametrize("length", [1, 2, 3, 10, 15, 30, 44])
def test_a_shortened_value_is_refused(mr_wang, length):
    write_raw(mr_wang, raw(mr_wang)[:length])

    with pytest.raises(Unreadable):
        _ = Caller.objects.get(pk=mr_wang.pk).phone


def test_a_row_that_nobody_asks_stays_sealed_and_shows_nothing(mr_wang):
    again = Caller.objects.get(pk=mr_wang.pk)

    assert isinstance(again.__dict__["phone"], Sealed)
    assert "154" not in repr(again.__dict__)
    assert str(Caller.objects.values_list("phone", flat=True).get()) == "••••"


def test_saving_a_row_that_nobody_asked_leaves_the_number_as_it_was(mr_wang):
    again = Caller.objects.get(pk=mr_wang.pk)
    before = raw(mr_wang), raw(mr_wang, "phone_index")
    again.name = "王老师"
    again.save()

    assert (raw(mr_wang), raw(mr_wang, "phone_index")) == before
    assert isinstance(again.__dict__["phone"], Sealed)


def test_a_copy_of_a_row_under_another_number_is_refused_while_it_can_still_be_mended(mr_wang):
    copy = Caller.objects.get(pk=mr_wang.pk)
    copy.pk, copy.number, copy._state.adding = None, "GK-0000009", True

    with pytest.raises(Unreadable):
        copy.save()


def test_a_row_without_its_name_cannot_keep_a_secret(riverside):
    with pytest.raises(ValueError, match="mall_id and number"):
        Caller(mall_id=riverside.pk, number="", phone="+8615400000001").save()


def test_whoever_writes_without_a_row_is_refused(mr_wang):
    with pytest.raises(TypeError):
        Caller.objects.update(phone="+8615400000009")
    with pytest.raises(TypeError):
        Caller.objects.filter(phone="+8615400000001").exists()
    with pytest.raises(FieldError):
        Caller.objects.filter(phone__contains="154").exists()


def test_many_rows_can_be_written_at_once(riverside):
    Caller.objects.bulk_create(
        Caller(mall_id=riverside.pk, number=f"GK-{n}", phone=f"+86154000000{n}") for n in range(10, 15)
    )

    assert Caller.objects.with_phone(riverside, "154 0000 0012").get().number == "GK-12"
    assert Caller.objects.get(number="GK-14").phone == "+8615400000014"


@isolate_apps("sisheng.ground.privacy")
def test_an_encrypted_field_of_a_model_without_those_fields_does_not_start():
    class Note(models.Model):
        text = EncryptedTextField(bound_to=("mall_id", "page"))
        mall_id = models.BigIntegerField()

        class Meta:
            app_label = "privacy"

    assert ["“page”" in error.msg for error in Note._meta.get_field("text").check()] == [True]


def test_a_form_takes_it_as_a_text(mr_wang):
    field = Caller._meta.get_field("wish").formfield()

    assert field.clean("a wheelchair") == "a wheelchair"

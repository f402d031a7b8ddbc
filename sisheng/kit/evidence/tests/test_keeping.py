"""What people bring is kept as it came, and who had it is known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from sisheng.cases.models import Case
from sisheng.desk.inquiries import actions as inquiries
from sisheng.desk.inquiries.models import Inquiry
from sisheng.ground.events.models import Event, EventDetail
from sisheng.ground.files import disk
from sisheng.ground.files.models import KeptFile
from sisheng.ground.files.tests import samples
from sisheng.ground.files.tests.test_caring import doctor
from sisheng.ground.files.tests.test_on_the_disk import flipped, spoil
from sisheng.ground.privacy.actions import forget
from sisheng.ground.privacy.sealed import Unreadable
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, Unusable
from sisheng.kit.evidence import actions
from sisheng.kit.evidence.actions import keeping
from sisheng.kit.evidence.models import Evidence
from sisheng.kit.evidence.models.evidence import custody_of

pytestmark = pytest.mark.django_db


def files_on_disk():
    return {path.name for path in disk.root().glob("??/*")} if disk.root().exists() else set()


def kinds_told(case):
    return [event.kind for event in case.timeline() if event.kind.startswith("evidence.")]


@pytest.mark.rule("CMP-09")
def test_evidence_is_numbered_within_its_case_with_its_hash_and_both_times(keep, case, mei, now):
    given = now - timedelta(hours=2)

    photo = keep(title="轮子", said_at=given)
    words = keep(kind="statement", source="staff", text="顾客说买的时候没开箱。")

    assert [one.number for one in Evidence.objects.of(case)] == [1, 2]
    assert (photo.at, photo.said_at, photo.by) == (now, given, mei.actor_key)
    assert (photo.file.about, photo.file.type, len(photo.file.sha256)) == (f"{case.number}/1", "image/jpeg", 64)
    assert words.file is None
    assert Evidence.objects.has("photo")
    assert not Evidence.objects.has("receipt")
    told = case.timeline().filter(kind="evidence.kept").first()
    assert told.sentence() == "Evidence 1 kept: 轮子"
    assert told.details["sha256"] == photo.file.sha256


@pytest.mark.rule("PRV-01")
def test_who_looks_sees_a_copy_without_the_place_and_the_original_keeps_it(keep, upload):
    evidence = keep(upload=upload(samples.photo()))

    assert samples.place_in(b"".join(evidence.file.pieces()))
    assert samples.place_in(b"".join(evidence.file.pieces(copy=True))) == {}


@pytest.mark.parametrize(
    "data",
    [samples.SVG, samples.HTML, samples.colossal_png(), b"PK\x03\x04" + b"0" * 60],
    ids=["svg", "html", "bomb", "zip"],
)
def test_what_is_no_photo_is_refused_and_nothing_is_kept(keep, case, upload, data):
    before = Event.objects.count()

    with pytest.raises(Unusable) as refusal:
        keep(upload=upload(data))

    assert refusal.value.field == "file"
    assert (Evidence.objects.count(), KeptFile.objects.count(), Event.objects.count()) == (0, 0, before)
    assert files_on_disk() == set()


def test_neither_file_nor_words_is_nothing(keep):
    with pytest.raises(Unusable):
        keep(text="  ")


def test_nothing_was_given_tomorrow(keep, now):
    with pytest.raises(Unusable) as refusal:
        keep(text="…", said_at=now + timedelta(hours=1))

    assert refusal.value.field == "said_at"


def test_a_crash_between_the_file_and_its_row_leaves_no_evidence(keep, case, monkeypatch):
    def power_cut(*_words, **_more):
        raise RuntimeError("the power went")

    monkeypatch.setattr(keeping, "put_down", power_cut)

    with pytest.raises(RuntimeError):
        keep()

    assert (Evidence.objects.count(), KeptFile.objects.count(), kinds_told(case)) == (0, 0, [])
    assert len(files_on_disk()) == 2  # nobody's: cleared away later


def test_the_same_form_sent_twice_keeps_one_photo_once(act, mei, case, upload):
    once = act(mei, once="k1")

    first, second = (actions.keep(once, case, kind="photo", upload=upload()) for _ in range(2))

    assert first == second
    assert Evidence.objects.count() == 1
    assert files_on_disk() == {first.file.name, first.file.copy_name}


@pytest.mark.rule("CTR-12")
def test_a_recording_needs_the_customers_yes(keep, upload, monkeypatch):
    with pytest.raises(OutOfTurn, match="has not agreed"):
        keep(kind="recording", source="staff", upload=upload(samples.sound(), "talk.wav"))
    with pytest.raises(OutOfTurn, match="has not agreed"):  # by another name
        keep(kind="other", source="staff", upload=upload(samples.sound(), "talk.wav"))
    assert files_on_disk() == set()

    monkeypatch.setattr(Inquiry, "recording", "audio", raising=False)
    assert keep(kind="recording", source="staff", upload=upload(samples.sound(), "talk.wav")).number == 1


def test_what_customers_recorded_themselves_they_may_bring(keep, upload):
    assert keep(kind="other", source="customer", upload=upload(samples.sound(), "talk.wav")).file.type == "audio/x-wav"


def test_nothing_is_added_to_a_case_that_is_over(act, mei, case, keep):
    inquiries.withdraw(act(mei), case, reason="顾客说不用了")

    with pytest.raises(OutOfTurn, match="is over"):
        keep(text="又想起来一件事")


def test_who_works_elsewhere_or_has_no_such_permission_keeps_nothing(keep, lin, bagkeeper):
    for person in (lin, bagkeeper):
        with pytest.raises(NotAllowed):
            keep(by=person)
    assert files_on_disk() == set()


def test_two_people_who_keep_something_at_once_get_two_numbers(case, keep, monkeypatch):
    """Both have seen that the last number is 1."""
    keep(text="一")
    real, seen = Evidence.objects.filter, []

    def stale(*words, **more):
        if not seen:
            seen.append(1)
            return real(number=0)  # as if nothing were there yet
        return real(*words, **more)

    monkeypatch.setattr(keeping.Evidence.objects, "filter", stale)

    assert keep(text="二").number == 2


# Custody


@pytest.mark.rule("PRV-04")
def test_each_look_stands_in_the_chain_once_for_a_visit(act, keep, mei, ping, now):
    evidence = keep()

    for minute in (0, 3, 9, 20):
        actions.look(act(mei, at=now + timedelta(minutes=minute)), evidence)
    actions.look(act(ping, at=now + timedelta(minutes=21)), evidence)

    chain = [(event.kind, event.by) for event in custody_of(evidence)]
    assert chain == [
        ("evidence.kept", mei.actor_key),
        ("evidence.viewed", mei.actor_key),
        ("evidence.viewed", mei.actor_key),
        ("evidence.viewed", ping.actor_key),
    ]


def test_the_chain_of_one_piece_holds_nothing_of_another(act, keep, mei):
    first, second = keep(), keep(text="二")

    actions.look(act(mei), second)

    assert [event.kind for event in first.custody()] == ["evidence.kept"]


def test_the_original_is_for_those_who_may_and_say_why(act, keep, mei, lead):
    evidence = keep()

    with pytest.raises(NotAllowed):
        actions.take_original(act(mei), evidence, reason="看清楚")
    with pytest.raises(Unusable):
        actions.take_original(act(lead), evidence, reason=" ")
    actions.take_original(act(lead), evidence, reason="核对拍摄时间")

    assert evidence.custody().last().sentence() == "Original of evidence 1 taken, because: 核对拍摄时间"


def test_what_is_handed_over_is_told_with_its_hash(act, keep, mei, lead):
    evidence = keep()

    with pytest.raises(NotAllowed):
        actions.hand_over(act(mei), evidence, to="派出所")
    actions.hand_over(act(lead), evidence, to="派出所", reference="受字 12 号")

    told = evidence.custody().last()
    assert told.sentence() == "Evidence 1 handed over to 派出所 (受字 12 号)"
    assert told.details["sha256"] == evidence.file.sha256


def test_what_was_altered_is_neither_shown_nor_handed_over(act, keep, mei, lead):
    evidence = keep()
    spoil(evidence.file.name, flipped(-1))

    for attempt in (
        lambda: actions.look(act(mei), evidence),
        lambda: actions.take_original(act(lead), evidence, reason="核对"),
        lambda: actions.hand_over(act(lead), evidence, to="派出所"),
    ):
        with pytest.raises(Unreadable):
            attempt()

    assert [event.kind for event in evidence.custody()] == ["evidence.kept"]


def test_the_doctor_names_case_evidence_and_file_of_a_flipped_byte(keep, case):
    keep()
    evidence = keep()
    spoil(evidence.file.name, flipped(disk.HEAD + 5))

    is_well, told = doctor("files")

    assert not is_well
    assert f"{case.number}/2, file {evidence.file.name}" in told


def test_what_is_taken_back_stays_on_the_list_and_no_longer_counts(act, keep, case, mei, lead):
    evidence = keep()

    with pytest.raises(Unusable):
        actions.withdraw(act(mei), evidence, why="")
    actions.withdraw(act(mei), evidence, why="是另一位顾客的")

    assert list(Evidence.objects.of(case)) == [evidence]
    assert not Evidence.objects.of(case).has("photo")
    with pytest.raises(Overtaken):
        actions.withdraw(act(mei), evidence, why="再撤一次")
    with pytest.raises(OutOfTurn):
        actions.hand_over(act(lead), evidence, to="派出所")


@pytest.mark.rule("PRV-01")
def test_what_is_forgotten_is_gone_from_rows_events_and_disk_and_that_it_was_there_remains(
    act, keep, boss, mei, upload, django_capture_on_commit_callbacks
):
    evidence = keep(title="王先生的小票", note="电话 15400000001", text="王先生说的话", upload=upload())
    hashed = evidence.file.sha256

    with pytest.raises(NotAllowed):
        actions.forget(act(mei), evidence)
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(act(boss), evidence)

    again = Evidence.objects.get(pk=evidence.pk)
    assert (again.title, again.note, again.text, again.is_standing) == ("", "", "", False)
    assert (again.file.sha256, again.file.title, again.file.is_there) == (hashed, "", False)
    assert not EventDetail.objects.filter(details__contains="王先生").exists()
    assert files_on_disk() == set()
    assert [event.kind for event in again.custody()] == ["evidence.kept", "evidence.forgotten"]
    assert doctor("files.whole")[0]


@pytest.mark.rule("PRV-01")
def test_with_the_customer_the_pictures_of_their_case_are_forgotten(
    act, case, keep, boss, mr_wang, upload, django_capture_on_commit_callbacks
):
    Case.objects.filter(pk=case.pk).update(customer=mr_wang)
    evidence = keep(title="王先生的小票", upload=upload())
    inquiries.withdraw(act(boss), Inquiry.objects.get(pk=case.pk), reason="不用了")

    with django_capture_on_commit_callbacks(execute=True):
        forget(act(boss), mr_wang)

    again = Evidence.objects.get(pk=evidence.pk)
    assert (again.title, again.is_forgotten, again.file.is_there) == ("", True, False)
    assert files_on_disk() == set()


def test_evidence_shows_something(case, keep):
    evidence = keep(text="一")

    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(text="")


def test_nobody_sees_evidence_about_themselves(keep, case, mei, ping):
    keep()
    Case.objects.filter(pk=case.pk).update(about_staff=mei)

    assert not Evidence.objects.visible_to(mei).exists()
    assert Evidence.objects.visible_to(ping).exists()


def test_an_upload_without_a_name_is_kept_as_well(keep):
    assert keep(upload=ContentFile(samples.PDF)).file.title == ""

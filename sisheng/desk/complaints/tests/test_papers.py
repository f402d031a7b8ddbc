"""What stands on the papers of a complaint, read back from the PDF."""

from __future__ import annotations

import random
import uuid
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from io import BytesIO, StringIO

import pypdf
import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from PIL import Image

from conftest import _hire
from sisheng.desk.complaints import actions
from sisheng.ground.events.models import Event
from sisheng.kit.evidence import actions as evidence
from sisheng.kit.messages.actions import tell_customer
from sisheng.kit.messages.models import Message
from sisheng.kit.paper import codes


@pytest.fixture(autouse=True)
def places_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SISHENG_SIGNING_KEY_FILE = tmp_path / "signing-key"
    settings.SISHENG_PUBLIC_ORIGIN = "https://help.example.com"


@pytest.fixture
def ask(client, boss):
    """A paper, as the browser of somebody asks for it."""

    def ask(name, complaint, *, by=None, query="", **sent):
        client.force_login(by or boss)
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        address = reverse(f"complaints:{name}", args=["riverside", complaint.number]) + query
        return client.post(address, {"once": uuid.uuid4(), **sent}) if sent else client.get(address)

    return ask


@pytest.fixture
def read(ask):
    """The words of a paper, without what lines and columns put between them."""

    def read(name, complaint, **asked):
        answer = ask(name, complaint, **asked)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        return _words(answer.content)

    return read


def _words(file):
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(file)).pages)


@pytest.fixture
def final(make_complaint, play):
    """The customer was given the final answer and has not said anything yet."""
    return make_complaint("final_offered")


@pytest.mark.parametrize(("language", "promise"), [("zh", "您会收到最终答复"), ("en", "Youhaveourfinalanswer")])
def test_the_slip_says_number_code_and_what_was_promised_by_when(read, make_complaint, language, promise):
    complaint = make_complaint()
    day = {"zh": "2026-11-2610:00", "en": "26Nov2026,10:00"}[language]

    words = read("slip", complaint, query=f"?language={language}")

    assert complaint.number.rpartition("-")[2] in words
    assert complaint.public_code in words
    assert promise in words
    assert day in words


def test_the_code_on_the_slip_leads_to_the_public_door(monkeypatch, ask, make_complaint):
    drawn, draw = [], codes.qr
    monkeypatch.setattr(codes, "qr", lambda text: drawn.append(text) or draw(text))
    complaint = make_complaint()

    ask("slip", complaint)

    told = f"number={complaint.number}&code={complaint.public_code}"
    assert drawn == [f"https://help.example.com/riverside/progress/?{told}"]


def test_printing_the_slip_ticks_off_what_it_tells_and_only_looking_does_not(read, make_complaint, act, boss):
    complaint = make_complaint(phone="", anonymous_label="蓝衣先生")
    tell_customer(act(boss), complaint, purpose="complaint.informed", subject="进展", text="监控已经调到，明天看。")

    looked = read("slip", complaint)
    assert {message.state for message in complaint.messages.all()} == {"waiting"}
    words = read("slip", complaint, sent="yes")

    assert "监控已经调到，明天看。" in looked
    assert words == looked
    assert {message.state for message in complaint.messages.all()} == {"told"}
    assert Event.objects.filter(topic=complaint.number, kind="message.told").count() == 2


def test_what_is_sent_by_text_message_is_not_ticked_off_by_a_slip(ask, make_complaint):
    complaint = make_complaint()
    Message.objects.filter(case=complaint).update(channel="sms")

    ask("slip", complaint, sent="yes")

    assert complaint.messages.get().state == "waiting"


def test_the_acceptance_form_holds_what_was_said_and_masks_the_phone(read, make_complaint):
    complaint = make_complaint()

    words = read("form", complaint)

    for told in (complaint.number, complaint.public_code, "盐花护肤", "货架标价88元，收银台收了98元。", "¥88.00"):
        assert told in words
    assert "154****0001" in words
    assert "15400000001" not in words


@pytest.mark.rule("CMP-18")
def test_the_handling_form_tells_finding_offer_answer_cause_and_why_no_improvement(read, make_complaint, play):
    complaint = make_complaint("executing")
    for name in ("resolve", "await_follow_up", "archive"):
        play(complaint, name)

    words = read("handling", complaint, query="?language=zh")

    for told in ("盐花护肤", "退差价，送券。", "¥30.00", "可以接受", "当天已改好价签", "1030"):
        assert told in words
    assert "经理" not in words  # our people stand on it by number


def test_the_handling_form_says_on_what_the_finding_rests(read, make_complaint, act, mei):
    complaint = make_complaint("investigating")
    rests = {
        "finding": "锁扣是坏的。",
        "substantiated": "yes",
        "responsibility": "goods",
        "basis": "《消费者权益保护法》第二十四条",
    }
    actions.find(act(mei), complaint, **rests)

    assert "《消费者权益保护法》第二十四条" in read("handling", complaint, query="?language=zh")


def test_the_final_letter_gives_our_answer_its_reasons_and_the_five_ways(read, final):
    words = read("letter", final, query="?language=en")

    assert "退差价，送一张券。" in words  # what was decided, in the words in which it was written
    assert "标价签没有更换。" in words
    assert "再看了一遍监控，确是我们标错了。" in words
    for way in ("consumerassociation", "arbitration", "court", "12315"):
        assert way in words


def test_large_print_is_larger(ask, final):
    plain, large = (ask("letter", final, query=query) for query in ("", "?large=1"))

    assert _height_of_largest(large.content) > _height_of_largest(plain.content)


def _height_of_largest(file):
    sizes = []
    pypdf.PdfReader(BytesIO(file)).pages[0].extract_text(
        visitor_text=lambda text, cm, tm, font, size: sizes.append(abs(tm[3] * size)) if text.strip() else None
    )
    return max(sizes)


def test_before_the_final_answer_there_is_no_letter(ask, make_complaint):
    answer = ask("letter", make_complaint("investigating"))

    assert answer.status_code == 409
    assert "no final answer yet" in answer.content.decode()


@pytest.mark.parametrize("paper", ["slip", "form", "handling", "letter"])
def test_a_draft_has_no_papers(ask, make_complaint, paper):
    assert ask(paper, make_complaint("draft")).status_code == 409


@pytest.mark.rule("CMP-30")
@pytest.mark.parametrize("paper", ["slip", "form", "handling", "casefile"])
def test_who_a_complaint_is_about_gets_none_of_its_papers_and_stands_there_by_number(
    read, ask, make_complaint, supervisor, riverside, paper
):
    about = _hire("1021", "张三丰", riverside, "supervisor")
    complaint = make_complaint(against="staff", about_staff=about, shop=None)

    assert ask(paper, complaint, by=about).status_code == 404
    sent = {"purpose": "存档", "language": "zh"} if paper == "casefile" else {}
    words = read(paper, complaint, by=supervisor, **sent)

    assert "1021" in words
    assert "张三丰" not in words


def grainy(seed):
    """A photo that no compression makes smaller, so that its bytes are found again in the file."""
    picture = BytesIO()
    Image.frombytes("L", (64, 64), random.Random(seed).randbytes(4096)).save(picture, "PNG")
    return picture.getvalue()


@pytest.fixture
def told_in_full(make_complaint, act, boss, ping):
    """A complaint with two photos and a statement, handed on from one to another."""
    complaint = make_complaint("executing")
    for name in ("价签.png", "小票.png"):
        upload = ContentFile(grainy(name), name=name)
        evidence.keep(act(boss), complaint, kind="photo", title=name[:2], upload=upload)
    evidence.keep(act(boss), complaint, kind="statement", text="当时标签没有换。", source="shop")
    actions.hand_on(act(boss), complaint, to=ping, reason="换班")
    return complaint


def export(ask, complaint, **more):
    answer = ask("casefile", complaint, purpose="12315 调取", language="zh", **more)
    assert answer.status_code == 200
    return answer.content


def verify(tmp_path, file):
    said, code = StringIO(), 0
    path = tmp_path / "file.pdf"
    path.write_bytes(file)
    try:
        call_command("verify_case", str(path), language="en", stdout=said, no_color=True)
    except SystemExit as end:
        code = end.code
    return code, said.getvalue()


def test_the_case_file_tells_every_event_every_deadline_and_holds_the_originals(ask, told_in_full):
    file = export(ask, told_in_full)

    words, inside = _words(file), pypdf.PdfReader(BytesIO(file)).attachments
    assert told_in_full.number in words
    for event in told_in_full.timeline().filter(kind__startswith="complaint.", at__lte=told_in_full.opened_at):
        assert str(event.pk) in words
    assert "72小时" in words  # how the due time was reckoned
    assert "当时标签没有换。" in words
    assert inside["1-价签.png"] == [grainy("价签.png")]
    assert inside["2-小票.png"] == [grainy("小票.png")]
    for name in ("阿平", "小梅"):
        assert name not in words


def test_an_exported_case_file_proves_itself_and_a_flipped_byte_is_named(ask, told_in_full, tmp_path):
    file = export(ask, told_in_full)
    assert verify(tmp_path, file)[0] == 0

    at = file.find(grainy("小票.png")[2000:2060])
    code, said = verify(tmp_path, file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :])

    assert at > 0
    assert code == 1
    assert said == "NOT OK\tThe attachment “2-小票.png” was altered.\n"


def test_that_it_was_exported_what_for_and_which_file_stands_in_the_record_and_in_each_chain(ask, told_in_full):
    file = export(ask, told_in_full)

    told = told_in_full.timeline().get(kind="complaint.exported")
    assert told.sentence() == "Case file exported, because: 12315 调取"
    assert told.details["sha256"] == sha256(file).hexdigest()
    assert told.details["inside"] == [1, 2]
    for piece in told_in_full.evidence.filter(file__isnull=False):
        assert [one.kind for one in piece.custody()][-1] == "evidence.original"


def test_a_double_click_exports_one_file_and_tells_it_once(ask, told_in_full):
    first, second = (export(ask, told_in_full, once="k1") for _click in range(2))

    assert first == second
    told = told_in_full.timeline().get(kind="complaint.exported")
    assert told.details["sha256"] == sha256(second).hexdigest()


def test_nothing_is_exported_without_a_purpose(ask, told_in_full):
    answer = ask("casefile", told_in_full, purpose=" ", language="zh")

    assert answer.status_code == 422
    assert not told_in_full.timeline().filter(kind="complaint.exported").exists()


@pytest.mark.parametrize(
    ("role", "status"), [("agent", 403), ("lead", 403), ("duty_manager", 403), ("supervisor", 200)]
)
def test_a_case_file_is_exported_from_supervisor_upwards(ask, told_in_full, riverside, role, status):
    person = _hire("3001", "某人", riverside, role)

    assert ask("casefile", told_in_full, by=person, purpose="存档", language="zh").status_code == status


def test_an_altered_original_is_not_handed_out_as_one_that_is_whole(ask, told_in_full, settings):
    kept = told_in_full.evidence.get(number=1).file
    kept.sha256 = "0" * 64
    kept.save(update_fields=["sha256"])

    answer = ask("casefile", told_in_full, purpose="存档", language="zh")

    assert answer.status_code == 500
    assert not told_in_full.timeline().filter(kind="complaint.exported").exists()


def test_a_later_date_and_a_pause_are_told_beside_the_reckoning(ask, make_complaint, act, boss, now):
    complaint = make_complaint("investigating")
    due = complaint.clocks.get(deadline="complaint.final").due_at
    actions.extend(act(boss), complaint, until=due + timedelta(days=1), reason="等检测报告")

    words = _words(export(ask, complaint))

    assert "等检测报告" in words
    assert "代替了通常的时间" in words


def test_money_stands_with_two_places_and_who_pays(ask, make_complaint):
    complaint = make_complaint("executing")
    assert complaint.promised_yuan == Decimal(30)

    assert "¥30.00" in _words(export(ask, complaint))

"""Mail as a mail server and a mailbox see it."""

from __future__ import annotations

import socket

import pytest

from sisheng.ground.channels import Outgoing, Rejected, Unreachable
from sisheng.ground.channels.mail import Mail
from tests.fakes.mail import read

# 𠮷 and 㛃 are in GB18030 and not in GBK; 䶮 is a surname's character; the last is an emoji
RARE = "𠮷野家的㛃小姐与龚䶮先生 🧳"


@pytest.fixture
def mail(mail_server):
    return Mail("127.0.0.1", mail_server.port, "临江汇服务台 <desk@riverside.example>", security="none")


@pytest.fixture
def words(now):
    def words(**more):
        usual = {"key": "k1", "to": "wang@example.com", "subject": "处理进展", "text": "请查收。", "language": "zh"}
        return Outgoing(**(usual | more), at=now)

    return words


@pytest.mark.parametrize("subject", ["处理进展", RARE, "您的投诉已受理，我们将在四十八小时内给出方案并致电说明" * 4])
def test_chinese_arrives_as_it_was_written(mail, mail_server, words, subject):
    mail.send(words(subject=subject, text=f"{RARE}\n第二行\n.\n末行"))

    headers, text = read(mail_server.letters[0].raw)
    assert headers["subject"] == subject
    assert headers["from"] == "临江汇服务台 <desk@riverside.example>"
    assert text.replace("\r\n", "\n").rstrip("\n") == f"{RARE}\n第二行\n.\n末行"
    assert mail_server.letters[0].to == ["wang@example.com"]


def test_the_same_words_handed_over_again_have_the_same_message_id(mail, mail_server, words):
    first, again, others = mail.send(words()), mail.send(words()), mail.send(words(key="k2"))

    assert first == again == "<k1@riverside.example>"
    assert others != first
    assert [read(letter.raw)[0]["message-id"] for letter in mail_server.letters] == [first, again, others]


@pytest.mark.parametrize(
    "injected",
    [
        {"subject": "进展\r\nBcc: everybody@example.com"},
        {"subject": "进展\nBcc: everybody@example.com"},
        {"to": "wang@example.com\r\nBcc: everybody@example.com"},
        {"to": "wang@example.com, everybody@example.com"},
        {"to": ""},
    ],
)
def test_nobody_smuggles_a_second_recipient_into_a_header(mail, mail_server, words, injected):
    with pytest.raises(Rejected):
        mail.send(words(**injected))

    assert mail_server.letters == []


@pytest.mark.parametrize(
    ("answer", "no"),
    [("550 5.1.1 no such mailbox", Rejected), ("451 4.7.1 greylisted", Unreachable), ("452 4.2.2 full", Unreachable)],
)
def test_a_mailbox_that_does_not_exist_is_for_good_and_a_full_one_is_not(mail, mail_server, words, answer, no):
    mail_server.rcpt_answer = answer

    with pytest.raises(no, match=answer[:3]):
        mail.send(words())


@pytest.mark.parametrize(("answer", "no"), [("554 spam", Rejected), ("451 try later", Unreachable)])
def test_what_the_server_says_of_the_letter_itself_counts_as_well(mail, mail_server, words, answer, no):
    mail_server.data_answer = answer

    with pytest.raises(no):
        mail.send(words())


def test_a_server_without_the_encryption_that_was_asked_for_is_given_nothing(mail_server, words):
    careful = Mail("127.0.0.1", mail_server.port, "desk@riverside.example")  # starttls

    with pytest.raises(Unreachable, match="STARTTLS"):
        careful.send(words())

    assert mail_server.letters == []


def test_nobody_at_home_means_later(words):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # not listening

        with pytest.raises(Unreachable):
            Mail("127.0.0.1", nobody.getsockname()[1], "desk@riverside.example", security="none").send(words())


def test_a_server_that_says_nothing_is_not_waited_for_without_end(words):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        slow = Mail("127.0.0.1", mute.getsockname()[1], "desk@riverside.example", security="none", timeout=0.05)

        with pytest.raises(Unreachable):
            slow.send(words())

"""A customer who had asked us something wants to be forgotten (N-22): the matter stays for the counts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sisheng.cases.actions import add_note
from sisheng.cases.models import Case, Note
from sisheng.desk.contacts import actions as contacts
from sisheng.desk.contacts.models import Contact
from sisheng.desk.inquiries.models import BrandTry, Inquiry
from sisheng.ground.events.models import Event, EventDetail
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.privacy.actions import forget
from sisheng.ground.refusals import OutOfTurn
from sisheng.ground.search.finding import find
from sisheng.ground.search.models import SearchDoc
from sisheng.mall.customers.actions import remember
from sisheng.mall.customers.models import Customer

WORDS = "王先生的真皮箱子沾了墨水"


@pytest.fixture
def asked(act, boss, counter, make_inquiry, mr_wang, play, riverside, now):
    """Mr Wang asked at the desk, was promised a call back, and no longer wants to know."""
    told = {"caller": "王先生", "reach": "154 0000 0001", "matter": WORDS, "result": WORDS}
    came = contacts.log(
        act(boss), riverside, agent=boss, desk=counter, need="4", outcome="unanswered", words=WORDS, customer=mr_wang,
        details=contacts.Details(understood_as=WORDS, cause=WORDS, course=WORDS, **told),
    )  # fmt: skip
    inquiry = make_inquiry(customer=mr_wang, question=WORDS, understood_as=WORDS, contact_number=came.number)
    run_reactions(now)
    add_note(act(boss), inquiry, text="王先生下午在")
    play(inquiry, "reach", who="王先生的朋友")
    play(inquiry, "answer", answer="王先生可以拿来")
    play(inquiry, "withdraw", reason="王先生说不用了")
    return inquiry


@pytest.mark.rule("PRV-01")
def test_nothing_of_a_forgotten_customer_is_left_in_what_they_asked(act, asked, boss, mr_wang):
    forget(act(boss), mr_wang)

    inquiry, contact = Inquiry.objects.get(), Contact.objects.get()
    assert (inquiry.subject, inquiry.question, inquiry.understood_as, inquiry.answer) == ("", "", "", "")
    assert (inquiry.no_reply_reason, inquiry.anonymous_label) == ("", "")
    assert (contact.words, contact.understood_as, contact.caller, contact.reach, contact.matter) == ("", "", "", "", "")
    assert (contact.cause, contact.course, contact.result) == ("", "", "")
    assert (Note.objects.get().text, BrandTry.objects.get().who) == ("", "—")
    assert not EventDetail.objects.filter(details__contains="王").exists()


@pytest.mark.rule("PRV-01")
def test_a_forgotten_question_is_found_by_its_number_alone(act, asked, boss, mr_wang, riverside):
    before = [hit.ref for hit in find(riverside.pk, "沾了墨水")]
    forget(act(boss), mr_wang)

    assert before == [asked.number]
    assert find(riverside.pk, "沾了墨水") == []
    assert not SearchDoc.objects.filter(text__contains="墨水").exists()
    assert [hit.ref for hit in find(riverside.pk, asked.number)] == [asked.number]


def test_the_matter_stays_for_the_counts_and_says_that_it_was_forgotten(act, asked, boss, client, mr_wang, riverside):
    forget(act(boss), mr_wang)
    client.force_login(boss)
    closed = client.get(reverse("board:cases", args=[riverside.slug]), {"view": "closed"}).content.decode()
    record = client.get(asked.get_absolute_url()).content.decode()

    again = Inquiry.objects.get()
    assert (again.status, again.outcome, again.customer) == ("withdrawn", "withdrawn", mr_wang)
    assert Event.objects.about(riverside.pk, asked.topic).last().kind == "privacy.forgotten"
    assert "（信息已删除）" in closed
    assert "（信息已删除）" in record
    assert "王" not in closed + record


def test_who_still_waits_for_an_answer_is_not_forgotten_before(act, boss, make_inquiry, mr_wang):
    inquiry = make_inquiry(customer=mr_wang, question=WORDS)

    with pytest.raises(OutOfTurn, match=inquiry.number):
        forget(act(boss), mr_wang)

    mr_wang.refresh_from_db()
    assert mr_wang.salutation == "王先生"
    assert Inquiry.objects.get().question == WORDS


def test_the_questions_of_others_stay_as_they_are(act, asked, boss, make_inquiry, mei, mr_wang, play, riverside):
    ms_liu = remember(act(mei), riverside, phone="15400000002", salutation="刘女士")
    hers = make_inquiry(customer=ms_liu, question="刘女士问丝巾")
    Case.objects.filter(pk=hers.pk).update(origin=asked)  # it arose from his, and is hers all the same
    nobodys = make_inquiry(question="丝巾怎么洗")
    forget(act(boss), mr_wang)

    hers.refresh_from_db()
    nobodys.refresh_from_db()
    assert (hers.question, hers.subject, nobodys.question) == ("刘女士问丝巾", "刘女士问丝巾", "丝巾怎么洗")
    assert Customer.objects.get(pk=ms_liu.pk).salutation == "刘女士"


def test_what_arose_from_a_forgotten_matter_and_names_nobody_else_goes_with_it(
    act, asked, boss, make_inquiry, mr_wang, play
):
    later = make_inquiry(question=WORDS)
    play(later, "withdraw")
    Case.objects.filter(pk=later.pk).update(origin=asked)
    forget(act(boss), mr_wang)

    assert Inquiry.objects.get(pk=later.pk).question == ""

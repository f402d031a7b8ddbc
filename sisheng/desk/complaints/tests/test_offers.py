"""A solution is offered, approved, told and answered."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint, Proposal
from sisheng.desk.complaints.tests.conftest import VOUCHER
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, Unusable
from sisheng.kit.approvals import actions as approvals
from sisheng.kit.approvals.models import Approval
from sisheng.kit.messages.models import Message

REFUND = {"kind": "refund", "value": Decimal(640), "payer": "brand"}


@pytest.fixture
def write(act, mei):
    def write(complaint, *, by=None, remedies=(VOUCHER,), **details):
        return actions.write_proposal(act(by or mei), complaint, words="退差价，送券。", remedies=remedies, **details)

    return write


@pytest.mark.rule("CMP-12")
def test_a_remedy_says_what_how_much_who_bears_it_and_when_it_was_done(make_complaint, write, act, mei, now):
    complaint = make_complaint("proposing")
    due_at = now + timedelta(days=2)
    write(complaint, remedies=[{"kind": "voucher", "value": Decimal(30), "payer": "brand", "due_at": due_at}])
    actions.propose(act(mei), complaint)
    actions.agree(act(mei), complaint)

    remedy = complaint.agreed.remedies.get()
    clock = complaint.clocks.live().get(deadline="complaint.remedy")
    assert (remedy.value, remedy.payer, clock.due_at) == (Decimal(30), "brand", due_at)
    actions.fulfil(act(mei, at=now + timedelta(days=1)), complaint, remedy=remedy)
    remedy.refresh_from_db()
    clock.refresh_from_db()
    assert (remedy.done_at, remedy.done_by) == (now + timedelta(days=1), mei.actor_key)
    assert clock.met_at == now + timedelta(days=1)


@pytest.mark.rule("CMP-12")
def test_nothing_is_resolved_while_a_remedy_is_owed(make_complaint, act, mei):
    complaint = make_complaint("executing")

    with pytest.raises(OutOfTurn) as refusal:
        actions.resolve(act(mei), complaint)

    assert "voucher" in str(refusal.value)


@pytest.mark.rule("CMP-13")
def test_up_to_four_proposals_each_with_its_answer(make_complaint, play):
    complaint = make_complaint("proposing")
    for _time in range(4):
        play(complaint, "propose")
        play(complaint, "refuse")

    with pytest.raises(OutOfTurn):
        play(complaint, "propose")

    assert [(offer.n, offer.answer) for offer in complaint.offers] == [(n, "refused") for n in (1, 2, 3, 4)]


@pytest.mark.rule("CMP-13")
def test_after_four_refused_proposals_the_final_answer_can_still_be_given(make_complaint, play):
    complaint = make_complaint("proposing")
    for _time in range(4):
        play(complaint, "propose")
        play(complaint, "refuse")

    play(complaint, "offer_final")

    assert (complaint.status, complaint.offer.n, complaint.offer.is_final) == ("final_offered", 5, True)


def test_what_an_authority_sends_back_to_us_can_be_offered_anew(make_complaint, play, riverside, now):
    complaint = make_complaint("proposing")
    for _time in range(4):
        play(complaint, "propose")
        play(complaint, "refuse")
    play(complaint, "go_external", authority="12315", received_on=riverside.today(now))
    play(complaint, "hear_back")
    play(complaint, "find")

    play(complaint, "propose")

    assert (complaint.status, complaint.offer.round, complaint.offer.n) == ("awaiting_customer", 1, 1)


def test_an_offer_made_after_the_reopening_is_told_to_the_customer_as_well(make_complaint, play):
    complaint = make_complaint("awaiting_customer")
    told = Message.objects.filter(case=complaint, purpose="complaint.offered")
    assert told.count() == 1
    for step in ("agree", "resolve", "reopen", "investigate", "find", "propose"):
        play(complaint, step)

    assert told.count() == 2


def test_a_proposal_is_not_written_into_a_complaint_whose_customer_has_just_heard_another(
    make_complaint, play, act, mei
):
    complaint = make_complaint("proposing")
    seen = Complaint.objects.select_related("mall", "desk").get(pk=complaint.pk)
    play(complaint, "propose")

    with pytest.raises(Overtaken):
        actions.write_proposal(act(mei), seen, words="换一只新的。", remedies=[VOUCHER])
    assert complaint.proposals.count() == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_may_be_written_can_also_be_told(make_complaint, act, boss, language):
    complaint = make_complaint("re_evaluating", language=language)
    actions.re_evaluate(act(boss), complaint, words="再看了一遍")
    with pytest.raises(Unusable, match="1600 characters"):
        actions.write_proposal(act(boss), complaint, words="退" * 1601, remedies=[], is_final=True)

    actions.write_proposal(act(boss), complaint, words="退" * 1600, remedies=[], is_final=True)
    actions.offer_final(act(boss), complaint)

    assert "退" * 1600 in Message.objects.filter(case=complaint).latest("pk").text


@pytest.mark.parametrize("step", ["write", "ask", "propose"])
def test_nobody_replaces_sends_or_tells_a_proposal_that_they_have_not_read(make_complaint, write, act, mei, lead, step):
    complaint = make_complaint("proposing")
    write(complaint, by=lead, remedies=[REFUND if step == "ask" else VOUCHER])
    on_meis_screen = complaint.draft
    actions.write_proposal(
        act(lead, at=act(lead).at + timedelta(minutes=1)), complaint, words="换一只新的。", remedies=[VOUCHER]
    )
    seen_by_mei = Complaint.objects.select_related("mall").get(pk=complaint.pk)

    take = {"write": actions.write_proposal, "ask": actions.ask, "propose": actions.propose}[step]
    told = {"words": "退十元。", "remedies": []} if step == "write" else {}

    with pytest.raises(Overtaken, match="Read it first"):
        take(act(mei), seen_by_mei, drafted=on_meis_screen, **told)

    complaint.forget_offers()
    assert (complaint.offer.words, complaint.offer.offered_at) == ("换一只新的。", None)


def test_the_words_that_go_out_are_those_on_record(make_complaint, write, act, mei, lead):
    complaint = make_complaint("proposing")
    write(complaint, by=lead)
    seen = Complaint.objects.select_related("mall").get(pk=complaint.pk)
    assert seen.offer.words == "退差价，送券。"
    actions.write_proposal(act(lead), complaint, words="换一只新的。", remedies=[VOUCHER])

    actions.propose(act(mei), seen)

    assert "换一只新的。" in Message.objects.filter(case=complaint).latest("pk").text


def test_not_even_the_database_keeps_a_fifth(make_complaint, now, mei):
    complaint = make_complaint("proposing")

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(mall=complaint.mall, complaint=complaint, n=5, words="…", written_at=now, by="x")


@pytest.mark.rule("CMP-11")
def test_a_no_asks_for_a_re_evaluation_before_anything_new(make_complaint, write, act, mei):
    complaint = make_complaint("re_evaluating")

    with pytest.raises(OutOfTurn):
        write(complaint, is_final=True)
    actions.re_evaluate(act(mei), complaint, words="确是我们标错")
    write(complaint, is_final=True)
    actions.offer_final(act(mei), complaint)

    assert [offer.n for offer in complaint.offers] == [1, 2]
    assert complaint.status == "final_offered"


@pytest.mark.rule("CMP-14", "CTR-08")
def test_what_is_promised_above_ones_authority_is_not_offered_without_a_yes(make_complaint, write, act, mei):
    complaint = make_complaint("proposing")
    write(complaint, remedies=[REFUND])

    with pytest.raises(NotAllowed):
        actions.propose(act(mei), complaint)

    assert complaint.offer.approval == "needed"
    assert complaint.offer.offered_at is None


def test_whoever_may_decide_about_so_much_offers_it_without_asking(make_complaint, write, act, lead, now):
    complaint = make_complaint("proposing")
    write(complaint, remedies=[REFUND])

    actions.propose(act(lead), complaint)

    assert (complaint.status, complaint.offer.approval) == ("awaiting_customer", "")


def test_not_even_the_database_keeps_an_offer_that_nobody_approved(make_complaint, write, now):
    complaint = make_complaint("proposing")
    write(complaint, remedies=[REFUND])

    with pytest.raises(IntegrityError), transaction.atomic():
        complaint.proposals.update(offered_at=now)


def test_a_no_of_the_approver_leads_back_to_another_proposal(make_complaint, write, act, mei, lead, now):
    complaint = make_complaint("proposing")
    write(complaint, remedies=[REFUND])
    actions.ask(act(mei), complaint)
    approvals.decide(act(lead), Approval.objects.get(), yes=False, words="先问品牌")
    run_reactions(now + timedelta(seconds=2))
    complaint.refresh_from_db()
    complaint.forget_offers()

    assert (complaint.status, complaint.offer.approval) == ("proposing", "declined")
    write(complaint)
    actions.propose(act(mei), complaint)
    assert complaint.offer.value == Decimal(30)


def test_asked_in_the_re_evaluation_the_decision_comes_back_there(make_complaint, act, mei, lead, now):
    complaint = make_complaint("re_evaluating")
    actions.re_evaluate(act(mei), complaint, words="可以多赔一点")
    actions.write_proposal(act(mei), complaint, words="全额退款。", remedies=[REFUND], is_final=True)
    actions.ask(act(mei), complaint)
    approvals.decide(act(lead), Approval.objects.get(), yes=True)
    run_reactions(now + timedelta(seconds=2))

    complaint.refresh_from_db()
    assert complaint.status == "re_evaluating"


@pytest.mark.rule("CMP-24", "CTR-08")
def test_a_large_sum_is_not_settled_on_the_spot_by_whoever_may_not(make_complaint, act, mei):
    complaint = make_complaint("on_spot")

    with pytest.raises(NotAllowed):
        actions.settle(act(mei), complaint, words="…", remedies=[REFUND], cause="goods.quality", responsibility="goods")

    complaint.refresh_from_db()
    assert complaint.status == "on_spot"


@pytest.mark.rule("CTR-08")
def test_every_settlement_is_seen_by_the_lead_at_once(make_complaint, act, mei, lead, counter, on_duty):
    on_duty(lead, counter)
    complaint = make_complaint("awaiting_customer")

    actions.agree(act(mei), complaint)

    assert complaint.timeline().filter(kind="complaint.agree").last().details["to"] == [lead.actor_key]


def test_without_an_answer_nothing_is_carried_out_before_two_reminders_and_a_manager(make_complaint, act, mei, boss):
    complaint = make_complaint("awaiting_customer")
    actions.remind(act(mei), complaint)
    with pytest.raises(OutOfTurn):
        actions.go_ahead(act(boss), complaint, reason="没有回音")
    actions.remind(act(mei), complaint)
    with pytest.raises(NotAllowed):
        actions.go_ahead(act(mei), complaint, reason="没有回音")

    actions.go_ahead(act(boss), complaint, reason="没有回音")

    assert (complaint.status, complaint.offer.answer) == ("executing", "silent")


@pytest.mark.rule("CMP-11")
def test_while_the_customer_thinks_the_clocks_run_on(make_complaint):
    complaint = make_complaint("awaiting_customer")

    assert complaint.clocks.live().get(deadline="complaint.final").due_at is not None


@pytest.mark.rule("CMP-11")
def test_only_a_manager_gives_a_later_date_and_the_customer_hears_why(make_complaint, act, mei, boss, now):
    complaint = make_complaint("investigating")
    until = now + timedelta(days=5)
    with pytest.raises(NotAllowed):
        actions.extend(act(mei), complaint, until=until, reason="等检测")

    actions.extend(act(boss), complaint, until=until, reason="等第三方检测报告")

    clock = complaint.clocks.live().get(deadline="complaint.final")
    assert clock.due_at == until
    assert complaint.timeline().filter(kind="deadline.extended").count() == 1
    assert "等第三方检测报告" in Message.objects.get(case=complaint, purpose="complaint.extended").text


@pytest.mark.rule("N-05")
def test_not_even_a_manager_goes_beyond_the_fifteenth_day(make_complaint, act, boss, now):
    complaint = make_complaint("investigating")

    with pytest.raises(Unusable):
        actions.extend(act(boss), complaint, until=now + timedelta(days=15, minutes=1), reason="等检测")


def test_a_promise_that_is_broken_already_is_not_made_good_by_a_later_date(make_complaint, act, boss, now):
    complaint = make_complaint("investigating")

    with pytest.raises(OutOfTurn):
        actions.extend(
            act(boss, at=now + timedelta(hours=73)), complaint, until=now + timedelta(hours=90), reason="等检测"
        )


@pytest.mark.rule("N-11")
def test_when_the_final_answer_is_refused_the_five_ways_are_named(make_complaint, act, mei, now):
    complaint = make_complaint("final_offered", language="en")

    actions.refuse(act(mei), complaint)

    complaint.refresh_from_db()
    assert complaint.status == "unresolved"
    assert complaint.ways_told_at == now
    told = Message.objects.get(case=complaint, purpose="complaint.unresolved").text
    for way in ("settle it with us", "consumer association", "complain to the authority", "arbitration", "court"):
        assert way in told


@pytest.mark.rule("CMP-18", "CMP-08")
@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        ("trace", "root cause"),
        ("whys", "five whys"),
        ("decide_improvement", "improvement, or why none"),
        ("hear_customer", "what the customer says of it"),
    ],
)
def test_the_file_is_not_archived_while_a_part_is_missing(make_complaint, play, act, boss, left_out, named):
    complaint = make_complaint("awaiting_customer", amount=Decimal(300))
    play(complaint, "agree")
    play(complaint, "resolve")
    play(complaint, "await_follow_up")
    whys = ["为什么"] * (4 if left_out == "whys" else 5)
    if left_out != "trace":
        actions.trace(act(boss), complaint, cause="process.missing", whys=whys)
    if left_out != "decide_improvement":
        actions.decide_improvement(act(boss), complaint, because="当天已改")
    if left_out != "hear_customer":
        actions.hear_customer(act(boss), complaint, words="满意")

    with pytest.raises(OutOfTurn) as refusal:
        actions.archive(act(boss), complaint)

    assert named in str(refusal.value)
    assert complaint.status == "follow_up"


@pytest.mark.rule("CMP-18")
def test_an_archived_complaint_is_kept_for_three_years(make_complaint, riverside, now):
    complaint = make_complaint("archived")

    assert complaint.retention_until == riverside.today(now).replace(year=now.year + 3)


def test_reopened_it_keeps_its_number_and_counts_anew(make_complaint, play, act, mei, now):
    complaint = make_complaint("archived")
    number = complaint.number

    actions.reopen(act(mei, at=now + timedelta(days=3)), complaint, reason="差价没有到账")

    complaint.refresh_from_db()
    assert (complaint.number, complaint.reopen_count, complaint.closed_at) == (number, 1, None)
    final = complaint.clocks.live().get(deadline="complaint.final")
    assert final.due_at == now + timedelta(days=6)
    for name in ("investigate", "find", "propose"):
        play(complaint, name, at=now + timedelta(days=3))
    assert [(offer.round, offer.n) for offer in complaint.offers][-1] == (1, 1)


def test_a_request_that_was_taken_back_gives_the_proposal_back_to_its_writer(make_complaint, write, act, mei, now):
    complaint = make_complaint("proposing")
    write(complaint, remedies=[REFUND])
    actions.ask(act(mei), complaint)
    approvals.withdraw(act(mei), Approval.objects.get(case=complaint))

    run_reactions(now + timedelta(seconds=1))

    complaint.refresh_from_db()
    complaint.forget_offers()
    assert (complaint.status, complaint.offer.approval) == ("proposing", "needed")
    assert actions.ask(act(mei), complaint).status == "approval"


def test_withdrawn_nobody_is_asked_to_approve_any_more(make_complaint, play):
    complaint = make_complaint("approval")

    play(complaint, "withdraw")

    assert not Approval.objects.filter(state="waiting").exists()


def test_whoever_decides_reads_what_the_customer_would_be_told(make_complaint, write, act, mei):
    complaint = make_complaint("proposing")
    write(complaint, remedies=[{"kind": "refund", "value": Decimal(640), "payer": "mall"}])

    actions.ask(act(mei), complaint, reason="她要去看皮肤科")

    assert Approval.objects.get(case=complaint).reason == "退差价，送券。\n她要去看皮肤科"


@pytest.mark.parametrize(("told", "is_rung"), [
    ({}, True), ({"may_contact": False}, False), ({"phone": "", "anonymous_label": "穿红衣的女士"}, False),
])  # fmt: skip
def test_only_who_is_going_to_be_rung_is_promised_a_call(make_complaint, play, told, is_rung):
    play(make_complaint("executing", language="en", **told), "resolve")

    text = Message.objects.get(purpose="complaint.resolved").text
    assert ("within a day" in text, "please tell us" in text) == (is_rung, not is_rung)

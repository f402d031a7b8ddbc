"""The pages of a complaint, as a browser asks for them."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.act import SYSTEM, Act
from sisheng.ground.events.models import Event


@pytest.fixture
def desk(client, mei):
    """Mei's browser."""
    client.force_login(mei)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def ask(name, *args, **data):
        address = reverse(f"complaints:{name}", args=["riverside", *args])
        return client.post(address, {"once": uuid.uuid4(), **data}) if data else client.get(address)

    return ask


TOLD = {
    "unit": "L1-A06", "category": "price.price_tag", "account": "标价 88，收了 98。", "claims": ["compensation"],
    "phone": "15400000001", "amount": "88",
}  # fmt: skip


@pytest.mark.rule("CMP-02")
def test_the_calming_line_comes_before_the_first_question(desk, skincare):
    page = desk("begin").content.decode()

    assert page.index("this has upset you") < page.index('name="emotion"') < page.index('name="account"')


def test_accepted_it_leads_to_its_page_with_the_number(desk, skincare, mei):
    response = desk("begin", **TOLD)

    complaint = Complaint.objects.get()
    assert response.status_code == 302
    assert response["Location"] == complaint.get_absolute_url()
    assert (complaint.status, complaint.owner) == ("accepted", mei)


def test_what_is_missing_stands_at_its_field_and_nothing_is_lost(desk, skincare):
    response = desk("begin", **{**TOLD, "category": ""})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Still missing: category." in page
    assert "标价 88，收了 98。" in page
    assert not Complaint.objects.exists()


def test_a_draft_is_kept_without_the_minimum(desk, skincare):
    desk("begin", draft="yes", account="先记一句")

    assert Complaint.objects.get().status == "draft"


STATES = [
    "draft",
    "accepted",
    "on_spot",
    "investigating",
    "proposing",
    "approval",
    "awaiting_customer",
    "re_evaluating",
    "final_offered",
    "executing",
    "unresolved",
    "external",
    "resolved",
    "follow_up",
    "archived",
    "reopened",
    "withdrawn",
    "merged",
    "discarded",
]


@pytest.mark.parametrize("state", STATES)
def test_the_page_of_every_state_opens_and_has_one_next_step_at_most(desk, make_complaint, state):
    complaint = make_complaint(state)

    page = desk("detail", complaint.number)

    assert page.status_code == 200
    shown = page.content.decode().partition('id="complaint"')[2].partition("</article>")[0]
    alike = {"awaiting_customer", "final_offered", "external"}
    assert shown.count("btn-primary") <= 1
    assert len(page.context["steps"]) <= (2 if state in alike else 1)


@pytest.mark.parametrize("state", STATES)
def test_every_step_that_is_offered_also_opens(desk, client, boss, make_complaint, state):
    client.force_login(boss)
    complaint = make_complaint(state)
    offered = desk("detail", complaint.number).context
    steps = [*offered["steps"], *offered["others"]]

    answers = {step.name: desk("step", complaint.number, step.name).status_code for step in steps}

    assert set(answers.values()) <= {200}, answers


def test_from_the_counter_to_resolved_by_the_forms_alone(desk, client, make_complaint, skincare, mei):
    desk("begin", **TOLD)
    complaint = Complaint.objects.get()
    number = complaint.number
    lines = {"r0-kind": "voucher", "r0-value": "30", "r0-payer": "mall"}

    desk("step", number, "mediate", seen=complaint.version)
    settled = desk(
        "step", number, "settle", words="退差价，送券。", cause="process.not_followed", responsibility="price",
        is_done="on", **lines,
    )  # fmt: skip

    complaint.refresh_from_db()
    assert settled.status_code == 302
    assert complaint.status == "resolved"
    assert complaint.agreed.value == 30


def test_somebody_elses_step_in_between_is_told_and_nothing_is_overwritten(desk, make_complaint, act, boss):
    complaint = make_complaint("investigating")
    seen = complaint.version
    complaint.transition("withdraw", act(boss))

    response = desk(
        "step", complaint.number, "find", seen=seen, finding="…", substantiated="yes", responsibility="price"
    )

    assert response.status_code == 409
    assert Complaint.objects.get().finding == ""


def _overtaken_while_writing(desk, complaint, act, boss, *, by, **told):
    """Somebody else takes a step while Mei writes her finding; then she sends it."""
    seen = complaint.version
    by(act(boss), complaint)
    return desk("step", complaint.number, "find", seen=seen, substantiated="yes", responsibility="price", **told)


def test_who_was_overtaken_reads_how_it_stands_and_the_own_words_beside_it(desk, make_complaint, act, boss):
    response = _overtaken_while_writing(
        desk, make_complaint("investigating"), act, boss, finding="标价签没换，收银台照旧价收。", basis="",
        by=lambda step, one: actions.withdraw(step, one, reason="顾客说算了"),
    )  # fmt: skip

    page = response.content.decode()
    assert response.status_code == 409
    assert "withdrawn" in page
    assert "What you had written" in page
    assert [one["words"] for one in response.context["yours"]] == ["标价签没换，收银台照旧价收。"]
    assert (
        '<textarea class="form-control" id="yours-1" rows="3" readonly>标价签没换，收银台照旧价收。</textarea>' in page
    )


def test_where_the_step_is_still_open_the_form_comes_back_with_the_words_and_can_be_sent(
    desk, make_complaint, act, boss
):
    complaint = make_complaint("investigating")
    words = "标价签没换，收银台照旧价收。"

    def sent_there_and_back(step, one):
        one.transition("go_external", step)
        one.transition("hear_back", step)

    response = _overtaken_while_writing(desk, complaint, act, boss, finding=words, by=sent_there_and_back)

    form = response.context["form"]
    assert (response.status_code, form["finding"].value()) == (409, words)
    assert "Somebody else has just changed this case" in response.content.decode()
    sent = {name: form[name].value() for name in ("finding", "substantiated", "responsibility")}
    fresh = Complaint.objects.get()
    assert f'name="seen" value="{fresh.version}"' in response.content.decode()
    assert desk("step", complaint.number, "find", seen=fresh.version, **sent).status_code == 302
    assert Complaint.objects.get().finding == words


def test_beside_a_panel_the_sentence_is_enough_because_the_form_stays(client, desk, make_complaint, act, boss):
    client.defaults["HTTP_HX_REQUEST"] = "true"

    response = _overtaken_while_writing(
        desk, make_complaint("investigating"), act, boss, finding="标价签没换",
        by=lambda step, one: actions.withdraw(step, one, reason="顾客说算了"),
    )  # fmt: skip

    assert (response.status_code, response["X-Refusal"]) == (409, "yes")


def test_a_reply_to_an_authority_that_a_colleague_has_sent_is_not_lost(client, make_complaint, act, boss, desk, lead):
    complaint = make_complaint("external")
    file = complaint.external_cases.get()
    actions.reply_external(act(boss), complaint, file=file, reply="已退差价。")
    client.force_login(lead)

    response = desk("reply", complaint.number, file.pk, reply="我们查清了，标价签没有换。")

    assert response.status_code == 409
    assert "我们查清了，标价签没有换。" in response.content.decode()
    file.refresh_from_db()
    assert file.reply == "已退差价。"


def test_two_people_correct_the_same_field_and_the_second_is_shown_both(desk, client, make_complaint, ping):
    complaint = make_complaint("accepted")
    was = desk("facts", complaint.number).context["was"]
    told = {**TOLD, "was": was, "may_contact": "on"}
    desk("facts", complaint.number, **{**told, "account": "小梅的话"})
    client.force_login(ping)

    response = desk("facts", complaint.number, **{**told, "account": "阿平的话"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "小梅的话" in page
    assert "阿平的话" in page
    assert Complaint.objects.get().account == "小梅的话"


def test_two_people_correct_different_fields_and_both_stand(desk, client, make_complaint, ping):
    complaint = make_complaint("accepted")
    was = desk("facts", complaint.number).context["was"]
    told = {**TOLD, "account": complaint.account, "was": was, "may_contact": "on"}
    desk("facts", complaint.number, **{**told, "place": "L1 收银台"})
    client.force_login(ping)

    desk("facts", complaint.number, **{**told, "people": "收银员"})

    complaint.refresh_from_db()
    assert (complaint.place, complaint.people) == ("L1 收银台", "收银员")


@pytest.mark.rule("N-12")
def test_a_complaint_about_a_shop_that_has_closed_stays_with_us_who_note_what_we_claim_back(desk, skincare, mei):
    type(skincare).objects.filter(pk=skincare.pk).update(status="closed")

    desk("begin", **{**TOLD, "unit": "盐花护肤"})

    complaint = Complaint.objects.get()
    assert (complaint.status, complaint.shop, complaint.handler) == ("accepted", skincare, mei)
    assert complaint.clocks.live().filter(deadline="complaint.final").exists()
    was = desk("facts", complaint.number).context["was"]
    desk("facts", complaint.number, **TOLD, was=was, may_contact="on", recourse="向原租户追偿 88 元")
    assert "向原租户追偿 88 元" in desk("detail", complaint.number).content.decode()


def test_a_unit_means_the_shop_that_is_there_now_and_the_one_before_it_by_its_name(desk, skincare):
    type(skincare).objects.filter(pk=skincare.pk).update(status="closed")
    now_there = type(skincare).objects.create(
        mall=skincare.mall, unit=skincare.unit, floor=skincare.floor, zone=skincare.zone, name="白茶铺"
    )

    desk("begin", **TOLD)
    desk("begin", **{**TOLD, "unit": "盐花护肤", "phone": "15400000002"})

    assert [one.shop for one in Complaint.objects.order_by("pk")] == [now_there, skincare]


def test_a_note_is_internal(desk, make_complaint):
    complaint = make_complaint("accepted")

    desk("note", complaint.number, text="顾客是老会员")

    assert complaint.notes.get().is_internal


@pytest.mark.rule("PRV-01", "PRV-04")
def test_the_number_is_masked_until_somebody_says_why(desk, make_complaint):
    complaint = make_complaint("accepted")

    assert "154 0000 0001" not in desk("detail", complaint.number).content.decode()
    assert "154 0000 0001" in desk("phone", complaint.number, reason="call_back").content.decode()
    assert complaint.customer is not None


def test_a_step_that_was_refused_half_way_leaves_the_page_where_the_record_stands(desk, client, make_complaint, boss):
    complaint = make_complaint("investigating")
    client.force_login(boss)
    letter = {"authority": "court", "received_on": "2026-11-20", "seen": complaint.version}

    refused = desk("step", complaint.number, "go_external", **letter)  # a court says by when, and nobody wrote it down

    assert refused.status_code == 422
    assert "being investigated" in refused.content.decode()
    assert f'name="seen" value="{complaint.version}"' in refused.content.decode()
    assert desk("step", complaint.number, "go_external", **letter, reply_due_at="2099-11-30T10:00").status_code == 302


def test_a_proposal_that_a_colleague_wrote_anew_is_not_told_from_an_old_page(desk, make_complaint, act, mei, lead, now):
    complaint = make_complaint("proposing")
    actions.write_proposal(act(lead), complaint, words="送一张券。", remedies=[])
    page = desk("step", complaint.number, "propose").content.decode()
    drafted = page.partition('name="drafted" value="')[2].partition('"')[0]
    a_moment_later = act(lead, at=now + timedelta(minutes=1))
    actions.write_proposal(a_moment_later, complaint, words="换一只新的。", remedies=[])

    response = desk("step", complaint.number, "propose", seen=complaint.version, drafted=drafted)

    assert response.status_code == 409
    complaint.refresh_from_db()
    assert complaint.status == "proposing"


def test_what_a_call_has_heard_stands_in_the_form_and_is_not_replaced_unseen(desk, make_complaint, act, mei):
    complaint = make_complaint("follow_up")
    actions.hear_customer(act(mei), complaint, words="电话里说还可以。")

    page = desk("step", complaint.number, "heard").content.decode()

    assert "电话里说还可以。</textarea>" in page


@pytest.mark.parametrize("state", ["withdrawn", "merged"])
def test_what_ended_early_is_not_shown_as_if_it_had_gone_all_the_way(desk, make_complaint, state):
    complaint = make_complaint(state)

    way = desk("detail", complaint.number).context["way"]

    assert [stretch.state for stretch in way] == ["done", *["ahead"] * 6]


def test_while_somebody_decides_the_page_leads_to_the_decision(desk, make_complaint):
    complaint = make_complaint("approval")

    page = desk("detail", complaint.number).content.decode()

    assert f"/desk/approvals/{complaint.offer.approval_number}/" in page


def test_a_record_stands_under_cases_wherever_it_was_opened_from(desk, make_complaint):
    page = desk("detail", make_complaint("accepted").number).content.decode()

    assert 'href="/riverside/desk/cases/" aria-current="page"' in page
    assert page.count('aria-current="page"') == 1


def test_the_slip_beside_the_number_to_read_out_is_handed_over_not_only_looked_at(desk, make_complaint, mei):
    complaint = make_complaint("accepted", by=mei)
    page = desk("detail", complaint.number).content.decode()
    aloud = page[page.index('class="aloud"') : page.index('class="record-columns"')]

    assert f'<form method="post" action="/riverside/desk/complaints/{complaint.number}/slip/" target="_blank">' in aloud
    assert "<a " not in aloud


@pytest.mark.parametrize(("severity", "said"), [("S4", "One is enough"), ("S3", "All five are needed")])
def test_the_form_says_how_often_one_asks_why(desk, make_complaint, severity, said):
    complaint = make_complaint("executing")
    Complaint.objects.filter(pk=complaint.pk).update(severity=severity)

    assert said in desk("step", complaint.number, "trace").content.decode()


def test_the_dangers_are_asked_in_the_open_part_of_the_form(desk, skincare):
    page = desk("begin").content.decode()

    assert page.index('name="flags"') < page.index("More about it")


@pytest.mark.parametrize(
    ("step", "role"), [("extend", "Ask the manager."), ("name_staff", "Ask a supervisor or the manager.")]
)
def test_a_no_names_the_role_that_may(desk, client, make_complaint, lead, step, role):
    client.force_login(lead)
    complaint = make_complaint("investigating")

    assert role in desk("step", complaint.number, step).content.decode()


def test_what_is_read_out_takes_one_line_once_the_slip_is_printed(desk, client, boss, skincare):
    desk("begin", **TOLD)
    complaint = Complaint.objects.get()
    at_once = desk("detail", complaint.number).content.decode()

    desk("slip", complaint.number, any="thing")
    printed = desk("detail", complaint.number).content.decode()

    assert '<section class="aloud"' in at_once
    assert '<section class="aloud"' not in printed
    assert '<details class="aloud is-told"' in printed


def test_what_is_read_out_is_folded_for_who_did_not_take_it(desk, client, boss, skincare):
    desk("begin", **TOLD)
    client.force_login(boss)

    page = desk("detail", Complaint.objects.get().number).content.decode()

    assert '<details class="aloud is-told"' in page


def test_two_things_that_are_owed_are_told_apart_beside_the_case(desk, make_complaint):
    complaint = make_complaint("executing")

    beside = desk("detail", complaint.number).context["beside"]

    owed = {line.words for line in complaint.agreed.remedies.all()}
    assert {one.what for one in beside if one.clock.deadline == "complaint.remedy"} == owed


def test_the_story_does_not_say_twice_who_it_was(desk, make_complaint):
    complaint = make_complaint("accepted")
    Event.record("deadline.soon", complaint.topic, Act(by=SYSTEM, at=timezone.now()), mall_id=complaint.mall_id,
                 deadline="complaint.begin")  # fmt: skip

    story = desk("detail", complaint.number).context["story"]

    assert [line.who for line in story if line.source == "system"] == [""]
    assert all(line.who for line in story if line.source == "internal")

"""Good words reach whom they are meant for, and ideas reach those who decide."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sisheng.desk.praise import actions
from sisheng.desk.praise.models import Praise, Suggestion
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, Unusable
from sisheng.kit.messages.models import Notice
from sisheng.mall.staff.visitors import Visitor

PAGE = "/riverside/desk/praise/"


@pytest.fixture
def visitor(act, riverside):
    return act(Visitor(riverside.pk), via="portal")


@pytest.fixture
def idea(visitor, riverside):
    return actions.suggest(visitor, riverside, words="多放几把椅子。", channel="web", phone="15400000001")


@pytest.fixture
def told(now):
    """Whom the reactions have told of what."""

    def told():
        run_reactions(now + timedelta(seconds=5))
        return {(notice.kind, notice.to.name) for notice in Notice.objects.all()}

    return told


@pytest.mark.rule("INQ-13")
def test_whoever_is_praised_hears_of_it(visitor, riverside, mei, told, client):
    praise = actions.give(visitor, riverside, words="小梅帮我找到了路。", person=mei, channel="web")

    assert praise.number == "BY-261123-0001"
    assert told() == {("praise.named", "小梅")}
    client.force_login(mei)
    assert "小梅帮我找到了路。" in client.get(PAGE).text


def test_where_nobody_was_named_a_lead_is_asked_and_says_who_it_was(visitor, act, riverside, mei, lead, counter,
                                                                    on_duty, told):  # fmt: skip
    on_duty(lead, counter)
    praise = actions.give(visitor, riverside, words="谢谢", person_words="戴眼镜的姑娘", channel="web")
    assert told() == {("praise.given", "组长")}

    actions.name(act(lead), praise, person=mei)

    assert ("praise.named", "小梅") in told()


def test_praise_is_named_once_by_a_lead_and_for_somebody_who_works_here(visitor, act, riverside, mei, lead, lin):
    praise = actions.give(visitor, riverside, words="谢谢", channel="web")

    with pytest.raises(NotAllowed):
        actions.name(act(mei), praise, person=mei)
    with pytest.raises(Unusable):
        actions.name(act(lead), praise, person=lin)
    actions.name(act(lead), praise, person=mei)
    with pytest.raises(OutOfTurn):
        actions.name(act(lead), praise, person=lead)


@pytest.mark.rule("INQ-12")
def test_an_idea_goes_to_those_who_decide_and_is_answered_with_a_reason(idea, act, supervisor, counter, on_duty, told):
    actions.take(act(supervisor), idea, owner=supervisor)
    idea.refresh_from_db()
    assert idea.owner == supervisor
    actions.answer(act(supervisor), idea, answer="adopted", reason="下月添六把。")

    idea.refresh_from_db()
    assert (idea.owner, idea.answer, idea.reason) == (supervisor, "adopted", "下月添六把。")


def test_of_two_who_take_an_idea_at_once_one_looks_after_it(idea, act, supervisor, boss):
    as_the_boss_sees_it = Suggestion.objects.get(pk=idea.pk)
    actions.take(act(supervisor), idea, owner=supervisor)

    with pytest.raises(Overtaken):
        actions.take(act(boss), as_the_boss_sees_it, owner=boss)

    idea.refresh_from_db()
    assert idea.owner == supervisor


@pytest.mark.rule("INQ-12")
def test_a_supervisor_who_is_there_hears_of_an_idea(visitor, riverside, supervisor, lead, counter, on_duty, told):
    for person in (lead, supervisor):
        on_duty(person, counter)

    actions.suggest(visitor, riverside, words="多放几把椅子。", channel="web")

    assert told() == {("suggestion.made", "主管")}


def test_no_answer_without_a_reason_nor_twice_nor_by_an_agent(idea, act, lead, mei):
    with pytest.raises(Unusable):
        actions.answer(act(lead), idea, answer="declined", reason=" ")
    with pytest.raises(Unusable):
        actions.answer(act(lead), idea, answer="", reason="没有地方")
    with pytest.raises(NotAllowed):
        actions.answer(act(mei), idea, answer="declined", reason="没有地方")
    actions.answer(act(lead), idea, answer="declined", reason="没有地方")
    with pytest.raises(OutOfTurn):
        actions.answer(act(lead), idea, answer="adopted", reason="还是做吧")


def test_the_database_knows_that_an_answer_has_somebody_and_a_time(idea, lead, now):
    for told in ({"answer": "adopted", "owner": lead}, {"answer": "adopted", "answered_at": now}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Suggestion.objects.filter(pk=idea.pk).update(**told)


def test_two_taps_are_one_idea(visitor, riverside):
    for _tap in range(2):
        actions.suggest(visitor.under("k1"), riverside, words="多放几把椅子。", channel="web")

    assert Suggestion.objects.count() == 1


def test_on_the_page_a_lead_answers_and_an_agent_only_reads(client, idea, mei, lead):
    client.cookies["language"] = "en"
    client.force_login(mei)
    page = client.get(PAGE).text
    assert "多放几把椅子。" in page
    assert "154****0001" in page
    assert f"{idea.number}/answer/" not in page

    client.force_login(lead)
    assert client.post(f"{PAGE}{idea.number}/answer/", {"once": "k1", "answer": "adopted"}).status_code == 422
    client.post(f"{PAGE}{idea.number}/answer/", {"once": "k2", "answer": "adopted", "reason": "下月添六把。"})
    assert "下月添六把。" in client.get(PAGE).text
    assert "154 0000 0001" in client.post(f"{PAGE}{idea.number}/phone/", {"once": "k3", "reason": "call_back"}).text


def test_from_the_phone(client, riverside, luggage, mei):
    client.cookies["language"] = "en"
    told = {"at": "L2-C02", "kind": "praise", "words": "很耐心", "person": "1001"}

    page = client.post("/riverside/praise/", {"once": "k1", **told}).text

    praise = Praise.objects.get()
    assert (praise.person, praise.shop) == (mei, luggage)
    assert praise.number in page
    assert client.post("/riverside/praise/", {"once": "k2", "kind": "praise", "words": ""}).status_code == 422


def test_a_suggestion_from_the_phone_and_its_limit(client, riverside):
    client.cookies["language"] = "en"
    told = {"kind": "suggestion", "words": "多放几把椅子"}

    answers = [client.post("/riverside/praise/", {"once": f"k{n}", **told}).status_code for n in range(5)]

    assert answers == [200, 200, 200, 200, 429]
    assert Suggestion.objects.count() == 4

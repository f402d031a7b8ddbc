"""A new colleague is trained, and stands at a desk alone only after that (CTR-05, STF-03)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from sisheng.desk.training import actions
from sisheng.mall.staff.models import CheckIn
from tests.journeys.looking import axe, overflow
from tests.walls.inductions import induction_of

TRAINING = "/riverside/desk/training/"


@pytest.fixture
def today(riverside):
    return riverside.today(timezone.now())


@pytest.mark.rule("CTR-05", "STF-03")
def test_from_the_first_lesson_to_standing_alone(page_for, forgive, supervisor, mei, riverside, counter, act, today):
    new = actions.begin(act(supervisor, at=timezone.now()), riverside, person=mei, on=today - timedelta(days=20))
    trainer, learner = page_for(supervisor), page_for(mei)
    forgive("status of 409")
    learner.goto("/riverside/desk/duty/check-in/")
    learner.click("button[name=desk]")
    learner.wait_for_selector("main .refusal")
    assert "请到有老同事在的服务台到岗" in learner.inner_text("main .refusal")
    assert not CheckIn.objects.exists()

    trainer.goto(f"{TRAINING}{new.pk}/")
    for day in range(20, 11, -1):
        trainer.fill("#lesson [name=on]", (today - timedelta(days=day)).isoformat())
        trainer.fill("#lesson [name=hours]", "8")
        trainer.click("#lesson [type=submit]")
        trainer.wait_for_load_state("load")
    assert "还差：情景考试 80 分以上" in trainer.inner_text("main")
    trainer.fill("#exam [name=score]", "85")
    trainer.click("#exam [type=submit]")
    trainer.wait_for_load_state("load")
    trainer.click("text=可以独立上岗")
    trainer.wait_for_load_state("load")
    assert "已通过" in trainer.inner_text("main header")

    learner.goto("/riverside/desk/duty/check-in/")
    learner.click("button[name=desk]")
    learner.wait_for_url("**/riverside/desk/")
    assert CheckIn.objects.get().desk == counter


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_pages_can_be_read_and_worked_by_everybody(page_for, supervisor, mei, ping, riverside, act, lang, theme):
    done = induction_of(act(supervisor, at=timezone.now()), riverside, mei)
    actions.let_pass(act(supervisor, at=timezone.now()), done)
    new = induction_of(act(supervisor, at=timezone.now()), riverside, ping)
    faults = {}

    for width in (320, 1366):
        page = page_for(supervisor, lang=lang, theme=theme, width=width)
        for address in (TRAINING, f"{TRAINING}{new.pk}/", f"{TRAINING}{done.pk}/"):
            page.goto(address)
            faults[address, width] = (axe(page), overflow(page))
    page = page_for(ping, lang=lang, theme=theme, width=320)
    page.goto(TRAINING)
    faults["own"] = (axe(page), overflow(page))

    assert {where: found for where, found in faults.items() if any(found)} == {}

"""Something happens, and whoever stands at the desk knows what to do."""

import re
from dataclasses import fields

import pytest
from django.urls import reverse

from sisheng.desk.plans.cards import plan_cards
from sisheng.mall.directory.models import EmergencyNumber

KEYS = (
    "missing-child", "cardiac-arrest", "sudden-illness", "fall", "lift-entrapment", "escalator-injury", "fire",
    "water-leak", "power-cut", "gas-smell", "suspicious-person", "fight", "theft", "crowding", "extreme-weather",
    "food-poisoning", "system-outage",
)  # fmt: skip
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_there_is_a_card_for_each_emergency_in_the_order_of_the_binder():
    assert tuple(plan_cards()) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_each_card_is_complete_in_both_languages(key):
    card = plan_cards()[key]

    assert 1 <= len(card.steps) <= 10
    assert bool(card.law) == bool(card.law_en)
    for thing in (card, *card.steps):
        for name in (field.name for field in fields(thing) if field.name.endswith("_en") and field.name != "law_en"):
            english, chinese = getattr(thing, name), getattr(thing, name.removesuffix("_en"))
            assert english, name
            assert not HAN.search(english), name
            assert HAN.search(chinese), name


def test_the_missing_child_is_alarmed_at_once_and_the_police_told_within_ten_minutes():
    first, *others = [step.text_en for step in plan_cards()["missing-child"].steps]

    assert "alarm at once" in first
    assert any("110" in text and "10 minutes" in text for text in others)
    assert any("every exit" in text for text in others)
    assert any("release form" in text for text in others)


def test_the_desk_sees_its_own_malls_numbers_and_every_card(client, riverside, northgate, mei):
    EmergencyNumber.objects.create(mall=riverside, position=1, name="值班经理", name_en="On call", number="6188")
    EmergencyNumber.objects.create(mall=northgate, position=1, name="别处", number="7199")
    client.force_login(mei)

    page = client.get(reverse("plans:index", args=["riverside"])).content.decode()

    assert 'href="tel:6188"' in page
    assert "7199" not in page
    assert all(reverse("plans:card", args=["riverside", key]) in page for key in KEYS)


def test_a_card_carries_the_hot_line_and_all_cards_make_a_binder(client, riverside, mei):
    riverside.hot_line = "0571-8000-1234"
    riverside.save()
    client.force_login(mei)

    one = client.get(reverse("plans:card", args=["riverside", "missing-child"])).content.decode()
    binder = client.get(reverse("plans:all", args=["riverside"])).content.decode()

    assert one.count("0571-8000-1234") == 1
    assert binder.count("0571-8000-1234") == len(KEYS)


def test_a_card_that_nobody_wrote_is_not_found(client, riverside, mei):
    client.force_login(mei)

    assert client.get(reverse("plans:card", args=["riverside", "dragon"])).status_code == 404


def test_holding_the_key_leads_there_from_each_desk_page(client, riverside, mei):
    client.force_login(mei)

    page = client.get(reverse("board:home", args=["riverside"])).content.decode()

    assert f'href="{reverse("plans:index", args=["riverside"])}" data-key="!" data-hold="800"' in page

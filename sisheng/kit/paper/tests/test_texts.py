"""The fixed texts of the papers are said in both languages, and the templates say nothing else."""

from __future__ import annotations

import re
import tomllib

import pytest

from sisheng.kit.paper.rendering import TEMPLATES

TEXTS = tomllib.loads((TEMPLATES / "texts.toml").read_text(encoding="utf8"))
EACH = [(part, name) for part, texts in TEXTS.items() for name in texts]
HAN = re.compile("[㐀-鿿]")
PLACE = re.compile(r"\{\w+\}")
OWN = re.compile(r"#let t\(name(?:, \.\.places)?\) = say\(\"(\w+)\", name")


def code_of(template):
    """Without what only the reader of the template sees."""
    return re.sub(r"//.*", "", template.read_text(encoding="utf8"))


def said_by(template):
    code = code_of(template)
    own = OWN.search(code)
    named = set(re.findall(r"\bsay\(\"(\w+)\", \"(\w+)\"", code))
    if own:
        known = TEXTS[own[1]]
        # a name may also be chosen: t(if … { "title" }), ways.map(t), moment(…, "due")
        named |= {(own[1], name) for name in re.findall(r"\bt\(\"(\w+)\"", code)}
        named |= {(own[1], word) for word in re.findall(r"\"(\w+)\"", code) if word in known}
    return named


SAID = {template.name: said_by(template) for template in sorted(TEMPLATES.glob("*.typ"))}


@pytest.mark.parametrize(("part", "name"), EACH)
def test_every_text_is_in_both_languages_with_the_same_places(part, name):
    text = TEXTS[part][name]

    assert set(text) == {"zh", "en"}
    assert HAN.search(PLACE.sub("", text["zh"]))
    assert not HAN.search(text["en"])
    assert re.search("[A-Za-z]", PLACE.sub("", text["en"]))
    assert sorted(PLACE.findall(text["zh"])) == sorted(PLACE.findall(text["en"]))


def test_no_text_is_asked_for_that_is_not_there():
    asked = set().union(*SAID.values())

    assert ("slip", "promised") in asked
    assert asked - set(EACH) == set()


def test_no_text_is_there_that_nobody_asks_for():
    assert set(EACH) - set().union(*SAID.values()) == set()


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.typ")), ids=lambda path: path.stem)
def test_a_template_has_no_words_of_its_own(template):
    assert not HAN.search(code_of(template))


def test_customers_are_addressed_politely_and_staff_are_not():
    to_staff = {name: text["zh"] for name, text in TEXTS["handling"].items()}
    to_customers = [text["zh"] for part in ("slip", "letter") for text in TEXTS[part].values()]

    assert [name for name, text in to_staff.items() if "您" in text] == []
    assert [text for text in to_customers if re.search("你|绝不|一定|！", text)] == []


def test_there_are_few_templates():
    assert len(SAID) <= 15

"""Every string of the product has its Chinese, and every kind of event its sentence (D14)."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from sisheng.cases.models import kinds
from sisheng.config.wording import WORDING

PACKAGE = Path(__file__).resolve().parents[2] / "sisheng"
CALLS = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy", "say"}
TRANS = re.compile(r"""\{%\s*trans(?:late)?\s+(?:"([^"]+)"|'([^']+)')(?:\s+context\s+"([^"]+)")?""")
BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?([^%]*)%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.S)
PLACE = re.compile(r"%\(\w+\)s|\{\w+\}")
HAN = re.compile("[㐀-鿿]")
SAME_IN_BOTH = {"English", "AED", "—", "English / 中文"}


def sources(suffix):
    files = PACKAGE.rglob(f"*{suffix}")
    return [file for file in files if not {"tests", "migrations", "node_modules", "frontend"} & set(file.parts)]


def said_in_code(file):
    for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            words = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if node.func.id.startswith("pgettext"):
                words = words[1:]
            yield from words[:1]


def said_in_template(file):
    text = file.read_text(encoding="utf8")
    for double, single, _context in TRANS.findall(text):
        yield double or single
    for arguments, body in BLOCK.findall(text):
        first = re.split(r"\{%\s*plural\s*%\}", body)[0]
        first = " ".join(first.split()) if "trimmed" in arguments else first
        yield re.sub(r"\{\{\s*([\w.]+)[^}]*\}\}", lambda name: f"%({name[1]})s", first)


def everything_said():
    found = {}
    for file in sources(".py"):
        for words in said_in_code(file):
            found.setdefault(words, file)
    for file in [*sources(".html"), *sources(".txt")]:
        for words in said_in_template(file):
            found.setdefault(words, file)
    return found


def catalogue():
    translated = {}
    for file in PACKAGE.rglob("zh_Hans/LC_MESSAGES/django.po"):
        for message in read_po(BytesIO(file.read_bytes())):
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            words = message.string if isinstance(message.string, str) else message.string[0]
            if ids[0] and words and not message.fuzzy:
                translated[ids[0]] = words
    return translated


def test_every_english_string_has_its_chinese():
    known = catalogue()

    missing = {words: str(file.relative_to(PACKAGE)) for words, file in everything_said().items() if words not in known}

    assert missing == {}


def test_what_is_called_chinese_is_chinese():
    odd = {words: said for words, said in catalogue().items() if not HAN.search(said) and words not in SAME_IN_BOTH}

    # a word of letters that is no placeholder
    assert {words: said for words, said in odd.items() if re.search("[A-Za-z]{4,}", PLACE.sub("", said))} == {}


def test_no_catalogue_carries_a_guess():
    guessed = [
        f"{file.relative_to(PACKAGE)}: {message.id}"
        for file in PACKAGE.rglob("zh_Hans/LC_MESSAGES/django.po")
        for message in read_po(BytesIO(file.read_bytes()))
        if message.id and message.fuzzy
    ]

    assert guessed == []


def recorded_kinds():
    """The kinds of event that the code tells by name, and those that the lifecycles tell."""
    told = {f"{slug}.{step.name}" for slug, model in kinds().items() for step in model.lifecycle.transitions}
    for file in sources(".py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
            is_record = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record"
            )
            if is_record and node.args and isinstance(node.args[0], ast.Constant):
                told.add(node.args[0].value)
    return sorted(told)


@pytest.mark.parametrize("kind", recorded_kinds())
def test_every_kind_of_event_is_worded_in_both_languages(kind):
    with translation.override("zh-hans"):
        chinese = str(WORDING[kind])
    with translation.override("en"):
        english = str(WORDING[kind])

    assert HAN.search(chinese)
    assert not HAN.search(english)


def test_every_catalogue_says_its_language():
    """Without it the number of plural forms is guessed, and whatever counts more than one thing is said in English."""
    silent = [
        str(file) for file in PACKAGE.rglob("django.po") if '"Language: zh_Hans\\n"' not in file.read_text("utf8")
    ]

    assert silent == []

"""What one says has been written down for each of the four moments, and lies beside the work (REC-02)."""

from __future__ import annotations

import re
from html import unescape

import pytest

from sisheng.desk.knowledge.actions import give_phrases
from sisheng.desk.knowledge.models import Phrase
from sisheng.desk.knowledge.views import phrases

BOOK = "/riverside/desk/knowledge/phrases/"
FOUR_VOICES = {
    "zh-hans": ["来有迎声", "问有答声", "疑有解声", "走有送声"],
    "en": ["greeting", "reply", "explanation", "farewell"],
}


@pytest.fixture
def book(client, mei, riverside):
    give_phrases(riverside)
    client.force_login(mei)

    def book(language):
        client.cookies["language"] = language
        return unescape(client.get(BOOK).content.decode())

    return book


@pytest.mark.rule("REC-02")
@pytest.mark.parametrize("language", FOUR_VOICES)
def test_the_book_has_words_for_each_of_the_four_voices_in_their_order(book, language):
    page = book(language)

    heads = [head for head in re.findall(r"<dt>(.*?)</dt>", page) if head in FOUR_VOICES[language]]
    assert heads == FOUR_VOICES[language]
    for said in page.split("<dt>")[1:]:
        assert "<li>" in said  # no voice without words


@pytest.mark.rule("REC-02")
def test_somebody_comes_and_somebody_goes_in_both_languages(book):
    chinese, english = book("zh-hans"), book("en")

    assert chinese.index("您好，请问有什么可以帮您？") < chinese.index("您慢走，有事随时来找我们。")
    assert english.index("Hello, how can I help you?") < english.index("Goodbye, and do come back")
    assert not re.search(r"[\u4e00-\u9fff]", english)


@pytest.mark.rule("REC-02")
def test_the_book_lies_one_tap_beside_the_log(client, mei, riverside, on_duty, counter):
    on_duty(mei, counter)
    client.force_login(mei)

    log = client.get("/riverside/desk/").content.decode().split('id="quicklog"')[1].split("</section>")[0]

    (book,) = re.findall(r'<details class="phrases">.*?hx-get="([^"]+)"', log, re.DOTALL)
    assert client.get(book).resolver_match.func is phrases


def test_a_mall_keeps_its_own_words_when_the_book_is_given_again(riverside):
    give_phrases(riverside)
    Phrase.objects.filter(mall=riverside, order=1).update(text="欢迎光临。")

    assert give_phrases(riverside) == 0
    assert Phrase.objects.get(mall=riverside, order=1).text == "欢迎光临。"

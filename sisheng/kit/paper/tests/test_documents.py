"""What a paper refuses to be."""

from __future__ import annotations

import pytest

from sisheng.kit.paper.tests.papers import handling, letter, slip


@pytest.mark.parametrize("digits", ["1234567", "123456789", "TS26112200", "", "１２３４５６７８", "26-1122-07"])
def test_a_slip_wants_an_even_number_of_eight_digits_or_more(digits):
    with pytest.raises(ValueError, match=r"scanner|pairs"):
        slip("zh", digits=digits)


def test_a_letter_does_not_name_some_of_the_lawful_ways():
    with pytest.raises(ValueError, match="all 5 lawful ways"):
        letter("zh", lawful_ways=("协商", "调解", "投诉", "诉讼"))


def test_a_letter_gives_reasons():
    with pytest.raises(ValueError, match="reasons"):
        letter("zh", reasons=())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_handling_form_names_an_improvement_or_says_why_there_is_none(language):
    assert handling(language, improvement=None, no_improvement_because="-").improvement is None

    with pytest.raises(ValueError, match="improvement"):
        handling(language, improvement=None)
    with pytest.raises(ValueError, match="improvement"):
        handling(language, no_improvement_because="both")

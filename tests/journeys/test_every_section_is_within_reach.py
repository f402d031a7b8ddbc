"""All sections are within reach: on a phone behind “More”, at the counter on the rail. The bell says what is new."""

import pytest

from sisheng.kit.messages.actions import tell_staff
from tests.journeys.looking import axe, overflow, until

DESK = "/riverside/desk/"
SHOWN = "[...document.querySelectorAll('.rail li a')].filter((one) => one.checkVisibility()).length"
# a word that is cut, or that stands outside its window
CUT = """[...document.querySelectorAll('.rail a, .rail-more')].filter((one) => one.checkVisibility()).filter((one) => {
  const {left, right, top, bottom} = one.getBoundingClientRect();
  return one.scrollWidth > one.clientWidth || left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
}).map((one) => one.textContent)"""


@pytest.mark.parametrize(("lang", "more", "here"), [("zh-hans", "更多", "员工"), ("en", "More", "Staff")])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_the_other_sections_open_from_more_by_keyboard(page_for, boss, lang, more, here, theme):
    page = page_for(boss, lang=lang, theme=theme, width=375, height=700)
    page.goto(f"{DESK}duty/people/")
    opener = page.locator(".rail-more")
    assert (page.evaluate(SHOWN), page.evaluate(CUT), overflow(page)) == (4, [], 0)
    assert more in opener.text_content()
    assert here in opener.text_content()  # where one is, though it is folded away

    opener.focus()
    page.keyboard.press("Enter")

    assert (page.evaluate(SHOWN), page.evaluate(CUT)) == (11, [])
    assert page.locator(".rail-rest [aria-current=page]").text_content() == here
    assert axe(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate(SHOWN) == 4
    opener.click()
    page.locator(".rail-rest a").first.click()
    page.wait_for_url("**/knowledge/**")


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_at_the_counter_the_rail_shows_them_all(page_for, boss, lang):
    page = page_for(boss, lang=lang, width=1366, height=768)
    page.goto(DESK)

    assert (page.evaluate(SHOWN), page.evaluate(CUT)) == (11, [])
    assert page.locator(".rail-more").is_hidden()
    assert (
        page.evaluate(
            "(({scrollHeight, clientHeight}) => scrollHeight - clientHeight)(document.querySelector('.rail'))"
        )
        == 0
    )


@pytest.mark.parametrize(
    ("lang", "none", "two"), [("zh-hans", "通知", "通知 2 条未读"), ("en", "Notices", "Notices 2 new")]
)
@pytest.mark.parametrize("width", [375, 1366])
def test_the_bell_is_called_by_how_much_is_new(page_for, act, lead, boss, riverside, lang, none, two, width):
    page = page_for(boss, lang=lang, width=width)
    page.goto(f"{DESK}duty/people/")
    page.get_by_role("banner").get_by_role("link", name=none, exact=True).wait_for()

    for _time in range(2):
        tell_staff(act(lead), riverside, to=[boss], kind="message.failed")
    page.reload()

    until(page, "document.getElementById('notice-count')?.dataset.count === '2'")
    page.get_by_role("banner").get_by_role("link", name=two, exact=True).wait_for()

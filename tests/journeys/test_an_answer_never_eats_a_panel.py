"""D27: whatever the server answers, the panel stays, what was typed stays, and a sentence says what to do."""

import pytest

from tests.journeys import trial
from tests.journeys.looking import until

pytestmark = pytest.mark.urls("tests.journeys.urls")


@pytest.fixture
def desk(page_for, mei, riverside):
    trial.begin_again()
    page = page_for(mei)
    page.goto("/riverside/desk/trial/")
    page.fill("#words", "刘女士 138")
    return page


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (400, "这个请求没法处理 地址或表单不完整。返回再试一次。"),
        (403, "你没有这项权限，请组长来办。"),
        (4030, "没有这项权限 请组长或主管来办。"),
        (404, "没有这一页 核对单号，或搜一下。"),
        (409, "苏禾刚刚改过，先看现在的情况。"),
        (422, "电话要 11 位。"),
        (429, "一分钟后再试。"),
        (500, "没能办成，是系统的问题 再试一次，不会记两遍。"),
    ],
)
def test_a_no_stands_beside_the_panel(desk, forgive, status, sentence):
    forgive(f"status of {403 if status == 4030 else status}")

    desk.click(f"#ask-{status}")

    alert = desk.locator("[role=alert]:visible")
    assert alert.locator("p").inner_text() == sentence
    assert desk.evaluate("document.querySelector('[role=alert]').nextElementSibling.id") == "panel"
    assert desk.inner_text("#shown") == "as it was"
    assert desk.input_value("#words") == "刘女士 138"


def test_a_session_that_ran_out_leads_to_the_log_in_and_back(desk, forgive):
    forgive("status of 401")
    desk.context.clear_cookies(name="sessionid")

    desk.click("#ask-200")

    alert = desk.locator("[role=alert]:visible")
    assert "登录已过期" in alert.inner_text()
    assert desk.locator("#panel #words").input_value() == "刘女士 138"
    assert alert.locator("a").get_attribute("href").endswith("/login/?next=%2Friverside%2Fdesk%2Ftrial%2F")


def test_a_page_that_is_too_old_says_so(desk, forgive):
    forgive("status of 403")
    desk.context.clear_cookies(name="csrftoken")

    desk.click("#ask-200")
    desk.wait_for_selector("[role=alert]:visible")

    assert "这一页开得太久了" in desk.inner_text("[role=alert]:visible")
    assert desk.input_value("#words") == "刘女士 138"


def test_the_sentence_goes_when_the_next_try_succeeds(desk, forgive):
    forgive("status of 500")
    forgive("status of 409")
    desk.click("#ask-500")
    desk.wait_for_selector("[role=alert]:visible")
    trial.REFUSALS[500], kept = Overtakes(), trial.REFUSALS[500]

    try:
        desk.click("[role=alert] button >> text=再试一次")
        desk.wait_for_selector("[role=alert]:has-text('又一次')")
    finally:
        trial.REFUSALS[500] = kept

    assert desk.locator("[role=alert]:visible").count() == 1


class Overtakes(trial.Overtaken):
    def __init__(self) -> None:
        super().__init__("又一次")


def test_faults_of_a_form_come_back_with_the_form_and_the_focus_goes_to_the_first(desk, forgive):
    forgive("status of 422")
    desk.fill("#form [name=name]", "林女士")
    desk.fill("#form [name=phone]", "138")

    desk.click("#save")
    desk.wait_for_selector("#form [role=alert]")

    assert "还差 1 处" in desk.inner_text("#form [role=alert]")
    assert desk.input_value("#form [name=name]") == "林女士"
    assert desk.evaluate("document.activeElement.name") == "phone"
    assert desk.get_attribute("#form [name=phone]", "aria-invalid") == "true"


def test_a_refused_form_keeps_its_words_and_may_be_sent_again(desk, forgive):
    forgive("status of 409")
    desk.fill("#form [name=name]", "别人")
    desk.fill("#form [name=phone]", "15400000001")

    desk.click("#save")
    desk.wait_for_selector("#form [role=alert]")
    desk.fill("#form [name=name]", "林女士")
    desk.click("#save")
    until(desk, "document.querySelector('#form [name=name]').value === ''")

    assert desk.locator("#form [role=alert]").count() == 0
    assert [each["name"] for each in trial.posted] == ["别人", "林女士"]


POKE = "for (const part of ['panel', 'box']) document.getElementById(part).dispatchEvent(new CustomEvent('poke'))"


@pytest.fixture
def unsent(desk, forgive):
    """A form that was filled in and sent while the network was down."""
    forgive("net::ERR_INTERNET_DISCONNECTED")
    forgive("htmx:error")
    desk.fill("#form [name=name]", "林女士")
    desk.fill("#form [name=phone]", "15400000001")
    desk.context.set_offline(True)
    desk.click("#save")
    desk.wait_for_selector("#form [role=alert]:has-text('网络断了')")
    desk.context.set_offline(False)
    return desk


def test_without_a_network_nothing_is_lost_and_the_retry_carries_the_same_key(unsent):
    once = unsent.input_value("#form [name=once]")
    trial.shown[:] = ["as it is now"]
    unsent.evaluate(POKE)  # what others do meanwhile does not pull the sentence away
    unsent.wait_for_selector("#shown:has-text('as it is now')")
    assert unsent.input_value("#form [name=phone]") == "15400000001"

    unsent.click("#form [role=alert] button >> text=再试一次")
    until(unsent, "document.querySelector('#form [name=name]').value === ''")

    assert [each["once"] for each in trial.posted] == [once]
    assert unsent.input_value("#form [name=once]") != once


def test_a_form_that_may_have_arrived_keeps_its_key_when_its_panel_is_renewed(unsent):
    once = unsent.input_value("#form [name=once]")
    unsent.click("#form [role=alert] button >> text=关闭")
    with unsent.expect_response("**/trial/box/"):
        unsent.evaluate(POKE)

    unsent.click("#save")
    until(unsent, "document.querySelector('#form [name=name]').value === ''")

    assert [each["once"] for each in trial.posted] == [once]


def test_a_double_click_sends_one_form(desk):
    desk.fill("#form [name=name]", "林女士")
    desk.fill("#form [name=phone]", "15400000001")

    desk.dblclick("#save")
    until(desk, "document.querySelector('#form [name=name]').value === ''")

    desk.wait_for_timeout(400)  # a second one would arrive about now

    assert len(trial.posted) == 1


def test_what_others_change_arrives_without_touching_what_is_being_typed(desk):
    trial.shown[:] = ["as it is now"]
    desk.focus("#words")

    desk.evaluate("document.querySelector('#panel').dispatchEvent(new CustomEvent('poke'))")
    desk.wait_for_selector("#shown:has-text('as it is now')")

    assert desk.input_value("#words") == "刘女士 138"
    assert desk.evaluate("document.activeElement.id") == "words"

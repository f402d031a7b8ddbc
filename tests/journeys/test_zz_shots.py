import pytest
from datetime import timedelta
from django.utils import timezone
from sisheng.mall.staff import actions
@pytest.mark.parametrize("lang,theme,width",[("zh-hans","light",375),("en","dark",375),("zh-hans","dark",1366),("en","light",1366)])
def test_shots(page_for, act, boss, lead, ping, mei, supervisor, riverside, counter, lang, theme, width):
    n=timezone.now()
    actions.check_in(act(mei, at=n), counter, person=mei)
    actions.give_skill(act(boss), riverside, person=mei, skill="followup")
    actions.stand_in(act(boss, at=n), riverside, absent=lead, present=ping, from_at=n, until_at=n+timedelta(days=3))
    page=page_for(boss,lang=lang,theme=theme,width=width,height=768)
    page.goto("/riverside/desk/duty/people/")
    page.wait_for_timeout(400)
    page.screenshot(path=f"/tmp/mend2-home/people-{lang}-{theme}-{width}.png")
    if width==375:
        page.locator(".rail-more").click()
        page.wait_for_timeout(200)
        page.screenshot(path=f"/tmp/mend2-home/more-{lang}-{theme}-{width}.png")
    page.locator("summary.tool").last.click() if width>400 else page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    page.screenshot(path=f"/tmp/mend2-home/menu-{lang}-{theme}-{width}.png")

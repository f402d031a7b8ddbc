"""Some of those who were served at a counter tapped a face before they went; a few said why."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sisheng.config.demo.history.volume import draw
from sisheng.desk.contacts.models import Contact
from sisheng.desk.followups.actions import rate
from sisheng.ground.act import Act
from sisheng.mall.staff.visitors import Visitor

A_DAY = 8
SCORES = {5: 66, 4: 27, 3: 4, 2: 2, 1: 1}
CONTENT = {"yes": 86, "partly": 4, "": 10}
NOT_CONTENT = {"no": 55, "partly": 25, "yes": 10, "": 10}
WORDS = {
    5: ("讲得很清楚，还画了路线。", "小姑娘很耐心，谢谢。", "两句话就问明白了。"),
    2: ("排队等得太久。", "指的路走错了，又回来问了一遍。"),
    1: ("问了三次，答案都不一样。",),
}


def rate_some(contacts: Sequence[Contact], until: datetime, fate: random.Random) -> None:
    """Half a minute after each of them was served."""
    here = [contact for contact in contacts if contact.channel == "counter" and contact.desk and contact.desk.code]
    for contact in sorted(fate.sample(here, min(A_DAY, len(here))), key=lambda contact: contact.at):
        at = contact.at + timedelta(seconds=fate.randint(15, 45))
        score = draw(SCORES, fate)
        solved = draw(CONTENT if score >= 3 else NOT_CONTENT, fate)
        words = fate.choice(WORDS[score]) if score in WORDS and fate.random() < 0.3 else ""
        if at <= until and contact.desk:
            act = Act(by=Visitor(contact.mall_id), at=at, via="portal")
            rate(act, contact.desk, score=score, solved=solved, words=words, served=[contact.number])

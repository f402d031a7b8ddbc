"""What somebody looked at again: the lot of the day before, drawn at twenty past nine and checked in the afternoon."""

from __future__ import annotations

from datetime import datetime, timedelta

from sisheng.config.demo.history.stage import Course, Stage
from sisheng.desk.quality import actions
from sisheng.desk.quality.models import Review
from sisheng.ground.act import Act
from sisheng.ground.refusals import NotAllowed

WHO_CHECKS = "1002"
BEGUN, EACH = timedelta(hours=4), timedelta(minutes=7)
WRONG = 0.03
TO_LEARN = (
    "会员日是每月第二个周三，记录里说成了周四。报日期前看一眼答案卡。",
    "停车费先问有没有会员，少问一句，顾客多走了一趟。",
    "只说了“那边”，没有报楼层和方向。照答案卡念一遍就够。",
)


def checks_of_the_day(stage: Stage, at: datetime) -> Course:
    """One after the other; whose work it is reads in the evening what there was to learn."""
    lot = actions.draw(stage.mall, stage.mall.today(at) - timedelta(days=1), at)
    at = yield at + BEGUN
    told = []
    for review in lot.reviews.select_related("mall", "agent").order_by("pk"):
        if _checked(stage, review, at) and review.note and review.agent:
            told.append((review, review.agent))
        at = yield at + EACH
    at = yield at + BEGUN
    for review, agent in told:
        actions.see(Act(by=agent, at=at), review)


def _checked(stage: Stage, review: Review, at: datetime) -> bool:
    fate = stage.fate(f"check:{review.record}")
    is_wrong = review.has_answer and fate.random() < WRONG
    judged = {"correct": not is_wrong if review.has_answer else None, "note": fate.choice(TO_LEARN) if is_wrong else ""}
    try:
        actions.review(Act(by=stage.people[WHO_CHECKS], at=at), review, **judged)
    except NotAllowed:
        return False  # she worked on it herself; somebody else checks it
    return True

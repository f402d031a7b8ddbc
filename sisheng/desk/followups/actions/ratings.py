"""Being rated at the counter: the customer says it once, and whoever stands there hears of it if something is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sisheng.cases.ladder import OnDuty
from sisheng.desk.followups.models import Rating
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.once.models import once
from sisheng.ground.refusals import OutOfTurn, Unusable
from sisheng.mall.directory.models import Desk


@once
def rate(
    act: Act, desk: Desk, *, score: int, solved: str = "", words: str = "", language: str = "zh",
    served: Iterable[str] = (),
) -> Rating:  # fmt: skip
    """A customer says how it was at this desk. `served` are the contacts that ended there just now: where exactly one
    of them has not been rated yet it was that one, else nobody knows and the rating is about the desk alone."""
    act.must("ratings.give", desk.mall)
    if score not in Rating.Score.values:
        raise Unusable(_("Please choose one of the five answers."), field="score")
    if solved and solved not in Rating.Solved.values:
        raise Unusable(_("Please choose yes, partly or no."), field="solved")
    rating = Rating(
        mall=desk.mall, desk=desk, at=act.happened_at, score=score, solved=solved, words=words.strip()[:300],
        language=language, contact=_the_one(desk, served),
    )  # fmt: skip
    _keep(rating)
    told: dict[str, Any] = {"desk": desk.name, "score": score, "solved": solved, "contact": rating.contact}
    Event.record("rating.given", rating.topic, act, mall_id=desk.mall_id, **told)
    if rating.is_unhappy:
        kind = "rating.unsolved" if solved == Rating.Solved.NO else "rating.unhappy"
        to = [person.actor_key for person in OnDuty(act.at).at_desk(desk)]
        Event.record(kind, rating.topic, act, mall_id=desk.mall_id, to=to, opens="followups:ratings", **told)
    return rating


@once
def strike_words(act: Act, rating: Rating) -> Rating:
    """Strike out what somebody wrote, because it names a person, or because they ask for it. The figures stay."""
    act.must("customers.forget", rating.mall)
    if not Rating.objects.filter(pk=rating.pk).exclude(words="").update(words=""):
        raise OutOfTurn(_("There are no words any more."))
    Event.record("rating.struck", rating.topic, act, mall_id=rating.mall_id, desk=rating.desk.name)
    rating.words = ""
    return rating


def _the_one(desk: Desk, served: Iterable[str]) -> str:
    served = set(served)
    waiting = served - Rating.objects.rated(desk.mall, served)
    return waiting.pop() if len(waiting) == 1 else ""


def _keep(rating: Rating) -> None:
    try:
        with transaction.atomic():
            rating.save(force_insert=True)
    except IntegrityError:
        if not rating.contact:
            raise
        rating.contact = ""  # somebody else rated it at this moment: which of the two it was, nobody knows
        rating.save(force_insert=True)

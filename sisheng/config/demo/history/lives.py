"""Whole lives of complaints: settled on the spot, offered and agreed, refused, with an authority, taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

from sisheng.config.demo.history.courses import Going, Steps
from sisheng.config.demo.history.stage import Course
from sisheng.desk.complaints import actions

ARCHIVISTS = ("1002", "1003")
LATE = 0.03  # of those that are nobody's fault but ours
BOTH_CALLS = timedelta(days=3, hours=4)


def on_spot(going: Going, at: datetime) -> Course:
    """Heard, settled and paid within the hour; now and then it cannot be settled there."""
    going.accept(at)
    at = yield from going.shortly(at, 2, 10)
    if going.case.severity != "S4":  # the third one about that shop within a week is another matter
        yield from _investigated(going, at)
        return
    actions.mediate(going.act(at), going.case)
    at = yield from going.shortly(at, 6, 38)
    if going.fate.random() < 0.12:
        actions.fail(going.act(at), going.case, reason=going.fate.choice(going.words["not_settled"]))
        yield from _investigated(going, at, has_begun=True)
        return
    matter = going.told.matter
    actions.settle(going.act(at), going.case, words=matter.offer, remedies=going.told.remedies(), cause=matter.cause,
                   responsibility=matter.responsibility)  # fmt: skip
    if any(kind == "apology" for kind, _worth, _payer in matter.remedies):
        actions.apologise(going.act(at), going.case, way="spoken")
    yield from ending(going, at)


def agreed(going: Going, at: datetime) -> Course:
    """The usual: looked into, offered, agreed, carried out."""
    going.accept(at)
    yield from _investigated(going, at)


def refused(going: Going, at: datetime) -> Course:
    """The first offer was not enough; the second one, or the final answer, was."""
    going.accept(at)
    at = yield from _looked_into(going, at)
    at = yield from _offered(going, at, 24, 30)
    at = yield from going.within(at, 32, 40)
    going.refuse(at)
    at = yield from going.within(at, 42, 52)
    going.look_again(at)
    at = yield from going.shortly(at, 15, 60)
    is_final = going.fate.random() < 0.4
    words = going.words["final_offer" if is_final else "second_offer"]
    going.write(at, more=100, words=words, is_final=is_final)
    at = yield from _approved(going, at)
    at = yield from going.shortly(at, 10, 90)
    (going.offer_final if is_final else going.propose)(at)
    at = yield from going.within(at, 58, 66)
    going.agree(at)
    yield from _carried_out(going, at)


def unresolved(going: Going, at: datetime) -> Course:
    """No to everything. The ways that remain are named; some go them."""
    going.accept(at)
    at = yield from _looked_into(going, at)
    yield from _to_the_end_of_talking(going, at)
    at = going.news_at
    if going.fate.random() < 0.5:
        at = yield from going.within(at, 90, 140)
        going.go_external(at)
        yield from _at_the_authority(going, at)
        return
    at = yield from going.within(at, 120, 200)
    _trace(going, at)
    if not going.case.customer_words:
        actions.hear_customer(going.act(at), going.case, words=going.words["refuse"][2])
    at = yield from going.shortly(at, 30, 300)
    actions.archive(going.act(at, going.fate.choice(ARCHIVISTS)), going.case)


def external(going: Going, at: datetime) -> Course:
    """An authority took it over while we looked into it."""
    going.accept(at)
    at = yield from going.shortly(at, 5, 40)
    going.investigate(at)
    at = yield from going.within(at, 5, 20)
    going.go_external(at)
    yield from _at_the_authority(going, at)


def withdrawn(going: Going, at: datetime) -> Course:
    going.accept(at)
    at = yield from going.shortly(at, 5, 40)
    going.investigate(at)
    at = yield from going.within(at, 2, 22)
    going.withdraw(at)


# --- the stretches they are made of ---


def _investigated(going: Going, at: datetime, has_begun: bool = False) -> Course:
    at = yield from _looked_into(going, at, has_begun)
    late = not going.is_slow and going.fate.random() < LATE and going.stage.until - going.begun > timedelta(days=9)
    at = yield from _offered(going, at, *((50, 60) if late else (24, 42)))
    at = yield from going.within(at, *((76, 90) if late or (going.is_slow and going.fate.random() < 0.5) else (44, 62)))
    going.agree(at)
    yield from _carried_out(going, at)


def _looked_into(going: Going, at: datetime, has_begun: bool = False) -> Steps:
    if not has_begun:
        at = yield from going.shortly(at, 4, 48)
        going.investigate(at)
    at = yield from going.shortly(at, 8, 40)
    going.ask_shop(at)
    if going.is_slow and going.told.matter.question:  # it says how it was when it has been asked twice
        at = yield from going.within(at, 17, 20)
        going.nudge_shop(at)
        at = yield from going.within(at, 26, 33)
    else:
        at = yield from going.within(at, 2, 10)
    going.hear_shop(at)
    at = yield from (going.shortly(at, 40, 90) if going.is_slow else going.within(at, 11, 21))
    going.find(at)
    return at


def _offered(going: Going, at: datetime, least: float, most: float) -> Steps:
    at = yield from going.shortly(at, 10, 60)
    going.write(at)
    at = yield from _approved(going, at)
    at = yield from going.within(at, least, most)
    going.propose(at)
    if going.fate.random() < 0.1:
        actions.mark_typical(going.act(at), going.case, is_typical=True)
    return at


def _approved(going: Going, at: datetime) -> Steps:
    going.fresh()
    if going.needs_approval:
        going.ask_approval(at)
        going.stage.follow(at)
        at = yield from going.shortly(at, 8, 85)
        going.decide(at)
        going.stage.follow(at)
        going.fresh()
    return at


def _to_the_end_of_talking(going: Going, at: datetime) -> Course:
    """Offered, refused, looked at again, the final answer given, and refused too."""
    at = yield from _offered(going, at, 24, 28)
    for step, least, most in _no_and_no_again(going):
        at = yield from going.within(at, least, most)
        step(at)
        if step == going.look_again:
            going.write(at, more=150, words=going.words["final_offer"], is_final=True)
            at = yield from _approved(going, at)
    going.news_at = at


def _no_and_no_again(going: Going) -> list[tuple[Callable[[datetime], None], float, float]]:
    return [
        (going.refuse, 30, 38),
        (going.look_again, 40, 46),
        (going.offer_final, 48, 58),
        (going.refuse, 62, 72),
    ]


def _carried_out(going: Going, at: datetime) -> Course:
    going.fresh()
    owed = len(going.case.agreed.remedies.all()) if going.case.agreed else 0
    for _each in range(owed):
        at = yield from going.shortly(at, 10, 500)
        going.fulfil_one(at)
    if going.fate.random() < 0.5:
        actions.apologise(going.act(at), going.case, way="spoken")
    at = yield from going.shortly(at, 5, 60)
    actions.resolve(going.act(at), going.case)
    yield from ending(going, at)


def _at_the_authority(going: Going, at: datetime) -> Course:
    at = yield from going.shortly(at, 300, 1100)
    going.reply_authority(at)
    at = yield from going.shortly(at, 2200, 8000)
    if going.fate.random() < 0.75:
        actions.settle_external(going.act(at, "1006"), going.case, words=going.words["authority_result"])
        yield from ending(going, at)
        return
    actions.hear_back(going.act(at), going.case, words=going.words["authority_back"])
    going.begun = going.news_at = at  # the hours run on with what they had left
    at = yield from going.shortly(at, 60, 200)
    going.find(at)
    at = yield from going.shortly(at, 15, 60)
    going.write(at, more=50)
    at = yield from _approved(going, at)
    at = yield from going.shortly(at, 15, 60)
    going.propose(at)
    at = yield from going.shortly(at, 60, 300)
    going.agree(at)
    yield from _carried_out(going, at)


def ending(going: Going, at: datetime) -> Course:
    """The customer is rung twice, the file is completed, and a supervisor archives it; or it all begins anew."""
    going.stage.follow(at)
    going.stage.settled[going.case.pk] = going
    resolved_at, times = at, going.fresh().reopen_count
    for day in range(12):
        wanted = resolved_at + (BOTH_CALLS + timedelta(days=day) if going.case.customer else timedelta(hours=20))
        at = yield going.stage.around(wanted, at)
        if going.fresh().reopen_count != times:
            return  # it goes on in another course
        if not going.case.offspring.filter(kind="followup", closed_at=None).exists():
            break
    if going.case.status != "follow_up":
        return
    if not going.case.customer_words:
        actions.hear_customer(going.act(at), going.case, words=going.fate.choice(going.words["at_counter"]))
    _trace(going, at)
    at = yield going.stage.after(at, 30, 400, going.fate)
    if going.fresh().status == "follow_up" and going.case.reopen_count == times:
        actions.archive(going.act(at, going.fate.choice(ARCHIVISTS)), going.case)


def _trace(going: Going, at: datetime) -> None:
    matter = going.told.matter
    actions.trace(going.act(at), going.case, cause=matter.cause, whys=matter.whys)
    if not going.case.improvement:
        actions.decide_improvement(going.act(at), going.case, because=matter.no_better or matter.better)


def once_more(going: Going, at: datetime) -> Course:
    """It was not over for the customer: quicker this time."""
    going.begun = going.news_at = at
    at = yield from going.shortly(at, 5, 20)
    going.fresh()
    going.investigate(at)
    at = yield from going.shortly(at, 60, 200)
    going.find(at)
    actions.write_proposal(
        going.act(at), going.case, words=going.words["second_offer"],
        remedies=[{"kind": "voucher", "value": Decimal(100), "payer": "mall"}, {"kind": "apology", "payer": "mall"}],
    )  # fmt: skip
    at = yield from going.shortly(at, 10, 60)
    going.propose(at)
    at = yield from going.shortly(at, 30, 300)
    going.agree(at)
    yield from _carried_out(going, at)

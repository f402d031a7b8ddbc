"""A shop is asked for its written statement, reminded, and heard."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from sisheng.cases.models import Case
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.files.taking import Taken, taken
from sisheng.ground.once.models import once
from sisheng.ground.refusals import OutOfTurn, Overtaken, Unusable
from sisheng.kit.evidence.actions.keeping import drop_unless_kept, put_down, refuse_tomorrow
from sisheng.kit.evidence.models import ShopStatement, statements
from sisheng.kit.evidence.models.evidence import Kind, Source
from sisheng.kit.evidence.models.statement import POLICY
from sisheng.mall.directory.models import Shop


@once
def ask_statement(act: Act, case: Case, shop: Shop, *, question: str) -> ShopStatement:
    """Ask a shop to say in writing how it was. A clock of its own runs from now, beside the case (CMP-10)."""
    act.must("statements.ask", case.mall)
    if not question.strip():
        raise Unusable(_("Write what the shop is to answer."), field="question")
    if shop.mall_id != case.mall_id:
        raise Unusable(_("This shop belongs to another mall."), field="shop")
    if not case.is_open or not any(rule.policy == POLICY for rule in case.life.parts):
        raise OutOfTurn(_("No statement of a shop is asked for in this case."))
    statement = ShopStatement(
        mall=case.mall,
        case=case,
        shop=shop,
        question=question.strip(),
        asked_by=act.by.actor_key,
        asked_at=act.happened_at,
    )
    if statements(case).open().filter(shop=shop).exists():
        raise _asked_already()
    try:
        with transaction.atomic():
            statement.save()
    except IntegrityError:  # somebody else asked a moment earlier
        raise _asked_already() from None
    case.start_part(POLICY, statement.part, act)
    _tell(act, statement, "statement.asked")
    return statement


def receive_statement(
    act: Act, statement: ShopStatement, *, text: str = "", uploads: Iterable[File[bytes]] = ()
) -> ShopStatement:
    """The shop has said how it was: by its own page, or on paper or by telephone, and then `act.said_at` is when.

    Its words and each of its files become evidence of the case. Raises Overtaken when it was there already.
    """
    act.must("statements.give", statement.mall)
    if not text.strip() and not (uploads := list(uploads)):
        raise Unusable(_("Write what the shop says, or add its letter as a file."), field="text")
    if act.happened_at < statement.asked_at:
        raise Unusable(_("The shop cannot have answered before it was asked."), field="said_at")
    refuse_tomorrow(act)
    with ExitStack() as stack:
        files = [file for upload in uploads if (file := stack.enter_context(taken(upload)))]
        received = _receive(act, statement, text=text.strip(), files=files)
    drop_unless_kept(files, received.evidence.select_related("file"))
    return received


@once
def _receive(act: Act, statement: ShopStatement, *, text: str, files: list[Taken]) -> ShopStatement:
    statement.case.hold()
    told = {"received_at": act.happened_at, "received_by": act.by.actor_key}
    if not ShopStatement.objects.open().filter(pk=statement.pk).update(**told):
        raise Overtaken(
            _("This statement is there already, or is no longer needed. Keep what came as evidence instead.")
        )
    statement.refresh_from_db()
    given: dict[str, Any] = {
        "source": Source.SHOP,
        "title": statement.shop.name,
        "statement": statement,
    }
    if text:
        put_down(act, statement.case, file=None, text=text, kind=Kind.STATEMENT, **given)
    for file in files:
        # beside words a picture shows something; alone it is the paper on which they stand
        is_photo = bool(text) and file.type.startswith("image/")
        put_down(act, statement.case, file=file, kind=Kind.PHOTO if is_photo else Kind.STATEMENT, **given)
    statement.case.end_part(POLICY, statement.part, act)
    waiting = {statement.asked_by, statement.case.owner.actor_key if statement.case.owner else statement.asked_by}
    _tell(act, statement, "statement.received", to=sorted(waiting))
    return statement


@once
def nudge(act: Act, statement: ShopStatement) -> ShopStatement:
    """Remind the shop. It is counted, and the clock does not notice."""
    act.must("statements.ask", statement.mall)
    _refuse_once_over(statement)
    if (
        not ShopStatement.objects.open()
        .filter(pk=statement.pk)
        .update(nudges=F("nudges") + 1, nudged_at=act.happened_at)
    ):
        raise _over()
    statement.refresh_from_db()
    _tell(act, statement, "statement.nudged", count=statement.nudges)
    return statement


@once
def excuse(act: Act, statement: ShopStatement, *, why: str) -> ShopStatement:
    """It is no longer needed, or the shop cannot give it. Its clock is cancelled, not met."""
    act.must("statements.ask", statement.mall)
    if not why.strip():
        raise Unusable(_("Say why in a few words."), field="why")
    _refuse_once_over(statement)
    told = {"excused_at": act.happened_at, "excused_why": why.strip()[:200]}
    if not ShopStatement.objects.open().filter(pk=statement.pk).update(**told):
        raise _over()
    statement.refresh_from_db()
    statement.case.end_part(POLICY, statement.part, act, cancelled=True)
    _tell(act, statement, "statement.excused", {"why": statement.excused_why})
    return statement


@transaction.atomic
def lapse_statements(act: Act, case: Case) -> None:
    """The case has ended for good: no shop owes it a statement any more. What it then sends comes too late."""
    case.hold()
    for statement in statements(case).open().select_related("shop"):
        ShopStatement.objects.open().filter(pk=statement.pk).update(excused_at=act.happened_at)  # nobody said why
        case.end_part(POLICY, statement.part, act, cancelled=True)
        _tell(act, statement, "statement.lapsed")


def _refuse_once_over(statement: ShopStatement) -> None:
    """Raises OutOfTurn where the case is over, also if it ended a moment ago."""
    statement.case.hold()
    if not Case.objects.open().filter(pk=statement.case_id).exists():
        raise OutOfTurn(_("The case is over; nothing is asked of the shop any more."))


def _tell(
    act: Act, statement: ShopStatement, kind: str, personal: dict[str, Any] | None = None, **details: Any
) -> None:
    shop = {"statement": statement.pk, "shop": statement.shop.name}
    Event.record(kind, statement.case.topic, act, mall_id=statement.mall_id, personal=personal, **shop, **details)


def _asked_already() -> OutOfTurn:
    return OutOfTurn(_("This shop has been asked already and has not answered yet. Remind it instead."), field="shop")


def _over() -> Overtaken:
    return Overtaken(_("This statement is there already, or is no longer needed."))

"""Evidence is taken in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from sisheng.cases.models import Case
from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.files.models import KeptFile
from sisheng.ground.files.taking import Taken, discard, taken
from sisheng.ground.once.models import once
from sisheng.ground.refusals import NotAllowed, OutOfTurn, Overtaken, Unusable
from sisheng.kit.evidence.models import Evidence
from sisheng.kit.evidence.models.evidence import Kind, Source
from sisheng.mall.staff.visitors import Visitor

AT_THE_SAME_MOMENT = 20  # people who keep something in one case


def keep(
    act: Act, case: Case, *, kind: str, source: str = Source.CUSTOMER, title: str = "", text: str = "", note: str = "",
    upload: File[bytes] | None = None,
) -> Evidence:  # fmt: skip
    """Keep what somebody said or gave. A file stays as it came, encrypted and with its hash; of a picture, a copy
    without place and camera is made to look at. `act.said_at` is when it was given, where that was not now.

    Raises Unusable for a file that is not taken, and OutOfTurn for a recording without the customer's yes (CTR-12).
    """
    act.must("evidence.keep", case.mall)
    if isinstance(act.by, Visitor) and act.by.opened != (case.mall_id, case.number):
        raise NotAllowed(_("Open your matter with its number and code first."))
    if not case.is_open:
        raise OutOfTurn(_("This case is over. Open it again before you add evidence."))
    refuse_tomorrow(act)
    _refuse_secret_recording(case, kind)
    if upload is None and not text.strip():
        raise Unusable(
            _("Choose a file, or write down what was said."), field="text" if kind == "statement" else "file"
        )
    with taken(upload) as file:
        if file and file.type.startswith("audio/") and source != Source.CUSTOMER:  # a customer may bring their own
            _refuse_secret_recording(case, Kind.RECORDING)
        evidence = _keep(act, case, kind=kind, source=source, title=title, text=text, note=note, file=file)
    drop_unless_kept([file] if file else [], [evidence])
    return evidence


@once
def _keep(act: Act, case: Case, **told: Any) -> Evidence:
    return put_down(act, case, **told)


def put_down(act: Act, case: Case, *, file: Taken | None, kind: str, source: str, **told: Any) -> Evidence:
    """Write one piece of evidence down and tell it, inside the transaction of the act that brings it."""
    kept = KeptFile.keep(act, file, mall_id=case.mall_id, topic=case.topic) if file else None
    words = {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}
    evidence = _numbered(
        Evidence(
            mall=case.mall, case=case, kind=kind, source=source, file=kept, by=act.by.actor_key, at=act.at,
            said_at=act.said_at, **words,
        )
    )  # fmt: skip
    if kept:
        kept.part = str(evidence.number)
        kept.save(update_fields=["part"])
    Event.record(
        "evidence.kept", case.topic, act, mall_id=case.mall_id, personal={"title": evidence.title or _spoken(kind)},
        evidence=evidence.number, kind=kind, source=source, sha256=kept.sha256 if kept else "",
    )  # fmt: skip
    return evidence


def drop_unless_kept(files: Iterable[Taken], kept: Iterable[Evidence]) -> None:
    """The same form, sent again, brought its files a second time."""
    names = {evidence.file.name for evidence in kept if evidence.file}
    for file in files:
        if file.name not in names:
            discard(file)


def refuse_tomorrow(act: Act) -> None:
    if act.happened_at > act.at:
        raise Unusable(_("This time has not come yet."), field="said_at")


def _numbered(evidence: Evidence) -> Evidence:
    """Give it the next number of its case; who is a moment later takes the one after."""
    for _attempt in range(AT_THE_SAME_MOMENT):
        last = Evidence.objects.filter(case=evidence.case).aggregate(last=Max("number"))["last"] or 0
        evidence.number = last + 1
        try:
            with transaction.atomic():
                evidence.save(force_insert=True)
        except IntegrityError:
            continue
        return evidence
    raise Overtaken(_("Too many people are adding evidence here just now. Try again."))


def _refuse_secret_recording(case: Case, kind: str) -> None:
    """A conversation is recorded after an explicit yes, which the case keeps (`recording`), and else written down."""
    if kind == Kind.RECORDING and getattr(case.real(), "recording", "") != "audio":
        raise OutOfTurn(_("The customer has not agreed to a recording in this case. Write down what was said instead."))


def _spoken(kind: str) -> str:
    with override(settings.LANGUAGE_CODE):
        return str(Kind(kind).label)

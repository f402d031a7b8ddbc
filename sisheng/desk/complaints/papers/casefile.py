"""The case file: everything about one complaint, originals inside, for a court, an authority or the archive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sisheng.cases.models import Clock
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.models import Complaint
from sisheng.desk.complaints.papers.handling import OUTCOMES
from sisheng.desk.complaints.papers.print import UNKNOWN, Print, kind_and_title, with_more
from sisheng.ground.events.models import Event, Seal
from sisheng.ground.hours.explain import explain_due
from sisheng.ground.policies import current
from sisheng.ground.ui.formats import money, when
from sisheng.kit.approvals.models import Approval
from sisheng.kit.evidence.models import Evidence
from sisheng.kit.paper import casefile
from sisheng.kit.paper.casefile import Attachment, CaseFile, Fact, Happening, Limit, named_apart
from sisheng.mall.staff.names import spoken_names, told

HIDDEN = ("privacy.", "notice.")  # who of us looked at what is no part of the matter


def originals(complaint: Complaint) -> dict[int, tuple[Evidence, Attachment]]:
    """Every original that is still there, by the number of its evidence. Raises Unreadable where one was altered:
    a file that is not as it came is never handed out as one that is."""
    pieces = [one for one in Evidence.objects.of(complaint).select_related("file") if one.file and one.file.is_there]
    names = named_apart([_name(one) for one in pieces])
    found: dict[int, tuple[Evidence, Attachment]] = {}
    for one, name in zip(pieces, names, strict=True):
        if one.file:
            one.file.must_be_whole()
            content = b"".join(one.file.pieces())
            found |= {one.number: (one, Attachment(name, content, one.file.type, kind_and_title(one)))}
    return found


def _name(one: Evidence) -> str:
    """What they called it, behind its number in the case; with the ending of what it is."""
    called = one.file.title if one.file else ""
    ending = f".{one.file.ending}" if one.file else ""
    return f"{one.number}-{(called or one.kind).removesuffix(ending)}{ending}"


def case_file(one: Print, attached: dict[int, tuple[Evidence, Attachment]]) -> CaseFile:
    complaint = one.complaint
    with one.worded():
        before = actions.story(complaint).filter(at__lt=one.at)
        events = [event for event in before if not event.kind.startswith(HIDDEN)]
        called = spoken_names({event.by for event in events})
        pieces = Evidence.objects.of(complaint).select_related("file")
        return CaseFile(
            **one.common(),
            matter=complaint.account,
            facts=tuple(_facts(one)),
            happenings=tuple(
                Happening(id=event.pk, kind=event.kind, at=event.at, said_at=event.said_at, who=called[event.by],
                          sentence=event.sentence())
                for event in events
            ),
            limits=tuple(_limit(clock, complaint, one.at) for clock in complaint.clocks.order_by("started_at", "pk")),
            evidence=tuple(_piece(piece, attached, one.at) for piece in pieces),
            record_seal=_seal_over(events),
        )  # fmt: skip


def _facts(one: Print) -> Iterator[Fact]:
    """The cover; what is not known has no line."""
    complaint = one.complaint
    lines = (
        (_("State"), complaint.state.label),
        (_("Outcome"), OUTCOMES.get(complaint.outcome, "")),
        (_("Accepted"), when(one.accepted_at)),
        (_("Channel"), complaint.get_channel_display()),
        (_("Complainant"), one.complainant),
        (_("Against"), one.against),
        (_("Category"), complaint.category_words),
        (_("Severity"), complaint.get_severity_display()),
        (_("Amount in dispute"), "" if complaint.amount is None else money(complaint.amount, exact=True)),
        (_("Where"), complaint.place),
        (
            _("When it happened"),
            when(complaint.happened_on) if complaint.happened_on else pgettext("moment", "not said"),
        ),
        (_("They ask for"), ", ".join(complaint.claim_words)),
        (_("Recording"), complaint.get_recording_display()),
        (_("What we found"), complaint.finding),
        (_("Substantiated"), complaint.substantiated_words),
        (_("Responsibility"), complaint.responsibility_words),
        (_("Re-evaluation"), complaint.re_evaluation),
        *_offers(complaint),
        *_decided(complaint),
        *_external(complaint),
        (_("Root cause"), complaint.cause_words),
        (_("Five whys"), "\n".join(f"{n}. {why}" for n, why in enumerate(complaint.whys, start=1))),
        (_("Improvement"), complaint.improvement_words),
        (_("The customer says"), complaint.customer_words),
        (_("Handled together with"), ", ".join(part.number for part in complaint.merged.order_by("pk"))),
    )
    return (Fact(label=str(label), value=str(value)) for label, value in lines if value)


def _offers(complaint: Complaint) -> Iterator[tuple[str, str]]:
    offered = [offer for offer in complaint.offers if offer.offered_at]
    for place, offer in enumerate(offered, start=1):
        given = [
            " ".join(filter(None, (line.words, money(line.value, exact=True) if line.value else "",
                                   str(line.get_payer_display()), line.note,
                                   _("done %(at)s") % {"at": when(line.done_at)} if line.done_at else "")))
            for line in offer.remedies.all()
        ]  # fmt: skip
        answer = with_more(offer.get_answer_display(), offer.answer_words)
        name = _("Final answer") if offer.is_final else _("Proposal %(n)s") % {"n": place}
        yield name, "\n".join([offer.words, *given, answer])


def _decided(complaint: Complaint) -> Iterator[tuple[str, str]]:
    for asked in Approval.objects.filter(case=complaint).select_related("decided_by").order_by("pk"):
        who = asked.decided_by.code if asked.decided_by else ""
        at = when(asked.decided_at) if asked.decided_at else ""
        parts = (asked.title, money(asked.amount, exact=True) if asked.amount else "", asked.get_state_display())
        yield asked.number, " · ".join(filter(None, (*map(str, parts), who, at, asked.words)))


def _external(complaint: Complaint) -> Iterator[tuple[str, str]]:
    for theirs in complaint.external_cases.all():
        answered = _("answered %(at)s") % {"at": when(theirs.replied_at)} if theirs.replied_at else ""
        due = _("reply by %(at)s") % {"at": when(theirs.reply_due_at)}
        head = " · ".join(filter(None, (theirs.office, theirs.reference, due, answered, *theirs.news())))
        yield str(theirs.get_authority_display()), "\n".join(filter(None, (head, theirs.reply, theirs.result)))


def _limit(clock: Clock, complaint: Complaint, at: datetime) -> Limit:
    clock.case = complaint
    return Limit(
        name=str(clock.label),
        started_at=clock.started_at,
        due_at=clock.due_at,
        ended_at=clock.met_at or clock.cancelled_at,
        outcome=str(Clock.State(clock.state(at)).label),
        explanation=_reckoned(clock, complaint),
    )


def _reckoned(clock: Clock, complaint: Complaint) -> str:
    """How the due time came about: step by step where the policy alone made it, and what changed it where not."""
    value = current(complaint.mall_id, clock.deadline, clock.started_at)
    calendar = complaint.mall.calendar(clock.counted, desk=complaint.desk)
    pauses = "\n".join(
        _("Stood still from %(begin)s until %(end)s: %(reason)s.") % {
            "begin": when(pause.from_at), "end": when(pause.until_at) if pause.until_at else UNKNOWN,
            "reason": pause.REASONS.get(pause.reason, clock.case.state.label),
        }
        for pause in clock.pauses.order_by("from_at", "pk")
    )  # fmt: skip
    if value.unit != "months" and value.value != {"rule": "given"}:
        explained = explain_due(value.rule(), clock.started_at, calendar)
        if clock.due_at is None or explained.due == clock.due_at or pauses:
            return "\n".join(filter(None, (str(explained), pauses)))
    return "\n".join(filter(None, (_("Given as a date; it took the place of the usual time (%(usual)s).") % {
        "usual": value}, pauses)))  # fmt: skip


def _piece(piece: Evidence, attached: dict[int, tuple[Evidence, Attachment]], at: datetime) -> casefile.Evidence:
    words = [f"{piece.number}. {kind_and_title(piece)}", str(piece.get_source_display()), piece.text, piece.note]
    if piece.withdrawn_at:
        words.append(_("taken back: %(why)s") % {"why": piece.withdrawn_why})
    if piece.is_forgotten:
        words.append(_("contents deleted for ever"))
    if piece.file and piece.number not in attached:
        words.append(f"SHA-256 {piece.file.sha256}")
    return casefile.Evidence(
        kind=str(piece.get_kind_display()),
        what="\n".join(filter(None, words)),
        received_at=piece.said_at or piece.at,
        custody="; ".join(
            f"{when(line.at)} {line.who} {line.sentence}" for line in reversed(told(piece.custody().filter(at__lt=at)))
        ),
        attached_as=attached[piece.number][1].name if piece.number in attached else "",
    )


def _seal_over(events: list[Event]) -> str:
    """The seal of the record that covers the last event, if it was sealed already."""
    last = max((event.pk for event in events), default=0)
    seal = Seal.objects.filter(first_id__lte=last, last_id__gte=last).first()
    return f"{seal.number} {seal.digest}" if seal else ""

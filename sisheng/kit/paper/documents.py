"""What each paper says, as plain values: a document knows nothing of the models that it is filled from.

Times are aware datetimes, days are dates, money is Decimal; they are worded in the language of the paper when it is
made. People of the house appear by staff number, never by name. What is text is already in that language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

FEWEST_DIGITS = 8  # what the scanner of the screen takes for a scan, and not for somebody typing
LAWFUL_WAYS = 5


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Whose paper it is, and how one reaches them."""

    mall: str
    address: str
    hot_line: str
    hours: str = ""  # of the hot line


@dataclass(frozen=True, kw_only=True)
class Document:
    """What stands on every paper."""

    template: ClassVar[str]

    head: Letterhead
    number: str
    printed_at: datetime
    printed_by: str  # a staff number
    link: str  # where the record is: the paper is only its print, and carries this as a QR code


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What we said we would do, and by when."""

    what: str
    by: datetime


@dataclass(frozen=True, kw_only=True)
class AcceptanceForm(Document):
    """投诉受理单: what the customer told us, read back to them."""

    template: ClassVar[str] = "acceptance"

    public_code: str
    accepted_at: datetime
    accepted_by: str  # a staff number
    channel: str
    desk: str
    complainant: str  # how they asked to be called
    reachable_by: str  # masked
    against: str
    place: str
    happened_at: str  # as the customer said it: "about six"
    category: str
    amount: Decimal | None
    facts: str
    claims: tuple[str, ...]
    evidence: tuple[str, ...]
    recording: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One piece of evidence that the investigation stands on."""

    kind: str
    what: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One proposal and what the customer said to it."""

    number: int
    given_at: datetime
    content: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """One thing that was agreed, and whether it was done."""

    what: str
    value: Decimal | None
    payer: str
    done_on: date | None


@dataclass(frozen=True, kw_only=True)
class Approval:
    number: str
    decision: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Improvement:
    """What a department or a shop is to do better."""

    number: str
    to_whom: str
    what: str
    by: date


@dataclass(frozen=True, kw_only=True)
class HandlingForm(Document):
    """投诉处理单: the whole way of a complaint on paper, as it is archived."""

    template: ClassVar[str] = "handling"

    category: str
    severity: str
    accepted_at: datetime
    resolved_at: datetime | None
    handlers: str  # staff numbers
    matter: str
    findings: str
    substantiated: str
    responsibility: str
    basis: str
    evidence: tuple[Finding, ...]
    proposals: tuple[Proposal, ...]
    outcome: str
    remedies: tuple[Remedy, ...]
    approvals: tuple[Approval, ...]
    satisfied: str
    feedback: str
    follow_ups: tuple[str, ...]
    root_cause: str
    whys: tuple[str, ...]
    improvement: Improvement | None
    no_improvement_because: str = ""

    def __post_init__(self) -> None:
        if (self.improvement is None) == (not self.no_improvement_because):
            raise ValueError("A handling form names an improvement, or says why there is none.")


@dataclass(frozen=True, kw_only=True)
class CustomerSlip(Document):
    """What the customer takes along from the counter: the number, and what was promised by when."""

    template: ClassVar[str] = "slip"

    public_code: str
    digits: str  # for scanners, which an input method garbles when they type letters
    accepted_at: datetime
    accepted_by: str
    matter: str
    promises: tuple[Promise, ...]
    news: tuple[str, ...] = ()  # messages that reach this customer on paper only

    def __post_init__(self) -> None:
        if not (self.digits.isascii() and self.digits.isdigit() and len(self.digits) >= FEWEST_DIGITS):
            raise ValueError(f"A scanner needs {FEWEST_DIGITS} digits or more, not “{self.digits}”.")
        if len(self.digits) % 2:
            raise ValueError("Digits are coded in pairs, so their number is even.")


@dataclass(frozen=True, kw_only=True)
class FinalLetter(Document):
    """Our last word, or why something cannot be done. It always names the five lawful ways that remain."""

    template: ClassVar[str] = "letter"

    addressed_as: str
    received_on: date
    decided_on: date
    matter: str
    decision: str
    reasons: tuple[str, ...]
    remedies: tuple[Promise, ...]
    answered_by: str  # a staff number
    answer_by: datetime
    supervision_line: str
    consumer_line: str
    law_checked_on: date  # when somebody last compared our words with the law
    lawful_ways: tuple[str, ...] = ()  # in the words of the mall's lawyer, instead of ours
    is_refusal: bool = False

    def __post_init__(self) -> None:
        if self.lawful_ways and len(self.lawful_ways) != LAWFUL_WAYS:
            raise ValueError(f"A letter names all {LAWFUL_WAYS} lawful ways, not {len(self.lawful_ways)}.")
        if not self.reasons:
            raise ValueError("A letter gives its reasons.")

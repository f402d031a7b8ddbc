"""What a quality check draws from the log, and what it is shown of a contact (CTR-06).

Whoever checks may not open the log itself: they see the matter and the answer, never a name or a number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from sisheng.cases.models.case import Channel
from sisheng.cases.records import Done, Glance
from sisheng.desk.contacts.models import Contact, Outcome

if TYPE_CHECKING:
    from sisheng.mall.directory.models import Mall
    from sisheng.mall.staff.models import Staff

AN_ANSWER = frozenset({Outcome.ANSWERED, Outcome.GUIDED})


def by_phone(mall: Mall, on: date) -> list[Done]:
    return _of(mall, on, Channel.PHONE)


def at_the_counter(mall: Mall, on: date) -> list[Done]:
    return _of(mall, on, Channel.COUNTER)


def shown(mall: Mall, numbers: Iterable[str], who: Staff) -> dict[str, Glance]:
    may_open = who.can("contacts.log", mall)
    return {
        contact.number: Glance(
            number=contact.number,
            at=contact.at,
            matter=contact.get_need_display(),
            lines=_lines(contact),
            hands=frozenset({contact.agent_id}),
            url=reverse("contacts:detail", args=[mall.slug, contact.number]) if may_open else "",
        )
        for contact in Contact.objects.filter(mall=mall, number__in=list(numbers))
    }


def _of(mall: Mall, on: date, channel: str) -> list[Done]:
    there = Contact.objects.counted().filter(mall=mall, on=on, channel=channel)
    return [
        Done(number, agent, outcome in AN_ANSWER)
        for number, agent, outcome in there.values_list("number", "agent_id", "outcome")
    ]


def _lines(contact: Contact) -> tuple[tuple[str, str], ...]:
    told = (
        (_("What was asked"), contact.words),
        (_("Understood as"), contact.understood_as),
        (_("Matter"), contact.matter),
        (_("Answer"), contact.answer_title),
        (_("Result"), contact.result),
        (_("Outcome"), contact.get_outcome_display()),
        (_("Log open for"), _("%(n)s s") % {"n": contact.seconds}),
    )
    return tuple((label, str(words)) for label, words in told if words)

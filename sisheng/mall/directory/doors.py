"""What one says about opening hours: "Open until 22:00", "Closed now, opens tomorrow at 10:00"."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sisheng.ground.hours import Calendar, NeverOpens

MIDNIGHT = time(0)
ONE_DAY = timedelta(days=1)


def say_doors(calendar: Calendar, at: datetime) -> str:
    """Whether it is open now and until when, or when it opens next, in the language of the reader."""
    at = at.astimezone(calendar.zone)
    return _open(calendar, at) if calendar.is_open(at) else _shut(calendar, at)


def say_hours(calendar: Calendar, day: date) -> str:
    """The hours of one date: 10:00–22:00."""
    spans = calendar.spans_on(day)
    if not spans:
        return _with_reason(_("closed all day"), calendar, day)
    return _(", ").join(f"{opens:%H:%M}–{_end(closes)}" for opens, closes in spans)


def say_date(day: date) -> str:
    """22 Dec · 12-22."""
    return dateformat.format(day, pgettext("format of a date without the year", "j M"))


def next_change(calendar: Calendar, at: datetime) -> datetime | None:
    """Until when `say_doors` stays true, apart from the turn of the day; None when nothing ever changes."""
    if calendar.is_open(at):
        return calendar.closing(at)
    try:
        return calendar.next_opening(at)
    except NeverOpens:
        return None


def _open(calendar: Calendar, at: datetime) -> str:
    closes = calendar.closing(at)
    if closes is None:
        return _("Open around the clock")
    if closes.time() == MIDNIGHT or closes.date() == at.date():
        return _("Open until %(time)s") % {"time": _end(closes)}
    return _("Open until %(time)s at night") % {"time": f"{closes:%H:%M}"}


def _shut(calendar: Calendar, at: datetime) -> str:
    try:
        opens = calendar.next_opening(at)
    except NeverOpens:
        return _("Closed until further notice")
    clock = f"{opens:%H:%M}"
    if opens.date() == at.date():
        return _("Not open yet, opens at %(time)s") % {"time": clock}
    now = _("Closed now") if calendar.spans_on(at.date()) else _with_reason(_("Closed today"), calendar, at.date())
    if opens.date() == at.date() + ONE_DAY:
        return _("%(now)s, opens tomorrow at %(time)s") % {"now": now, "time": clock}
    return _("%(now)s, opens on %(day)s at %(time)s") % {"now": now, "day": say_date(opens.date()), "time": clock}


def _end(closes: datetime) -> str:
    return "24:00" if closes.time() == MIDNIGHT else f"{closes:%H:%M}"


def _with_reason(sentence: str, calendar: Calendar, day: date) -> str:
    special = calendar.special_on(day)
    if special is None or not str(special.reason):
        return sentence
    return _("%(sentence)s (%(reason)s)") % {"sentence": sentence, "reason": special.reason}

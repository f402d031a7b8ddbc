"""What each kind of “no” is called, and what to do about it: one table for pages, for panels and for the script."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

# status: (title, what is safe and what to do)
SENTENCES: dict[int, tuple[Any, Any]] = {
    400: (_("This request cannot be used"), _("The address or the form is incomplete. Go back and try again.")),
    401: (_("Your session is over"), _("Log in again; what you typed is kept.")),
    403: (_("You do not have permission for this"), _("Ask a lead or a supervisor.")),
    404: (_("There is no such page"), _("Check the number, or search for it.")),
    409: (_("Somebody was a moment earlier"), _("Look at how it stands now, then decide.")),
    410: (_("This link is over"), _("Ask whoever sent it to you.")),
    413: (_("That is too much at once"), _("Send a smaller file or a shorter text.")),
    422: (_("Something is still missing"), _("Look at the marked fields.")),
    429: (_("Too often"), _("Wait a moment, then try again.")),
    500: (_("It did not work: the fault is on our side"), _("Try again; it will not be recorded twice.")),
    503: (_("The desk is being updated"), _("Try again in a minute.")),
}

PAGE_TOO_OLD = (_("This page was open for too long"), _("Nothing was saved. Load it again; what you typed is kept."))


def sentence_for(status: int) -> tuple[Any, Any]:
    """The title and the advice for a status; a status without its own words is one of our faults, or of the request."""
    return SENTENCES.get(status) or SENTENCES[500 if status >= 500 else 400]


# What the script says on its own. It is sent to it in the page, so that no word stands in a .js file.
WORDS: dict[str, Any] = {
    "offline": _("It was not sent: the network is down. What you typed is kept; try again when it is back."),
    "slow": _("Still waiting for an answer: the network is slow."),
    "timeout": _("No answer came in time. Try again; it will not be recorded twice."),
    "retry": _("Try again"),
    "login": _("Log in"),
    "reload": _("Show how it stands now"),
    "yours": _("What you had written"),
    "copy": _("Copy"),
    "copied": _("Copied"),
    "dismiss": _("Close"),
    "restored": _("This is your draft from %(when)s."),
    "discard": _("Discard draft"),
    "notices_title": _("Service desk"),
    "notices_new": _("New notices for you: %(count)s"),
    "notices_denied": _("Not shown: the browser does not allow it. Change that in its settings for this site."),
    "left": _("%(time)s left"),
    "over": _("%(time)s overdue"),
    "days": _("%(d)s d %(h)s h"),
    "whole_days": _("%(d)s d"),
    "minutes": _("%(m)s min"),
    "seconds": _("%(s)s s"),
}


def words() -> dict[str, Any]:
    """All of it as plain text, in the language of the screen."""
    statuses = {str(status): [str(title), str(advice)] for status, (title, advice) in SENTENCES.items()}
    return {name: str(text) for name, text in WORDS.items()} | {"status": statuses}

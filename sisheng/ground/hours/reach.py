"""How far a calendar looks, and the refusals of one that is asked to look further."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sisheng.ground.refusals import Refused

FIRST_YEAR, LAST_YEAR = 1970, 2199  # a slip of the keyboard should not reckon through eight thousand years
PATIENCE = 14  # months without any opening, then whoever wrote these hours has to look at them


class NeverOpens(Refused):
    """Nothing opens for so long that the opening hours must be wrong."""


class NeverCloses(Refused):
    """It is open day and night, so there is no closing time to wait for."""


class OutOfReach(Refused):
    """A moment before or after all that a mall can have to do with."""


def must_be_near(year: int, *, margin: int = 0) -> None:
    """Raises OutOfReach for a year outside the calendar's; the margin is for what only touches them."""
    if not FIRST_YEAR - margin <= year <= LAST_YEAR + margin:
        limits = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise OutOfReach(_("Times are reckoned from %(first)d to %(last)d only. Check the date.") % limits)

"""A shop is sent the link under which it gives its statement."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.refusals import OutOfTurn
from sisheng.kit.evidence.actions import nudge
from sisheng.kit.evidence.models import ShopStatement
from sisheng.kit.links.actions import make
from sisheng.kit.links.models import LinkQuerySet, OneTimeLink

PURPOSE = "statement"
LASTS = timedelta(days=7)  # longer than the shop has: a late answer is better than none


@once
def make_link(act: Act, statement: ShopStatement) -> OneTimeLink:
    """A link to the page of this statement; what it is called is told this one time (CMP-10). An earlier one ends, and
    sending a second one is a reminder, counted as such."""
    act.must("statements.ask", statement.mall)
    if not statement.is_wanted:
        raise OutOfTurn(_("This statement is there already, or is no longer needed."))
    if links_of(statement).exists():
        nudge(act.under(""), statement)
    link, token = make(act.under(""), statement.case, purpose=PURPOSE, part=statement.part, lasts=LASTS)
    link.token = token
    return link


def links_of(statement: ShopStatement) -> LinkQuerySet:
    """Every link that was made for it, the newest first."""
    of_case = OneTimeLink.objects.filter(case=statement.case_id, purpose=PURPOSE, part=statement.part)
    return of_case.order_by("-made_at", "-pk")

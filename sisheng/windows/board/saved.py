"""Keeping a list of cases under a name of one's own (ux S4)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.once.models import once
from sisheng.ground.refusals import OutOfTurn, Unusable
from sisheng.mall.directory.models import Mall
from sisheng.mall.staff.models import Staff
from sisheng.windows.board.models import SavedView

MOST_VIEWS = 12  # a row of chips, not a second list


def saved_by(who: Staff, mall: Mall) -> Any:
    return SavedView.objects.filter(staff=who, mall=mall).order_by("pk")


@once
def save(act: Act, mall: Mall, *, who: Staff, name: str, query: str) -> SavedView:
    """Keep a query under a name; the same name again takes the new query."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= 20:
        raise Unusable(_("Give the list a name of 1 to 20 characters."), field="name")
    if len(query) > 300:
        raise Unusable(_("These filters are too long to keep."), field="name")
    others = saved_by(who, mall).exclude(name=name)
    if others.count() >= MOST_VIEWS:
        raise Unusable(_("There are 12 lists already. Remove one first."), field="name")
    view, _made = SavedView.objects.update_or_create(mall=mall, staff=who, name=name, defaults={"query": query})
    return view


@once
def remove(act: Act, mall: Mall, *, who: Staff, name: str) -> None:
    gone, _kinds = saved_by(who, mall).filter(name=name).delete()
    if not gone:
        raise OutOfTurn(_("This list is not there any more."))

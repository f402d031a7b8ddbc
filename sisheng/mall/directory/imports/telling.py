"""That a table was taken over: one event for the whole file."""

from __future__ import annotations

from typing import Any

from sisheng.ground.act import Act
from sisheng.ground.events.models import Event
from sisheng.ground.tables.plan import Plan
from sisheng.ground.tables.source import Source
from sisheng.mall.directory.models import Mall


def tell_import(act: Act, mall: Mall, what: str, plan: Plan, source: Source, **more: Any) -> Event:
    """Which file it was, to the byte, and what came of its rows. The file itself is not kept."""
    told: dict[str, Any] = {"what": what, "file": source.name, "sha256": source.sha256, **plan.counts, **more}
    return Event.record("import.done", f"import:{source.sha256[:12]}", act, mall_id=mall.pk, **told)

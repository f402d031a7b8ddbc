"""Rows that a report puts below its table and that are not records: totals, and who printed it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sisheng.ground.tables.values import tidy

_TOTAL = re.compile(
    r"(本页)?(合\s*计|总\s*计|小\s*计|共\s*计|汇\s*总|grand total|sub-?total|total)s?"
    r"\s*[:：]?\s*\d*\s*(家|户|个|条|人|行|rows?)?",
    re.IGNORECASE,
)
_COUNT = re.compile(r"共\s*\d+\s*(家|户|个|条|人|行|笔)(商户|店铺|会员|记录)?[。.]?")
_SIGNED = re.compile(r"(制表|制单|审核|复核|打印|导出|填表|统计|审批)(人|员|者|日期|时间|部门)?\s*[:：].*", re.DOTALL)


def is_leftover(cells: Sequence[str]) -> bool:
    """The first cell in use says that this is a total, a count or a signature."""
    first = next((words for cell in cells if (words := tidy(cell))), "")
    return any(pattern.fullmatch(first) for pattern in (_TOTAL, _COUNT, _SIGNED))

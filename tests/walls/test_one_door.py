"""A case changes state in one place only (D20): nobody writes its status, turn, closing or version beside the door."""

from __future__ import annotations

import ast
from pathlib import Path

from sisheng.cases.models import kinds
from sisheng.cases.models.case import DOOR_ONLY

PACKAGE = Path(__file__).resolve().parents[2] / "sisheng"
DOOR = PACKAGE / "cases/models/case.py"


def places_that_may_touch_cases():
    slices = {Path(model.__module__.replace(".", "/")).parts[2] for model in kinds().values()}
    folders = [PACKAGE / "cases", PACKAGE / "windows", *(PACKAGE / "desk" / name for name in slices)]
    for folder in folders:
        for file in folder.rglob("*.py"):
            if file != DOOR and not {"tests", "migrations"} & set(file.parts):
                yield file


def writes(tree):
    """(line, field) for each assignment to, and each update() or setattr() of, a field that only the door may write."""
    for node in ast.walk(tree):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        for target in targets:
            for part in ast.walk(target) if target is not None else ():
                is_written = isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store)
                if is_written and part.attr in DOOR_ONLY:
                    yield node.lineno, part.attr
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"update", "update_or_create", "bulk_update"}:
                yield from ((node.lineno, word.arg) for word in node.keywords if word.arg in DOOR_ONLY)
            if name == "setattr":
                yield node.lineno, "setattr"


def test_nobody_writes_the_state_of_a_case_beside_the_door():
    found = {
        f"{file.relative_to(PACKAGE)}:{line} {field}"
        for file in places_that_may_touch_cases()
        for line, field in writes(ast.parse(file.read_text(encoding="utf8")))
    }

    assert found == set()


def test_the_wall_sees_what_it_is_there_for():
    by_hand = "case.status = 'closed'\nCase.objects.filter(pk=1).update(turn='nobody')\nsetattr(case, 'version', 2)"

    assert [field for _line, field in writes(ast.parse(by_hand))] == ["status", "turn", "setattr"]

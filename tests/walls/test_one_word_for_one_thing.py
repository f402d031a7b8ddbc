"""docs/words.md names each thing once, and by a name that the code really has."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "docs" / "words.md").read_text(encoding="utf-8").splitlines()
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in LINES if line.startswith("|")]
WORDS = [row for row in ROWS if row[0] not in ("中文", "---") and not set(row[0]) <= {"-"}]
SOURCES = [path for ending in ("py", "html") for path in (ROOT / "sisheng").rglob(f"*.{ending}")]


@pytest.mark.parametrize("column", [0, 1], ids=["Chinese", "English"])
def test_no_term_stands_for_two_things(column):
    twice = [term for term, times in Counter(row[column] for row in WORDS).items() if times > 1]

    assert not twice


def test_every_name_in_the_code_column_is_a_name_in_the_code():
    code = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES if "tests" not in path.parts)
    known = set(re.findall(r"[A-Za-z_][A-Za-z_0-9]*", code))
    names = {name for row in WORDS for name in re.findall(r"`([^`]+)`", row[2])}

    assert names
    assert {name for name in names if name.split(":")[-1] not in known} == set()

"""What the pages in docs/ name is there: other pages, and files of the code."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
TOPS = ("sisheng", "tests", "bench", "bin", "docs")
SOURCES = {path.relative_to(ROOT).as_posix() for top in TOPS for path in (ROOT / top).rglob("*")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_each_link_leads_to_a_page(page):
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_each_file_that_is_named_is_there(page):
    """`desk/contacts/actions.py: log` is the file and, after the colon, something in it."""
    words = re.findall(r"`([\w./-]+\.(?:py|js|html|tsv))(?:: (\w+))?`", page.read_text(encoding="utf8"))

    assert [word for word in words if not _is_there(*word)] == []


def _is_there(name: str, part: str) -> bool:
    found = [source for source in SOURCES | {name} if source == name or source.endswith(f"/{name}")]
    files = [ROOT / source for source in found if (ROOT / source).is_file()]
    return any(not part or re.search(rf"\b{part}\b", file.read_text(encoding="utf8")) for file in files)


def test_no_two_decisions_have_one_number():
    numbers = [path.name[:4] for path in (ROOT / "docs" / "adr").glob("[0-9]*.md")]

    assert numbers
    assert len(set(numbers)) == len(numbers)

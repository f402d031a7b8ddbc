"""docs/operations.md names every setting and every command, and none that does not exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf8")
OURS = [path for path in (ROOT / "sisheng").rglob("*.py") if "tests" not in path.parts]
ASKED = re.compile(r'\benv\.\w+\(\s*"(SISHENG_\w+)"')
PLACES_TO_ASK = ("sisheng", "bin", "bench", "tests")


def test_every_setting_has_its_line():
    asked_for = {name for path in OURS for name in ASKED.findall(path.read_text(encoding="utf8"))}
    told = set(re.findall(r"^\| `(SISHENG_\w+)` \|", PAGE, re.MULTILINE))

    assert "SISHENG_HOME" in asked_for
    assert told == asked_for


def test_no_name_is_told_that_nothing_asks_for():
    files = [path for place in PLACES_TO_ASK for path in (ROOT / place).rglob("*") if path.is_file()]
    code = "\n".join(_text(path) for path in files if "node_modules" not in path.parts and path != Path(__file__))
    told = {name.removesuffix("_FILE") for name in re.findall(r"SISHENG_[A-Z_]+[A-Z]", PAGE)}

    assert {name for name in told if name not in code} == set()


def test_every_command_has_its_line():
    files = [path for path in OURS if path.parent.name == "commands" and path.stem != "__init__"]
    told = set(re.findall(r"^\| `sisheng ([\w-]+)` \|", PAGE, re.MULTILINE))

    assert told == {path.stem.replace("_", "-") for path in files}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf8")
    except UnicodeDecodeError:
        return ""

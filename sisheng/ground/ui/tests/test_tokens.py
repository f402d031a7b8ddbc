"""The colours of ux.md §8 keep their contrast by day and by night (WCAG 2.2 AA)."""

import re
from pathlib import Path

import pytest

SOURCE = (Path(__file__).parent.parent / "frontend/src/css/tokens.css").read_text(encoding="utf8")
TOKENS = dict(re.findall(r"--([\w-]+):\s*light-dark\(([^)]*)\)", SOURCE))

STATES = ["ok", "soon", "now", "over", "paused", "late", "info"]
TEXT = [
    *((f"{state}-fg", f"{state}-bg") for state in STATES),
    *(
        (ink, ground)
        for ink in ("ink", "ink-2", "ink-3", "primary")
        for ground in ("page", "card", "canvas", "surface", "field")
    ),
    ("on-primary", "primary"),
    ("on-primary", "primary-strong"),
    ("on-primary", "over-fg"),
    ("info-fg", "primary-tint"),
]
BORDERS = [("line", ground) for ground in ("page", "card", "field")]


def colour(name: str, night: bool) -> str:
    return TOKENS[name].split(",")[night].strip()


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.03928 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_can_be_read(ink, ground, night):
    assert contrast(colour(ink, night), colour(ground, night)) >= 4.5


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("line", "ground"), BORDERS)
def test_the_edge_of_a_field_can_be_seen(line, ground, night):
    assert contrast(colour(line, night), colour(ground, night)) >= 3

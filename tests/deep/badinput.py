"""Bad input into every field of every page, with the slowest answers told.

The seconds are told, not judged: on a machine that does other things as well they say little.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

import pytest

WALL = "test_no_input_breaks_a_page"


def main(words: list[str]) -> int:
    options = _options(words)
    code = pytest.main(["-q", "-n", "0", str(Path(__file__).parents[1] / "walls" / f"{WALL}.py")])
    asked = import_module(f"tests.walls.{WALL}").ASKED_SO_FAR
    print(f"{len(asked):,} requests; the slowest:")
    for seconds, what, size in sorted(asked, reverse=True)[: options.slowest]:
        print(f"{seconds:7.3f} s {size:>9,} bytes  {what}")
    sys.stdout.flush()
    return int(code)


def _options(words: list[str]):
    parser = ArgumentParser(prog="bin/deep badinput", description=__doc__)
    parser.add_argument("--slowest", type=int, default=10, help="how many of the slowest are told (10)")
    return parser.parse_args(words)

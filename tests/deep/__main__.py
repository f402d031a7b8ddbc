"""Runs the long checks by name: see bin/deep."""

from __future__ import annotations

import sys
from importlib import import_module
from itertools import takewhile
from pkgutil import iter_modules

import django

from tests import deep

CHECKS = sorted(module.name for module in iter_modules(deep.__path__) if not module.name.startswith("_"))


def main(words: list[str]) -> int:
    if words == ["--list"]:
        print(*CHECKS, sep="\n")
        return 0
    names = list(takewhile(lambda word: not word.startswith("-"), words))
    options = words[len(names) :]
    if unknown := [name for name in names if name not in CHECKS]:
        print(f"There is no long check “{unknown[0]}”: {', '.join(CHECKS)}.", file=sys.stderr)
        return 64
    if options and len(names) != 1:
        print("Options belong to one check: name it before them.", file=sys.stderr)
        return 64
    failed = [name for name in names or CHECKS if _run(name, options)]
    print("bin/deep:", f"{len(failed)} wrong: {', '.join(failed)}" if failed else "all well")
    return 1 if failed else 0


def _run(name: str, options: list[str]) -> int:
    check = import_module(f"tests.deep.{name}")
    print(f"── {name}: {check.__doc__.splitlines()[0]}", flush=True)
    return check.main(options)


if __name__ == "__main__":
    django.setup()
    sys.exit(main(sys.argv[1:]))

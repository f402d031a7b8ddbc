"""Reads the hand-written tables of expectations."""

from pathlib import Path

HERE = Path(__file__).parent


def _lines(name):
    text = (HERE / name).read_text(encoding="utf8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def moves():
    """{state: {transition: where it leads}}"""
    told = dict(line.split(":", 1) for line in _lines("expected_moves.txt"))
    return {state: dict(move.split(">") for move in names.split()) for state, names in told.items()}


def clocks():
    """{deadline: {transition: "+" starts, "=" meets, "x" calls off}}"""
    told = dict(line.split(":", 1) for line in _lines("expected_clocks.txt"))
    return {deadline: {word[:-1]: word[-1] for word in words.split()} for deadline, words in told.items()}


def rights():
    """{transition: the lowest role}"""
    return dict(line.split() for line in _lines("expected_rights.txt"))

"""Writes vectors.json and packed.json anew: what every name scores for every question, and the names as they travel.
`python -m sisheng.ground.search.tests.vectors`

What must come out is said by hand in wishes.json; the vectors hold the browser's twin to the very same scores.
"""

from __future__ import annotations

import json
from pathlib import Path

from sisheng.ground.search.packed import pack
from sisheng.ground.search.readings import Entry, rank

HERE = Path(__file__).parent


def names() -> list[Entry]:
    lines = (HERE / "names.tsv").read_text(encoding="utf8").splitlines()[1:]
    return [
        Entry.of(unit, name, title_en=english, codes=(unit, extension), aliases=[a for a in aliases.split("/") if a])
        for unit, name, english, extension, aliases in (line.split("\t") for line in lines)
    ]


def vectors() -> dict[str, object]:
    entries = names()
    wishes = json.loads((HERE / "wishes.json").read_text(encoding="utf8"))
    further = (HERE / "asked.txt").read_text(encoding="utf8").splitlines()
    asked = dict.fromkeys([*(wish["asked"] for wish in wishes), *further])
    hits = {query: [[entry.ref, how_good] for how_good, entry in rank(query, entries)] for query in asked}
    return {"entries": [entry.as_json() for entry in entries], "hits": hits}


def written(vectors: dict[str, object]) -> str:
    """One line for each entry and for each question."""
    entries = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in vectors["entries"])
    hits = ",\n".join(f"{json.dumps(q, ensure_ascii=False)}: {json.dumps(h)}" for q, h in vectors["hits"].items())
    return f'{{"entries": [\n{entries}\n],\n"hits": {{\n{hits}\n}}}}\n'


def packed() -> str:
    said, small = pack(names())
    entries = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in small)
    return f'{{"said": {json.dumps(said, ensure_ascii=False)},\n"entries": [\n{entries}\n]}}\n'


if __name__ == "__main__":
    (HERE / "vectors.json").write_text(written(vectors()), encoding="utf8")
    (HERE / "packed.json").write_text(packed(), encoding="utf8")

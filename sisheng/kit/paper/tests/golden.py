"""The texts of the papers as somebody last read and approved them.

`python -m sisheng.kit.paper.tests.golden` writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pypdf

GOLDEN = Path(__file__).parent / "golden"


def text_of(content: bytes) -> str:
    pages = pypdf.PdfReader(BytesIO(content)).pages
    lines = "\n\f\n".join(page.extract_text() for page in pages).split("\n")
    return "\n".join(line.rstrip(" ") for line in lines) + "\n"


def write() -> None:
    from sisheng.kit.paper.rendering import pdf
    from sisheng.kit.paper.tests.papers import PAPERS

    GOLDEN.mkdir(exist_ok=True)
    for name, paper in PAPERS.items():
        for language in ("zh", "en"):
            content = pdf(paper(language), language=language)  # type: ignore[arg-type]
            (GOLDEN / f"{name}-{language}.txt").write_text(text_of(content), encoding="utf8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sisheng.config.settings")
    import django

    django.setup()
    write()

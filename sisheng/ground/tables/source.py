"""The file behind an import: what proves later which one it was."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """`written_at` is when the file was last written: what it says was true then (D22)."""

    name: str
    sha256: str
    written_at: datetime

    @classmethod
    def of(cls, path: Path) -> Source:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return cls(path.name, digest, datetime.fromtimestamp(path.stat().st_mtime, UTC))

"""No, for a whole file."""

from __future__ import annotations

from sisheng.ground.refusals import Unusable


class UnreadableFile(Unusable):
    """The file cannot be read without guessing. The sentence says why, and what to do with the file."""

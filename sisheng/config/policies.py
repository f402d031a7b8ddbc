"""How long, how much, how often: domain.md 1.35. A mall may replace each by a dated version of its own."""

POLICIES: dict = {}

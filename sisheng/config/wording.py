"""How each kind of event is told. A template may name every detail of its event: %(…)s."""

from collections.abc import Mapping
from typing import Any

WORDING: Mapping[str, Any] = {}

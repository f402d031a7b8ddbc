"""A table of policies that is not sound does not start."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from sisheng.ground.policies.table import policies


@register()
def policies_are_sound(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(problem, hint="See config/policies.py.", id="sisheng.P001")
        for policy in policies().values()
        for problem in policy.problems()
    ]

"""The tables agree with one another, or the site does not start."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from sisheng.cases.models import kinds
from sisheng.config.links import PAGES
from sisheng.config.policies import POLICIES
from sisheng.config.portal import DEADLINES, NEXT, STEPS
from sisheng.config.reactions import REACTIONS
from sisheng.config.roles import LINKS, ROLES
from sisheng.config.timetable import TIMETABLE
from sisheng.config.wording import WORDING


@register()
def tables_agree(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Lifecycles, roles, policies, reactions, the timetable and the wording fit together."""
    lives = {slug: model.lifecycle for slug, model in kinds().items()}
    granted = frozenset().union(*ROLES.values())
    asked = {step.needs for life in lives.values() for step in life.transitions}
    timed = {deadline.policy for life in lives.values() for deadline in (*life.deadlines, *life.parts)}
    told = {f"{slug}.{step.name}" for slug, life in lives.items() for step in life.transitions}
    return [
        *(Error(f"{slug}: {p}.", id="sisheng.E001") for slug, life in lives.items() for p in life.problems()),
        *(
            Error(f"No role grants “{permission}”.", hint="See config/roles.py.", id="sisheng.E002")
            for permission in sorted(asked - granted)
        ),
        *(
            Error(f"No sentence tells “{kind}”.", hint="See config/wording.py.", id="sisheng.E003")
            for kind in sorted(told - WORDING.keys())
        ),
        *(
            Error(f"Nothing ever tells “{kind}”.", hint="See config/reactions.py.", id="sisheng.E004")
            for kind in sorted(REACTIONS.keys() - WORDING.keys())
        ),
        *(
            Error(f"No policy says how long “{policy}” is.", hint="See config/policies.py.", id="sisheng.E005")
            for policy in sorted(timed - POLICIES.keys())
        ),
        *_unknown_functions([*TIMETABLE, *PAGES.values(), *(name for names in REACTIONS.values() for name in names)]),
        *(
            Error(
                f"Customers are told of “{thing}”, which is never there.",
                hint="See config/portal.py.",
                id="sisheng.E007",
            )
            for thing in sorted(_never_there(lives))
        ),
        *(
            Error(f"No link is for “{purpose}”.", hint="See LINKS in config/roles.py.", id="sisheng.E008")
            for purpose in sorted(PAGES.keys() - LINKS.keys())
        ),
    ]


def _never_there(lives: dict[str, Any]) -> set[str]:
    """The kinds of event, the policies and the states in config/portal.py that nothing knows."""
    states = {(slug, state.name) for slug, life in lives.items() for state in life.states}
    unknown_states = {f"{slug}: {state}" for slug, state in NEXT.keys() - states}
    return {*(STEPS.keys() - WORDING.keys()), *(DEADLINES.keys() - POLICIES.keys()), *unknown_states}


def _unknown_functions(names: list[str]) -> list[CheckMessage]:
    missing: list[CheckMessage] = []
    for name in names:
        try:
            import_string(name)
        except ImportError:
            missing.append(Error(f"There is no function “{name}”.", id="sisheng.E006"))
    return missing

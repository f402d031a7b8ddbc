"""How a detail of an event is said. Events keep keys and moments, which never change; people read words.

A name that is missing here is said as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from sisheng.cases.models import kinds
from sisheng.cases.models.case import Channel
from sisheng.desk.complaints import taxonomy
from sisheng.desk.complaints.editing import called
from sisheng.desk.complaints.models import Apology, Authority, Complaint
from sisheng.desk.followups.models import Attempt, FollowUp
from sisheng.desk.praise.models import Suggestion
from sisheng.desk.training.models import Lesson
from sisheng.ground.policies.table import policies
from sisheng.mall.staff.names import spoken_names
from sisheng.mall.staff.posts import SKILL_WORDS


def _one_of(words: Mapping[str, Any]) -> Callable[[Any], str]:
    return lambda key: str(words.get(key, key))


def _deadline(policy: str) -> str:
    """What is due, as the lifecycle calls it; else the policy's own words."""
    for model in kinds().values():
        if (line := model.lifecycle.deadline(policy)) and line.label:
            return str(line.label)
    return str(policies()[policy].label) if policy in policies() else policy


def _people(keys: Any) -> str:
    if isinstance(keys, str):
        keys = [keys]
    return "、".join(spoken_names(set(keys))[key] for key in keys)


def _moment(told: Any) -> str:
    at = told if isinstance(told, datetime) else parse_datetime(str(told))
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else str(told)


def _facts(names: Any) -> str:
    return "、".join(called(name) for name in names)


VALUES: Mapping[str, Callable[[Any], Any]] = {
    "deadline": _deadline,
    "to": _people,
    "present": _people,
    "person": _people,
    "lesson": _one_of(dict(Lesson.Form.choices)),
    "skill": _one_of(SKILL_WORDS),
    "promise_at": _moment,
    "until": _moment,
    "facts": _facts,
    "about_before": _one_of(dict(Complaint.Against.choices)),
    "about_now": _one_of(dict(Complaint.Against.choices)),
    "substantiated": _one_of(taxonomy.SUBSTANTIATED),
    "responsibility": _one_of(taxonomy.RESPONSIBILITIES),
    "remedy": _one_of(taxonomy.REMEDIES),
    "cause": lambda key: taxonomy.spoken(taxonomy.CAUSES, key),
    "way": _one_of(dict(Apology.Way.choices)),
    "answer": _one_of(dict(Suggestion.Answer.choices)),
    "paper": _one_of(dict(Channel.choices)),
    "authority": _one_of(dict(Authority.choices)),
    "trigger": _one_of(dict(FollowUp.Trigger.choices)),
    "came_of": _one_of(dict(Attempt.Result.choices)),
    "followed_by": _one_of(dict(FollowUp.FollowedBy.choices)),
}

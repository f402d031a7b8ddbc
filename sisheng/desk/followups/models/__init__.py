"""Calls after the event, and the question by link."""

from sisheng.desk.followups.models.followup import Attempt, FollowUp
from sisheng.desk.followups.models.survey import Survey

__all__ = ["Attempt", "FollowUp", "Survey"]

"""Calls after the event, the question by link, and the question at the counter."""

from sisheng.desk.followups.models.followup import Attempt, FollowUp
from sisheng.desk.followups.models.rating import Rating
from sisheng.desk.followups.models.survey import Survey

__all__ = ["Attempt", "FollowUp", "Rating", "Survey"]

"""When there is somebody, how long that lasts, and by when something is due. Pure reckoning: nothing is stored here.

    calendar = Calendar(SHANGHAI, week("10:00-22:00", fri="10:00-22:30", sat="10:00-22:30"), special_days)
    calendar.add(start, timedelta(hours=2))           the moment two open hours later
    calendar.between(start, end)                      how much open time lies between
    Calendar.natural(SHANGHAI).add(start, amount)     every second counts
    Calendar.working_days(SHANGHAI, china_days([2026])).add_days(start, 5)

The days on which the State rests and works are in `sisheng.ground.hours.china`.
"""

from sisheng.ground.hours.calendar import Calendar
from sisheng.ground.hours.due import After, AtClosing, GivenTime, NextDay, Rule, WorkingDays, due
from sisheng.ground.hours.explain import Explanation, Step, explain_due
from sisheng.ground.hours.opening import Interval, SpecialDay, Week, intervals, week
from sisheng.ground.hours.reach import NeverCloses, NeverOpens, OutOfReach
from sisheng.ground.hours.words import say_duration, say_moment, say_period

__all__ = [
    "After",
    "AtClosing",
    "Calendar",
    "Explanation",
    "GivenTime",
    "Interval",
    "NeverCloses",
    "NeverOpens",
    "NextDay",
    "OutOfReach",
    "Rule",
    "SpecialDay",
    "Step",
    "Week",
    "WorkingDays",
    "due",
    "explain_due",
    "intervals",
    "say_duration",
    "say_moment",
    "say_period",
    "week",
]

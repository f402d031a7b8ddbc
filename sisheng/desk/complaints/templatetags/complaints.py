"""{% load complaints %}"""

from __future__ import annotations

from django import template

from sisheng.desk.complaints.telling import five_ways

register = template.Library()
register.simple_tag(five_ways)

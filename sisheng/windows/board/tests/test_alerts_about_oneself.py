"""What rang for somebody is taken from their desk when it turns out to be about them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sisheng.cases.ringing import sweep
from sisheng.desk.complaints import actions
from sisheng.desk.complaints.tests.conftest import receive, skincare
from sisheng.windows.board.home import alerts_for

__all__ = ["receive", "skincare"]


@pytest.mark.rule("CMP-30")
def test_what_is_about_somebody_rings_at_their_desk_no_more(receive, act, mei, supervisor, counter, on_duty, now):
    on_duty(mei, counter)
    complaint = receive(by=mei)
    sweep(now + timedelta(hours=23))
    assert alerts_for(complaint.mall, mei)

    actions.name_staff(act(supervisor), complaint, who=mei)

    assert not alerts_for(complaint.mall, mei)

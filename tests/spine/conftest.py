"""Several people at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from sisheng.desk.complaints.tests.conftest import make_complaint, play_complaint, receive, skincare  # noqa: F401
from sisheng.desk.improvements.tests.conftest import ask as improve  # noqa: F401
from sisheng.desk.improvements.tests.conftest import play as advance  # noqa: F401
from sisheng.desk.inquiries.tests.conftest import make_inquiry, play  # noqa: F401


@pytest.fixture
def together():
    """Let n people do something at the same moment; returns what each got, an exception where they were refused."""

    def run(n, do):
        start = Barrier(n)

        def one(number):
            start.wait()
            try:
                return do(number)
            except Exception as refusal:
                return refusal
            finally:
                connection.close()

        with ThreadPoolExecutor(n) as people:
            return list(people.map(one, range(n)))

    return run

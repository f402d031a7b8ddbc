"""Tests that start other processes: so that those find the same database."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection


def same_database() -> dict[str, str]:
    """The environment in which another process finds the database of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        address = urlsplit(os.environ["SISHENG_DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "sisheng.config.settings",
        "SISHENG_DATABASE_URL": address,
        "SISHENG_HOME": str(settings.HOME),
    }

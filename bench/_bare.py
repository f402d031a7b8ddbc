"""The ceiling: plain Django with one table, behind the same server as ours. Started by a bench with --port.

POST /insert   one row, durable        GET /rows   the newest 25        GET /one   one row by its key
"""

from __future__ import annotations

import argparse
import os
import sys
from types import SimpleNamespace
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from django.utils import timezone

from sisheng.config import environment as env
from sisheng.config.serve.pages import Pages

FILLED = 10_000
WORDS = "行李箱有没有绿色 28 寸？顾客在门口等"
PAGE = "<!doctype html><title>Tickets</title><table>{}</table>"
ROW = "<tr><td>{{ ticket.pk }}<td>{{ ticket.subject }}<td>{{ ticket.by }}<td>{{ ticket.at|date:'Y-m-d H:i' }}"

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={"default": env.database("SISHENG_DATABASE_URL", "")},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    ROOT_URLCONF=__name__,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    USE_TZ=True,
)
django.setup()


class Ticket(models.Model):
    subject = models.CharField(max_length=120)
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        app_label = "bare"


rows_page = engines["django"].from_string(PAGE.format("{% for ticket in tickets %}" + ROW + "{% endfor %}"))
one_page = engines["django"].from_string(PAGE.format(ROW))


def insert(request: HttpRequest) -> HttpResponse:
    Ticket.objects.create(subject=request.POST["subject"], by=request.POST["by"], at=timezone.now())
    return HttpResponse(status=201)


def rows(request: HttpRequest) -> HttpResponse:
    return HttpResponse(rows_page.render({"tickets": Ticket.objects.order_by("-pk")[:25]}))


def one(request: HttpRequest) -> HttpResponse:
    return HttpResponse(one_page.render({"ticket": Ticket.objects.get(pk=FILLED // 2)}))


urlpatterns = [path("insert", insert), path("rows", rows), path("one", one)]


class BareSite:
    """What the server calls, without event stream."""

    def __init__(self, *, threads: int, lifeline: Any) -> None:
        self.pages, self.lifeline = Pages(get_wsgi_application(), threads), lifeline

    def __rsgi_init__(self, loop: Any) -> None:
        self.lifeline.hold(loop, lambda: None)
        self.pages.start()

    async def __rsgi__(self, scope: Any, proto: Any) -> None:
        await self.pages(scope, proto)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    with connection.schema_editor() as editor:
        editor.create_model(Ticket)
    now = timezone.now()
    Ticket.objects.bulk_create(Ticket(subject=f"{WORDS} {number}", by="梅", at=now) for number in range(FILLED))
    # the very server we ship, with this site in the place of ours
    sys.modules["sisheng.config.serve.site"] = SimpleNamespace(Site=BareSite)  # type: ignore[assignment]
    from sisheng.config.serve.server import Plan, serve

    port = parser.parse_args().port
    is_sqlite = connection.vendor == "sqlite"
    serve(Plan(host="127.0.0.1", port=port, workers=1 if is_sqlite else 2, threads=8, with_worker=False))


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    main()

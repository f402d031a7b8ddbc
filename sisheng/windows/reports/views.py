"""The pages of the reports. They read, and change nothing."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from sisheng.desk.complaints.figures import complaints_of
from sisheng.ground.ui.http import show
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest
from sisheng.windows.reports import tables
from sisheng.windows.reports.complaints import report
from sisheng.windows.reports.periods import NAMES, Period, period_of
from sisheng.windows.reports.which import MOST, narrowed


@require_GET
@needs("reports.see")
def complaints(request: DeskRequest) -> HttpResponse:
    """Complaints in figures, for one period."""
    period = _period(request)
    found = report(request.mall, request.user, period, request.act.at)
    context = {"report": found, "period": period, "names": NAMES, "at": request.act.at}
    return show(request, "reports/complaints.html", "reports/_complaints.html", context)


@require_GET
@needs("reports.see")
def which(request: DeskRequest) -> HttpResponse:
    """The complaints behind one number."""
    period, mall = _period(request), request.mall
    mine = complaints_of(mall, request.user)
    found, name = narrowed(mine, request.GET, period.span(mall, request.act.at), mall)
    lines = list(found.select_related("mall", "shop").order_by("-opened_at", "-pk")[: MOST + 1])
    context = {
        "period": period,
        "name": name,
        "complaints": lines[:MOST],
        "count": found.count() if len(lines) > MOST else len(lines),
        "at": request.act.at,
    }
    return show(request, "reports/which.html", "reports/_which.html", context)


@require_GET
@needs("reports.see")
def download(request: DeskRequest, table: str) -> HttpResponse:
    """One table of the report as a file."""
    if table not in tables.TABLES:
        raise Http404
    period = _period(request)
    found = report(request.mall, request.user, period, request.act.at)
    response = HttpResponse(tables.written(found, table), content_type="text/csv; charset=utf-8")
    name = f"complaints-{table}-{period.first}-{period.last}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _period(request: DeskRequest) -> Period:
    return period_of(request.GET, request.mall.today(request.act.at))

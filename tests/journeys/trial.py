"""A page that exists only here: a panel, a form and a list that can be answered in every way there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sisheng.ground.refusals import NotAllowed, Overtaken, TooMany, Unusable
from sisheng.ground.ui.shell import address

REFUSALS: dict[int, Exception] = {
    400: SuspiciousOperation("odd"),
    403: NotAllowed("你没有这项权限，请组长来办。"),
    404: Http404(),
    409: Overtaken("苏禾刚刚改过，先看现在的情况。"),
    422: Unusable("电话要 11 位。", field="phone"),
    429: TooMany("一分钟后再试。"),
    500: RuntimeError("the trial page breaks on purpose"),
}

posted: list[dict[str, str]] = []
rows: list[tuple[str, str]] = []
shown = ["as it was"]


def begin_again() -> None:
    posted.clear()
    rows[:] = [("a", "丝巾"), ("b", "退费"), ("c", "电梯")]
    shown[:] = ["as it was"]


class TrialForm(forms.Form):
    name = forms.CharField(label="name")
    phone = forms.RegexField(r"^1\d{10}$", label="phone")


@dataclass(frozen=True)
class TrialClock:
    due_at: datetime
    label: str = "回电"

    def state(self, at: datetime) -> str:
        return "over" if at >= self.due_at else "now" if at >= self.now_at else "soon" if at >= self.soon_at else "ok"

    @property
    def soon_at(self) -> datetime:
        return self.due_at - timedelta(minutes=30)

    @property
    def now_at(self) -> datetime:
        return self.due_at - timedelta(minutes=5)


def page(request: HttpRequest) -> HttpResponse:
    minutes = (-2881.5, -600.5, -12.5, 3.5, 12.5, 29.5, 61.5, 600.5, 1441.5, 3075.5)
    clocks = [TrialClock(request.act.at + timedelta(minutes=each)) for each in minutes]
    return _render(request, "trial/page.html", {"form": TrialForm(), "clocks": clocks})


def panel(request: HttpRequest) -> HttpResponse:
    return _render(request, "trial/_panel.html", {})


def answer(request: HttpRequest, status: int) -> HttpResponse:
    if status == 200:
        return _render(request, "trial/_panel.html", {})
    raise PermissionDenied if status == 4030 else REFUSALS[status]


def box(request: HttpRequest) -> HttpResponse:
    return _render(request, "trial/_box.html", {"form": TrialForm()})


def save(request: HttpRequest) -> HttpResponse:
    posted.append(request.POST.dict())
    form = TrialForm(request.POST)
    if not form.is_valid():
        return _render(request, "trial/_form.html", {"form": form}, status=422)
    if form.cleaned_data["name"] == "别人":
        raise REFUSALS[409]
    if request.headers.get("HX-Request"):
        return _render(request, "trial/_form.html", {"form": TrialForm()})
    return redirect(address(request, "trial:page"))


def _render(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    statuses = [*REFUSALS, 200, 4030]
    usual = {
        "panel": address(request, "trial:panel"),
        "box": address(request, "trial:box"),
        "save": address(request, "trial:save"),
        "answers": [(status, address(request, "trial:answer", status)) for status in statuses],
        "rows": rows,
        "shown": shown[0],
    }
    return render(request, template, {**usual, **context}, status=status)

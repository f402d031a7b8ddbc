"""The pages of induction: who is new and how far they are; and, for whoever is new, what is still missing."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from sisheng.desk.training import actions, forms
from sisheng.desk.training.models import Exam, Induction, Lesson
from sisheng.desk.training.progress import progress_of
from sisheng.ground.once.models import receipt_of
from sisheng.ground.refusals import Refused, Unusable
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.models import Staff
from sisheng.mall.staff.request import DeskRequest

INDEX, DETAIL = "training/index.html", "training/detail.html"
MOST, LAST = 100, 20


@require_GET
@needs("desk.work")
def index(request: DeskRequest) -> HttpResponse:
    """One's own induction; and everybody's, for whoever trains people."""
    return _index(request)


@require_POST
@needs("staff.train")
def begin(request: DeskRequest) -> HttpResponse:
    if earlier := receipt_of(actions.begin, request.act):
        return _to(request, earlier.recall())
    form = forms.Begin(request.POST, people=_who_could_be_new(request))
    if not form.is_valid():
        return _index(request, begin=form, status=422)
    try:
        return _to(request, actions.begin(request.act, request.mall, **form.cleaned_data))
    except Unusable as no:
        _say(form, no)
        return _index(request, begin=form, status=422)


@require_GET
@needs("staff.train")
def detail(request: DeskRequest, induction: int) -> HttpResponse:
    return _detail(request, _find(request, induction))


@require_POST
@needs("staff.train")
def lesson(request: DeskRequest, induction: int) -> HttpResponse:
    return _note(request, _find(request, induction), "lesson", forms.NoteLesson(request.POST), actions.note_lesson)


@require_POST
@needs("staff.train")
def exam(request: DeskRequest, induction: int) -> HttpResponse:
    return _note(request, _find(request, induction), "exam", forms.Examine(request.POST), actions.examine)


@require_POST
@needs("staff.train")
def strike_lesson(request: DeskRequest, lesson: int) -> HttpResponse:
    return _strike(request, get_object_or_404(_noted(request, Lesson), pk=lesson))


@require_POST
@needs("staff.train")
def strike_exam(request: DeskRequest, exam: int) -> HttpResponse:
    return _strike(request, get_object_or_404(_noted(request, Exam), pk=exam))


@require_POST
@needs("staff.train")
def let_pass(request: DeskRequest, induction: int) -> HttpResponse:
    return _to(request, actions.let_pass(request.act, _find(request, induction)))


def _note(request: DeskRequest, induction: Induction, which: str, form: Any, action: Any) -> HttpResponse:
    if not form.is_valid():
        return _detail(request, induction, status=422, **{which: form})
    try:
        action(request.act, induction, **form.cleaned_data)
    except Unusable as no:
        _say(form, no)
        return _detail(request, induction, status=422, **{which: form})
    return _to(request, induction)


def _noted(request: DeskRequest, kind: type[Lesson] | type[Exam]) -> Any:
    seen = Induction.objects.visible_to(request.user).filter(mall=request.mall)
    return kind.objects.filter(induction__in=seen).select_related("induction__mall", "induction__person")


def _strike(request: DeskRequest, noted: Lesson | Exam) -> HttpResponse:
    """It was written down by mistake."""
    actions.strike(request.act, noted)
    return _to(request, noted.induction)


def _say(form: Any, no: Refused) -> None:
    form.add_error(no.field if no.field in form.fields else None, str(no))


def _find(request: DeskRequest, induction: int) -> Induction:
    seen = Induction.objects.visible_to(request.user).select_related("mall", "person")
    return get_object_or_404(seen, mall=request.mall, pk=induction)


def _to(request: DeskRequest, induction: Induction) -> HttpResponse:
    return redirect("training:detail", request.mall.slug, induction.pk)


def _who_could_be_new(request: DeskRequest) -> Any:
    return Staff.objects.working_in(request.mall).filter(in_training=False).exclude(pk=request.user.pk)


def _index(request: DeskRequest, *, begin: forms.Begin | None = None, status: int = 200) -> HttpResponse:
    at, mall = request.act.at, request.mall
    mine = Induction.objects.going_on().filter(mall=mall, person=request.user).first()
    seen = Induction.objects.visible_to(request.user).filter(mall=mall).select_related("mall", "person", "passed_by")
    today = mall.today(at)
    context = {
        "mine": progress_of(mine, at) if mine else None,
        "may_train": request.user.can("staff.train", mall),
        "rows": [(one, progress_of(one, at)) for one in seen.going_on().order_by("pk")[:MOST]],
        "passed": seen.filter(passed_at__isnull=False).order_by("-passed_at")[:LAST],
        "begin": begin or forms.Begin(initial={"on": today}, people=_who_could_be_new(request)),
        "at": at,
    }
    return render(request, INDEX, context, status=status)


def _detail(request: DeskRequest, induction: Induction, *, status: int = 200, **bound: Any) -> HttpResponse:
    today = {"on": induction.mall.today(request.act.at)}
    context = {
        "induction": induction,
        "progress": progress_of(induction, request.act.at),
        "lessons": induction.lessons.all().counted().select_related("noted_by"),
        "exams": induction.exams.all().counted().select_related("examiner"),
        "lesson": forms.NoteLesson(initial=today),
        "exam": forms.Examine(initial=today),
        "may_judge": induction.passed_at is None and induction.person != request.user,
        "at": request.act.at,
        **bound,
    }
    return render(request, DETAIL, context, status=status)

"""Writing down what the law asks besides."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from sisheng.desk.complaints import actions, forms
from sisheng.desk.complaints.editing import on_screen
from sisheng.desk.complaints.law.page import as_it_stands
from sisheng.desk.complaints.views.page import CARD, PAGE, context_for, find, moved
from sisheng.ground.once.models import receipt_of
from sisheng.ground.refusals import Overtaken
from sisheng.ground.ui.http import show
from sisheng.mall.staff.gate import needs
from sisheng.mall.staff.request import DeskRequest


@require_POST
@needs("complaints.handle")
def circumstances(request: DeskRequest, number: str) -> HttpResponse:
    """Correct what is so, and the days from which the law reckons. What somebody else changed is asked about."""
    complaint = find(request, number)
    if receipt_of(actions.edit, request.act):
        return moved(request, number)
    form = forms.Circumstances(request.POST, mall=request.mall, at=request.act.at)
    if form.is_valid():
        was = on_screen(as_it_stands(complaint), request.POST.get("was", ""))
        try:
            actions.edit(request.act, complaint, changes=form.cleaned_data, was=was)
            return moved(request, number)
        except Overtaken as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            complaint = find(request, number)
    return show(request, PAGE, CARD, context_for(request, complaint, law_form=form), status=422)

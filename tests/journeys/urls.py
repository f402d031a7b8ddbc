"""The addresses of the site, with the living page of parts and the page that exists only in journeys."""

from django.urls import include, path

from sisheng.config import urls as site
from sisheng.ground.ui.gallery import gallery
from tests.journeys import trial

_trial = [
    path("", trial.page, name="page"),
    path("panel/", trial.panel, name="panel"),
    path("answer/<int:status>/", trial.answer, name="answer"),
    path("box/", trial.box, name="box"),
    path("save/", trial.save, name="save"),
]

urlpatterns = [
    path("<slug:mall>/desk/parts/", gallery),
    path("<slug:mall>/desk/trial/", include((_trial, "trial"))),
    *site.urlpatterns,
]

handler400, handler403 = site.handler400, site.handler403
handler404, handler500 = site.handler404, site.handler500

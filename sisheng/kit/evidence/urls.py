from django.urls import path

from sisheng.kit.evidence.views import asking, one, panel

app_name = "evidence"
urlpatterns = [
    path("<str:number>/", panel.panel, name="panel"),
    path("<str:number>/add/", panel.add, name="add"),
    path("<str:number>/statements/", asking.ask_statement, name="ask-statement"),
    path("<str:number>/statements/<int:pk>/", asking.statement, name="statement"),
    path("<str:number>/statements/<int:pk>/<slug:name>/", asking.statement_step, name="statement-step"),
    path("<str:number>/cctv/", asking.ask_cctv, name="ask-cctv"),
    path("<str:number>/cctv/<int:pk>/", asking.cctv, name="cctv"),
    path("<str:number>/cctv/<int:pk>/<slug:name>/", asking.cctv_step, name="cctv-step"),
    path("<str:number>/<int:which>/", one.one, name="one"),
    path("<str:number>/<int:which>/file/", one.file, name="file"),
    path("<str:number>/<int:which>/<slug:name>/", one.step, name="step"),
]

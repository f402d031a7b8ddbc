from django.urls import path

from sisheng.desk.followups import views

app_name = "followups"
urlpatterns = [
    path("", views.index, name="index"),
    path("results/", views.results, name="results"),
    path("of/<str:number>/", views.panel, name="panel"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/phone/", views.phone, name="phone"),
    path("<str:number>/<slug:name>/", views.step, name="step"),
]

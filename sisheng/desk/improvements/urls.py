from django.urls import path

from sisheng.desk.improvements import views

app_name = "improvements"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.begin, name="begin"),
    path("of/<str:number>/", views.panel, name="panel"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/<slug:name>/", views.step, name="step"),
]

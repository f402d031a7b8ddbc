from django.urls import path

from sisheng.desk.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:number>/check/", views.check, name="check"),
    path("<str:number>/seen/", views.seen, name="seen"),
]

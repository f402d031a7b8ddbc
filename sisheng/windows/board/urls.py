from django.urls import path

from sisheng.windows.board import views

app_name = "board"
urlpatterns = [
    path("", views.desk_home, name="home"),
    path("now/", views.now, name="now"),
    path("today/", views.today, name="today"),
    path("cases/", views.cases, name="cases"),
    path("cases/counts/", views.counts, name="counts"),
    path("find/", views.palette, name="palette"),
    path("find/found/", views.found, name="found"),
    path("clocks/<int:clock>/acknowledge/", views.acknowledge, name="acknowledge"),
]

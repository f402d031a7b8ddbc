from django.urls import path

from sisheng.windows.portal import poster, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("look/", views.look, name="look"),
    path("progress/", views.progress, name="progress"),
    path("progress/case/", views.case, name="case"),
    path("progress/leave/", views.leave, name="leave"),
    path("desk/poster/", poster.poster, name="poster"),
]

from django.urls import path

from sisheng.windows.portal import complain, mine, poster, praise, rate, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("look/", views.look, name="look"),
    path("progress/", views.progress, name="progress"),
    path("progress/case/", views.case, name="case"),
    path("progress/case/answer/", mine.answer, name="answer"),
    path("progress/case/hurry/", mine.hurry, name="hurry"),
    path("progress/case/photo/", mine.photo, name="photo"),
    path("complain/", complain.complain, name="complain"),
    path("complain/received/", complain.received, name="received"),
    path("praise/", praise.praise, name="praise"),
    path("rate/", rate.rate, name="rate"),
    path("progress/leave/", views.leave, name="leave"),
    path("desk/poster/", poster.poster, name="poster"),
]

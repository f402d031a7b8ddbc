from django.urls import path

from sisheng.windows.board import case_list, typical, views

app_name = "board"
urlpatterns = [
    path("", views.desk_home, name="home"),
    path("now/", views.now, name="now"),
    path("today/", views.today, name="today"),
    path("cases/", case_list.cases, name="cases"),
    path("cases/counts/", case_list.counts, name="counts"),
    path("cases/assign/", case_list.assign, name="assign"),
    path("cases/typical/", typical.typical, name="typical"),
    path("cases/views/save/", case_list.save, name="save-view"),
    path("cases/views/remove/", case_list.remove, name="remove-view"),
    path("find/", views.palette, name="palette"),
    path("find/found/", views.found, name="found"),
    path("clocks/<int:clock>/acknowledge/", views.acknowledge, name="acknowledge"),
]

from django.urls import path

from sisheng.desk.contacts import views

app_name = "contacts"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("cards/", views.cards, name="cards"),
    path("log/", views.log, name="log"),
    path("strip/", views.strip, name="strip"),
    path("waiting/", views.waiting, name="waiting"),
    path("arrive/", views.arrive, name="arrive"),
    path("greet/", views.greet, name="greet"),
    path("arrivals/<int:arrival>/leave/", views.leave, name="leave"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/typical/", views.typical, name="typical"),
    path("<str:number>/undo/", views.undo, name="undo"),
]

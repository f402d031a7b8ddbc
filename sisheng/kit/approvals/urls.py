from django.urls import path

from sisheng.kit.approvals import views

app_name = "approvals"
urlpatterns = [
    path("", views.index, name="index"),
    path("waiting/", views.waiting, name="waiting"),
    path("of/<str:number>/", views.panel, name="panel"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/decide/", views.decide, name="decide"),
    path("<str:number>/withdraw/", views.withdraw, name="withdraw"),
]

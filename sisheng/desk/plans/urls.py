from django.urls import path

from sisheng.desk.plans import views

app_name = "plans"
urlpatterns = [
    path("", views.index, name="index"),
    path("all/", views.every, name="all"),
    path("<slug:key>/", views.card, name="card"),
]

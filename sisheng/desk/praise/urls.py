from django.urls import path

from sisheng.desk.praise import views

app_name = "praise"
urlpatterns = [
    path("", views.index, name="index"),
    path("<str:number>/name/", views.name, name="name"),
    path("<str:number>/take/", views.take, name="take"),
    path("<str:number>/answer/", views.answer, name="answer"),
    path("<str:number>/phone/", views.phone, name="phone"),
]

from django.urls import path

from sisheng.desk.inquiries import views

app_name = "inquiries"
urlpatterns = [
    path("new/", views.begin, name="begin"),
    path("new/with/", views.begin_with, name="begin-with"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/phone/", views.phone, name="phone"),
    path("<str:number>/<slug:name>/", views.move, name="move"),
]

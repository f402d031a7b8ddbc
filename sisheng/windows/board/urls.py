from django.urls import path

from sisheng.windows.board import views

app_name = "board"
urlpatterns = [path("", views.home, name="home")]

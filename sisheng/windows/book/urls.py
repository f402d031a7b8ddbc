from django.urls import path

from sisheng.windows.book import views

app_name = "book"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("ways/", views.ways, name="ways"),
    path("<int:pk>/", views.sitting, name="sitting"),
]

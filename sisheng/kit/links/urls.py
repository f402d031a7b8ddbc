from django.urls import path

from sisheng.kit.links import views

app_name = "links"
urlpatterns = [path("<str:token>/", views.by_link, name="by-link")]

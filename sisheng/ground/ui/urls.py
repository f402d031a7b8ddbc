from django.conf import settings
from django.urls import path

from sisheng.ground.ui import gallery, views

app_name = "ui"
urlpatterns = [path("theme/", views.theme, name="theme")]

if settings.DEBUG:
    urlpatterns.append(path("", gallery.gallery, name="gallery"))

from django.urls import path

from sisheng.kit.presence import views

app_name = "presence"
urlpatterns = [path("<str:number>/", views.here, name="here")]

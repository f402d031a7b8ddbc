from django.urls import path

from sisheng.windows.shops import views

app_name = "shops"
urlpatterns = [path("<str:number>/<int:pk>/", views.link_page, name="link")]

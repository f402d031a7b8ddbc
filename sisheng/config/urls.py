"""What is where."""

from django.urls import include, path
from django.views.i18n import set_language

from sisheng.mall.staff import views as staff

urlpatterns = [
    path("", staff.front_door, name="front-door"),
    path("login/", staff.LoginView.as_view(), name="login"),
    path("logout/", staff.logout, name="logout"),
    path("language/", set_language, name="set_language"),
    path("<slug:mall>/desk/", include("sisheng.windows.board.urls")),
]

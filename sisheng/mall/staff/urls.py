from django.urls import path

from sisheng.mall.staff import duty

app_name = "staff"
urlpatterns = [
    path("check-in/", duty.check_in, name="check-in"),
    path("check-out/", duty.check_out, name="check-out"),
]

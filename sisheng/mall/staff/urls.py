from django.urls import path

from sisheng.mall.staff import duty, people

app_name = "staff"
urlpatterns = [
    path("check-in/", duty.check_in, name="check-in"),
    path("check-out/", duty.check_out, name="check-out"),
    path("people/", people.people, name="people"),
    path("people/stand-in/", people.stand_in, name="stand-in"),
    path("people/stand-in/<int:cover>/end/", people.end_stand_in, name="end-stand-in"),
    path("people/<str:code>/skill/", people.skill, name="skill"),
]

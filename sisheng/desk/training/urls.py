from django.urls import path

from sisheng.desk.training import views

app_name = "training"
urlpatterns = [
    path("", views.index, name="index"),
    path("begin/", views.begin, name="begin"),
    path("<int:induction>/", views.detail, name="detail"),
    path("<int:induction>/lesson/", views.lesson, name="lesson"),
    path("<int:induction>/exam/", views.exam, name="exam"),
    path("<int:induction>/pass/", views.let_pass, name="pass"),
    path("lesson/<int:lesson>/strike/", views.strike_lesson, name="strike-lesson"),
    path("exam/<int:exam>/strike/", views.strike_exam, name="strike-exam"),
]

from django.urls import path

from sisheng.kit.messages import views

app_name = "messages"
urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("notices/count/", views.count, name="count"),
    path("notices/seen/", views.see_all, name="see-all"),
    path("notices/<int:notice>/", views.open_notice, name="open"),
    path("of/<str:number>/", views.of_case, name="of-case"),
    path("<int:message>/cancel/", views.cancel, name="cancel"),
    path("<int:message>/told/", views.told, name="told"),
]

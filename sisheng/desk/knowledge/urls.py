from django.urls import path

from sisheng.desk.knowledge import views

app_name = "knowledge"
urlpatterns = [
    path("phrases/", views.phrases, name="phrases"),
    path("gaps/", views.gaps, name="gaps"),
]

from django.urls import path

from sisheng.windows.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.complaints, name="complaints"),
    path("which/", views.which, name="complaints-which"),
    path("<slug:table>.csv", views.download, name="complaints-csv"),
]

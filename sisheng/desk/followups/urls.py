from django.urls import path

from sisheng.desk.followups import ratings, views

app_name = "followups"
urlpatterns = [
    path("", views.index, name="index"),
    path("results/", views.results, name="results"),
    path("ratings/", ratings.index, name="ratings"),
    path("ratings/<int:rating>/strike/", ratings.strike, name="strike"),
    path("of/<str:number>/", views.panel, name="panel"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/phone/", views.phone, name="phone"),
    path("<str:number>/<slug:name>/", views.step, name="step"),
]

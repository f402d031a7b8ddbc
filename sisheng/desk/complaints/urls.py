from django.urls import path

from sisheng.desk.complaints import printing, views

app_name = "complaints"
urlpatterns = [
    path("new/", views.begin, name="begin"),
    path("new/with/", views.begin_with, name="begin-with"),
    path("<str:number>/", views.detail, name="detail"),
    path("<str:number>/facts/", views.facts, name="facts"),
    path("<str:number>/circumstances/", views.circumstances, name="circumstances"),
    path("<str:number>/note/", views.note, name="note"),
    path("<str:number>/phone/", views.phone, name="phone"),
    path("<str:number>/remedy/<int:remedy>/", views.fulfil, name="fulfil"),
    path("<str:number>/external/<int:file>/", views.reply, name="reply"),
    path("<str:number>/external/<int:file>/news/", views.their_news, name="their-news"),
    path("<str:number>/slip/", printing.slip, name="slip"),
    path("<str:number>/form/", printing.form, name="form"),
    path("<str:number>/handling/", printing.handling, name="handling"),
    path("<str:number>/letter/", printing.letter, name="letter"),
    path("<str:number>/casefile/", printing.casefile, name="casefile"),
    path("<str:number>/<slug:name>/", views.step, name="step"),
]

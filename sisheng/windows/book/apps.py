from django.apps import AppConfig


class BookConfig(AppConfig):
    name = "sisheng.windows.book"
    label = "book"

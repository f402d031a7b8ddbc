from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "sisheng.windows.board"
    label = "board"

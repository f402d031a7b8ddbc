from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "sisheng.ground.ui"
    label = "ui"

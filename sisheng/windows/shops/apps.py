from django.apps import AppConfig


class ShopsConfig(AppConfig):
    name = "sisheng.windows.shops"
    label = "shops"

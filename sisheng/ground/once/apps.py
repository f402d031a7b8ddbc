from django.apps import AppConfig


class OnceConfig(AppConfig):
    name = "sisheng.ground.once"
    label = "once"

from django.apps import AppConfig


class PaperConfig(AppConfig):
    name = "sisheng.kit.paper"
    label = "paper"

from django.apps import AppConfig


class ImprovementsConfig(AppConfig):
    name = "sisheng.desk.improvements"
    label = "improvements"

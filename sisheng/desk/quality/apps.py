from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "sisheng.desk.quality"
    label = "quality"

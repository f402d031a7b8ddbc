from django.apps import AppConfig


class PraiseConfig(AppConfig):
    name = "sisheng.desk.praise"
    label = "praise"

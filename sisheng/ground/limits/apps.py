from django.apps import AppConfig


class LimitsConfig(AppConfig):
    name = "sisheng.ground.limits"
    label = "limits"

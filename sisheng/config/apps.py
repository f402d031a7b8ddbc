from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "sisheng.config"
    label = "config"

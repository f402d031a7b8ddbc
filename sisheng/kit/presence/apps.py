from django.apps import AppConfig


class PresenceConfig(AppConfig):
    name = "sisheng.kit.presence"

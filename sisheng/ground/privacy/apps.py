from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "sisheng.ground.privacy"
    label = "privacy"

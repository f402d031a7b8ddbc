from django.apps import AppConfig
from django.conf import settings


class PrivacyConfig(AppConfig):
    name = "sisheng.ground.privacy"
    label = "privacy"

    def ready(self) -> None:
        from sisheng.ground.privacy import keys

        if settings.SISHENG_DATA_KEYS:
            keys.read(settings.SISHENG_DATA_KEYS)  # a bad key is told before anything starts

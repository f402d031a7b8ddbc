from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "sisheng.config"
    label = "config"

    def ready(self) -> None:
        from sisheng.config import checks  # noqa: F401  (registers itself)

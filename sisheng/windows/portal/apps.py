from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "sisheng.windows.portal"
    label = "portal"

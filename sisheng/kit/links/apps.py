from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "sisheng.kit.links"
    label = "links"

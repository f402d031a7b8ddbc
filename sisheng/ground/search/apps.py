from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "sisheng.ground.search"
    label = "search"

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "sisheng.mall.directory"
    label = "directory"

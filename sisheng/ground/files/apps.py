from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "sisheng.ground.files"
    label = "files"

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "sisheng.desk.complaints"
    label = "complaints"

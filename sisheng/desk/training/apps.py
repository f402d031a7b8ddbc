from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "sisheng.desk.training"
    label = "training"

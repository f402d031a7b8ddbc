from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "sisheng.ground.jobs"
    label = "jobs"

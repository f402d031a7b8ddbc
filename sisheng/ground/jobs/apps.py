from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "sisheng.ground.jobs"
    label = "jobs"

    def ready(self) -> None:
        autodiscover_modules("jobs")  # each app keeps the jobs that it knows in its jobs.py

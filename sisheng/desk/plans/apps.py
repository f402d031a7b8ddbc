from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "sisheng.desk.plans"
    label = "plans"

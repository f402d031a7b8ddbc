from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "sisheng.mall.staff"
    label = "staff"

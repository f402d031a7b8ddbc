from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "sisheng.windows.reports"
    label = "reports"

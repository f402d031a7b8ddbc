from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "sisheng.cases"
    label = "cases"

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "sisheng.kit.approvals"
    label = "approvals"

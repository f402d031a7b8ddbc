from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "sisheng.ground.policies"
    label = "policies"

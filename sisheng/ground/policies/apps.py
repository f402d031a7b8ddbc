from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "sisheng.ground.policies"
    label = "policies"

    def ready(self) -> None:
        from sisheng.ground.policies import checks  # noqa: F401  registers itself

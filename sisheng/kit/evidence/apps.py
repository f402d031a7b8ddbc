from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "sisheng.kit.evidence"
    label = "evidence"

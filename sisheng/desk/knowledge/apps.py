from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "sisheng.desk.knowledge"
    label = "knowledge"

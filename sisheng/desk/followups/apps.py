from django.apps import AppConfig


class FollowupsConfig(AppConfig):
    name = "sisheng.desk.followups"
    label = "followups"

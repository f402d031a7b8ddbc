from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "sisheng.kit.messages"
    label = "kit_messages"  # “messages” is Django’s own

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "sisheng.ground.events"
    label = "events"

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "sisheng.desk.contacts"
    label = "contacts"

from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "sisheng.desk.inquiries"
    label = "inquiries"

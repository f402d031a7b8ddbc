from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "sisheng.mall.customers"
    label = "customers"

"""The customers of a mall, taken over from the table of a member system."""

from sisheng.mall.customers.imports.carrying_out import import_customers
from sisheng.mall.customers.imports.people import customer_spec

__all__ = ["customer_spec", "import_customers"]

"""The people the desk knows, and what they allowed us to keep."""

from sisheng.mall.customers.models.consent import Consent
from sisheng.mall.customers.models.customer import Customer

__all__ = ["Consent", "Customer"]

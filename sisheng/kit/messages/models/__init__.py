"""Words on their way: to customers, and to the people of the desk."""

from sisheng.kit.messages.models.message import Message
from sisheng.kit.messages.models.notice import Notice

__all__ = ["Message", "Notice"]

"""The place: malls, floors, shops, facilities, desks, and what is true there today."""

from sisheng.mall.directory.models.calls import EmergencyNumber
from sisheng.mall.directory.models.desks import Capability, Desk
from sisheng.mall.directory.models.facilities import Facility
from sisheng.mall.directory.models.facts import Fact, NeedType
from sisheng.mall.directory.models.hours import DayException, Opening, OpeningHours
from sisheng.mall.directory.models.news import Announcement, Promotion
from sisheng.mall.directory.models.place import Floor, Mall, Zone
from sisheng.mall.directory.models.routes import Route
from sisheng.mall.directory.models.sequence import Sequence, public_code
from sisheng.mall.directory.models.shops import BrandContact, Shop

__all__ = [
    "Announcement",
    "BrandContact",
    "Capability",
    "DayException",
    "Desk",
    "EmergencyNumber",
    "Facility",
    "Fact",
    "Floor",
    "Mall",
    "NeedType",
    "Opening",
    "OpeningHours",
    "Promotion",
    "Route",
    "Sequence",
    "Shop",
    "Zone",
    "public_code",
]

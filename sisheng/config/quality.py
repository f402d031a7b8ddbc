"""Whose records are drawn to be checked, by group (CTR-06): the functions of the slices that own them."""

from sisheng.desk.complaints import checked as complaints
from sisheng.desk.contacts import checked as contacts
from sisheng.desk.quality.sources import Source

SOURCES = {
    "phone": Source(contacts.by_phone, contacts.shown),
    "complaint": Source(complaints.begun, complaints.shown),
    "counter": Source(contacts.at_the_counter, contacts.shown),
}

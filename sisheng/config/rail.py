"""What stands on the rail, in this order (ux.md §3). A section whose page does not exist yet is not shown."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sisheng.ground.ui.shell import Section

# a record is opened from the list, from the search, from a notice: it is a case all the same
OF_CASES = ("inquiries", "complaints", "improvements", "evidence", "shops")

RAIL = (
    Section("desk", _("Desk"), "board:home", icon="layout-dashboard", needs="desk.work", go="d"),
    Section("contacts", _("Contacts"), "contacts:index", icon="headset", needs="contacts.log", go="j"),
    Section("cases", _("Cases"), "board:cases", icon="clipboard-list", needs="cases.see", go="a", holds=OF_CASES),
    Section("followups", _("Follow-ups"), "followups:index", icon="phone", needs="followups.call", go="k"),
    Section("knowledge", _("Knowledge"), "knowledge:gaps", icon="book-2", needs="contacts.log", go="z"),
    Section("praise", _("Praise"), "praise:index", icon="star", needs="praise.see", go="b"),
    Section(
        "reports", pgettext_lazy("rail", "Figures"), "reports:complaints", icon="chart-bar", needs="reports.see", go="v"
    ),
    Section(
        "quality", pgettext_lazy("rail", "Quality"), "quality:index", icon="checklist", needs="quality.see", go="q"
    ),
    Section("book", _("Comment book"), "book:enter", icon="writing", needs="complaints.open", go="y"),
    Section(
        "staff",
        pgettext_lazy("rail", "Staff"),
        "staff:people",
        icon="users",
        needs="staff.see_presence",
        go="r",
        holds=("training",),
    ),
    Section(
        "floor", pgettext_lazy("rail", "Emergency"), "plans:index", icon="alert-triangle", needs="desk.work", go="x"
    ),
)

"""What somebody keeps at hand on their own desk."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A list of cases that one person looks at often: its filters, as the query of its address, under a name."""

    mall = models.ForeignKey("directory.Mall", models.PROTECT, related_name="+")
    staff = models.ForeignKey("staff.Staff", models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=20)
    query = models.CharField(max_length=300)

    PERSONAL = {"name": _("to find one's own list again")}
    PLAIN = ("query",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "staff", "name"], name="board_savedview_one_of_a_name")]

    def __str__(self) -> str:
        return f"{self.staff_id}: {self.query}"

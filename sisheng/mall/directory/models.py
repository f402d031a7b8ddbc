"""The place: malls, floors, shops, facilities, desks, and what is true there today."""

from django.db import models


class Mall(models.Model):
    """A shopping mall. Everything else belongs to one."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.slug


class Desk(models.Model):
    """A service desk: a counter where people are received (DSK-01)."""

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="desks")
    name = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.name

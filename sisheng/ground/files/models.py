"""A file that was kept: what the database knows about what lies on the disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sisheng.ground.act import Act
from sisheng.ground.files import disk
from sisheng.ground.files.kinds import ENDINGS
from sisheng.ground.files.pictures import COPY_TYPE
from sisheng.ground.files.taking import Taken
from sisheng.ground.privacy.sealed import Unreadable


class KeptFileQuerySet(models.QuerySet["KeptFile"]):
    def there(self) -> KeptFileQuerySet:
        """Without those whose contents were taken away."""
        return self.filter(name__isnull=False)

    def names(self) -> set[str]:
        """Everything on the disk that somebody still needs."""
        return {name for pair in self.values_list("name", "copy_name") for name in pair if name}


class KeptFile(models.Model):
    """What somebody gave us, untouched and encrypted, with its hash; of a picture also a clean copy to look at."""

    mall_id = models.BigIntegerField()
    topic = models.CharField(max_length=80)  # the thing it belongs to, as in events
    part = models.CharField(max_length=20, blank=True)  # which of its things
    title = models.CharField(_("name of the file"), max_length=120, blank=True)  # what they called it
    type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)  # of the untouched original
    name = models.CharField(max_length=32, unique=True, null=True)  # noqa: DJ001  on the disk; nothing: it is gone
    copy_name = models.CharField(max_length=32, blank=True)
    copy_size = models.PositiveBigIntegerField(default=0)
    by = models.CharField(max_length=40)
    kept_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)  # when the hash was last computed again
    altered_at = models.DateTimeField(null=True)  # when it was found to be another
    gone_at = models.DateTimeField(null=True)

    PERSONAL = {"title": _("to find the file again")}
    PLAIN = ("mall_id", "topic", "part", "type", "size", "sha256", "name", "copy_name", "copy_size", "by")

    objects = KeptFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        constraints = [
            models.CheckConstraint(
                condition=Q(name__isnull=False, gone_at=None) | Q(name=None, copy_name="", gone_at__isnull=False),
                name="files_keptfile_there_or_gone",
            )
        ]
        indexes = [models.Index(fields=["checked_at"], name="files_keptfile_to_check", condition=Q(gone_at=None))]

    def __str__(self) -> str:
        return self.about

    @classmethod
    def keep(cls, act: Act, taken: Taken, *, mall_id: int, topic: str, part: str = "") -> KeptFile:
        """Name a file that was taken in, in the transaction of the act that needs it."""
        return cls.objects.create(
            mall_id=mall_id, topic=topic, part=part, title=taken.title, type=taken.type, size=taken.size,
            sha256=taken.sha256, name=taken.name, copy_name=taken.copy_name, copy_size=taken.copy_size,
            by=act.by.actor_key, kept_at=act.at, checked_at=act.at,
        )  # fmt: skip

    @property
    def about(self) -> str:
        """Which file this is, for people: TS-261122-0001/3."""
        return "/".join(filter(None, (self.topic, self.part)))

    @property
    def is_there(self) -> bool:
        return self.name is not None

    @property
    def is_picture(self) -> bool:
        """There is a copy that can be looked at."""
        return bool(self.copy_name)

    @property
    def ending(self) -> str:
        return ENDINGS[self.type]

    @property
    def copy_type(self) -> str:
        return COPY_TYPE

    def pieces(self, *, copy: bool = False) -> Iterator[bytes]:
        """The contents, decrypted piece by piece. Raises Missing or Unreadable."""
        name = self.copy_name if copy else self.name
        if not name:
            raise disk.Missing(_("The contents of this file were taken away."))
        return disk.read(name)

    def must_be_whole(self) -> None:
        """Compute the hash of the original again, and read the copy to its end. Raises Missing or Unreadable."""
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        if digest.hexdigest() != self.sha256:
            raise disk.altered()
        for _piece in self.pieces(copy=True) if self.copy_name else ():
            pass

    @property
    def trouble(self) -> str:
        """Why it cannot be read as it was kept; empty when it can."""
        try:
            self.must_be_whole()
        except Unreadable as error:
            return str(error)
        return ""

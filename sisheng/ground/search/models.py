"""What can be found, in every mall."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class SearchDoc(models.Model):
    """One thing that can be found, as it was when it was last indexed. Not the thing itself: it can be made again.

    The tokens stand beside it: on SQLite in the full-text table search_tokens under the same id, on PostgreSQL in a
    column that only SQL sees (migration 0002). An indexed thing takes a new id each time, so a higher id is more
    recent, and both databases can walk from the newest without sorting.
    """

    mall_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=120)
    title = models.TextField()
    text = models.TextField()  # all that is searched, folded: the headline, and in a second line the body
    codes = models.JSONField(default=list)  # codes.told
    entry = models.JSONField(null=True)  # readings.Entry, where there are names
    extra = models.JSONField(default=dict)
    updated_at = models.DateTimeField(db_default=Now())

    # What is personal never gets in (documents.Document).
    PLAIN = ("mall_id", "kind", "ref", "title", "text", "codes", "entry", "extra")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall_id", "kind", "ref"], name="search_doc_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.ref}"

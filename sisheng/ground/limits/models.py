"""What is left of what somebody may ask for."""

from __future__ import annotations

from django.db import models


class Bucket(models.Model):
    """Tokens that run out and come back with time. A bucket that is full again means nothing and is swept away.

    One moment says everything: a bucket that will be full in six minutes, with one token a minute, lacks six.
    """

    key = models.CharField(max_length=64, primary_key=True)  # a keyed hash: whose bucket it is cannot be read from it
    full_at = models.DateTimeField()

    PLAIN = ("key",)

    class Meta:
        indexes = [models.Index(fields=["full_at"], name="limits_bucket_full")]

    def __str__(self) -> str:
        return self.key

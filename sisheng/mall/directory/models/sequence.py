"""Numbers that are given once: ZX-261122-0009, GK-0008731, and the six letters a customer reads out."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import connection, models, transaction

from sisheng.mall.directory.models.place import Mall

PUBLIC_ALPHABET = "23456789ABCDEFGHJKMNPQRTUVWXY"  # nothing that is misread or misheard: no 0 O 1 I L S Z


_COUNT_UP = """
UPDATE directory_sequence SET last = last + %s WHERE mall_id = %s AND prefix = %s AND period = %s RETURNING last
"""


def public_code() -> str:
    """Six letters that a customer gives together with the number, to see a case without logging in (domain 3.2)."""
    return "".join(secrets.choice(PUBLIC_ALPHABET) for _place in range(6))


class Sequence(models.Model):
    """The last number given for one prefix in one mall on one day, or in one year. `period` is YYMMDD, YYYY, or empty
    for all time."""

    mall = models.ForeignKey(Mall, models.PROTECT, related_name="sequences")
    prefix = models.CharField(max_length=4)
    period = models.CharField(max_length=6, blank=True)
    last = models.PositiveIntegerField(default=0)

    PLAIN = ("prefix", "period", "last")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mall", "prefix", "period"], name="directory_sequence_once")]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.period} {self.last}"

    @classmethod
    def next_number(cls, mall: Mall, prefix: str, on: date | None = None, *, digits: int = 4) -> str:
        """The next number of that day (or of all time), inside the caller's transaction.

        A transaction that is rolled back leaves a gap; gaps are harmless, a number given twice is not.
        """
        period = f"{on:%y%m%d}" if on else ""
        last = cls._count_up(mall, prefix, period)
        return "-".join(part for part in (prefix, period, f"{last:0{digits}d}") if part)

    @classmethod
    def next_of_year(cls, mall: Mall, prefix: str, on: date, *, digits: int = 3) -> str:
        """GJ-2026-041: the next number of that year, inside the caller's transaction."""
        period = f"{on:%Y}"
        return f"{prefix}-{period}-{cls._count_up(mall, prefix, period):0{digits}d}"

    @classmethod
    def next_block(cls, mall: Mall, prefix: str, count: int, *, digits: int = 4) -> list[str]:
        """So many numbers of all time, one after another, for an import."""
        last = cls._count_up(mall, prefix, "", by=count)
        return [f"{prefix}-{number:0{digits}d}" for number in range(last - count + 1, last + 1)]

    @classmethod
    def _count_up(cls, mall: Mall, prefix: str, period: str, by: int = 1) -> int:
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(_COUNT_UP, [by, mall.pk, prefix, period])
            row = cursor.fetchone()
            if row is None:
                # the first of the day; whoever else begins the day at this moment meets the same row
                Sequence.objects.bulk_create([Sequence(mall=mall, prefix=prefix, period=period)], ignore_conflicts=True)
                cursor.execute(_COUNT_UP, [by, mall.pk, prefix, period])
                row = cursor.fetchone()
            return int(row[0])  # our update holds the row until we commit

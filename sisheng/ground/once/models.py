"""An action happens once per key, however often it is sent (D21)."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from sisheng.ground.act import Act
from sisheng.ground.refusals import Refused, SameKeyOtherWords

Made = TypeVar("Made")


class Receipt(models.Model):
    """Proof that somebody has already done something, and what came of it."""

    by = models.CharField(max_length=40)
    key = models.CharField(max_length=64)
    at = models.DateTimeField()
    words = models.CharField(max_length=64)  # a hash of what was asked for
    made = models.CharField(max_length=80, blank=True)

    PLAIN = ("by", "key", "words", "made")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="once_receipt_by_key")]

    def __str__(self) -> str:
        return f"{self.by} {self.key}"

    def note(self, made: Any) -> None:
        if isinstance(made, models.Model):
            self.made = f"{made._meta.label_lower}:{made.pk}"
            self.save(update_fields=["made"])

    def recall(self) -> Any:
        if not self.made:
            return None
        label, _colon, key = self.made.rpartition(":")
        made = apps.get_model(label)._default_manager.filter(pk=key).first()
        if made is None:
            raise Refused(_("This was done before, and what came of it has been removed since."))
        return made


def once(action: Callable[..., Made]) -> Callable[..., Made]:
    """Run `action(act, **details)` in one transaction, once for each act.once key of one actor.

    A repeat is handed what the first one made. Raises SameKeyOtherWords when the key comes back with other details.
    """

    @wraps(action)
    def run(act: Act, *subjects: Any, **details: Any) -> Made:
        if not act.once:
            with transaction.atomic():
                return action(act, *subjects, **details)
        words = _words(action.__qualname__, act.body, subjects, details)
        try:
            with transaction.atomic():
                receipt = Receipt.objects.create(by=act.by.actor_key, key=act.once, at=act.at, words=words)
                made = action(act, *subjects, **details)
                receipt.note(made)
                return made
        except IntegrityError:
            earlier = _earlier(act, words)
            if earlier is None:
                raise
        return earlier.recall()

    return run


def receipt_of(action: Callable[..., Any], act: Act) -> Receipt | None:
    """The receipt of this very form, where it has been sent before.

    For views that look at more than the form: a promised time may have passed, or a desk been left, since it was done.
    Raises SameKeyOtherWords.
    """
    return _earlier(act, _words(action.__qualname__, act.body, (), {})) if act.once and act.body else None


def _earlier(act: Act, words: str) -> Receipt | None:
    earlier = Receipt.objects.filter(by=act.by.actor_key, key=act.once).first()
    if earlier and earlier.words != words:
        raise SameKeyOtherWords(_("This form was already sent with other contents. Reload the page and try again."))
    return earlier


def _words(name: str, body: str, subjects: tuple[Any, ...], details: dict[str, Any]) -> str:
    """A digest of what was asked: of the request where there is one, since what we look up may have changed since."""
    asked = [name, body] if body else [name, subjects, details]
    told = json.dumps(asked, default=_name_of, sort_keys=True, ensure_ascii=False)
    # under the secret of the site: what was asked may hold a phone number, and those can be guessed from a bare hash
    return salted_hmac("sisheng.once", told, algorithm="sha256").hexdigest()


def _name_of(value: Any) -> str:
    return f"{value._meta.label_lower}:{value.pk}" if isinstance(value, models.Model) else str(value)

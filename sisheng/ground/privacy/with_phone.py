"""A record with a phone number: encrypted, findable by the whole number or by its last four digits."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sisheng.ground.privacy.fields import BlindIndexField, EncryptedTextField
from sisheng.ground.privacy.masks import mask_phone
from sisheng.ground.privacy.phones import e164, tail_of
from sisheng.ground.privacy.sealed import Unreadable
from sisheng.ground.refusals import Unusable

GROUP = ("phone", "phone_index", "phone_tail")  # written together, or the number could no longer be found


class PhoneLookups(models.QuerySet[Any]):
    """Give it to the queryset of a model that is WithPhone. Both look in one mall only; nonsense finds nobody."""

    def with_phone(self, mall: Any, written: str) -> Self:
        try:
            return self._indexed(mall, "phone_index", e164(written))
        except Unusable:
            return self.none()

    def with_tail(self, mall: Any, written: str) -> Self:
        tail = tail_of(written)
        return self._indexed(mall, "phone_tail", tail) if tail else self.none()

    def _indexed(self, mall: Any, column: str, text: str) -> Self:
        index: Any = self.model._meta.get_field(column)
        return self.filter(mall_id=mall.pk, **{f"{column}__in": index.digests(text, mall.pk)})


class WithPhone(models.Model):
    """`phone` is kept as +8615400000001 or empty. The model has `mall_id`, and a `number` to which the ciphertext is
    tied; where it has none, it declares `phone = EncryptedTextField(blank=True, default="", bound_to=(…))` itself."""

    phone = EncryptedTextField(gettext_lazy("phone"), max_length=40, blank=True, default="")
    phone_index = BlindIndexField(of="phone")
    phone_tail = BlindIndexField(of="phone", tail=4)

    PERSONAL = {"phone": gettext_lazy("to call the customer back")}

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None and "phone" in update_fields:
            update_fields = {*update_fields, *GROUP}
        super().save(*args, update_fields=update_fields, **kwargs)

    def set_phone(self, written: str | float) -> None:
        """Take a number as somebody wrote it, or nothing. Raises Unusable with a sentence."""
        self.phone = e164(written) if str(written).strip() else ""

    @property
    def masked_phone(self) -> str:
        """For lists: one unreadable number does not take the whole list down."""
        try:
            return mask_phone(self.phone)
        except Unreadable:
            return _("unreadable")

"""What a customer speaks about, in the words they use, and what of it the desk knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext_lazy

from sisheng.ground.search.finding import find
from sisheng.mall.directory.models import Mall, Shop
from sisheng.mall.staff.models import Staff


class About(models.TextChoices):
    SHOP = "shop", pgettext_lazy("a customer speaks about", "A shop")
    STAFF = "staff", pgettext_lazy("a customer speaks about", "Somebody of your staff")
    DESK = "desk", pgettext_lazy("a customer speaks about", "The service desk")
    FACILITY = "facility", pgettext_lazy("a customer speaks about", "A toilet, lift or other facility")
    OTHER = "other", pgettext_lazy("a customer speaks about", "Something else")


def told_about(mall: Mall, about: str, words: str) -> dict[str, Any]:
    """As a complaint keeps it. A shop or a person whom we do not know by these words stays in these words: nobody has
    to know how the house calls things in order to complain."""
    words = " ".join(words.split())
    if about == About.SHOP:
        if shop := known_shop(mall, words):
            return {"against": "shop", "shop": shop, "place": shop.unit}
        with override(settings.LANGUAGE_CODE):
            return {"against": "other", "against_words": _("Shop: %(words)s") % {"words": words}}
    if about == About.STAFF:
        return {"against": "staff", "against_words": words, "about_staff": known_person(mall, words)}
    if about == About.DESK:
        return {"against": "desk", "against_words": words}
    return {"against": about, "against_words": words, "place": _facility(mall, words)}


def known_shop(mall: Mall, words: str) -> Shop | None:
    """The one shop that these words mean, by unit or name; nothing where several might be meant."""
    here = mall.shops.here()
    unit = words.partition(" ")[0]  # as the code of a place fills it in: “L2-C02 行远箱包”
    exact = here.filter(Q(unit__iexact=unit) | Q(name__iexact=words) | Q(name_en__iexact=words))[:2]
    if len(exact) == 1:
        return exact[0]
    hits = find(mall.pk, words, kinds={"shop"}, limit=2)
    return here.filter(unit=hits[0].ref).first() if len(hits) == 1 else None


def known_person(mall: Mall, words: str) -> Staff | None:
    """The one person who wears this number or this name on the badge."""
    here = Staff.objects.filter(posts__mall=mall, is_active=True).distinct()
    found = here.filter(Q(code__iexact=words) | Q(name=words))[:2]
    return found[0] if len(found) == 1 else None


def _facility(mall: Mall, words: str) -> str:
    code = words.partition(" ")[0]
    known = mall.facilities.filter(code__iexact=code, is_for_staff=False).values_list("code", flat=True)
    return known.first() or ""

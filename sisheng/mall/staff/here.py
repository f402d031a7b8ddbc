"""What the top bar says: which mall, which desk, who."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils.translation import get_language

from sisheng.ground.ui.shell import Here
from sisheng.mall.directory.bilingual import in_language
from sisheng.mall.staff.models import CheckIn, Staff
from sisheng.mall.staff.posts import roles_of


def here(request: HttpRequest) -> Here:
    person, mall = cast("Staff", request.user), getattr(request, "mall", None)
    if mall is None:
        return Here(place="", person=person.spoken_name, code=person.code)
    lang = get_language() or ""
    there = CheckIn.objects.present().filter(staff=person, mall=mall).select_related("desk").first()
    return Here(
        place=mall.title(lang),
        desk=in_language(there.desk, "name", lang) if there else "",
        person=person.spoken_name,
        code=person.code,
        role=roles_of(person, mall),
        is_practice=mall.is_practice,
    )

"""The columns of a table of shops, by the titles that property systems give them."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sisheng.ground.privacy.masks import mask_name, mask_phone
from sisheng.ground.privacy.phones import e164
from sisheng.ground.refusals import Unusable
from sisheng.ground.tables import Field, values
from sisheng.mall.directory.models import Floor, Mall, OpeningHours, Shop

STATUS = {
    **dict.fromkeys(("营业", "营业中", "正常", "正常营业", "已开业", "在营", "open"), Shop.Status.OPEN),
    **dict.fromkeys(("搬迁", "待搬迁", "即将撤场", "moving"), Shop.Status.MOVING),
    **dict.fromkeys(
        ("撤场", "已撤场", "撤铺", "已撤铺", "闭店", "已闭店", "关闭", "退租", "closed"), Shop.Status.CLOSED
    ),
}
UNIT = ("铺位号", "铺号", "单元", "单元号", "铺位", "铺位编号", "位置编号", "门牌号", "unit", "unit no")
NAME = ("店铺名称", "店名", "商户名称", "品牌名称", "品牌", "商户", "店铺", "名称", "shop", "shop name", "name")
ENGLISH = ("名称(英文)", "英文名称", "英文名", "店名(英文)", "店铺名称(英文)", "品牌英文名", "english name", "name en")
SEVERAL = re.compile(r"[、，,;；/|\s]+")
INTERNAL = re.compile(r"\d{3,6}")  # an extension of the house
CHINESE = "零一二三四五六七八九十"


def shop_fields(mall: Mall) -> tuple[Field, ...]:
    """They depend on the mall: its floors, its zones and its opening hours are known by their own names."""
    verbose = {field.name: field.verbose_name for field in Shop._meta.concrete_fields}

    def field(key: str, *spellings: str, read: values.Reader, **more: Any) -> Field:
        return Field(key, verbose[key], spellings, read, **more)

    return (
        field("unit", *UNIT, read=values.code(20), is_required=True),
        field("name", *NAME, read=values.text(60), is_required=True),
        field("name_en", *ENGLISH, read=values.text(80)),
        field("aliases", "别名", "俗称", "简称", "关键词", "aliases", read=_aliases),
        field("category", "业态", "品类", "经营品类", "类别", "业种", "category", read=values.text(30)),
        field("category_en", "业态(英文)", "品类(英文)", "category en", read=values.text(40)),
        field("floor", "楼层", "所在楼层", "层", "floor", read=values.choice(_floors(mall), _codes(mall.floors))),
        field("zone", "区域", "分区", "区", "位置区域", "zone", read=values.choice(_zones(mall), _codes(mall.zones))),
        field("hours", "营业时间", "营业时段", "开放时间", "hours", "opening hours", read=_hours_of(mall)),
        field("returns_class", "退换类别", "退换类", "returns class", read=values.code(12)),
        field("extension", "分机", "分机号", "内线", "店铺电话", "座机", "extension", "ext", read=_extension),
        field("status", "状态", "营业状态", "店铺状态", "status", read=values.choice(STATUS, _status_words())),
        field("notice_until", "最后营业日", "撤场日期", "闭店日期", "last day", read=values.day),
        field("is_prepaid", "预付卡", "是否预付", "是否发卡", "prepaid", read=values.yes_no, show=_yes_or_no),
        field("licence_until", "执照有效期", "执照到期日", "营业执照有效期", "licence until", read=values.day),
        field("note", "备注", "说明", "note", "remark", read=values.text(120)),
        Field("contact_name", gettext_lazy("contact person"), ("联系人", "店长", "负责人", "对接人", "contact"),
              values.text(40), show=mask_name, is_personal=True),
        Field("contact_phone", gettext_lazy("phone of the contact"),
              ("联系电话", "手机号", "手机", "联系手机", "电话", "联系方式", "phone", "mobile"),
              _contact_phone, show=_masked, is_personal=True),
    )  # fmt: skip


def _aliases(written: str) -> str | None:
    words = values.text(200)(written)
    return " ".join(SEVERAL.split(words)) if words else None


def _floors(mall: Mall) -> dict[str, Floor]:
    """L2 is also written 2F, F2, 2楼, 二层; B1 负一层."""
    named: dict[str, Floor] = {}
    for floor in mall.floors.all():
        level = abs(floor.level)
        number = CHINESE[level] if level < len(CHINESE) else str(level)
        if floor.level > 0:
            words = [f"{level}F", f"F{level}", f"L{level}", f"{level}楼", f"{level}层", f"{number}楼", f"{number}层"]
        else:
            words = [f"B{level}", f"B{level}F", f"-{level}F", f"负{number}层", f"负{level}层", f"地下{number}层"]
        named |= dict.fromkeys([*words, floor.name, floor.name_en or floor.name, floor.code], floor)
    return named


def _zones(mall: Mall) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for zone in mall.zones.all():
        words = (f"{zone.code}区", f"{zone.code}座", zone.name, zone.name_en or zone.name, zone.code)
        named |= dict.fromkeys(words, zone)
    return named


def _codes(places: Any) -> tuple[str, ...]:
    return tuple(places.values_list("code", flat=True))


def _hours_of(mall: Mall) -> values.Reader:
    """A pattern by its code or name, or by its times where every day has the same."""
    known: dict[str, OpeningHours] = {}
    for hours in mall.opening_hours.prefetch_related("openings"):
        times = {(opening.opens_at, opening.closes_at) for opening in hours.openings.all() if opening.day <= 7}
        if len(times) == 1:
            opens, closes = times.pop()
            known.setdefault(f"{opens:%H:%M}-{closes:%H:%M}", hours)
        known |= {values.fold(word): hours for word in (hours.name, hours.name_en, hours.code) if word}

    def read(written: str) -> OpeningHours | None:
        said = values.meant(written)
        if said is None:
            return None
        times = re.fullmatch(r"(\d{1,2})[:：](\d{2})\s*[-–—~～至到]+\s*(\d{1,2})[:：](\d{2})", said)
        key = f"{int(times[1]):02}:{times[2]}-{int(times[3]):02}:{times[4]}" if times else values.fold(said)
        if key.endswith("-24:00"):
            key = f"{key[:-5]}00:00"
        if key not in known:
            raise Unusable(_("No such opening hours are set up. Set them up first, or leave the cell blank."))
        return known[key]

    return read


def _status_words() -> tuple[str, ...]:
    return ("营业", "搬迁", "撤场", "open", "moving", "closed")


def _extension(written: str) -> str | None:
    """The digits that the desk dials: an extension of the house, or a whole number."""
    said = values.code(40)(written)
    if said is None or INTERNAL.fullmatch(said):
        return said
    return _callable(said)


def _contact_phone(written: str) -> str | None:
    return _extension(written)


def _callable(said: str) -> str:
    try:
        return e164(said)
    except Unusable:
        raise Unusable(
            _("This is no phone number. Write 11 digits for a mobile, the area code for a landline.")
        ) from None


def _masked(phone: str) -> str:
    return phone if INTERNAL.fullmatch(phone or "") else mask_phone(phone)


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else _("yes") if value else _("no")

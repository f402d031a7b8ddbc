"""The columns of a table of customers, by the titles that member systems give them.

What a member system knows beyond this (papers, gender, birthday, address, income) is not read: the desk does not need
it (CTR-13). Nor does a table tell who agreed to what, in which words: consents are asked for at the desk.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sisheng.ground.privacy.masks import mask_name, mask_phone
from sisheng.ground.privacy.phones import e164
from sisheng.ground.refusals import Unusable
from sisheng.ground.tables import Field, values
from sisheng.mall.customers.models import Customer

TIERS = {
    **dict.fromkeys(("非会员", "no member"), Customer.Tier.NONE),
    **dict.fromkeys(("普卡", "普通", "普通会员", "普通卡", "注册会员", "ordinary"), Customer.Tier.ORDINARY),
    **dict.fromkeys(("银卡", "银", "银卡会员", "silver"), Customer.Tier.SILVER),
    **dict.fromkeys(("金卡", "金", "金卡会员", "gold"), Customer.Tier.GOLD),
}
ACCOUNTS = {
    **dict.fromkeys(("个人", "个人会员", "person"), Customer.AccountClass.PERSON),
    **dict.fromkeys(("租户", "商户", "商户员工", "tenant"), Customer.AccountClass.TENANT),
    **dict.fromkeys(("企业", "公司", "单位", "company"), Customer.AccountClass.COMPANY),
}
LANGUAGES = {
    **dict.fromkeys(("中文", "汉语", "普通话", "zh"), "zh"),
    **dict.fromkeys(("英语", "英文", "en"), "en"),
    **dict.fromkeys(("日语", "日文", "ja"), "ja"),
    **dict.fromkeys(("韩语", "韩文", "ko"), "ko"),
    **dict.fromkeys(("俄语", "俄文", "ru"), "ru"),
    **dict.fromkeys(("粤语", "yue"), "yue"),
}
PHONE = ("手机号", "手机号码", "手机", "会员手机", "会员手机号", "联系电话", "联系手机", "电话", "phone", "mobile")
SINCE = ("注册日期", "注册时间", "入会日期", "入会时间", "开卡日期", "开卡时间", "办卡日期", "since")


def customer_fields() -> tuple[Field, ...]:
    verbose: dict[str, Any] = {field.name: field.verbose_name for field in Customer._meta.concrete_fields}

    def field(key: str, *spellings: str, read: values.Reader, **more: Any) -> Field:
        return Field(key, verbose[key], spellings, read, **more)

    return (
        field("phone", *PHONE, read=phone, show=mask_phone, is_required=True, is_personal=True),
        field("salutation", "称呼", "姓名", "会员姓名", "顾客姓名", "客户姓名", "会员名称", "name",
              read=values.text(30), show=mask_name, is_personal=True),
        field("tier", "会员等级", "等级", "会员级别", "卡级", "会员卡等级", "卡类型", "tier", "level",
              read=values.choice(TIERS, ("普卡", "银卡", "金卡", "非会员")), show=_tier),
        field("tier_until", "等级有效期", "等级有效期至", "会员有效期", "有效期", "有效期至", "到期日", "到期日期",
              "valid until", read=values.day),
        field("language", "语言", "语种", "language", read=values.choice(LANGUAGES)),
        field("account_class", "账户类型", "客户类型", "会员类型", "account",
              read=values.choice(ACCOUNTS, ("个人", "商户", "企业"))),
        field("is_large_print", "大字", "大字版", "大字体", "large print", read=values.yes_no),
        Field("since", gettext_lazy("member since"), SINCE, values.day),
    )  # fmt: skip


def phone(written: str) -> str | None:
    """The number in its one form. The refusal does not repeat it: a report may be read by others."""
    said = values.meant(written)
    if said is None:
        return None
    whole = values.written_out(said)
    try:
        return e164(whole)
    except Unusable:
        raise Unusable(
            _("This is no phone number. Write 11 digits for a mobile, the area code for a landline.")
        ) from None


def _tier(tier: str) -> str:
    return str(Customer.Tier(tier).label)

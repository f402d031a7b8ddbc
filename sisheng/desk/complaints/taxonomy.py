"""What people complain about, what they ask for, and why it happened (domain 4.9): tables, not code."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Each category with its parts. A key never changes; its words may.
CATEGORIES = {
    "attitude": (_("Attitude"), {
        "cold": _("cold"), "rude": _("rude"), "discrimination": _("discrimination"), "shirking": _("shirking")}),
    "skill": (_("Skill"), {
        "wrong_answer": _("wrong answer"), "slow": _("slow"), "unable": _("does not know how")}),
    "cashier": (_("Cashier and payment"), {
        "overcharged": _("overcharged"), "short_change": _("short change"), "queue": _("long queue"),
        "payment_failed": _("payment failed"), "no_small_change": _("no small change"), "invoice": _("invoice")}),
    "quality": (_("Quality of goods"), {
        "damaged": _("damaged"), "flawed": _("flawed"), "counterfeit": _("perhaps counterfeit"),
        "expired": _("expired"), "not_as_described": _("not as described")}),
    "price": (_("Price and promotion"), {
        "price_tag": _("price differs from the tag"), "misleading": _("misleading promotion"),
        "coupon": _("coupon not accepted")}),
    "after_sales": (_("Returns, exchanges, repairs"), {
        "declined": _("declined"), "delayed": _("delayed"), "late_refund": _("refund late"),
        "not_repaired": _("not put right")}),
    "food": (_("Food"), {
        "foreign_body": _("foreign body"), "spoilt": _("spoilt"), "unwell": _("fell unwell"),
        "wrong_dish": _("wrong dish"), "hygiene": _("hygiene")}),
    "prepaid": (_("Prepaid card"), {
        "refund": _("refund"), "closed_shop": _("shop closed"), "price_rise": _("price rise"),
        "not_performed": _("not performed")}),
    "premises": (_("Premises"), {
        "lift": _("lift or escalator"), "toilet": _("toilet"), "temperature": _("temperature"), "smell": _("smell"),
        "noise": _("noise"), "leak": _("leak"), "slippery": _("slippery floor")}),
    "parking": (_("Parking"), {
        "fee": _("fee"), "find_car": _("cannot find the car"), "scratch": _("scratched"), "barrier": _("barrier")}),
    "safety": (_("Safety"), {
        "fall": _("fall"), "belongings": _("belongings"), "crowd": _("crowd"), "child": _("child")}),
    "custody": (_("Things in our care"), {
        "bag": _("stored bag lost or damaged"), "lost_property": _("lost property")}),
    "privacy": (_("Privacy"), {
        "leak": _("data leaked"), "messages": _("unwanted messages"), "filming": _("filming")}),
    "membership": (_("Membership"), {
        "points": _("points"), "tier": _("tier"), "birthday": _("birthday gift")}),
    "announcements": (_("Announcements"), {"wrong": _("wrong"), "late": _("too late")}),
    "desk": (_("The service desk itself"), {"desk": _("service desk")}),
    "other": (_("Other"), {"other": pgettext_lazy("category", "other")}),
}  # fmt: skip

# What the customer asks for, in the order of the number keys.
CLAIMS = {
    "apology": _("apology"), "return": _("return"), "exchange": _("exchange"), "repair": _("repair"),
    "compensation": _("compensation"), "improvement": _("improvement"), "explanation": _("explanation"),
}  # fmt: skip

# What may make a complaint grave; each is asked as a chip (domain 3.4).
FLAGS = {
    "injury": _("somebody is hurt"), "child": _("a child"), "food": _("food safety"), "fraud": _("fraud suspected"),
    "media": _("media"), "violence": _("violence"), "discrimination": _("discrimination"),
    "privacy": _("personal data"), "misconduct": _("misconduct of staff"), "prepaid": _("prepaid money"),
    "authority": _("12315, 12345 or court"),
}  # fmt: skip

# What the law asks besides, where it is so; nothing of it is needed to accept a complaint (domain 2.1).
CIRCUMSTANCES = {
    "distance": _("bought by network, phone or mail"), "own_list": _("refused by a list of the shop's own"),
    "promised": _("returns without a reason promised in public"), "durable": _("durable goods or decoration"),
    "notice": _("about a notice or a clause"), "searched": _("insulted, or body or bag searched"),
    "dangerous": _("goods that may hurt people"), "renewed": _("renewed by itself"),
    "elderly": _("an elderly customer"),
}  # fmt: skip

# A category that speaks of it by itself.
IMPLIED_FLAGS = {
    ("attitude", "discrimination"): "discrimination",
    ("quality", "counterfeit"): "fraud",
    ("food", "foreign_body"): "food",
    ("food", "spoilt"): "food",
    ("food", "unwell"): "food",
    ("food", "hygiene"): "food",
    ("safety", "fall"): "injury",
    ("safety", "child"): "child",
    ("privacy", "leak"): "privacy",
    ("privacy", "messages"): "privacy",
    ("privacy", "filming"): "privacy",
    ("prepaid", "refund"): "prepaid",
    ("prepaid", "closed_shop"): "prepaid",
    ("prepaid", "price_rise"): "prepaid",
    ("prepaid", "not_performed"): "prepaid",
}

RESPONSIBILITIES = {
    "goods": _("goods"), "service": _("service"), "price": _("price"), "facility": _("facility"),
    "process": _("process"), "customer": pgettext_lazy("responsibility", "customer"), "third": _("third party"),
    "open": _("cannot be told yet"),
}  # fmt: skip

SUBSTANTIATED = {
    "yes": pgettext_lazy("substantiated", "yes"), "partly": pgettext_lazy("substantiated", "in part"),
    "no": pgettext_lazy("substantiated", "no"), "unclear": pgettext_lazy("substantiated", "cannot be told"),
}  # fmt: skip

REMEDIES = {
    "refund": _("refund"), "exchange": _("exchange"), "repair": _("repair"), "compensation": _("compensation"),
    "voucher": _("voucher"), "discount": _("discount"), "apology": _("apology"), "public_apology": _("public apology"),
    "improvement": _("improvement"), "explanation": _("explanation"),
}  # fmt: skip
COSTS_NOTHING = frozenset({"apology", "public_apology", "improvement", "explanation"})

PAYERS = {"mall": _("the mall"), "brand": _("the shop"), "supplier": _("the supplier")}

CAUSES = {
    "people": (_("People"), {"attitude": _("attitude"), "skill": _("skill"), "too_few": _("too few people")}),
    "process": (_("Process"), {
        "missing": _("missing"), "not_followed": _("not followed"), "authority": pgettext_lazy("cause", "authority"),
        "no_service": _("we do not offer it"), "after_sales": _("after-sales too late")}),
    "till": (_("Till"), {
        "overcharged": _("overcharged"), "short_change": _("short change"), "wait": _("long wait")}),
    "information": (_("Information"), {"wrong": _("wrong"), "outdated": _("outdated"), "not_told": _("not told")}),
    "goods": (_("Goods"), {"quality": _("quality"), "out_of_stock": _("out of stock")}),
    "facility": (_("Facility"), {
        "failure": _("failure"), "design": _("design"), "surroundings": _("surroundings")}),
    "outside": (_("Outside"), {
        "brand": _("answer of the brand"), "transport": _("transport"), "weather": _("weather")}),
    "customer": (pgettext_lazy("cause", "Customer"), {
        "misunderstanding": _("misunderstanding"), "use": pgettext_lazy("cause", "use")}),
}  # fmt: skip


def joined(table):
    """A two-level table as choices: `food.spoilt`, “Food: spoilt”."""
    return [
        (f"{first}.{second}", _("%(first)s: %(second)s") % {"first": name, "second": part})
        for first, (name, parts) in table.items()
        for second, part in parts.items()
    ]


def is_known(table, key):
    """Whether the table has this key: a joined one, or only its first half, as customers say it."""
    first, dot, second = key.partition(".")
    return first in table and (not dot or second in table[first][1])


def spoken(table, key):
    """The words of a key, in the language of the reader; the key itself when the table has forgotten it."""
    first, dot, second = key.partition(".")
    if first in table and not dot:
        return table[first][0]
    if first not in table or second not in table[first][1]:
        return key
    return _("%(first)s: %(second)s") % {"first": table[first][0], "second": table[first][1][second]}

"""What open answers are about, by the words in them (SAT-06). Coarse, but the same for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

THEMES = {
    "attitude": (
        _("How people were treated"),
        ("态度", "礼貌", "热情", "不耐烦", "friendly", "rude", "polite", "attitude"),
    ),
    "speed": (_("Waiting and speed"), ("慢", "等了", "等太久", "拖", "快", "及时", "slow", "wait", "quick", "fast")),
    "result": (_("How it ended"), ("没解决", "解决", "退", "换", "赔", "solved", "refund", "exchange")),
    "price": (_("Prices"), ("价", "贵", "收费", "price", "expensive", "charge")),
    "goods": (_("Goods"), ("质量", "商品", "坏", "瑕疵", "quality", "broken", "goods")),
    "place": (_("The house"), ("卫生", "环境", "停车", "电梯", "洗手间", "clean", "parking", "lift", "toilet")),
}


def themes_in(words: str) -> set[str]:
    told = words.casefold()
    return {name for name, (_label, signs) in THEMES.items() if any(sign in told for sign in signs)}


def counted(answers: Iterable[str]) -> list[tuple[object, int]]:
    """Each theme with how many answers speak of it, the most frequent first; those of none are left out."""
    counts = Counter(theme for words in answers for theme in themes_in(words))
    return [(THEMES[theme][0], count) for theme, count in counts.most_common()]

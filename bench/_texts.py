"""Texts to fill a search index with: home-made, or borrowed from a zip that is never kept here."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterator
from typing import Any


def words(*lines: str) -> list[str]:
    return " ".join(lines).split()


NAMES = words(
    "行远箱包 微光数码 针脚铺改衣 折角手袋 指间小筑美甲 竹节烤物",
    "曾经唱片 重楼茶室 长庚眼镜 朝露花房 乐知书局 北屿男装",
)
SUBJECTS = words(
    "退款 换货 质量 服务 态度 停车 发票 会员 积分 排队 卫生 噪音 漏水 电梯 空调 丢失 轮椅 雨伞 充电 寻人 表扬 建议"
)
SPEECH = words(
    "要求 反映 询问 说明 认为 希望 担心 提出 联系 确认 购买 发现 收到 更换 维修 赔偿 解释 今天 昨天 上午 下午 已经",
    "没有 仍然 多次 马上 之后 当时 现场 店员 经理 顾客 小票 商品 包装 价格 活动 时间 地点 楼层 中庭 东翼 西翼 扶梯",
    "门口 收银台 服务台 的 了 在 和 很 又 把 被 对 向",
)
ENGLISH = words("refund luggage parking stroller receipt charger screen battery child ticket cinema noodles")
HAN = [chr(point) for point in range(0x4E00, 0x4E00 + 6000)]
# each word once in so many texts
PLANTED = {"羽绒服": 1000, "骑缝章": 5000, "鎏金": 20_000, "umbrella": 500, "ZQ7X": 10_000}
SEASON = "月饼"  # in every second text of the oldest fifth, and in none since


class Texts:
    """The same documents for every database: a number by the day, a shop, a subject, and some forty characters."""

    def __init__(self, borrowed: str, total: int, mall_id: int) -> None:
        self.chance = random.Random(20261122)  # noqa: S311
        self.total = total
        self.mall_id = mall_id
        self.made = 0
        self.planted: dict[str, list[str]] = {word: [] for word in PLANTED}
        self.borrowed = _reviews(borrowed) if borrowed else []

    def next(self, number: int) -> Iterator[Any]:
        from sisheng.ground.search.documents import Document

        for made in range(self.made, self.made + number):
            shop = self.chance.choice(NAMES)
            yield Document(
                self.mall_id,
                "contact" if made % 10 else "case",
                str(made),
                f"{shop} {self.chance.choice(SUBJECTS)}",
                names=[shop] if made % 5 == 0 else [],
                codes=[f"TS-{260101 + made // 3000}-{made % 3000:04}"],
                body=f"{self._body(made)} {self._plant(made)}",
            )
        self.made += number

    def misses(self) -> int:
        """P11: the newest texts with a planted word, exactly those and in that order. How many words go wrong."""
        from sisheng.ground.search.finding import find

        wrong = [
            word
            for word, refs in self.planted.items()
            if [hit.ref for hit in find(self.mall_id, word, limit=50)] != refs[:-51:-1]
        ]
        print(f"  planted words found exactly: {len(PLANTED) - len(wrong)} of {len(PLANTED)} {' '.join(wrong)}")
        return len(wrong)

    def _plant(self, made: int) -> str:
        planted = [word for word, each in PLANTED.items() if made % each == each // 2]
        for word in planted:
            self.planted[word].append(str(made))
        return " ".join([*planted, SEASON if made < self.total // 5 and made % 2 else ""])

    def _body(self, made: int) -> str:
        if self.borrowed:
            return self.borrowed[made % len(self.borrowed)]
        return "".join(self._word() for _word in range(self.chance.randint(10, 22)))

    def _word(self) -> str:
        chance = self.chance
        which = chance.random()
        if which < 0.7:
            return chance.choice(SPEECH)
        if which < 0.85:
            return chance.choice(SUBJECTS)
        if which < 0.97:
            return chance.choice(HAN) + chance.choice(HAN)
        return chance.choice(ENGLISH) if which < 0.99 else str(chance.randint(1, 999))


def _reviews(path: str) -> list[str]:
    """The texts of a zip with a table “cat,label,review”, without the words that are planted."""
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".csv"))
        lines = csv.DictReader(io.TextIOWrapper(archive.open(name), encoding="utf-8-sig"))
        reviews = [line["review"] for line in lines]
    return [text for text in reviews if not any(word.lower() in text.lower() for word in (*PLANTED, SEASON))]

"""One of each paper, in both languages, about the same green suitcase. All of it is invented."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sisheng.kit.paper.casefile import Attachment, CaseFile, Evidence, Fact, Happening, Limit
from sisheng.kit.paper.documents import (
    AcceptanceForm,
    Approval,
    CustomerSlip,
    FinalLetter,
    Finding,
    HandlingForm,
    Improvement,
    Letterhead,
    Promise,
    Proposal,
    Remedy,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


HEAD = {
    "zh": Letterhead(
        mall="泊云汇购物中心", address="南汀市望汐路 88 号", hot_line="0000-8866-1188", hours="10:00–22:00"
    ),
    "en": Letterhead(
        mall="Boyun Hui Mall", address="88 Wangxi Road, Nanting", hot_line="0000-8866-1188", hours="10:00–22:00"
    ),
}
COMMON = {
    "number": "TS-261122-0007",
    "printed_at": at(22, 14, 35),
    "printed_by": "1027",
    "link": "https://desk.example/boyun/p/TS-261122-0007?code=7K4M2Q",
}


def both(chinese, english):
    return {"zh": chinese, "en": english}


def acceptance(language, **changes) -> AcceptanceForm:
    said = both(
        {
            "channel": "柜台",
            "desk": "总服务台 L1-B",
            "complainant": "林女士",
            "reachable_by": "154****0001（短信、电话）",
            "against": "行远箱包 L2-C02",
            "place": "店内收银台",
            "happened_at": "11 月 21 日傍晚六点左右",
            "category": "商品质量 / 售后拖延",
            "facts": "顾客 11 月 8 日在店里买了一只绿色 24 寸拉杆箱，第一次出门拉杆就卡住。\n11 月 21 日带着小票去店里"
            "要求换货，店员说拉杆属于“易损件”，只能自费修；顾客请店长出来，等了四十分钟没有人来。",
            "claims": ("换一只同款新箱；没有货就退款", "店里就让顾客久等当面道歉"),
            "evidence": ("购物小票照片一张", "拉杆卡住的视频一段（12 秒）"),
            "recording": "顾客同意记录文字，不同意录音（11-22 14:12）",
            "promises": (
                Promise(what="告诉您调查进展", by=at(23, 14, 10)),
                Promise(what="给您处理方案", by=at(24, 14, 10)),
                Promise(what="给您最终答复", by=at(25, 14, 10)),
            ),
        },
        {
            "channel": "Counter",
            "desk": "Main desk L1-B",
            "complainant": "Ms Lin",
            "reachable_by": "154****0001 (text message, call)",
            "against": "Xingyuan Luggage, L2-C02",
            "place": "At the till of the shop",
            "happened_at": "21 November, about six in the evening",
            "category": "Quality of goods / late after-sales service",
            "facts": "The customer bought a green 24-inch suitcase on 8 November. Its handle jammed on the first trip."
            "\nOn 21 November she asked the shop to exchange it and showed the receipt. She was told that a handle is "
            "a “wearing part” and repaired only at her own cost. She asked for the manager and waited forty minutes.",
            "claims": ("A new suitcase of the same kind, or the money back", "An apology for the long wait"),
            "evidence": ("Photo of the receipt", "Video of the jammed handle (12 seconds)"),
            "recording": "Notes with consent, no audio (22 Nov, 14:12)",
            "promises": (
                Promise(what="Tell you how the inquiry goes", by=at(23, 14, 10)),
                Promise(what="Make you a proposal", by=at(24, 14, 10)),
                Promise(what="Give you our final answer", by=at(25, 14, 10)),
            ),
        },
    )[language]
    return AcceptanceForm(
        **{
            **COMMON,
            "head": HEAD[language],
            "public_code": "7K4M2Q",
            "accepted_at": at(22, 14, 10),
            "accepted_by": "1027",
            "amount": Decimal("1280"),
            **said,
            **changes,
        }
    )


def handling(language, **changes) -> HandlingForm:
    said = both(
        {
            "category": "商品质量 / 售后拖延",
            "severity": "S3 一般",
            "handlers": "1027、1014",
            "matter": "拉杆箱第一次使用拉杆卡住，店里拒绝换货，久等没有人处理。",
            "findings": "监控和小票都与顾客所说一致。店员没有按商户三包卡处理；店长当时在仓库，没有接到转告。",
            "substantiated": "属实",
            "responsibility": "商品质量；服务差错（商户）",
            "basis": "《消费者权益保护法》第二十四条",
            "evidence": (
                Finding(kind="小票", what="11 月 8 日购买，¥1,280.00", at=at(22, 14, 15)),
                Finding(kind="监控", what="收银台 18:02–18:47，调阅人 1014", at=at(22, 17, 40)),
                Finding(kind="商户说明", what="承认没有按三包卡处理", at=at(23, 9, 5)),
            ),
            "proposals": (
                Proposal(number=1, given_at=at(23, 11, 0), content="免费更换拉杆", answer="不同意：要换新箱"),
                Proposal(
                    number=2, given_at=at(23, 16, 30), content="换同款新箱，店长当面道歉，送 ¥50 代金券", answer="同意"
                ),
            ),
            "outcome": "顾客同意方案 2，已经办完。",
            "remedies": (
                Remedy(what="换同款绿色 24 寸新箱", value=Decimal("1280"), payer="商户", done_on=date(2026, 11, 24)),
                Remedy(what="代金券", value=Decimal("50"), payer="商场", done_on=date(2026, 11, 24)),
                Remedy(what="店长当面道歉", value=None, payer="商户", done_on=None),
            ),
            "approvals": (
                Approval(number="SP-261123-0006", decision="同意发代金券 ¥50（组长 1009）", at=at(23, 16, 20)),
            ),
            "satisfied": "4 分（满分 5 分）",
            "feedback": "“换得挺快，就是第一天白等了。”",
            "follow_ups": ("11-25 10:20 电话，已接通，满意", "11-28 15:00 电话，已接通，没有别的问题"),
            "root_cause": "商户 / 培训 / 不了解三包卡",
            "whys": (
                "店员不给换：以为拉杆是易损件。",
                "以为是易损件：没有看过三包卡的清单。",
                "没有看过：新员工培训里没有这一项。",
                "培训里没有：店里的培训手册是两年前的。",
                "没有更新：没有人负责手册。",
            ),
            "improvement": Improvement(
                number="GJ-2026-041",
                to_whom="行远箱包",
                what="更新培训手册，全体店员重学三包卡，主管抽查三人。",
                by=date(2026, 12, 10),
            ),
        },
        {
            "category": "Quality of goods / late after-sales service",
            "severity": "S3 standard",
            "handlers": "1027, 1014",
            "matter": "The handle of a suitcase jammed at once; the shop refused an exchange and let her wait.",
            "findings": "Video and receipt agree with the customer. The shop did not follow its own warranty card; its "
            "manager was in the store room and was not told.",
            "substantiated": "Yes",
            "responsibility": "Goods; fault in service (shop)",
            "basis": "Consumer Protection Law, art. 24",
            "evidence": (
                Finding(kind="Receipt", what="Bought on 8 November, CNY 1,280.00", at=at(22, 14, 15)),
                Finding(kind="Video", what="Till, 18:02–18:47, viewed by 1014", at=at(22, 17, 40)),
                Finding(
                    kind="Shop's statement", what="Admits that the warranty card was not followed", at=at(23, 9, 5)
                ),
            ),
            "proposals": (
                Proposal(
                    number=1, given_at=at(23, 11, 0), content="New handle free of charge", answer="No: wants a new one"
                ),
                Proposal(
                    number=2,
                    given_at=at(23, 16, 30),
                    content="New suitcase, apology by the shop's manager, voucher of CNY 50",
                    answer="Agreed",
                ),
            ),
            "outcome": "The customer agreed to proposal 2. It was carried out.",
            "remedies": (
                Remedy(
                    what="New green 24-inch suitcase", value=Decimal("1280"), payer="Shop", done_on=date(2026, 11, 24)
                ),
                Remedy(what="Voucher", value=Decimal("50"), payer="Mall", done_on=date(2026, 11, 24)),
                Remedy(what="Apology by the shop's manager", value=None, payer="Shop", done_on=None),
            ),
            "approvals": (
                Approval(number="SP-261123-0006", decision="Voucher of CNY 50 approved (lead 1009)", at=at(23, 16, 20)),
            ),
            "satisfied": "4 of 5",
            "feedback": "“Quick in the end, but the first day was a waste of time.”",
            "follow_ups": ("25 Nov, 10:20, reached, satisfied", "28 Nov, 15:00, reached, nothing further"),
            "root_cause": "Shop / training / warranty card unknown",
            "whys": (
                "The exchange was refused: a handle was taken for a wearing part.",
                "Taken for one: nobody had read the list on the warranty card.",
                "Not read: it is not part of the training.",
                "Not part of it: the manual is two years old.",
                "Not renewed: nobody answers for the manual.",
            ),
            "improvement": Improvement(
                number="GJ-2026-041",
                to_whom="Xingyuan Luggage",
                what="Renew the manual, train everybody on the warranty card, supervisor asks three of them.",
                by=date(2026, 12, 10),
            ),
        },
    )[language]
    return HandlingForm(
        **{
            **COMMON,
            "head": HEAD[language],
            "accepted_at": at(22, 14, 10),
            "resolved_at": at(24, 17, 30),
            **said,
            **changes,
        }
    )


def slip(language, **changes) -> CustomerSlip:
    accepted = acceptance(language)
    return CustomerSlip(
        **{
            **COMMON,
            "head": HEAD[language],
            "public_code": accepted.public_code,
            "digits": "2611220007",
            "accepted_at": accepted.accepted_at,
            "accepted_by": accepted.accepted_by,
            "matter": both("行远箱包：拉杆箱拉杆卡住，没能换货", "Xingyuan Luggage: jammed handle, no exchange")[
                language
            ],
            "promises": accepted.promises,
            **changes,
        }
    )


def letter(language, **changes) -> FinalLetter:
    said = both(
        {
            "addressed_as": "林女士",
            "matter": "您在行远箱包买的拉杆箱第一次使用拉杆就卡住，店里没有给您换货",
            "decision": "您反映的情况属实。抱歉，让您在店里白等了四十分钟。商户给您换一只同款新箱，"
            "旧箱由商户上门取走。",
            "reasons": (
                "购物小票和监控都与您所说一致，箱子买了不到七天就出现性能故障。",
                "拉杆在商户三包卡的保修清单里，不属于易损件。",
                "您另外提出的误工费 ¥2,000.00，没有找到可以支持的凭据，这一项暂不符合；您补充凭据后我们会再看一次。",
            ),
            "remedies": (
                Promise(what="商户把同款绿色 24 寸新箱送到您留的地址，并取走旧箱", by=at(26, 18, 0)),
                Promise(what="商场发 ¥50.00 代金券到您的会员账户", by=at(25, 22, 0)),
            ),
            "consumer_line": "12315",
        },
        {
            "addressed_as": "Ms Lin",
            "matter": "a suitcase from Xingyuan Luggage, whose handle jammed at once, was not exchanged",
            "decision": "What you told us is true, and we are sorry that you waited forty minutes for nothing. The "
            "shop exchanges the suitcase for a new one of the same kind and collects the old one from you.",
            "reasons": (
                "Receipt and video agree with what you said; the fault appeared within seven days of the purchase.",
                "The shop's warranty card covers the handle. It is not a wearing part.",
                "For the lost earnings of CNY 2,000.00 that you also asked for we found nothing to support them, so we "
                "cannot meet this part. We look at it again when you send us something that shows them.",
            ),
            "remedies": (
                Promise(
                    what="The shop brings the new green 24-inch suitcase to your address and takes the old one",
                    by=at(26, 18, 0),
                ),
                Promise(what="The mall adds a voucher of CNY 50.00 to your member account", by=at(25, 22, 0)),
            ),
            "consumer_line": "12315",
        },
    )[language]
    return FinalLetter(
        **{
            **COMMON,
            "head": HEAD[language],
            "received_on": date(2026, 11, 22),
            "decided_on": date(2026, 11, 25),
            "answered_by": "1014",
            "answer_by": at(30, 22, 0),
            "supervision_line": "0000-8866-1189",
            "law_checked_on": date(2026, 11, 1),
            **said,
            **changes,
        }
    )


def case_file(language, attached=("照片 1.jpg", "照片 2.jpg"), **changes) -> CaseFile:
    pictures = tuple(
        Evidence(
            kind=both("照片", "Photo")[language],
            what=both("拉杆卡住的样子", "The jammed handle")[language],
            received_at=at(22, 14, 20),
            custody=both("1027 → 证据柜 B3", "1027 → evidence cabinet B3")[language],
            attached_as=name,
        )
        for name in attached
    )
    said = both(
        {
            "matter": "拉杆箱第一次使用拉杆卡住，店里拒绝换货",
            "facts": (Fact(label="状态", value="已归档"), Fact(label="被投诉方", value="行远箱包 L2-C02")),
            "happenings": (
                Happening(
                    id=4001, kind="complaint.accept", at=at(22, 14, 10), who="服务员 1027", sentence="受理了投诉。"
                ),
                Happening(
                    id=4007,
                    kind="complaint.note",
                    at=at(22, 17, 45),
                    said_at=at(22, 17, 40),
                    who="组长 1014",
                    sentence="看了监控：收银台 18:02–18:47。",
                ),
                Happening(id=4031, kind="complaint.archive", at=at(28, 16, 0), who="主管 1003", sentence="归档。"),
            ),
            "limits": (
                Limit(
                    name="24 小时内完成调查",
                    started_at=at(22, 14, 10),
                    due_at=at(23, 14, 10),
                    ended_at=at(23, 9, 30),
                    outcome="按时",
                    explanation="从 2026-11-22 14:10 起，连续计时 24 小时。",
                ),
            ),
        },
        {
            "matter": "The handle of a suitcase jammed on its first trip; the shop refused an exchange",
            "facts": (Fact(label="State", value="archived"), Fact(label="Against", value="Xingyuan Luggage, L2-C02")),
            "happenings": (
                Happening(
                    id=4001,
                    kind="complaint.accept",
                    at=at(22, 14, 10),
                    who="agent 1027",
                    sentence="Accepted the complaint.",
                ),
                Happening(
                    id=4007,
                    kind="complaint.note",
                    at=at(22, 17, 45),
                    said_at=at(22, 17, 40),
                    who="lead 1014",
                    sentence="Viewed the video: till, 18:02–18:47.",
                ),
                Happening(
                    id=4031, kind="complaint.archive", at=at(28, 16, 0), who="supervisor 1003", sentence="Archived."
                ),
            ),
            "limits": (
                Limit(
                    name="Investigation within 24 h",
                    started_at=at(22, 14, 10),
                    due_at=at(23, 14, 10),
                    ended_at=at(23, 9, 30),
                    outcome="in time",
                    explanation="24 hours without a break from 22 Nov 2026, 14:10.",
                ),
            ),
        },
    )[language]
    return CaseFile(
        **{**COMMON, "head": HEAD[language], "evidence": pictures, "record_seal": "412 · 3f2a91c0", **said, **changes}
    )


def picture(name: str) -> Attachment:
    """Bytes that no compression makes smaller, and always the same for the same name."""
    content = b"".join(hashlib.sha256(f"{name}{part}".encode()).digest() for part in range(120))
    return Attachment(name, b"\xff\xd8\xff\xe0" + content, "image/jpeg")


PAPERS = {"acceptance": acceptance, "handling": handling, "slip": slip, "letter": letter}

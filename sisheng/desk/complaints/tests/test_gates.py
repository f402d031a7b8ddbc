"""What is still missing, field by field: neither more nor less than it takes to go on (CMP-03, CMP-18, CMP-20)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sisheng.desk.complaints import gates
from sisheng.desk.complaints.models import Complaint
from sisheng.ground.refusals import OutOfTurn, Unusable

TOLD = {
    "against": "shop",
    "shop_id": 1,
    "category": "price",
    "account": "标价和收银价不一样。",
    "claims": ["explanation"],
    "customer_id": 1,
}
ENDED = {
    **TOLD,
    "category": "price.price_tag",
    "severity": "S3",
    "finding": "价签没换",
    "substantiated": "yes",
    "responsibility": "price",
    "cause": "process.not_followed",
    "whys": ["为什么"] * 5,
    "improvement": "no_need",
    "customer_words": "满意",
    "status": "follow_up",
}


def fields(missing):
    return [thing.field for thing in missing]


@pytest.mark.rule("CMP-03")
@pytest.mark.parametrize(
    ("otherwise", "missing"),
    [
        ({}, []),
        ({"shop_id": None}, ["unit"]),
        ({"against": "facility", "shop_id": None}, ["against_words"]),
        ({"against": "rule", "shop_id": None}, ["against_words"]),
        ({"against": "other", "shop_id": None}, ["against_words"]),
        ({"against": "facility", "shop_id": None, "against_words": "东门"}, []),
        ({"against": "staff", "shop_id": None}, ["about_staff"]),
        ({"against": "staff", "shop_id": None, "about_staff_id": 1}, []),
        ({"against": "staff", "shop_id": None, "against_words": "戴眼镜的"}, []),
        ({"category": ""}, ["category"]),
        ({"account": ""}, ["account"]),
        ({"claims": []}, ["claims"]),
        ({"customer_id": None}, ["phone"]),
        ({"customer_id": None, "anonymous_label": "红衣"}, []),
        ({"shop_id": None, "category": "", "account": "", "claims": [], "customer_id": None},
         ["unit", "category", "account", "claims", "phone"]),
    ],
)  # fmt: skip
def test_a_complaint_is_accepted_once_one_knows_about_whom_what_and_for_whom(otherwise, missing):
    assert fields(gates.to_accept(Complaint(**TOLD | otherwise))) == missing


@pytest.mark.rule("CMP-20")
@pytest.mark.parametrize("left_out", ["finding", "substantiated", "responsibility"])
def test_a_finding_has_its_three_parts_in_the_archive_as_well(left_out):
    complaint = Complaint(**ENDED | {left_out: ""})

    assert fields(gates.to_find(complaint)) == [left_out]
    assert fields(gates.to_archive(complaint)) == [left_out]


@pytest.mark.rule("CMP-18", "CMP-08")
@pytest.mark.parametrize(
    ("otherwise", "missing"),
    [
        ({}, []),
        ({"category": "price"}, ["category"]),  # as the customer said it: not close enough
        ({"cause": ""}, ["cause"]),
        ({"whys": ["为什么"] * 4}, ["whys"]),
        ({"whys": ["为什么"] * 4 + [""]}, ["whys"]),
        ({"severity": "S2", "whys": ["为什么"]}, ["whys"]),
        ({"severity": "S4", "whys": ["为什么"]}, []),  # simple: once is enough
        ({"severity": "S4", "whys": []}, ["whys"]),
        ({"improvement": Complaint.Effect.NONE}, ["improvement"]),
        ({"customer_words": ""}, ["customer_words"]),
    ],
)
def test_a_file_is_whole_with_cause_improvement_and_the_customers_word(otherwise, missing):
    assert fields(gates.to_archive(Complaint(**ENDED | otherwise))) == missing


def test_how_often_to_ask_why_is_said_in_words():
    (five,) = gates.to_archive(Complaint(**ENDED | {"whys": []}))
    (one,) = gates.to_archive(Complaint(**ENDED | {"severity": "S4", "whys": []}))

    assert (str(five.words), str(one.words)) == ("five whys", "why")


@pytest.mark.rule("N-11")
def test_without_an_agreement_the_five_ways_were_named_before_it_is_archived():
    unresolved = ENDED | {"status": "unresolved"}

    assert fields(gates.to_archive(Complaint(**unresolved))) == ["ways"]
    assert gates.to_archive(Complaint(**unresolved, ways_told_at=datetime(2026, 11, 23, tzinfo=UTC))) == []


@pytest.mark.parametrize(("is_form", "refusal"), [(True, Unusable), (False, OutOfTurn)])
def test_a_refusal_names_all_that_is_missing_and_leads_to_the_first_field(is_form, refusal):
    missing = gates.to_accept(Complaint(**TOLD | {"category": "", "account": ""}))

    with pytest.raises(refusal, match=r"Still missing: category, what happened\.") as no:
        gates.require(missing, is_form=is_form)

    assert no.value.field == "category"
    gates.require([], is_form=is_form)

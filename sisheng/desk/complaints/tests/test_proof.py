"""Who has lost the receipt is served all the same (CTR-23)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sisheng.kit.evidence.actions import keep
from sisheng.kit.evidence.models import Evidence

pytestmark = pytest.mark.django_db


@pytest.mark.rule("CTR-23")
def test_a_complaint_goes_from_the_counter_to_the_archive_with_a_payment_record_and_no_receipt(
    make_complaint, play, act, mei, now
):
    complaint = make_complaint("investigating")
    keep(act(mei, at=now), complaint, kind="transaction", text="手机支付记录，11-20 14:02，88 元")

    for step in ("find", "propose", "agree", "resolve", "await_follow_up", "archive"):
        play(complaint, step)

    assert complaint.status == "archived"
    assert set(Evidence.objects.of(complaint).values_list("kind", flat=True)) == {"transaction"}


@pytest.mark.rule("CTR-23")
def test_whoever_keeps_evidence_is_told_what_else_proves_a_purchase(make_complaint, client, mei):
    complaint = make_complaint("investigating")
    client.force_login(mei)

    page = client.get(
        reverse("evidence:add", args=["riverside", complaint.number]), headers={"Accept-Language": "en"}
    ).content.decode()

    for proof in ("payment record", "member order", "bank record", "invoice", "shop confirms"):
        assert proof in page

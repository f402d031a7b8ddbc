"""The registry of domain.md 1.35."""

import pytest
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.utils.translation import override

from sisheng.config import settings
from sisheng.config.policies import POLICIES
from sisheng.ground.policies.table import Policy
from sisheng.ground.refusals import Unusable

# Copied by hand from domain.md 1.35; a row with several values is several keys. Apart from the code on purpose.
REGISTRY = """
greet.target 30 seconds O | inquiry.basic.answer 60 seconds O | inquiry.brand_contact 30 minutes O
inquiry.callback 60 minutes O | inquiry.accuracy.target 98 percent - | kb.update.cycle 7 days N
kb.article.review 90 days N | kb.article.review_facts 30 days N | policy.review 365 days N
referral.progress 2 hours O | referral.nudges_before_escalation 2 count - | complaint.onspot.amount 200 yuan -
complaint.onspot.time 60 minutes O | complaint.onspot.success 85 percent - | complaint.responsibility 3 minutes O
complaint.investigate 24 hours N | complaint.propose 48 hours N | complaint.final 72 hours N
complaint.start 1 hours O | approval.decide 2 hours O | workorder.p1 20 minutes O | workorder.p2 2 hours O
workorder.p3 1 workdays W | workorder.p4 3 workdays W | lost.report_renew 90 days N | survey.reminder 48 hours N
privacy.request 15 days N | complaint.progress_update 24 hours N | complaint.brand_statement 20 hours N
complaint.followup1 24 hours N | complaint.followup2 3 days N | complaint.external.reply_12315 5 workdays W
complaint.external.reply_12345 3 workdays W | return.check 5 minutes O | return.judge 10 minutes O
return.noreason.days 7 days N | return.quality.days 7 days N | return.refund.target 3 workdays W
return.refund.max 7 days N | sanbao.return 7 days N | sanbao.exchange 15 days N | sanbao.repair given rule N
repair.brand_contact 2 hours O | repair.promise 15 workdays W | repair.progress 7 days N
found.owner_contact next_day@12:00 rule N | found.desk_hold 7 days N | found.public_notice next_day@00:00 rule N
found.dispose_after 365 days N | found.police_handover.cash 2000 yuan -
found.police_handover.kinds id+weapons+drugs text - | bag.overnight closing rule O | loan.due given rule N
emg.l1.arrive 60 seconds N | emg.l2.isolate 3 minutes N | emg.l2.repair 20 minutes N
emg.lift.maintenance 30 minutes N | emg.suspicious.report 5 minutes N | emg.lostchild.alert 0 minutes N
emg.lostchild.police 10 minutes N | survey.send_after 24 hours N | survey.quiet_hours 21:00-09:00 text -
survey.target 90 percent - | followup.random_daily 10 count - | followup.attempts 3 count -
member.thankyou 72 hours N | member.care 1 months N | member.profile_refresh 90 days N
marketing.cap.count 2 count - | marketing.cap.days 30 days N | qa.sample.phone 20 percent -
qa.sample.counter 2 percent - | qa.sample.counter_least 5 count - | mystery.monthly 5 count -
training.induction_days 3 days N | training.induction_hours 72 hours N | training.induction_exam 80 count -
training.quarter_hours 20 hours N | training.case_review 1 months N | training.expert 3 months N
report.typical_cases 5 count - | report.monthly 1 months N | report.manual 3 months N
retention.contact.identified 24 months N | retention.complaint 36 months N | retention.cctv 30 days N
retention.id_fragment 30 days N | authority.agent 200 yuan - | authority.lead 1000 yuan -
authority.supervisor 5000 yuan -
"""


def rows() -> dict[str, str]:
    written = [row.split() for line in REGISTRY.strip().splitlines() for row in line.split("|")]
    return {key: " ".join(rest) for key, *rest in written}


def as_written(policy: Policy) -> str:
    value = policy.default
    if isinstance(value, dict):
        value = value["rule"] + (f"@{value['at']}" if "at" in value else "")
    return f"{str(value).replace(' ', '+')} {policy.unit} {policy.counted or '-'}"


@pytest.mark.rule("CTR-33")
def test_the_table_holds_every_number_of_the_registry_with_its_unit_and_its_calendar():
    assert {key: as_written(policy) for key, policy in POLICIES.items() if key in rows()} == rows()
    assert {policy.source for key, policy in POLICIES.items() if key not in rows()} <= {"proposed"}


@pytest.mark.parametrize(
    "key", [key for key, policy in POLICIES.items() if policy.unit in {"minutes", "hours", "days"}]
)
def test_nothing_is_due_at_once_unless_the_table_says_so(key):
    if key == "emg.lostchild.alert":
        POLICIES[key].refuse_unless_sound(0)
    else:
        with pytest.raises(Unusable):
            POLICIES[key].refuse_unless_sound(0)


def test_the_page_about_policies_is_current(capsys):
    call_command("policies", "--markdown")

    written = (settings.PACKAGE.parent / "docs" / "policies.md").read_text(encoding="utf8")
    assert written == capsys.readouterr().out, "sisheng policies --markdown > docs/policies.md"


def test_every_row_speaks_chinese():
    with (settings.PACKAGE / "config/locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = {message.id: message.string for message in read_po(file)}
    with override(None):
        said = {str(words) for policy in POLICIES.values() for words in (policy.label, policy.note) if words}
        law = {str(bound.law) for policy in POLICIES.values() for bound in policy.bounds}

    assert [words for words in sorted(said | law) if not catalogue.get(words)] == []

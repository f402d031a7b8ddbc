"""What is written to a log."""

from __future__ import annotations

import logging
import logging.config

import pytest
from django.conf import settings as site
from django.db import transaction

from sisheng.ground.act import SYSTEM
from sisheng.ground.events.models import Delivery, Event
from sisheng.ground.events.reactions import run_reactions
from sisheng.ground.jobs.running import _in_words
from sisheng.ground.privacy.scrubbing import scrub

MASKED = {
    "from 15400000001 at the desk": "from 154****0001 at the desk",
    "tel=+8615400000001&x=1": "tel=154****0001&x=1",
    "q=%2B8615400000001": "q=%2B154****0001",
    "154 0000 0001, 154-0000-0002": "154****0001, 154****0002",
    "１５４０００００００１": "154****0001",
    "(0755-81234567)": "(0755****4567)",
    "+86 755 8123 4567": "0755****4567",
    "021 12345678": "021****5678",
    "+852 2345 6789": "+852****6789",
    "{'phone': '15400000001'}": "{'phone': '154****0001'}",
}
LEFT_ALONE = [
    "2026-11-22 14:30:06,001 WARNING sisheng.jobs 38 rows in 1.5400 s",
    "ZX-261122-0009 TS-150122-0007 GK-0008731 JD-261122-0318",
    "staff:17 case:15400 1732240000000 1732240000",
    "127.0.0.1:8000 GET /riverside/desk/ 200",
    "¥1,280.00 +0800",
]


@pytest.mark.rule("PRV-01")
@pytest.mark.parametrize("line", MASKED)
def test_a_phone_number_is_masked_in_a_line(line):
    assert scrub(line) == MASKED[line]


@pytest.mark.parametrize("line", LEFT_ALONE)
def test_other_figures_stay(line):
    assert scrub(line) == line


@pytest.mark.rule("PRV-01")
def test_what_this_site_logs_is_masked_even_in_a_traceback():
    formatter = logging.config.DictConfigurator(dict(site.LOGGING)).configure_formatter(
        site.LOGGING["formatters"]["line"]
    )
    try:
        raise ValueError("15400000002 is taken")
    except ValueError:
        record = logging.getLogger("sisheng").makeRecord(
            "sisheng", logging.ERROR, __file__, 1, "Unable to call %s", ("15400000001",), __import__("sys").exc_info()
        )

    line = formatter.format(record)

    assert "154****0001" in line
    assert "154****0002" in line
    assert "15400000002" not in line
    assert {handler["formatter"] for handler in site.LOGGING["handlers"].values()} == {"line"}


@pytest.mark.django_db
@pytest.mark.rule("PRV-01")
def test_an_error_that_is_kept_for_mending_quotes_no_number(act):
    with transaction.atomic():
        Event.record("caller.rang", "15400000001", act(SYSTEM), mall_id=1)
    Delivery.objects.create(event=Event.objects.get(), reaction="sisheng.ground.privacy.phones.e164")

    run_reactions(act(SYSTEM).at)

    assert "154****0001" in Delivery.objects.get().last_error
    assert "154****0002" in _in_words(ValueError("15400000002"))

"""A panel that waits to be poked waits for something that happens: a misspelt topic would only be found by looking."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

ROOT = Path(__file__).resolve().parents[2]
TOPIC = re.compile(r"data-topic=\"([^\"]*)\"")


def test_every_panel_waits_for_a_kind_of_event_or_for_one_thing():
    known = {kind.partition(".")[0] for kind in import_string(settings.SISHENG_EVENT_WORDING)}

    unheard = {
        (str(template.relative_to(ROOT)), topic)
        for template in ROOT.glob("sisheng/**/templates/**/*.html")
        for topics in TOPIC.findall(template.read_text(encoding="utf8"))
        for topic in re.sub(r"{{.*?}}", "", topics).split()
        if topic not in known
    }

    assert unheard == set()

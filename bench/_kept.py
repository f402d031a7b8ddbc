"""How many of these contacts are on record: _kept.py NUMBER… Prints JSON (see stopping.py)."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from sisheng.desk.contacts.models import Contact
from sisheng.ground.events.models import Event


def main() -> None:
    numbers = sys.argv[1:]
    kept = sum(
        Contact.objects.filter(number=number).count() == 1
        and Event.objects.filter(topic=number, kind="contact.logged").count() == 1
        for number in numbers
    )
    print(json.dumps({"kept": kept}))


if __name__ == "__main__":
    main()

"""How each kind of event is told. A template may name every detail of its event: %(…)s."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

WORDING: Mapping[str, Any] = {
    "event.erased": _("Personal details were erased from %(count)s entries."),
    # customers
    "customer.remember": _("Put on record as %(number)s."),
    "customer.consent": _("Agreed to: %(purpose)s (wording %(version)s)."),
    "customer.withdraw": _("Took back the consent to: %(purpose)s."),
    # directory
    "directory.changed": _("%(thing)s was changed: %(fields)s."),
    # policies
    "policy.set": _("%(key)s: %(new)s instead of %(old)s, because: %(reason)s"),
    # privacy
    "privacy.looked": _("Record opened"),
    "privacy.revealed": _("Shown: %(shown)s, because: %(reason)s"),
    "privacy.forgotten": _("Personal details forgotten"),
}

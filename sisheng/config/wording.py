"""How each kind of event is told. A template may name every detail of its event: %(…)s."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

WORDING: Mapping[str, Any] = {
    "event.erased": _("Personal details were erased from %(count)s entries."),
    # customers
    "customer.changed": _("Brought up to date by an import: %(fields)s."),
    "customer.remember": _("Put on record as %(number)s."),
    "customer.consent": _("Agreed to: %(purpose)s (wording %(version)s)."),
    "customer.reach_by": _("Said how to be reached"),
    "customer.withdraw": _("Took back the consent to: %(purpose)s."),
    # directory
    "directory.changed": _("%(thing)s was changed: %(fields)s."),
    "directory.added": _("%(thing)s was put into the directory."),
    # tables taken over
    "import.done": _("%(file)s was imported: %(new)s new, %(changed)s changed, %(problems)s rows left out."),
    # policies
    "policy.set": _("%(key)s: %(new)s instead of %(old)s, because: %(reason)s"),
    # privacy
    "privacy.looked": _("Record opened"),
    "privacy.revealed": _("Shown: %(shown)s, because: %(reason)s"),
    "privacy.forgotten": _("Personal details forgotten"),
    # contacts
    "contact.logged": _("Logged"),
    "contact.unanswered": _("Could not be answered"),
    "contact.undone": _("Undone; not counted"),
    "arrival.stamped": _("A customer arrived"),
    "arrival.greeted": _("Greeted"),
    "arrival.left": _("Left unserved"),
    # inquiries
    "inquiry.begin": _("Registered, and a call back promised"),
    "inquiry.ask": _("Turned to the brand"),
    "inquiry.tried": _("Tried to reach the brand: %(result)s"),
    "inquiry.reach": _("Brand reached"),
    "inquiry.answer": _("Answer written down"),
    "inquiry.renew": _("Told the customer we are still working on it; new promise %(promise_at)s"),
    "inquiry.call_back": _("Customer called back"),
    "inquiry.miss": _("Customer cannot be reached: %(reason)s"),
    "inquiry.close": _("Settled: %(outcome)s"),
    "inquiry.withdraw": _("Withdrawn: %(reason)s"),
    # any case
    "case.noted": _("Note written"),
    "case.assigned": _("Given to %(to)s"),
    "case.assigned.to_you": _("Given to you"),
    "deadline.soon": _("Due soon: %(deadline)s"),
    "deadline.due": _("Due now: %(deadline)s"),
    "deadline.breached": _("Overdue: %(deadline)s"),
    "deadline.escalated": _("Still overdue, alarm passed up: %(deadline)s"),
    "deadline.acknowledged": _("Somebody takes care: %(deadline)s"),
    "deadline.paused": _("Clock stopped: %(deadline)s"),
    "deadline.resumed": _("Clock runs on: %(deadline)s"),
    # approvals
    "approval.asked": _("Asked for approval %(number)s: %(title)s"),
    "approval.asked.to_you": _("Your approval is asked for: %(number)s"),
    "approval.passed_on": _("One yes to %(number)s; now the next in the chain decides"),
    "approval.passed_on.to_you": _("Your approval is asked for: %(number)s"),
    "approval.approved": _("Approved: %(number)s"),
    "approval.declined": _("Declined: %(number)s, because: %(words)s"),
    "approval.declined.to_you": _("Declined: %(number)s"),
    "approval.withdrawn": _("Taken back: %(number)s"),
    "approval.lapsed": _("Lapsed: %(number)s, since the case is over"),
    # messages
    "message.queued": _("Message to the customer prepared: %(subject)s"),
    "message.to_tell": _("To be told in person: %(subject)s"),
    "message.sent": _("Message sent to %(to)s: %(subject)s"),
    "message.failed": _("Message could not be delivered; tell the customer another way"),
    "message.cancelled": _("Message taken back: %(subject)s"),
    "message.told": _("Told the customer in person: %(subject)s"),
    "notice.given": _("Staff were notified"),
    "notice.seen": _("%(count)s notices read"),
    # files and evidence
    "file.altered": _("File %(file)s is not as it was kept"),
    "evidence.kept": _("Evidence %(evidence)s kept: %(title)s"),
    "evidence.viewed": _("Evidence %(evidence)s looked at"),
    "evidence.original": _("Original of evidence %(evidence)s taken, because: %(reason)s"),
    "evidence.handed_over": _("Evidence %(evidence)s handed over to %(to)s (%(reference)s)"),
    "evidence.withdrawn": _("Evidence %(evidence)s taken back: %(why)s"),
    "evidence.forgotten": _("Contents of evidence %(evidence)s deleted for ever"),
    "statement.asked": _("Statement asked of %(shop)s"),
    "statement.nudged": _("%(shop)s reminded of its statement (reminder %(count)s)"),
    "statement.received": _("%(shop)s has given its statement"),
    "statement.excused": _("No statement needed from %(shop)s: %(why)s"),
    "cctv.asked": _("Camera pictures asked for: %(place)s, because: %(reason)s"),
    "cctv.preserved": _("Camera pictures kept until %(until)s: %(place)s"),
    "cctv.viewed": _("Camera pictures viewed by %(who)s: %(place)s, because: %(why)s"),
    "cctv.handed_over": _("Camera pictures handed to the police (%(number)s): %(place)s"),
    "cctv.unavailable": _("No camera pictures: %(place)s, %(why)s"),
    # the public door
    "portal.shown": _("Progress looked up by the customer"),
    # one-time links
    "link.made": _("One-time link made"),
    "link.opened": _("One-time link opened, time %(times)s"),
    "link.used": _("One-time link used"),
    "link.revoked": _("One-time link taken back"),
    # staff
    "staff.checked_in": _("Came to the desk"),
    "staff.checked_out": _("Left the desk"),
    "staff.duty_manager_named": _("Duty manager on %(on)s"),
    "staff.stand_in_named": _("Stand-in: %(present)s"),
}

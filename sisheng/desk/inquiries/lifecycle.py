"""The whole life of an inquiry that could not be answered at once (domain 3.3)."""

from django.utils.translation import pgettext_lazy

from sisheng.ground.lifecycle import Deadline, Lifecycle, State, Transition, Turn, of

REGISTERED = "registered"
CONTACTING_BRAND = "contacting_brand"
NO_ANSWER_YET = "no_answer_yet"
ANSWER_READY = "answer_ready"
CALLED_BACK = "called_back"
CLOSED = "closed"
WITHDRAWN = "withdrawn"

OPEN = (REGISTERED, CONTACTING_BRAND, NO_ANSWER_YET, ANSWER_READY)

INQUIRY = Lifecycle(
    prefix="ZX",
    label=pgettext_lazy("case", "Inquiry"),
    states=(
        State(REGISTERED, Turn.DESK, pgettext_lazy("inquiry", "registered")),
        State(CONTACTING_BRAND, Turn.PARTNER, pgettext_lazy("inquiry", "contacting the brand")),
        State(NO_ANSWER_YET, Turn.DESK, pgettext_lazy("inquiry", "no answer yet")),
        State(ANSWER_READY, Turn.DESK, pgettext_lazy("inquiry", "answer ready")),
        State(CALLED_BACK, Turn.DESK, pgettext_lazy("inquiry", "called back")),
        State(CLOSED, Turn.NOBODY, pgettext_lazy("inquiry", "settled")),
        State(WITHDRAWN, Turn.NOBODY, pgettext_lazy("inquiry", "withdrawn")),
    ),
    transitions=(
        Transition("begin", of(), REGISTERED, "inquiries.open", pgettext_lazy("do", "Register")),
        Transition("ask", of(REGISTERED, NO_ANSWER_YET), CONTACTING_BRAND, "inquiries.handle",
                   pgettext_lazy("do", "Contact the brand")),
        Transition("reach", of(CONTACTING_BRAND), CONTACTING_BRAND, "inquiries.handle",
                   pgettext_lazy("do", "Brand reached")),
        Transition("answer", of(REGISTERED, CONTACTING_BRAND, NO_ANSWER_YET), ANSWER_READY, "inquiries.handle",
                   pgettext_lazy("do", "Write the answer")),
        Transition("renew", of(REGISTERED, CONTACTING_BRAND, NO_ANSWER_YET), NO_ANSWER_YET, "inquiries.handle",
                   pgettext_lazy("do", "Renew the promise")),
        Transition("call_back", of(ANSWER_READY), CALLED_BACK, "inquiries.handle",
                   pgettext_lazy("do", "Called back")),
        Transition("miss", of(ANSWER_READY), CLOSED, "inquiries.handle",
                   pgettext_lazy("do", "Cannot be reached")),
        Transition("close", of(CALLED_BACK), CLOSED, "inquiries.handle", pgettext_lazy("do", "Settle")),
        Transition("withdraw", of(*OPEN), WITHDRAWN, "inquiries.handle", pgettext_lazy("do", "Withdraw")),
    ),
    deadlines=(
        Deadline("inquiry.brand_contact", starts_on=of("begin"), met_by=of("reach", "answer"),
                 cancelled_by=of("withdraw"), label=pgettext_lazy("deadline", "reach the brand")),
        # a reply is due at the promised time even when it is only “we are still working on it” (INQ-08)
        Deadline("inquiry.callback", starts_on=of("begin"), met_by=of("call_back", "miss"), renewed_on=of("renew"),
                 cancelled_by=of("withdraw"), is_promise=True, label=pgettext_lazy("deadline", "call back")),
    ),
    # an exception may be asked for while it is open, and nobody decides on it after the end
    parts=(
        Deadline("approval.decide", cancelled_by=of("miss", "close", "withdraw"),
                 label=pgettext_lazy("deadline", "decide on the approval")),
    ),
)  # fmt: skip

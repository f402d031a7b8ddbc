"""The table: each thing the law says, where it stands, what it means for the desk, and for which facts it is shown.

The words are our own and say no more than the article; a lawyer of the house should read them (domain 2.1, 2.11).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from sisheng.desk.complaints.law.facts import OF_A_RULE, Facts, months_after

CHECKED_ON = date(2026, 11, 22)  # when these words were last compared with the law
WITHIN = timedelta(days=7)  # of receipt, or of payment
AHEAD = timedelta(days=30)  # of closing or moving
PROOF_MONTHS = 6


@dataclass(frozen=True)
class Law:
    """One thing the law says. `until` is reckoned from a day that somebody wrote down, or there is none."""

    key: str  # the rule, and which part of it
    title: Any
    article: Any
    words: Any
    applies: Callable[[Facts], bool]
    at_once: Any = ""  # what the desk does besides, and now
    is_urgent: bool = False
    until: Callable[[Facts], date | None] = lambda facts: None
    until_words: Any = ""
    since: str = ""  # the fact that is asked for where it is not known

    @property
    def rule(self) -> str:
        return self.key.partition(".")[0]

    @property
    def basis(self) -> str:
        """As it is written down for “On what it rests”."""
        return f"{self.article} · {self.title}"


def _has(circumstance: str) -> Callable[[Facts], bool]:
    return lambda facts: circumstance in facts.circumstances


LAWS = (
    # Goods and services
    Law(
        "N-01", _("Below quality: return, exchange or repair"), _("Consumer Protection Law, art. 24"),
        _("The rules of the state or what was agreed come first. Where there are none: return within seven days of "
          "receipt; later a return only where the contract can be rescinded, otherwise exchange or repair. The trader "
          "pays the transport."),
        lambda facts: facts.is_faulty,
        until=lambda facts: facts.delivered_on and facts.delivered_on + WITHIN,
        until_words=_("Return, where nothing else is agreed, until"), since="delivered_on",
    ),
    Law(
        "N-02", _("Bought from afar: seven days, no reason needed"), _("Consumer Protection Law, art. 25"),
        _("Whoever bought by network, television, phone or mail may return intact goods within seven days of receipt. "
          "Not so: made to order, perishable, digital goods that were opened or downloaded, newspapers; others only "
          "if they are unfit for it by nature and the customer confirmed it when buying. The money goes back within "
          "seven days of the goods. The customer pays the freight unless agreed otherwise."),
        _has("distance"),
        until=lambda facts: facts.delivered_on and facts.delivered_on + WITHIN,
        until_words=_("Return without a reason until"), since="delivered_on",
    ),
    Law(
        "N-03", _("No longer list of “no returns”"),
        _("Implementation Regulation of the Consumer Protection Law, art. 19"),
        _("A trader may not add exceptions of their own to those of the law. A refusal that rests on such a list does "
          "not stand."),
        _has("own_list"),
        at_once=_("Ask on which exception of the law the refusal rests."),
    ),
    Law(
        "N-04", _("A public promise of returns binds"), _("Implementation Regulation of the Consumer Protection Law"),
        _("A shop with a door need not take back without a reason. Whoever promises it in public is bound by it."),
        _has("promised"),
        at_once=_("Keep the wording as it was published on the day of purchase."),
    ),
    Law(
        "N-05", _("No waiting out, and opening is no use"),
        _("Measures on Punishing Violations of Consumers' Rights, arts. 8–10"),
        _("No reaction within fifteen days counts as delay on purpose. That a packing was opened to look inside is no "
          "ground to refuse."),
        lambda facts: facts.about == "after_sales",
    ),
    Law(
        "N-06", _("Fault of a durable: the trader proves"), _("Consumer Protection Law, art. 23"),
        _("Where durable goods, such as computers, televisions, fridges and washing machines, or decoration show a "
          "fault within six months, the burden of proof lies with the trader, not with the customer."),
        lambda facts: facts.is_faulty and facts.is_durable,
        until=lambda facts: facts.delivered_on and months_after(facts.delivered_on, PROOF_MONTHS),
        until_words=_("For faults that showed until"), since="delivered_on",
    ),
    Law(
        "N-07", _("Unfair notices are void"),
        _("Consumer Protection Law, art. 26; Measures on Punishing Violations of Consumers' Rights, art. 12"),
        _("A clause or notice that is unfair to customers does not count. That the trader has the last word on what a "
          "rule means is named among them."),
        lambda facts: "notice" in facts.circumstances or facts.against == OF_A_RULE,
        at_once=_("Keep a picture of the notice."),
    ),
    Law(
        "N-08", _("No insult, no search"), _("Consumer Protection Law, art. 27"),
        _("Nobody may insult a customer, or search their body or what they carry; a suspicion changes nothing."),
        lambda facts: "searched" in facts.circumstances or facts.category == "attitude.rude",
    ),
    Law(
        "N-10", _("An invoice for whoever asks"),
        _("Consumer Protection Law, art. 22; Measures for Invoices, art. 18"),
        _("Whoever took the money issues the invoice: the shop that sold it, not the desk."),
        lambda facts: facts.category == "cashier.invoice",
        at_once=_("Pass the request on to that shop."),
    ),
    Law(
        "N-12", _("The shop has gone: the mall can be asked"), _("Consumer Protection Law, arts. 40, 43"),
        _("The seller answers first. Once the lease of a counter has ended, the customer may turn to the mall, and the "
          "mall to the shop afterwards."),
        lambda facts: facts.shop_has_left,
        at_once=_("Write down what the mall claims back."),
    ),
    # Fraud and food
    Law(
        "N-14.fraud", _("Fraud: three times the price"), _("Consumer Protection Law, art. 55"),
        _("Where it was fraud, three times the price may be asked for besides, and ¥500 at the least."),
        lambda facts: "fraud" in facts.concerns,
    ),
    Law(
        "N-14.food", _("Unsafe food: ten times the price"), _("Food Safety Law, art. 148"),
        _("On the terms of this article ten times the price or three times the loss may be asked for besides, and "
          "¥1,000 at the least. Whoever is asked first answers first."),
        lambda facts: "food" in facts.concerns,
        at_once=_("Keep sample, receipt and picture, and call a supervisor."), is_urgent=True,
    ),
    # Paid ahead
    Law(
        "N-15.perform", _("Paid ahead: as agreed, or money back"), _("Consumer Protection Law, art. 53"),
        _("What was paid ahead for is done as agreed, or the prepayment goes back with interest."),
        lambda facts: facts.is_prepaid,
    ),
    Law(
        "N-15.days", _("Paid ahead: seven days to think again"),
        _("Judicial interpretation on prepaid consumption, art. 14"),
        _("Within seven days of payment the principal goes back on request, unless the customer had had the same "
          "goods or service before."),
        lambda facts: facts.is_prepaid,
        until=lambda facts: facts.paid_on and facts.paid_on + WITHIN,
        until_words=_("Money back on request until"), since="paid_on",
    ),
    Law(
        "N-15.licence", _("The mall checks whom it lets in"),
        _("Judicial interpretation on prepaid consumption, art. 6"),
        _("A mall that did not check the licence of such a tenant answers for it, as far as it is at fault."),
        lambda facts: facts.is_prepaid and facts.against == "shop",
        until=lambda facts: facts.licence_until, until_words=_("Licence on file, valid until"),
        at_once=_("Put the licence of the shop with the evidence."),
    ),
    Law(
        "N-16.closing", _("Closing or moving: thirty days ahead"),
        _("Implementation Regulation of the Consumer Protection Law"),
        _("Whoever takes prepayments says thirty days ahead that they close or move, and takes no more of them while "
          "the business is in serious danger."),
        lambda facts: facts.is_prepaid,
        until=lambda facts: facts.shop_leaves_on and facts.shop_leaves_on - AHEAD,
        until_words=_("To be said by"),
    ),
    # People
    Law(
        "N-16.renewal", _("Say so before it renews itself"),
        _("Implementation Regulation of the Consumer Protection Law"),
        _("Before something is renewed and paid by itself, the customer is reminded."),
        _has("renewed"),
    ),
    Law(
        "N-16.price", _("The same price on the same terms"),
        _("Implementation Regulation of the Consumer Protection Law"),
        _("Customers who buy on equal terms may not be charged different prices."),
        lambda facts: facts.about == "price" and "discrimination" in facts.concerns,
    ),
    Law(
        "N-16.care", _("More care for the old and the young"),
        _("Implementation Regulation of the Consumer Protection Law"),
        _("A trader owes elderly people and minors more care than others."),
        lambda facts: "elderly" in facts.circumstances or "child" in facts.concerns,
    ),
    # Danger
    Law(
        "N-17", _("Dangerous goods: report and stop"), _("Consumer Protection Law, art. 19"),
        _("Sellers report goods that endanger people or property, and stop selling them."),
        lambda facts: facts.is_dangerous,
        at_once=_("Tell the shop and a supervisor now: not sold until it is clear. Note which other shops sell it."),
        is_urgent=True,
    ),
    Law(
        "N-18", _("A mall has to be safe"), _("Consumer Protection Law, art. 18(2); Civil Code, art. 1198"),
        _("The mall owes a duty of safety to those who come in."),
        lambda facts: "injury" in facts.concerns,
        at_once=_("Keep at once: the time line, pictures of the place, the camera request, the first aid given."),
        is_urgent=True,
    ),
)  # fmt: skip

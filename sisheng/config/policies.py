"""How long, how much, how often: domain.md 1.35. A mall may replace each by a dated version of its own.

Counted: N natural time · O opening hours of the desk · W working days. docs/policies.md is made from this table.
"""

from django.utils.translation import gettext_lazy as _

from sisheng.ground.policies.table import Bound, registry
from sisheng.ground.policies.table import Policy as P  # noqa: N817  ninety rows of it

BY_END_OF_DAY = {"rule": "next_day", "at": "00:00"}
NEXT_NOON = {"rule": "next_day", "at": "12:00"}
AT_CLOSING = {"rule": "closing"}
AS_GIVEN = {"rule": "given"}

# The sentences of the law, as a manager reads them when a number lies outside it.
RETURN_DISTANCE = _("A customer may return what was bought at a distance within 7 days (Consumer Law art. 25).")
RETURN_QUALITY = _("A customer may return what does not meet quality within at least 7 days (Consumer Law art. 24).")
REFUND_WILFUL = _("A refund after more than 15 days counts as wilful delay (measures on consumer rights, art. 8–10).")
ANSWER_WILFUL = _("No answer within 15 days counts as wilful delay (measures on consumer rights, art. 8–10).")
REFUND_DISTANCE = _("For distance sales the money is due 7 days after the goods came back (Consumer Law art. 25).")
SANBAO_RETURN = _("Goods under the three guarantees can be returned for at least 7 days.")
SANBAO_EXCHANGE = _("Goods under the three guarantees can be exchanged for at least 15 days.")
REPAIR_EXCHANGE = _("After 30 days in repair the customer may ask for an exchange (three guarantees).")
STATEMENT_IN_TIME = _("The shop's statement must be there before the 24 hours of the desk's own enquiry are over.")
AUTHORITY_DECIDES = _("The authority decides within 7 working days (Consumer Law art. 46); answer earlier.")
FOUND_ONE_YEAR = _("Lost property belongs to its owner for one year after the public notice (Civil Code art. 318).")
MISSING_CHILD_AT_ONCE = _("The alarm for a missing child starts at once (Law on the Protection of Minors art. 56).")
MISSING_CHILD_POLICE = _("Report a missing child to the police without delay, after 10 minutes at the latest.")
LIFT_RESCUE = _("In cities the lift maintenance company must be there within 30 minutes.")
CCTV_KEPT = _("Pictures of public places are kept for at least 30 days (regulation on public video systems, art. 17).")
CCTV_OVERWRITTEN = _(
    "After 30 days the recorder may write over its pictures (regulation on public video systems, art. 17)."
)
SHORTEST_KEPT = _(
    "Personal data is kept no longer than its purpose needs (Personal Information Protection Law art. 19)."
)
REQUEST_PROMPT = _("A request about personal data is answered promptly (Personal Information Protection Law art. 50).")
CLAIM_PERIOD = _("Claims can be made for three years; whoever deletes earlier may lack the proof.")

POLICIES = registry(
    # reception, inquiries, knowledge
    P("greet.target", _("Greet an arriving customer"), 30, "seconds", "O", "REC-01"),
    P("inquiry.basic.answer", _("Answer a basic question"), 60, "seconds", "O", "INQ-01"),
    P("inquiry.brand_contact", _("Reach the shop about a question"), 30, "minutes", "O", "INQ-04"),
    P("inquiry.callback", _("Call the customer back"), 60, "minutes", "O", "INQ-04",
      note=_("The promise is kept even without a result.")),
    P("inquiry.accuracy.target", _("Answers that are right"), 98, "percent", "", "INQ-05"),
    P("kb.update.cycle", _("Update the knowledge base"), 7, "days", "N", "KNW-01"),
    P("kb.article.review", _("Review an article"), 90, "days", "N", "proposed"),
    P("kb.article.review_facts", _("Review a fact"), 30, "days", "N", "proposed"),
    P("escalation.step", _("An alarm waits on each rung of the ladder"), 10, "minutes", "N", "proposed"),
    P("escalation.repeat", _("An alarm that nobody heard rings again"), 60, "minutes", "N", "proposed"),
    P("policy.review", _("Review a policy"), 365, "days", "N", "KNW-07"),
    P("referral.progress", _("Ask how a referral stands"), 2, "hours", "O", "REF-01"),
    P("referral.nudges_before_escalation", _("Nudges before a referral goes up"), 2, "count", "", "proposed"),
    # complaints
    P("complaint.onspot.amount", _("Settle on the spot up to"), 200, "yuan", "", "CMP-07"),
    P("complaint.onspot.time", _("Settle on the spot"), 60, "minutes", "O", "CMP-07"),
    P("complaint.onspot.success", _("Complaints settled on the spot"), 85, "percent", "", "CMP-07"),
    P("complaint.responsibility", _("Tell whose responsibility it is"), 3, "minutes", "O", "CMP-08",
      note=_("A target without an alarm.")),
    P("complaint.book.read", _("Read the comment book and the complaint box"), 3, "days", "N", "proposed"),
    P("complaint.start", _("Begin to work on a complaint"), 1, "hours", "O", "proposed"),
    P("complaint.investigate", _("Look into a complaint"), 24, "hours", "N", "CMP-09"),
    P("complaint.propose", _("Propose a solution"), 48, "hours", "N", "CMP-11",
      note=_("Met when the proposal is sent.")),
    P("complaint.final", _("Give the final answer"), 72, "hours", "N", "CMP-11",
      note=_("Met when the final answer is sent or an agreement is reached; each remedy has its own date.")),
    P("complaint.progress_update", _("Tell the customer how it stands"), 24, "hours", "N", "proposed"),
    P("complaint.brand_statement", _("Statement of the shop"), 20, "hours", "N", "CMP-10",
      bounds=(Bound(STATEMENT_IN_TIME, most=23),)),
    P("complaint.in_hand", _("Complaints in the hands of one person, about"), 10, "count", "", "proposed"),
    P("complaint.followup1", _("First follow-up call"), 24, "hours", "N", "CMP-15"),
    P("complaint.followup2", _("Second follow-up call"), 3, "days", "N", "CMP-16"),
    P("complaint.customer_reply", _("Remind the customer of an offer"), 24, "hours", "N", "proposed",
      note=_("After two reminders a manager may let it be carried out without an answer.")),
    P("complaint.wilful_delay", _("Answer a complaint at the latest"), 15, "days", "N", "proposed",
      bounds=(Bound(ANSWER_WILFUL, most=15),)),
    P("complaint.remedy", _("Carry out what was agreed"), 3, "days", "N", "proposed",
      note=_("The date that was agreed for a remedy wins.")),
    P("complaint.withdrawal_undo", _("Take back a withdrawal made by mistake"), 24, "hours", "N", "proposed",
      note=_("By a supervisor, with a reason. The complaint then goes on with new deadlines.")),
    P("complaint.external.reply", _("Reply to another authority"), AS_GIVEN, "rule", "N", "proposed",
      note=_("The date on the letter counts.")),
    P("complaint.external.reply_12315", _("Reply to 12315"), 5, "workdays", "W", "proposed",
      bounds=(Bound(AUTHORITY_DECIDES, most=7, only_warns=True),)),
    P("complaint.external.reply_12345", _("Reply to 12345"), 3, "workdays", "W", "proposed",
      note=_("City rules differ; the date on the order wins.")),
    P("evidence.cctv", _("Have camera pictures kept"), 25, "days", "N", "proposed",
      bounds=(Bound(CCTV_OVERWRITTEN, most=29, only_warns=True),),
      note=_("Counted from when they were taken.")),
    P("approval.decide", _("Decide on an approval"), 2, "hours", "O", "domain 3.4",
      note=_("Then it goes to the next level on duty.")),
    # improvements
    P("improvement.due", _("Make an improvement"), AS_GIVEN, "rule", "N", "proposed",
      note=_("The date that was agreed counts.")),
    P("improvement.verify", _("See whether an improvement helps"), 30, "days", "N", "proposed"),
    # returns and repairs
    P("return.check", _("Check returned goods"), 5, "minutes", "O", "RET-02"),
    P("return.judge", _("First judgement of a return"), 10, "minutes", "O", "RET-03"),
    P("return.noreason.days", _("Return without a reason"), 7, "days", "N", "RET-01",
      bounds=(Bound(RETURN_DISTANCE, least=7),)),
    P("return.quality.days", _("Return for quality"), 7, "days", "N", "law", bounds=(Bound(RETURN_QUALITY, least=7),)),
    P("return.refund.target", _("Refund the customer"), 3, "workdays", "W", "RET-04"),
    P("return.refund.max", _("Refund at the latest"), 7, "days", "N", "law",
      bounds=(Bound(REFUND_WILFUL, most=15), Bound(REFUND_DISTANCE, most=7, only_warns=True))),
    P("sanbao.return", _("Three guarantees: return"), 7, "days", "N", "law", bounds=(Bound(SANBAO_RETURN, least=7),)),
    P("sanbao.exchange", _("Three guarantees: exchange"), 15, "days", "N", "law",
      bounds=(Bound(SANBAO_EXCHANGE, least=15),)),
    P("sanbao.repair", _("Three guarantees: repair"), AS_GIVEN, "rule", "N", "law",
      note=_("As long as the guarantee card of the goods says.")),
    P("repair.brand_contact", _("Reach the shop about a repair"), 2, "hours", "O", "REP-02"),
    P("repair.promise", _("Finish a repair"), 15, "workdays", "W", "REP-02",
      bounds=(Bound(REPAIR_EXCHANGE, most=20, only_warns=True),)),
    P("repair.progress", _("Tell the customer how the repair stands"), 7, "days", "N", "REP-03"),
    # lost and found, bags, loans
    P("lost.report_renew", _("Ask whether a lost report still stands"), 90, "days", "N", "domain 3.7",
      note=_("The owner is asked before it closes.")),
    P("found.owner_contact", _("Reach the owner of a found item"), NEXT_NOON, "rule", "N", "LST-03"),
    P("found.desk_hold", _("Keep a found item at the desk"), 7, "days", "N", "LST-04"),
    P("found.public_notice", _("Publish that an item was found"), BY_END_OF_DAY, "rule", "N", "law",
      note=_("There must be a public notice.")),
    P("found.dispose_after", _("Dispose of a found item after"), 365, "days", "N", "law",
      bounds=(Bound(FOUND_ONE_YEAR, least=365),), note=_("Perishable goods are exempt.")),
    P("found.police_handover.cash", _("Hand found cash to the police from"), 2000, "yuan", "", "proposed",
      note=_("Rules of the local police win.")),
    P("found.police_handover.kinds", _("Kinds of items for the police"), "id weapons drugs", "text", "", "proposed",
      note=_("Rules of the local police win."), pattern=r"[a-z_]+( [a-z_]+)*"),
    P("bag.overnight", _("A bag not collected becomes a found item"), AT_CLOSING, "rule", "O", "BAG-08"),
    P("loan.due", _("Bring back what was lent"), AS_GIVEN, "rule", "N", "domain 4.4",
      note=_("By item: a wheelchair 4 hours, an umbrella 24 hours. A deposit is paid back at once.")),
    # work orders and emergencies
    P("workorder.p1", _("Arrive for a work order P1"), 20, "minutes", "O", "TKT-02"),
    P("workorder.p2", _("Arrive for a work order P2"), 2, "hours", "O", "TKT-02"),
    P("workorder.p3", _("Arrive for a work order P3"), 1, "workdays", "W", "proposed"),
    P("workorder.p4", _("Arrive for a work order P4"), 3, "workdays", "W", "proposed"),
    P("emg.l1.arrive", _("Arrive at a level 1 emergency"), 60, "seconds", "N", "EMG-02"),
    P("emg.l2.isolate", _("Close off a level 2 emergency"), 3, "minutes", "N", "EMG-03"),
    P("emg.l2.repair", _("Repair after a level 2 emergency"), 20, "minutes", "N", "EMG-03"),
    P("emg.lift.maintenance", _("Lift maintenance arrives"), 30, "minutes", "N", "law",
      bounds=(Bound(LIFT_RESCUE, most=30, only_warns=True),), note=_("The limit for cities.")),
    P("emg.suspicious.report", _("Report a suspicious object"), 5, "minutes", "N", "EMG-07"),
    P("emg.lostchild.alert", _("Raise the alarm for a missing child"), 0, "minutes", "N", "law",
      bounds=(Bound(MISSING_CHILD_AT_ONCE, most=0),)),
    P("emg.lostchild.police", _("Call the police for a missing child"), 10, "minutes", "N", "law",
      bounds=(Bound(MISSING_CHILD_POLICE, most=10),)),
    # surveys, follow-ups, members
    P("survey.send_after", _("Send a survey"), 24, "hours", "N", "SAT-02"),
    P("survey.quiet_hours", _("Send nothing during"), "21:00-09:00", "text", "", "SAT-02",
      pattern=r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d"),
    P("survey.reminder", _("Remind of a survey"), 48, "hours", "N", "domain 3.10", note=_("One reminder only.")),
    P("survey.target", _("Customers who are satisfied"), 90, "percent", "", "SAT-05"),
    P("rating.contact", _("A rating belongs to a contact that ended at the desk within"), 10, "minutes", "N",
      "proposed", note=_("Only where it can have been no other.")),
    P("followup.random_daily", _("Follow-up calls drawn by lot a day"), 10, "count", "", "FUP-08"),
    P("followup.attempts", _("Attempts to reach a customer"), 3, "count", "", "FUP-10",
      note=_("At different times of the day.")),
    P("followup.call", _("Make any other follow-up call"), 7, "days", "N", "proposed",
      note=_("Whoever is drawn by lot is rung on the same day.")),
    P("followup.regular.gold", _("Call gold members, every"), 30, "days", "N", "proposed"),
    P("followup.regular.silver", _("Call silver members, every"), 90, "days", "N", "proposed"),
    P("followup.regular.daily", _("Regular calls planned on one day at most"), 10, "count", "", "proposed"),
    P("member.thankyou", _("Thank a member after a purchase"), 72, "hours", "N", "FUP-11",
      note=_("With consent only.")),
    P("member.care", _("Care for members, every"), 1, "months", "N", "CUS-13", note=_("With consent only.")),
    P("member.profile_refresh", _("Confirm a member's details"), 90, "days", "N", "CUS-03",
      note=_("At the next contact.")),
    P("marketing.cap.count", _("Marketing messages to one person"), 2, "count", "", "proposed",
      note=_("A refusal stops everything.")),
    P("marketing.cap.days", _("Marketing messages are counted over"), 30, "days", "N", "proposed"),
    # quality, training, reports
    P("qa.sample.phone", _("Calls that are sampled"), 20, "percent", "", "QAS-01"),
    P("qa.sample.counter", _("Counter contacts that are sampled"), 2, "percent", "", "CTR-06"),
    P("qa.sample.counter_least", _("Counter contacts sampled at least"), 5, "count", "", "CTR-06"),
    P("mystery.monthly", _("Mystery visits a month"), 5, "count", "", "QAS-02"),
    P("training.induction_days", _("Induction"), 3, "days", "N", "TRN-01"),
    P("training.induction_hours", _("Hours of induction in all"), 72, "hours", "N", "TRN-02"),
    P("training.induction_exam", _("Points to pass the induction"), 80, "count", "", "TRN-02"),
    P("training.classroom_day", _("Counts as a day in class from"), 4, "hours", "N", "proposed"),
    P("training.induction_gate", _("Days in class and hours: both, or either"), "both", "text", "", "proposed",
      pattern="both|either"),
    P("training.quarter_hours", _("Training in a quarter"), 20, "hours", "N", "TRN-05"),
    P("training.case_review", _("Review of cases, every"), 1, "months", "N", "TRN-03"),
    P("training.expert", _("Lesson by an expert, every"), 3, "months", "N", "TRN-04"),
    P("report.typical_cases", _("Typical cases a week"), 5, "count", "", "CMP-34"),
    P("report.monthly", _("Report, every"), 1, "months", "N", "RPT-01"),
    P("report.manual", _("Revise the manual, every"), 3, "months", "N", "RPT-02"),
    # privacy and authority
    P("privacy.request", _("Answer a request about personal data"), 15, "days", "N", "N-24",
      bounds=(Bound(REQUEST_PROMPT, most=15, only_warns=True),)),
    P("retention.contact.identified", _("Keep who a contact was"), 24, "months", "N", "proposed",
      bounds=(Bound(SHORTEST_KEPT, most=24, only_warns=True),)),
    P("retention.complaint", _("Keep a complaint"), 36, "months", "N", "proposed",
      bounds=(Bound(CLAIM_PERIOD, least=36, only_warns=True),)),
    P("retention.cctv", _("Keep camera pictures"), 30, "days", "N", "law", bounds=(Bound(CCTV_KEPT, least=30),),
      note=_("Ask to keep a picture before day 25.")),
    P("retention.id_fragment", _("Keep part of an identity number after closing"), 30, "days", "N", "proposed",
      bounds=(Bound(SHORTEST_KEPT, most=30, only_warns=True),)),
    P("authority.agent", _("An agent may settle up to"), 200, "yuan", "", "CTR-08"),
    P("authority.lead", _("A lead may settle up to"), 1000, "yuan", "", "CTR-08"),
    P("authority.supervisor", _("A supervisor may settle up to"), 5000, "yuan", "", "CTR-08"),
)  # fmt: skip

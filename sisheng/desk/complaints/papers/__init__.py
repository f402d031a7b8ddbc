"""The papers of a complaint, filled from its record: what they look like is the business of kit/paper."""

from sisheng.desk.complaints.papers.casefile import case_file, originals
from sisheng.desk.complaints.papers.counter import acceptance_form, customer_slip
from sisheng.desk.complaints.papers.handling import handling_form
from sisheng.desk.complaints.papers.letter import final_letter
from sisheng.desk.complaints.papers.print import Print

__all__ = ["Print", "acceptance_form", "case_file", "customer_slip", "final_letter", "handling_form", "originals"]

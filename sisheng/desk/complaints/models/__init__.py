"""A complaint, what was offered for it, and who else decides about it."""

from sisheng.desk.complaints.models.authority import Authority, ExternalCase
from sisheng.desk.complaints.models.complaint import Complaint
from sisheng.desk.complaints.models.offers import Answer, Apology, Proposal, Remedy
from sisheng.desk.complaints.models.protection import Protection

__all__ = ["Answer", "Apology", "Authority", "Complaint", "ExternalCase", "Proposal", "Protection", "Remedy"]

"""Quality check: every day some of the desk's work is drawn by lot and looked at by somebody else (CTR-06, QAS-01).

This is the first part of domain 3.15: the lot, one judgement of a record, and that its agent reads it. The rubric with
its groups, the score, the agent's comment and the appeal come later, and so do mystery visits.
"""

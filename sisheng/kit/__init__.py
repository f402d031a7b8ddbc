"""What several slices of the desk need beside a case: approvals, evidence, links, messages, paper (ADR 31)."""

"""Paper: forms, slips and letters as PDF, and the case file that proves itself (ADR 33).

What a paper says is a frozen dataclass of plain values (documents.py, casefile.py); how it looks is a Typst template
(typst/). A slice of the desk fills the one and asks `pdf(document, language=…)`.
"""

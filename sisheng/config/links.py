"""Which page a one-time link leads to, by its purpose: a view that is called with the request and the link."""

PAGES: dict[str, str] = {
    "statement": "sisheng.windows.shops.views.statement",
    "survey": "sisheng.desk.followups.survey_page.survey",
}

"""Which page a one-time link leads to, by its purpose: a view that is called with the request and the link."""

PAGES: dict[str, str] = {
    "survey": "sisheng.desk.followups.survey_page.survey",
}

"""Everything that lies in the database, so that a test can say what an act made and that nothing else changed."""

from __future__ import annotations

from django.apps import apps

# what a request touches without anybody having done anything at the desk
APART = {"sessions.Session", "once.Receipt", "axes.AccessAttempt", "axes.AccessLog", "axes.AccessFailureLog"}

Everything = dict[str, dict]


def everything(*labels: str) -> Everything:
    """Every row of every table, or of these: {model: {key: its values}}."""
    models = [model for model in apps.get_models() if model._meta.label not in APART and model._meta.managed]
    models = [model for model in models if not labels or model._meta.label in labels]
    return {
        model._meta.label: {row["pk"]: row for row in model._base_manager.values("pk", *_fields(model))}
        for model in models
    }


def _fields(model) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def made(before: Everything, after: Everything) -> dict[str, int]:
    """How many rows more there are, by model."""
    more = {label: len(after[label]) - len(rows) for label, rows in before.items()}
    return {label: count for label, count in more.items() if count}

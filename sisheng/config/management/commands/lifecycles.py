"""Draw the life of each kind of case, from the table that the code runs on."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from sisheng.cases.models import kinds
from sisheng.config.management.commands.messages import are_compiled
from sisheng.ground.lifecycle import Lifecycle

FOLDER = Path(__file__).resolve().parents[4] / "docs" / "lifecycles"


class Command(BaseCommand):
    help = "Writes docs/lifecycles, or with --check says which drawing is not current."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        if not are_compiled():
            raise CommandError("The drawings speak both languages. Compile the catalogues first: sisheng messages")
        FOLDER.mkdir(parents=True, exist_ok=True)
        stale = []
        for slug, model in sorted(kinds().items()):
            file, drawn = FOLDER / f"{slug}.md", drawing(slug, model.lifecycle)
            if check and (not file.exists() or file.read_text(encoding="utf8") != drawn):
                stale.append(file.name)
            elif not check:
                file.write_text(drawn, encoding="utf8")
        if stale:
            raise CommandError(f"Not current: {', '.join(stale)}. Run: sisheng lifecycles")


def drawing(slug: str, life: Lifecycle) -> str:
    """A page with the states in both languages, the diagram, and what is due by when."""
    with translation.override("zh-hans"):
        chinese = {state.name: str(state.label) for state in life.states}
    lines = [f"# {slug} ({life.prefix})", "", "Made by `sisheng lifecycles` from the table in the code.", ""]
    lines += ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {state.name}: {chinese[state.name]} / {state.name}" for state in life.states]
    lines += [f"    [*] --> {life.begin.to}: begin"]
    for step in life.transitions:
        lines += [f"    {origin} --> {step.to}: {step.name}" for origin in sorted(step.origins)]
    lines += ["```", "", "| state | 状态 | whose turn |", "|---|---|---|"]
    lines += [f"| {state.name} | {chinese[state.name]} | {state.turn.value} |" for state in life.states]
    lines += [
        "",
        "| deadline | starts on | met by | renewed on | cancelled by | stands still in |",
        "|---|---|---|---|---|---|",
    ]
    for rule in life.deadlines:
        sets = (rule.starts_on, rule.met_by, rule.renewed_on, rule.cancelled_by, rule.pauses_in)
        lines.append(f"| {rule.policy} | {' | '.join(map(_names, sets))} |")
    lines += [f"| {rule.policy} | a part | its part | — | {_names(rule.cancelled_by)} | {_names(rule.pauses_in)} |"
              for rule in life.parts]  # fmt: skip
    return "\n".join(lines) + "\n"


def _names(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "—"

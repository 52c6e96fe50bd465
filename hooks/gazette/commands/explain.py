"""`gazette explain`: what a rule is for, and what to do."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from gazette.commands.output import write
from gazette.problems import Code

PAGES = Path(__file__).parents[1] / "rules"


@click.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Show the page about a RULE: why it is there, an example, and the way out.

    \b
    Examples:
      gazette explain silent-edit
    """
    labels = sorted(code.label for code in Code)
    if rule not in labels:
        nearest = difflib.get_close_matches(rule, labels, n=1)
        hint = f"Did you mean {nearest[0]}?" if nearest else f"There are: {', '.join(labels)}"
        raise click.UsageError(f"There is no rule {rule}. {hint}")
    write((PAGES / f"{rule}.md").read_text("utf-8"))

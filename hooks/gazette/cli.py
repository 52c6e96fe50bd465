"""The command `gazette`: reads arguments, calls one use case, prints. No logic of its own."""

from __future__ import annotations

import sys
from pathlib import Path

import click

FORMATS = ("terminal", "html", "json", "markdown")


@click.group()
def main() -> None:
    """A help center of policies: every version kept, every change a readable redline."""


@main.command()
@click.argument("old", type=Path)
@click.argument("new", type=Path)
@click.option("--format", "form", type=click.Choice(FORMATS), default="terminal")
def diff(old: Path, new: Path, form: str) -> None:
    """Show what changed between two texts, section by section."""
    from gazette import redline_html, redline_json
    from gazette.document import read_document
    from gazette.frontmatter import body_of
    from gazette.redline import prove, redline

    before, after = (read_document(body_of(p.read_text("utf-8"))) for p in (old, new))
    change = redline(before, after)
    prove(change, before, after)
    sys.stdout.write(redline_json.render(change) if form == "json" else redline_html.render(change))

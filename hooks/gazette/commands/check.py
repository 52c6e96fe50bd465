"""`gazette check`: every rule over the policies, before readers see them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from gazette.problems import Problem
    from gazette.settings import Settings

FORMS = ("terminal", "github", "json", "sarif")


@click.command()
@click.option("--base", metavar="REF", help="Review what changed since this branch or commit.")
@click.option("--format", "form", type=click.Choice(FORMS), default="terminal", show_default=True)
@click.option("--fix", is_flag=True, help="Mend what has one right answer.")
def check(base: str | None, form: str, fix: bool) -> None:
    """Find what is wrong with the policies: metadata, versions, references, links, characters.

    Exits with 0 when nothing must be mended, with 1 when something must, with 2 when it cannot be
    told. Warnings and notes alone exit with 0.

    \b
    Examples:
      gazette check
      gazette check --base origin/main
      gazette check --base origin/main --fix
      gazette check --format sarif > findings.sarif
    """
    from gazette.commands.output import has_colour, write
    from gazette.commands.project import open_project, today
    from gazette.review.check import check as review
    from gazette.review.check import failing

    settings, day = open_project(), today()
    problems = review(settings, day, base)
    if fix and _mend(settings, problems):
        problems = review(settings, day, base)
    renderer = import_module(f"gazette.forms.findings_{form}")
    shown = renderer.render(problems, settings.repository)
    write(shown if has_colour() else click.unstyle(shown))
    raise SystemExit(1 if failing(problems) else 0)


def _mend(settings: Settings, problems: Sequence[Problem]) -> bool:
    """Mend the files; say on the error stream what was done."""
    from gazette.review.fixing import mended

    for path in sorted({one.path for one in problems if one.mend}):
        file = settings.project / path
        data, done = mended(file.read_bytes(), (one for one in problems if one.path == path))
        file.write_bytes(data)
        for one in done:
            click.echo(f"Mended {one.path}:{one.line}: {one.message}", err=True)
    return any(one.mend for one in problems)

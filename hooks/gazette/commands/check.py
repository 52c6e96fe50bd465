"""`gazette check`: every rule over the policies, before readers see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from gazette.commands.output import BASE
from gazette.forms.findings import FORMATS, render

if TYPE_CHECKING:
    from gazette.problems import Problem
    from gazette.settings import Settings

MAX_PASSES = 5
"""How often all is fixed that can be: once a line can be read, more may be found in it."""


@click.command()
@click.option("--base", metavar="REF", help=f"Review what changed since it parted from {BASE}.")
@click.option(
    "--format", "format_name", type=click.Choice([*FORMATS]), default="terminal", show_default=True
)
@click.option("--fix", is_flag=True, help="Fix what has one right answer.")
def check(base: str | None, format_name: str, fix: bool) -> None:
    """Find what is wrong with the policies: metadata, versions, references, links, characters.

    On a branch that is a proposal, it looks at what that changes; elsewhere at every policy.

    Exits with 0 when nothing must be fixed, with 1 when something must, with 2 when it could not
    run. Warnings and notes alone exit with 0.

    \b
    Examples:
      gazette check
      gazette check --base origin/main
      gazette check --base origin/main --fix
      gazette check --format sarif > findings.sarif
    """
    from gazette.commands.output import has_colour, write
    from gazette.commands.project import open_project
    from gazette.review.check import has_errors

    project = open_project(base)
    settings = project.settings
    problems = project.findings()
    for _ in range(MAX_PASSES if fix else 0):
        if not _fix(settings, problems):
            break
        problems = project.findings()
    shown = render(problems, format_name, settings.rule_pages)
    write(shown if has_colour() else click.unstyle(shown))
    raise SystemExit(1 if has_errors(problems) else 0)


def _fix(settings: Settings, problems: Sequence[Problem]) -> bool:
    """Fix the files, print what was fixed on the error stream; return whether anything was."""
    from gazette.files import write_whole
    from gazette.review.fixing import apply_fixes

    for path in sorted({problem.path for problem in problems if problem.fix}):
        file = settings.project / path
        of_file = [problem for problem in problems if problem.path == path]
        data, fixed = apply_fixes(file.read_bytes(), of_file)
        write_whole(file, data)
        for problem in fixed:
            click.echo(f"Fixed {path}:{problem.line}: {problem.message}", err=True)
    return any(problem.fix for problem in problems)

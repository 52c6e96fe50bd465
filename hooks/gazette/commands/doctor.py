"""`gazette doctor`: what a project still lacks."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

import click

from gazette.authoring.engine_lock import DISTRIBUTION
from gazette.commands.output import wrapped
from gazette.commands.project import config_file, open_project
from gazette.commands.schema import schema_text
from gazette.host_config import host_packages, line_of, theme_and_hook
from gazette.review.project_setup import Diagnosis, Installation, SetupStatus, diagnose

INDENT = 6


@click.command()
def doctor() -> None:
    """Say what the project around the policies still lacks before readers may see it.

    Looks at the settings, the theme, git, and what the help center is built with; `gazette check`
    looks at the policies. Exits with 1 when something must be fixed first.

    \b
    Examples:
      gazette doctor
    """
    project = open_project()
    has_hook, has_guard = theme_and_hook(config_file())
    installed = Installation(
        host_packages(), version(DISTRIBUTION), has_hook, has_guard, schema_text()
    )
    diagnoses = [
        *diagnose(
            project.settings,
            installed,
            project.register.digests,
            lambda keys: line_of(config_file(), keys),
        )
    ]
    for diagnosis in diagnoses:
        for line in _lines(diagnosis):
            click.echo(line)
    raise SystemExit(1 if any(d.standing is SetupStatus.FIX for d in diagnoses) else 0)


def _lines(diagnosis: Diagnosis) -> Iterator[str]:
    """Yield a diagnosis as lines that fit the terminal: its advice stands below it."""
    lead = f"{diagnosis.standing.value:{INDENT}}"
    for text, start in ((diagnosis.fact, lead), (diagnosis.advice, " " * INDENT)):
        yield from wrapped(text, start, " " * INDENT)

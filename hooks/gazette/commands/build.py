"""Build the help center."""

from __future__ import annotations

import os

import click

from gazette.commands.project import config_file
from gazette.host_config import run_host
from gazette.settings import CONFIG


@click.command
@click.option(
    "--strict/--no-strict",
    default=True,
    help="Stop at what would publish something wrong (the default), or build what can be built.",
)
def build(strict: bool) -> None:
    """Build the help center into `site/`, archiving what was replaced.

    It is rendered by MkDocs, or by ProperDocs where only that is installed.

    \b
    Examples:
      gazette build
      gazette build --no-strict
    """
    os.chdir(config_file().parent)
    run_host("build", "--strict" if strict else "--no-strict", "--config-file", CONFIG)

"""Show the help center while it is being edited."""

from __future__ import annotations

import os

import click

from gazette.commands.project import config_file
from gazette.host_config import run_host
from gazette.settings import CONFIG


@click.command
@click.option(
    "--address", metavar="HOST:PORT", default="127.0.0.1:8000", show_default=True, help="Where."
)
def serve(address: str) -> None:
    """Show the help center with its drafts, live, until Ctrl-C. It writes no archive.

    \b
    Examples:
      gazette serve
      gazette serve --address 127.0.0.1:9000
    """
    os.chdir(config_file().parent)
    run_host("serve", "--dev-addr", address, "--config-file", CONFIG)

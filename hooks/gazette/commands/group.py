"""The words of `gazette`: each loads its module when it is asked for, so every one starts fast."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from gazette.errors import GazetteError, PolicyError, ReleaseError, machine_errors

MODULES = {
    "check": "check",
    "diff": "diff",
    "import": "import_",
    "log": "log",
    "new": "new",
    "release": "release",
    "report": "report",
    "schema": "schema",
    "status": "status",
}
"""The module in this package that holds each command."""


class Commands(click.Group):
    """A group whose commands stand in modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every word, in the order of the alphabet."""
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command; None for a word that is none."""
        if cmd_name not in MODULES:
            return None
        name = MODULES[cmd_name]
        command = getattr(import_module(f"gazette.commands.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what this project refuses becomes a message, anything else is a bug."""
        try:
            with machine_errors():
                return super().invoke(ctx)
        except GazetteError as error:
            click.echo(f"gazette: {error}", err=True)
            ctx.exit(1 if isinstance(error, PolicyError | ReleaseError) else 2)

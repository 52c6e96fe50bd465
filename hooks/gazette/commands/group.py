"""The subcommands of `gazette`: each loads its module when it is asked for, so all start fast."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from gazette.errors import GazetteError, ProblemsError, ReleaseError, machine_errors
from gazette.problems import printable_lines

MODULES = {
    "accept": "accept",
    "build": "build",
    "check": "check",
    "diff": "diff",
    "doctor": "doctor",
    "import": "import_policies",
    "init": "init",
    "lock": "lock",
    "log": "log",
    "new": "new",
    "preview": "preview",
    "release": "release",
    "report": "report",
    "schema": "schema",
    "serve": "serve",
    "status": "status",
}
"""The module of each command in this package; the command in it has the same name."""


class Commands(click.Group):
    """A group whose commands stand in modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands in alphabetical order."""
        return sorted(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; return None when there is none of this name."""
        if cmd_name not in MODULES:
            return None
        module = import_module(f"gazette.commands.{MODULES[cmd_name]}")
        command = vars(module)[MODULES[cmd_name]]
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; print this project's own errors as messages, anything else is a bug.

        Exits with 1 when the policies or a release are refused, with 2 when a command cannot run.
        """
        try:
            with machine_errors():
                return super().invoke(ctx)
        except GazetteError as error:
            click.echo(f"gazette: {printable_lines(str(error))}", err=True)
            ctx.exit(1 if isinstance(error, ProblemsError | ReleaseError) else 2)

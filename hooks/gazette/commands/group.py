"""The subcommands of `gazette`: each loads its module when it is asked for, so all start fast."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NoReturn

import click

from gazette.commands.usage import unknown_command, usage_message
from gazette.errors import GazetteError, ProblemsError, ReleaseError, machine_errors
from gazette.problems import printable_lines

COMMANDS = (
    "accept",
    "build",
    "check",
    "diff",
    "doctor",
    "explain",
    "import",
    "init",
    "lock",
    "log",
    "new",
    "preview",
    "release",
    "report",
    "schema",
    "serve",
    "status",
)
MODULES = {name: name for name in COMMANDS} | {"import": "import_policies"}
"""The module in which each stands, under the name of the module; none can be called `import`."""


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

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the words before the name of the command; end with 2 where they are wrong."""
        try:
            return super().make_context(*args, **kwargs)
        except click.UsageError as error:
            return _refuse(error)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named first, and what stands behind its name."""
        if args[0] not in MODULES and not ctx.resilient_parsing:
            raise click.UsageError(unknown_command(args[0], MODULES), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; print this project's own errors as messages, anything else is a bug.

        Exits with 1 when the policies or a release are refused, with 2 when a command cannot run.
        """
        try:
            with machine_errors():
                return super().invoke(ctx)
        except click.UsageError as error:
            _refuse(error)
        except GazetteError as error:
            click.echo(f"gazette: {printable_lines(str(error))}", err=True)
            ctx.exit(1 if isinstance(error, ProblemsError | ReleaseError) else 2)


def _refuse(error: click.UsageError) -> NoReturn:
    """Print what was typed wrongly, and end with 2; without any word, print the help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        raise error
    click.echo(f"gazette: {printable_lines(usage_message(error))}", err=True)
    raise SystemExit(2)

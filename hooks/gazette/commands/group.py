"""The subcommands of `gazette`: each loads its module when it is asked for, so all start fast."""

from __future__ import annotations

from importlib import import_module
from typing import Any, NoReturn

import click
from click.shell_completion import CompletionItem

from gazette.commands.usage import unknown_command, usage_message
from gazette.errors import GazetteError, ProblemsError, ReleaseError, machine_errors
from gazette.problems import printable_lines

COMMANDS = {
    "accept": "Show which published texts are read otherwise than recorded.",
    "build": "Build the help center, archiving what was replaced.",
    "check": "Find what is wrong with the policies.",
    "diff": "Show what changed between two texts, section by section.",
    "doctor": "Say what the project still lacks before readers may see it.",
    "explain": "Show the page about a rule: why it is there, and the way out.",
    "import": "Bring in policies from pages, folders or a git repository.",
    "init": "Write the project of a new help center.",
    "lock": "Pin the engine, and the libraries it was tested with.",
    "log": "List the versions of a policy, newest first.",
    "new": "Create a policy, with a guide in its comments.",
    "preview": "Copy the built site, so that its pages open without a server.",
    "release": "Make the edited text of a policy its next version.",
    "report": "Print what the working tree changes for readers, as Markdown.",
    "schema": "Print the JSON Schema of a policy's front matter.",
    "serve": "Show the help center with its drafts, live.",
    "status": "Show every policy: its version, and what is not released yet.",
}
"""What each command does: it is told here because the help of all loads none of them."""
MODULES = {name: name for name in COMMANDS} | {"import": "import_policies"}
"""The module in which each stands, under the name of the module; none can be called `import`."""


class Commands(click.Group):
    """A group whose commands stand in modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands in alphabetical order."""
        return sorted(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each command does below the help of all."""
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands and options that begin with what was typed."""
        commands = [
            CompletionItem(name, help=does)
            for name, does in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; return None when there is none of this name."""
        if cmd_name not in COMMANDS:
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
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            raise click.UsageError(unknown_command(args[0], COMMANDS), ctx)
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

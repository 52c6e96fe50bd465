"""What is wrong with the words of a command, in sentences for who typed them."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from datetime import date

import click

from gazette.text.written_days import days_of

NEEDS = {
    "slug": "the name of a policy",
    "source": "the file or folder to bring in",
    "texts": "the name of a policy, or two files",
    "title": "a title, in quotation marks",
    "base": "the branch that it is compared with",
}
"""What stands for each word that may be missing."""


class Day(click.ParamType[date]):
    """A day as year-month-day; any other form is refused with the right one."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day that a text states."""
        days = days_of(str(value))
        if isinstance(value, str) and [value] == list(map(str, days)):
            return days[0]
        right = " or ".join(map(str, days)) or "the day in digits, as year-month-day: YYYY-MM-DD"
        message = f"{_name(param)} cannot be “{value}”. Write {right}."
        raise click.BadParameter(message, ctx, param)


def usage_message(error: click.UsageError) -> str:
    """Return what was typed wrongly, the usage, and where more help is."""
    path = error.ctx.command_path if error.ctx else "gazette"
    lines = [_sentence(error, path.partition(" ")[2] or "It")]
    if error.ctx:
        lines.append(f"It is called as: {error.ctx.command.get_usage(error.ctx).partition(' ')[2]}")
    return "\n".join([*lines, f"All that it can do is told by: {path} --help"])


def unknown_command(name: str, commands: Collection[str]) -> str:
    """Return the sentence about a command that there is not."""
    nearest = difflib.get_close_matches(name, commands, n=1)
    guess = f" Did you mean {nearest[0]}?" if nearest else ""
    return f"There is no command {name}.{guess} There are: {', '.join(sorted(commands))}."


def _sentence(error: click.UsageError, path: str) -> str:
    if isinstance(error, click.NoSuchOption):
        possible = f" Did you mean {error.possibilities[0]}?" if error.possibilities else ""
        return f"{path} has no option {error.option_name}.{possible}"
    if isinstance(error, click.BadOptionUsage):
        return f"Behind {error.option_name} its value is missing."
    if isinstance(error, click.MissingParameter):
        need = NEEDS.get(str(error.param.name) if error.param else "", "more")
        option = f", behind {_name(error.param)}" if isinstance(error.param, click.Option) else ""
        return f"{path} needs {need}{option}."
    if isinstance(error, click.BadParameter) and error.param:
        return _bad_value(error, error.param)
    return error.message


def _bad_value(error: click.BadParameter, param: click.Parameter) -> str:
    kind = param.type
    if isinstance(kind, click.Choice):
        return f"Behind {_name(param)}, write one of these: {', '.join(kind.choices)}."
    if isinstance(kind, click.IntRange):
        return f"Behind {_name(param)}, write a number from {kind.min} on."
    if isinstance(kind, click.Path):
        return f"There is no such file or folder, or it cannot be read. {error.message}"
    return error.message


def _name(param: click.Parameter | None) -> str:
    return param.opts[0] if param else "It"

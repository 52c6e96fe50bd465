"""How commands print: in colour and through a pager where a person is watching, as git does."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import textwrap

BASE = "this branch or commit. Default: the published branch, while another one is checked out"
"""What the option --base means, for the help of every command that has it."""
WIDTH = 96
"""Columns of a line where no terminal tells its own."""


def has_colour() -> bool:
    """Return whether the output is a terminal that shows colours, and they are wanted."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def width() -> int:
    """Return how many columns a line of the terminal has, WIDTH where there is none."""
    return shutil.get_terminal_size((WIDTH, 24)).columns


def hanging(text: str, indent: int) -> str:
    """Return a line that is indented, cut at words where a terminal would cut it anywhere."""
    blanks = " " * indent
    columns = width() if sys.stdout.isatty() else 0
    if columns <= 2 * indent:
        return f"{blanks}{text}"
    return "\n".join(wrapped(text, blanks, f"{blanks}  "))


def wrapped(text: str, first: str, rest: str) -> list[str]:
    """Return the lines of a text that fit the terminal, which begin with `first` and `rest`."""
    return textwrap.wrap(
        text,
        width(),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def page(text: str) -> None:
    """Show the text in the pager of GIT_PAGER or PAGER when a person is watching."""
    pager = os.environ.get("GIT_PAGER", os.environ.get("PAGER", "less"))
    if not sys.stdout.isatty() or pager in ("", "cat"):
        write(text)
        return
    environment = {"LESS": "FRX", **os.environ}
    try:
        subprocess.run(shlex.split(pager), input=text.encode(), env=environment, check=False)
    except OSError:
        write(text)


def write(text: str) -> None:
    """Write UTF-8 whatever the locale; a reader that closed the pipe has read enough."""
    try:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def plural(count: int, singular: str, many: str) -> str:
    """Return a count with its noun: `1 policy`, `2 policies`."""
    return f"{count} {singular if count == 1 else many}"

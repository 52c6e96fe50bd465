"""The command `gazette`: reads arguments, calls one use case, prints. No logic of its own."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from gazette.document import Document
    from gazette.redline import Redline

FORMATS = ("terminal", "html", "json", "markdown")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gazette")
def main() -> None:
    """Keep every version of a policy, and show every change as a readable redline."""


@main.command()
@click.argument("texts", nargs=-1, required=True, metavar="OLD.md NEW.md")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: terminal.")
@click.option("--section", type=click.IntRange(0), help="Only this section of the new text.")
@click.option("--stat", is_flag=True, help="One line for each changed section, no text.")
def diff(texts: tuple[str, ...], form: str | None, section: int | None, stat: bool) -> None:
    """Show what changed between two texts, section by section.

    Front matter is left out. Sections count the headings from 1; 0 is the text before the first.
    """
    change = _compared(*_two_texts(texts))
    if section is not None:
        change = _only(change, section)
    _show(change, form or "terminal", stat)


def _two_texts(texts: tuple[str, ...]) -> tuple[str, str]:
    """Return the Markdown of the two texts that the arguments name."""
    if len(texts) != 2 or not all(Path(text).exists() for text in texts):
        missing = [text for text in texts if not Path(text).exists()]
        named = f"There is no file {missing[0]}. " if missing else ""
        _refuse(f"{named}Name two Markdown files: gazette diff OLD.md NEW.md")
    old, new = (_text(Path(text)) for text in texts)
    return old, new


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(f"{path} is not UTF-8: byte {error.start + 1} cannot be read. Save it as UTF-8.")
    except OSError as error:
        _refuse(f"{path} cannot be read: {error.strerror}.")


def _compared(old: str, new: str) -> Redline:
    from gazette.redline import prove, redline

    before, after = _document(old), _document(new)
    change = redline(before, after)
    prove(change, before, after)
    return change


def _document(text: str) -> Document:
    from gazette.document import read_document
    from gazette.frontmatter import body_of

    return read_document(body_of(text))


def _only(change: Redline, index: int) -> Redline:
    from gazette.redline import Redline

    found = tuple(s for s in change.sections if s.new is not None and s.new.index == index)
    if not found:
        last = max((s.new.index for s in change.sections if s.new), default=0)
        _refuse(f"The new text has no section {index}; its last one is {last}.")
    return Redline(found)


def _show(change: Redline, form: str, stat: bool) -> None:
    """Print the redline, in the terminal through the pager and in colour as git does."""
    if stat:
        from gazette.redline_terminal import stat as lines

        _page(lines(change, colour=_has_colour()))
    elif form == "terminal":
        from gazette.redline_terminal import render as terminal

        _page(terminal(change, colour=_has_colour()))
    elif form == "json":
        from gazette.redline_json import render as as_json

        _write(as_json(change))
    elif form == "markdown":
        from gazette.redline_markdown import render as markdown

        _write(markdown(change))
    else:
        from gazette.redline_html import render as html

        _write(html(change))


def _has_colour() -> bool:
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty()


def _page(text: str) -> None:
    """Show the text in the pager of GIT_PAGER or PAGER when a person is watching."""
    pager = os.environ.get("GIT_PAGER", os.environ.get("PAGER", "less"))
    if not sys.stdout.isatty() or pager in ("", "cat"):
        _write(text)
        return
    environment = {"LESS": "FRX", **os.environ}
    try:
        subprocess.run(shlex.split(pager), input=text.encode(), env=environment, check=False)
    except OSError:
        _write(text)


def _write(text: str) -> None:
    """Write UTF-8 whatever the locale; a reader that closed the pipe has read enough."""
    try:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refuse(message: str) -> NoReturn:
    click.echo(f"gazette: {message}", err=True)
    raise SystemExit(2)

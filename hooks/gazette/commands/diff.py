"""`gazette diff`: what changed between two versions of a policy, or two files."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

from gazette.commands.output import has_colour, page, write
from gazette.forms import redline_html, redline_json, redline_markdown, redline_terminal
from gazette.text.document import read_document
from gazette.text.frontmatter import body_of
from gazette.text.markdown_settings import DEFAULT, MarkdownSettings
from gazette.text.proof import prove
from gazette.text.redline import Redline, redline

FORMATS = ("terminal", "html", "json", "markdown")


@click.command()
@click.argument("texts", nargs=-1, required=True, metavar="SLUG [FROM [TO]] | OLD.md NEW.md")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: terminal.")
@click.option("--section", type=click.IntRange(0), help="Only this section of the new text.")
@click.option("--stat", is_flag=True, help="One line for each changed section, no text.")
def diff(texts: tuple[str, ...], form: str | None, section: int | None, stat: bool) -> None:
    """Show what changed between two texts, section by section.

    Of a policy: from version FROM to version TO. Without TO, to the edited text that is not
    released yet, or else to the text in force; without FROM, from what was released before it.
    Of two files: their front matter is left out. Sections count the headings from 1; 0 is the text
    before the first.

    \b
    Examples:
      gazette diff privacy-policy
      gazette diff privacy-policy 2025-02-10.v1 2026-03-31.v1
      gazette diff old.md new.md --format markdown
    """
    change = _between_files(texts) if _are_files(texts) else _between_versions(texts)
    if section is not None:
        change = _only(change, section)
    _show(change, form or "terminal", stat)


def _are_files(texts: tuple[str, ...]) -> bool:
    return len(texts) == 2 and (
        all(Path(one).is_file() for one in texts) or all(one.endswith(".md") for one in texts)
    )


def _between_files(texts: tuple[str, ...]) -> Redline:
    missing = [one for one in texts if not Path(one).exists()]
    if missing:
        _refuse(f"There is no file {missing[0]}. Name two: gazette diff OLD.md NEW.md")
    old, new = (_text(Path(one)) for one in texts)
    return _compared(old, new, DEFAULT)


def _between_versions(texts: tuple[str, ...]) -> Redline:
    from gazette.authoring.version_choice import versions_to_compare
    from gazette.commands.project import chosen, open_project, today
    from gazette.record.policies import gather

    if len(texts) > 3:
        _refuse("Name a policy and at most two versions: gazette diff SLUG [FROM [TO]]")
    center = open_project()
    register = gather(center, today())
    policy = chosen(register, texts[0])
    old, new = versions_to_compare(register, policy, texts[1:], center.markdown)
    return _compared(old.text, new.text, center.markdown)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse(f"{path} is not UTF-8: byte {error.start + 1} cannot be read. Save it as UTF-8.")
    except OSError as error:
        _refuse(f"{path} cannot be read: {error.strerror}.")


def _compared(old: str, new: str, markdown: MarkdownSettings) -> Redline:
    before, after = (read_document(body_of(text), markdown) for text in (old, new))
    change = redline(before, after)
    prove(change, before, after)
    return change


def _only(change: Redline, index: int) -> Redline:
    found = tuple(s for s in change.sections if s.new is not None and s.new.index == index)
    if not found:
        last = max((s.new.index for s in change.sections if s.new), default=0)
        _refuse(f"The new text has no section {index}; its last one is {last}.")
    return Redline(found)


def _show(change: Redline, form: str, stat: bool) -> None:
    """Print the redline, in the terminal through the pager and in colour as git does."""
    if stat:
        page(redline_terminal.stat(change, colour=has_colour()))
    elif form == "terminal":
        page(redline_terminal.render(change, colour=has_colour()))
    else:
        render = {
            "html": redline_html.render,
            "json": redline_json.render,
            "markdown": redline_markdown.render,
        }
        write(render[form](change))


def _refuse(message: str) -> NoReturn:
    click.echo(f"gazette: {message}", err=True)
    raise SystemExit(2)

"""`gazette diff`: what changed between two versions of a policy, or two files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from gazette.commands.output import has_colour, page, width, write
from gazette.errors import MissingError, SourceError
from gazette.forms import redline_html, redline_json, redline_markdown, redline_terminal
from gazette.forms.metadata_changes import with_metadata
from gazette.site.updates import SHOWN_KEYS, MetadataChange, metadata_changes
from gazette.text.comparison import compare, compare_versions
from gazette.text.frontmatter import body_of, stated_continues, stated_language
from gazette.text.highlights import highlights
from gazette.text.judgement import Judge
from gazette.text.markdown_settings import DEFAULT
from gazette.text.reader import Reader
from gazette.text.redline import Redline
from gazette.text.vocabularies import likely_language, vocabulary_of
from gazette.text.vocabulary import Vocabulary

RENDERERS: dict[str, Callable[[Redline, Vocabulary], str]] = {
    "html": lambda change, vocabulary: redline_html.render(
        change, matters=highlights(change, Judge(vocabulary))
    ),
    "json": redline_json.render,
    "markdown": redline_markdown.render,
}
_Difference = tuple[Redline, str, list[MetadataChange]]
"""What changed in the text, its language, and what changed in the metadata."""
FORMATS = ("terminal", *RENDERERS)


@click.command()
@click.argument("texts", nargs=-1, required=True, metavar="SLUG [FROM [TO]] | OLD.md NEW.md")
@click.option(
    "--format", "format_name", type=click.Choice(FORMATS), default="terminal", show_default=True
)
@click.option("--section", type=click.IntRange(0), help="Only this section of the new text.")
@click.option("--stat", is_flag=True, help="One line for each changed section, no text.")
def diff(texts: tuple[str, ...], format_name: str, section: int | None, stat: bool) -> None:
    """Show what changed between two texts, section by section.

    Of a policy: from version FROM to version TO. Without TO, to the edited text that is not
    released yet, or else to the text in force; without FROM, from what was released before it.
    What changed in title, days, summary, description and category stands before it.
    Of two files: their front matter is left out, and mkdocs.yml is not read. Sections count the
    headings from 1; 0 is the text before the first.

    \b
    Examples:
      gazette diff privacy-policy
      gazette diff privacy-policy 2025-02-10.v1 2026-03-31.v1
      gazette diff old.md new.md --format markdown
    """
    of_files = _are_files(texts)
    change, lang, metadata = (_diff_of_files if of_files else _diff_of_versions)(texts)
    vocabulary = vocabulary_of(lang)
    if section is not None:
        change = _only_section(change, section)
    if stat:
        shown = redline_terminal.stat(change, colour=has_colour())
    elif format_name == "terminal":
        shown = redline_terminal.render(change, vocabulary, colour=has_colour(), width=width())
    else:
        shown = RENDERERS[format_name](change, vocabulary)
    if not of_files and section is None:
        shown = with_metadata(shown, metadata, "terminal" if stat else format_name)
    (page if stat or format_name == "terminal" else write)(shown)


def _are_files(texts: tuple[str, ...]) -> bool:
    are_there = all(Path(text).is_file() for text in texts)
    return len(texts) == 2 and (are_there or all(text.endswith(".md") for text in texts))


def _diff_of_files(paths: tuple[str, ...]) -> _Difference:
    """Return what two files differ by, and the language that they name or that the new one has."""
    for path in paths:
        if not Path(path).exists():
            raise MissingError(f"There is no file {path}. Name two: gazette diff OLD.md NEW.md")
    old, new = map(_text, paths)
    reader = Reader(DEFAULT)
    documents = reader.read(body_of(old)), reader.read(body_of(new))
    change = compare(*documents, continues=stated_continues(new))
    lang = stated_language(new) or stated_language(old) or likely_language(body_of(new))
    return change, lang, []


def _diff_of_versions(names: tuple[str, ...]) -> _Difference:
    """Return what two versions differ by: their texts and metadata; and the language of both."""
    from gazette.authoring.version_choice import versions_to_compare
    from gazette.commands.project import open_project

    if len(names) > 3:
        raise MissingError("Name a policy and at most two versions: gazette diff SLUG [FROM [TO]]")
    project = open_project()
    policy, markdown = project.policy(names[0]), project.settings.markdown
    old, new = versions_to_compare(project.register, policy, names[1:], markdown)
    metadata = metadata_changes(old.metadata, new.metadata, SHOWN_KEYS)
    language = project.settings.language_for(new.metadata.lang or policy.lang)
    return compare_versions(policy, old, new, markdown), language.text, metadata


def _text(path: str) -> str:
    try:
        return Path(path).read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        reason = "is not saved as UTF-8. Save it again with that encoding."
    except OSError as error:
        reason = f"cannot be read: {error.strerror}."
    raise SourceError(f"{path} {reason}")


def _only_section(change: Redline, index: int) -> Redline:
    sections = [section for section in change.sections if section.new]
    matches = tuple(section for section in sections if section.new and section.new.index == index)
    if not matches:
        last = max((section.new.index for section in sections if section.new), default=0)
        raise MissingError(f"The new text has no section {index}; its last one is {last}.")
    return Redline(matches)

"""Bring the catalogues up to date: `make words` writes every message into every language's file.

New messages come in without a translation, those that nothing says any more go; translations,
comments and the glossary at the head of a file stay.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from gazette.language import CATALOGUES

ENGINE = CATALOGUES.parent
STARTER = "starter"
METHODS = [("theme/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {
    "theme/**.html": {
        "encoding": "utf-8",
        "silent": "false",
        "trimmed": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "newstyle_gettext": "true",
    }
}
KEYWORDS = {**DEFAULT_KEYWORDS, "to_translate": None}
COMMENT = "translators:"
"""How a comment begins that is meant for translators."""
UNSAID = (b'"Report-Msgid-Bugs-To:', b'"Last-Translator:', b'"Generated-By:')
"""Lines that Babel writes at the head of a file and nobody fills in."""


def extracted() -> Catalog:
    """Return all messages of the engine, each with the files that say it."""
    catalog = Catalog()
    rows = extract_from_dir(
        str(ENGINE),
        METHODS,
        OPTIONS,
        keywords=KEYWORDS,
        comment_tags=[COMMENT],
        strip_comment_tags=True,
        directory_filter=lambda folder: Path(folder).name != STARTER,
    )
    for file, _, message, comments, context in sorted(rows, key=lambda row: (row[0], row[1])):
        place = Path(file).as_posix()
        catalog.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    return catalog


def catalogue(path: Path) -> Catalog:
    """Return the catalogue in a file, which bears the name of its language."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def updated(path: Path, messages: Catalog) -> bytes:
    """Return what a catalogue's file has to hold for these `messages`."""
    catalog = catalogue(path)
    catalog.update(
        messages, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False
    )
    for message in catalog:
        message.locations = sorted({(file, 0) for file, _ in message.locations})
    written = BytesIO()
    write_po(written, catalog, sort_output=True, ignore_obsolete=True, include_lineno=False)
    lines = written.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(UNSAID))


def main() -> None:
    """Update all catalogues and say what still has to be translated."""
    messages = extracted()
    for path in sorted(CATALOGUES.glob("*.po")):
        path.write_bytes(updated(path, messages))
        missing = sum(1 for message in catalogue(path) if message.id and not _is_filled(message))
        sys.stdout.write(f"{path.name}: {len(messages)} messages, {missing} to be translated\n")


def _is_filled(message: Message) -> bool:
    string = message.string
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    main()

"""The formats that pages are imported from: how each is recognized, and what reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import chain

from gazette.errors import SourceError
from gazette.imports.block_markdown import Part
from gazette.imports.draft import Draft, DraftContext, Page, draft_of
from gazette.imports.html_page import is_html, read_html
from gazette.imports.mail import is_mail, read_mail
from gazette.imports.markdown_file import is_markdown, read_markdown
from gazette.imports.page_encoding import page_text
from gazette.imports.plain_text import read_text
from gazette.imports.saved_page import is_saved_page, read_saved_page
from gazette.imports.source_files import MARKDOWN
from gazette.imports.text_pages import joined_pages, with_whole_words, without_contents
from gazette.imports.word.word_file import read_docx


@dataclass(frozen=True)
class Format:
    """One format: `read` makes the draft of a policy of a file's bytes, None when it has no text.

    A file is in this format when it begins with `signature`, or has one of the `suffixes`, or, when
    its suffix says no more than that it is text, when `looks_like` accepts its text.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes, DraftContext], Draft | None]
    signature: bytes | None = None
    looks_like: Callable[[str], bool] = lambda text: False


def _read_plain_text(data: bytes, page: DraftContext) -> Draft | None:
    text, omissions = joined_pages(page_text(data, in_pages=True))
    for clean in (without_contents, with_whole_words):
        text, more = clean(text)
        omissions += more
    return _drafted(Page(read_text(text), "", tuple(omissions)), page)


def _read_html(data: bytes, page: DraftContext) -> Draft | None:
    return _drafted(read_html(page_text(data), page.name, page.read_file), page)


def _read_saved_page(data: bytes, page: DraftContext) -> Draft | None:
    return _drafted(read_saved_page(data), page)


def _read_word(data: bytes, page: DraftContext) -> Draft | None:
    return _drafted(read_docx(data, page.changes), page)


def _read_mail(data: bytes, page: DraftContext) -> Draft | None:
    """Read a mail: its day is that of the version where none is stated."""
    mail, day = read_mail(data)
    page = replace(page, today=day or page.today)
    draft = _drafted(mail, page)
    if draft and draft.version.day == day and draft.effective is None:
        line = f"Updated {day}"
        draft = _drafted(mail._replace(parts=[Part(line, line), *mail.parts]), page)
    return draft


def _drafted(read: Page, page: DraftContext) -> Draft | None:
    """Return the draft of a page, None where that is empty.

    Raises SourceError where it holds things, but no text.
    """
    draft = draft_of(read.parts, read.title or page.fallback_title, page.today, read.left_out)
    if draft is None and read.left_out:
        listed = " ".join(map(str, read.left_out))
        raise SourceError(f"There is no text in it that a page can show. {listed}")
    return draft and replace(draft, images=read.images)


PLAIN_TEXT = Format("text", (".txt", ".text"), _read_plain_text)
FORMATS = (
    PLAIN_TEXT,
    Format("Markdown", MARKDOWN, read_markdown, looks_like=is_markdown),
    Format("HTML", (".html", ".htm", ".xhtml"), _read_html, looks_like=is_html),
    Format("saved page", (".mhtml", ".mht"), _read_saved_page, looks_like=is_saved_page),
    Format("mail", (".eml",), _read_mail, looks_like=is_mail),
    Format("Word", (".docx", ".docm"), _read_word, signature=b"PK\x03\x04"),
)


def format_of(suffix: str, data: bytes) -> Format:
    """Return the format of a file; what nothing else recognizes is plain text.

    Raises SourceError when it is no text and no format is recognized by its bytes or suffix.
    """
    others = [candidate for candidate in FORMATS if candidate is not PLAIN_TEXT]
    by_bytes = (form for form in others if form.signature and data.startswith(form.signature))
    by_suffix = (form for form in others if suffix in form.suffixes)
    by_text = (form for form in others if form.looks_like(page_text(data)))
    return next(chain(by_bytes, by_suffix, by_text), PLAIN_TEXT)

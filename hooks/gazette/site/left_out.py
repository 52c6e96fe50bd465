"""What was taken out of a text: a line for its readers, problems for its editors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from markupsafe import Markup

from gazette.forms.phrases import filled
from gazette.language import Language
from gazette.model import Metadata, decoded
from gazette.problems import Code, Fix, Problem, printable
from gazette.text.frontmatter import body_of, line_of, normalized
from gazette.text.markdown_blocks import open_fences
from gazette.text.markup_places import located
from gazette.text.sanitizer import Removal, Sanitized, is_html
from gazette.text.tag_letters import place_of_letters, tag_letters

TAG = re.compile(r"<[a-zA-Z!/?][^<>]{0,40}>?")
REMEDY = "Write it in Markdown, or take it out."
MADE_REMEDY = (
    "An extension or a plugin in mkdocs.yml makes it of what is written. Write that otherwise, or "
    "take the extension out."
)
FIXABLE = "Take it out: readers never got it. `gazette check --fix` does it."
LINK_REMEDY = "Link to a page, a mail address or a telephone number, or leave the words alone."
IMAGE_REMEDY = "Put the image into docs/assets/ and name that file, or describe it in words."
CODE_REMEDY = "Write it as code, between backticks, or take it out."
OPEN_CODE = "Code begins here and does not end: all that follows is shown as code."
FENCE_REMEDY = "Write ``` on a line of its own where it ends."
MAX_LETTERS = 60
LETTERS_REMEDY = "Write &lt; and &gt; where readers are to see angle brackets."


def left_out(language: Language, removals: Sequence[Removal]) -> Markup:
    """Return the line that a page has below its text, empty when nothing was taken out."""
    if not removals:
        return Markup("")
    message = language.ngettext(
        "Left out here, as a page cannot show it: %(num)s thing of the source.",
        "Left out here, as a page cannot show it: %(num)s things of the source.",
        len(removals),
    )
    sentence = filled(message, num=len(removals))
    return Markup('<p class="gz-left-out">{}</p>').format(sentence)


def page_problems(
    path: str, text: str, html: str, removals: Sequence[Removal]
) -> Iterator[Problem]:
    """Yield what is wrong with the page that the file at `path`, which holds `text`, becomes.

    These are what was taken out of its `html`, and what stands in it though no text needs it:
    letters that would be a tag elsewhere, and code that goes on to the end.
    """
    yield from markup_problems(path, text, removals)
    body = body_of(text)
    first_line = text.count("\n", 0, len(text) - len(body)) + 1
    place = 0
    for letters in tag_letters(html):
        place = place_of_letters(letters, body, place + 1)
        line = first_line + body.count("\n", 0, place)
        message = f"“{printable(letters[:MAX_LETTERS])}” is shown as letters; elsewhere it may run."
        yield Problem(path, line, Code.RAW_HTML, message, CODE_REMEDY)
    for fence in open_fences(body):
        yield Problem(path, first_line + fence, Code.RAW_HTML, OPEN_CODE, FENCE_REMEDY)


def file_problems(
    docs: Path, path: str, page: Sanitized, metadata: Metadata | None = None
) -> Iterator[Problem]:
    """Yield the same of the `page` that the host makes of the file at `path` below `docs`.

    A plugin may have made it up: then there is no such file. For a policy its `metadata` counts.
    """
    file = docs / path
    text = normalized(decoded(file.read_bytes())) if file.is_file() else ""
    yield from page_problems(f"docs/{path}", text, page.html, page.removals)
    if metadata:
        yield from metadata_problems(f"docs/{path}", text, metadata)


def markup_problems(path: str, text: str, removals: Sequence[Removal]) -> Iterator[Problem]:
    """Yield what is taken out of the file at `path`, which holds `text`, with its place.

    What readers do not miss has a fix: an attribute that says nothing, a class that is on no list.
    What an extension made of the text has no line.
    """
    body = body_of(text)
    offset = len(text) - len(body)
    for place, removal, removable, is_written in located(body, removals):
        if not is_written:
            yield Problem(path, 0, Code.RAW_HTML, removal.reason, MADE_REMEDY)
            continue
        start, fix, remedy = place, None, _remedy(removal)
        if removable:
            start, end, kept = removable
            fix, remedy = Fix(end - start, kept), FIXABLE
        line = text.count("\n", 0, offset + start) + 1
        column = offset + start - text.rfind("\n", 0, offset + start)
        yield Problem(path, line, Code.RAW_HTML, removal.reason, remedy, column, fix)


def _remedy(removal: Removal) -> str:
    """Return what to do about a removal."""
    if removal.attribute in ("href", "src"):
        return LINK_REMEDY if removal.attribute == "href" else IMAGE_REMEDY
    if removal.element and not is_html(removal.element):
        return LETTERS_REMEDY
    return REMEDY


def metadata_problems(path: str, text: str, metadata: Metadata) -> Iterator[Problem]:
    """Yield the keys of the file at `path` whose value would be HTML anywhere else."""
    for key in ("title", "description", "category", "summary"):
        tag = TAG.search(getattr(metadata, key))
        if tag:
            message = f"`{key}` holds “{tag[0]}”: readers see the letters, it is no markup."
            yield Problem(path, line_of(text, key), Code.RAW_HTML, message, "Take it out.")

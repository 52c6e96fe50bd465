"""What was taken out of a text: a line for its readers, problems for its editors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from gazette.model import Metadata
from gazette.problems import Code, Problem
from gazette.text.frontmatter import body_of, line_of
from gazette.text.sanitizer import Removal, located

TAG = re.compile(r"<[a-zA-Z!/?][^<>]{0,40}>?")
REMEDY = "Write it in Markdown, or take it out."


def left_out(removals: Sequence[Removal]) -> Markup:
    """Return the line that a page has below its text, empty when nothing was taken out."""
    if not removals:
        return Markup("")
    count = "1 thing" if len(removals) == 1 else f"{len(removals)} things"
    return Markup(
        '<p class="gz-left-out">Left out here, as a page cannot show it: {} of the source. {}</p>'
    ).format(count, removals[0].reason)


def markup_problems(path: str, text: str, removals: Sequence[Removal]) -> Iterator[Problem]:
    """Yield what is taken out of the file at `path`, which holds `text`, with its line."""
    body = body_of(text)
    lines_before = text.count("\n", 0, len(text) - len(body))
    lines = body.split("\n")
    for line, removal in located(body, removals):
        column = lines[line - 1].lower().find(f"<{removal.element}") + 1 if removal.element else 0
        number = lines_before + line
        yield Problem(path, number, Code.RAW_HTML, removal.reason, REMEDY, column)


def metadata_problems(path: str, text: str, metadata: Metadata) -> Iterator[Problem]:
    """Yield the keys of the file at `path` whose value would be HTML anywhere else."""
    for key in ("title", "description", "category", "summary"):
        tag = TAG.search(getattr(metadata, key))
        if tag:
            message = f"`{key}` holds “{tag[0]}”: readers see the letters, it is no markup."
            yield Problem(path, line_of(text, key), Code.RAW_HTML, message, "Take it out.")

"""What was taken out of a text: a line for its readers, problems for its editors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from gazette.problems import Code, Problem
from gazette.text.frontmatter import body_of
from gazette.text.sanitizer import Removal, located

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
    for line, removal in located(body, removals):
        yield Problem(path, lines_before + line, Code.RAW_HTML, removal.reason, REMEDY)

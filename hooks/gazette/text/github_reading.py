"""A text as GitHub shows it: the reading that the site's is compared with."""

from __future__ import annotations

from markdown_it import MarkdownIt

from gazette.text.markdown_blocks import MAX_NESTING
from gazette.text.sanitizer import sanitize


class _GitHub(MarkdownIt):
    """markdown-it, which would take links of other schemes for text: here they are taken out."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


def github_html(body: str) -> str:
    """Return the HTML that GitHub makes of a Markdown text, without what no page may hold."""
    options = {"linkify": False, "maxNesting": MAX_NESTING}
    reader = _GitHub("gfm-like2", options).disable("linkify")
    return sanitize(reader.render(body)).html

"""What two versions differ by in their metadata, in the forms that a redline has."""

from __future__ import annotations

import json
from collections.abc import Sequence

from markupsafe import Markup

from gazette.forms.github_markdown import in_html
from gazette.forms.redline_terminal import safe

Changes = Sequence[tuple[str, str, str]]
"""Keys of the front matter, each with its old and its new value."""


def with_metadata(redline: str, changes: Changes, format_name: str) -> str:
    """Return a redline in a form, `changes` before it; as JSON, in a list of its own."""
    if format_name == "json":
        records = [dict(zip(("key", "old", "new"), change, strict=True)) for change in changes]
        return f'{{"metadata": {json.dumps(records, ensure_ascii=False)},\n{redline[1:]}'
    if not changes:
        return redline
    if format_name == "html":
        item = Markup("<li>{}: <del>{}</del> <ins>{}</ins></li>")
        items = Markup("\n").join(item.format(*change) for change in changes)
        return f'<ul class="gz-metadata">\n{items}\n</ul>\n{redline}'
    if format_name == "markdown":
        lines = (
            f"- {key}: <del>{in_html(old)}</del> <ins>{in_html(new)}</ins>"
            for key, old, new in changes
        )
    else:
        lines = (f"{key}: {_quoted(new)} instead of {_quoted(old)}" for key, old, new in changes)
    return "".join(f"{line}\n" for line in lines) + f"\n{redline}"


def _quoted(value: str) -> str:
    return f"“{safe(value)}”" if value else "nothing"

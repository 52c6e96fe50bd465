"""The list of sections that differ between two texts, as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from gazette.text.differences import Difference, Heading

TITLE = Markup('<h2 id="sections-that-differ">Sections that differ</h2>\n')
NONE = Markup("<p>No section differs: what changed in between was changed back.</p>\n")
ROW = Markup('<li>{} <span class="gz-badge">{}</span>\n<span class="gz-actions">{}{}</span></li>\n')


def render(old_page: str, new_page: str, differences: Sequence[Difference]) -> Markup:
    """Return the list of `differences`, whose sections link to the pages of the two texts."""
    if not differences:
        return TITLE + NONE
    rows = (
        ROW.format(
            _name(difference.section),
            difference.status,
            _link(old_page, difference.old, "then"),
            _link(new_page, difference.new, "now"),
        )
        for difference in differences
    )
    return TITLE + Markup('<ul class="gz-updates">\n{}</ul>\n').format(Markup("").join(rows))


def _link(page: str, section: Heading | None, label: str) -> Markup:
    if section is None:
        return Markup("")
    return Markup('<a href="{}#{}">{}<span class="gz-hidden">: {}</span></a>').format(
        page, section.anchor, label, _name(section)
    )


def _name(section: Heading) -> str:
    return section.heading or ("Section without a heading" if section.index else "Opening")

"""What stands around the text of a Word file on paper: headers and footers, named as left out."""

from __future__ import annotations

from gazette.errors import SourceError
from gazette.imports.html_tree import Element
from gazette.imports.omissions import quoted
from gazette.imports.word.names import R, W, words_of
from gazette.imports.word.word_state import WordState

_REASON = "It is repeated on every page of paper; the site has its own head and foot."
_PICTURES = (f"{W}drawing", f"{W}pict")


def omit_margins(body: Element, state: WordState) -> None:
    """Name the headers and footers that hold words or pictures, each once."""
    references = body.iter(f"{W}headerReference", f"{W}footerReference")
    parts: dict[str, str] = {}
    for reference in references:
        relation = state.relations.get(str(reference.get(f"{R}id")))
        if relation and not relation.is_external:
            name = "Header" if reference.tag == f"{W}headerReference" else "Footer"
            parts.setdefault(relation.target, name)
    contents: dict[tuple[str, str], None] = {}
    for path, name in parts.items():
        try:
            part = state.package.tree(path)
        except SourceError:
            contents[name, "a part that is damaged"] = None
            continue
        words = words_of(part)
        has_picture = next(part.iter(*_PICTURES), None) is not None
        what = quoted(words) if words else "a picture" * has_picture
        if what:
            contents[name, what] = None
    for name, what in contents:
        state.omit(what, _REASON, name)

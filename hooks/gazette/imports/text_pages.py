"""A text that was printed in pages, put together again: headers and footers taken out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from gazette.imports.omissions import Omission, quoted

PAGE_NUMBER = re.compile(
    r"[\s\[(–—-]*(?:page|seite|p\.)?\s*\d+(?:\s*(?:of|/|von)\s*\d+)?[\s\])–—-]*", re.I
)
EDGE_LINES = 2
"""So many lines at each end of a page may be its header or footer."""
ENDS = (".", ":", ";", "!", "?", "。")


def joined_pages(text: str) -> tuple[str, list[Omission]]:
    """Return a text without its page breaks, and the headers and footers that were left out.

    A paragraph that goes on over a break stays whole.
    """
    pages = [page.split("\n") for page in text.split("\f")]
    if len(pages) == 1:
        return text, []
    counts = Counter(key for page in pages for key in {_key(page[at]) for at in _edges(page)})
    omissions: dict[str, Omission] = {}
    line_number = 1
    for page in pages:
        running = [at for at in _edges(page) if _is_running(page[at], counts, len(pages))]
        for at in running:
            place, what = f"Line {line_number + at}, and like it on other pages", quoted(page[at])
            reason = "It is the header or footer of a page."
            omissions.setdefault(_key(page[at]), Omission(place, what, reason))
            page[at] = ""
        line_number += len(page) - 1
    joined = "\n".join(pages[0]).rstrip()
    for page in pages[1:]:
        rest = "\n".join(page).strip("\n")
        goes_on = not joined.endswith(ENDS) and rest.lstrip()[:1].islower()
        joined = f"{joined}\n{rest.lstrip()}" if goes_on else f"{joined}\n\n{rest}"
        joined = joined.rstrip()
    return joined, list(omissions.values())


def _edges(page: Sequence[str]) -> Iterator[int]:
    """Yield the places of the first and last lines that hold something, the outermost first."""
    held = [at for at, line in enumerate(page) if line.strip()]
    yield from dict.fromkeys((*held[:EDGE_LINES], *held[-EDGE_LINES:]))


def _is_running(line: str, counts: Counter[str], pages: int) -> bool:
    return bool(PAGE_NUMBER.fullmatch(line)) or counts[_key(line)] * 2 > max(pages, 3)


def _key(line: str) -> str:
    return " ".join(re.sub(r"\d+", "#", line).split())

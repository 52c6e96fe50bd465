"""A text that was printed, put together again: its pages, its words, without its contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from gazette.imports.omissions import Edit, Omission, edited, quoted

PAGE_NUMBER = re.compile(
    r"[\s\[(–—-]*(?:page|seite|p\.)?\s*\d+(?:\s*(?:of|/|von)\s*\d+)?[\s\])–—-]*", re.I
)
CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice|indice",
    re.I,
)
MIN_DOTS = 3
"""How many dots lead from the words of a table of contents to a page, at least."""
_CUT_WORD = re.compile(r"(?<![\w-])([^\W\d_]+)-\n[ \t]*([^\W\d_]+)([.,;:!?)]*)[ \t]*", re.M)
_SHARED = {"and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "e"}
"""What stands behind the first half of two words that share the other (`short- and long-term`)."""
_DOUBTFUL = "Its hyphen stands at the end of a line: see whether it belongs to the word."
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


def without_contents(text: str) -> tuple[str, list[Omission]]:
    """Return a text without its table of contents, whose entries stand in it as lines, too."""
    lines = text.split("\n")
    entries = _entries(lines)
    if not entries:
        return text, []
    above = [at for at in range(entries[0]) if lines[at].strip()]
    if above and CONTENTS.fullmatch(lines[above[-1]].strip(" :")):
        entries = [above[-1], *entries]
    words = quoted(" ".join(lines[at] for at in entries))
    for at in entries:
        lines[at] = ""
    what = f"a table of contents of {len(entries)} lines, {words}"
    reason = "The site makes its own from the headings."
    return "\n".join(lines), [Omission(f"Line {entries[0] + 1}", what, reason)]


def _entries(lines: Sequence[str]) -> list[int]:
    """Return which lines are those of a table of contents: most stand in the text, too."""
    words = [_words_of_entry(line) for line in lines]
    known = {_folded(line) for line, entry in zip(lines, words, strict=True) if not entry}
    entries = {at: _folded(entry) in known for at, entry in enumerate(words) if entry}
    shown = [at for at, is_shown in entries.items() if is_shown]
    if len(shown) < 2 or len(shown) * 2 < len(entries):
        return []
    return [at for at in entries if shown[0] <= at <= shown[-1]]


def _words_of_entry(line: str) -> str:
    """Return the words of a line of a table of contents, from which dots lead to a page."""
    before_page = line.strip().rstrip("0123456789")
    words = before_page.rstrip(". \t\u2026")
    leader = before_page[len(words) :].replace("\u2026", "...")
    is_entry = leader.count(".") >= MIN_DOTS and before_page != line.strip()
    return words if is_entry else ""


def _folded(line: str) -> str:
    return " ".join(line.split()).casefold()


def with_whole_words(text: str) -> tuple[str, list[Omission]]:
    """Return a text whose words are not cut at the ends of lines, and those that may be wrong.

    A hyphen goes where the text has the word without it elsewhere, else it stays.
    """
    known = {word.casefold() for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text)}
    return edited(text, _whole_words(text, known), 1)


def _whole_words(text: str, known: Container[str]) -> Iterator[Edit]:
    for match in _CUT_WORD.finditer(text):
        first, second, sign = match.groups()
        if second in _SHARED or not second.islower():
            continue
        word = f"{first}{second}" if f"{first}{second}".casefold() in known else f"{first}-{second}"
        end = "" if text[match.end() : match.end() + 1] in ("", "\n") else "\n"
        is_known = word.casefold() in known
        yield Edit(*match.span(), f"{word}{sign}{end}", "" if is_known else _DOUBTFUL, quoted(word))

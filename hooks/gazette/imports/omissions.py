"""What an import left out of a text: a list for the person who compares it with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gazette.problems import printable

MAX_QUOTE_LETTERS = 60
"""How much of a text a list quotes, in letters; the place says where the rest stands."""
MAX_LISTED = 5
"""So many things of one kind are named, where a text may have hundreds."""


@dataclass(frozen=True)
class Omission:
    """One thing that a reader of the source sees and a reader of the policy does not.

    `place` says where it stands in the source (`Line 12`, `Header of page 1`), `what` it is, in
    words or as a quotation, `reason` why it did not arrive, as a sentence. `line` is 0 where the
    source has none, or none is known.
    """

    place: str
    what: str
    reason: str
    line: int = 0

    def __str__(self) -> str:
        """Return the omission as one line."""
        return f"{self.place}: {self.what}. {self.reason}"


def quoted(text: str) -> str:
    """Return the beginning of a text in quotation marks, on one line."""
    line = " ".join(text.split())
    end = "…" if len(line) > MAX_QUOTE_LETTERS else ""
    return f"“{line[:MAX_QUOTE_LETTERS].rstrip()}{end}”"


class Edit(NamedTuple):
    """Letters of a text from `start` to `end` that `text` replaces; a reason is shown to editors.

    `what` names them in the list, which quotes them where it is left out.
    """

    start: int
    end: int
    text: str
    reason: str = ""
    what: str = ""


def omitted_at(line: int, what: str, reason: str) -> Omission:
    """Return what is left out at a line of a file."""
    return Omission(f"Line {line}", what, reason, line)


def edited(text: str, edits: Iterable[Edit], first_line: int) -> tuple[str, list[Omission]]:
    """Return a text with edits made, and what of it a reader saw.

    The edits are in order; one that begins inside the one before is not made. `first_line` is the
    line of its file on which the text begins.
    """
    omissions, parts, end, line = [], [], 0, first_line
    for edit in edits:
        if edit.start < end:
            continue
        line += text.count("\n", end, edit.start)
        replaced = text[edit.start : edit.end]
        if edit.reason:
            what = edit.what or quoted(replaced)
            omissions.append(omitted_at(line, what, edit.reason))
        parts += [text[end : edit.start], edit.text]
        line += replaced.count("\n")
        end = edit.end
    return "".join((*parts, text[end:])), omissions


def gathered(places: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[Omission]:
    """Yield what is lacking at several places once; `places` are by what it is and the reason."""
    for (what, reason), named in places.items():
        yield Omission(newest_place(named), what, reason)


def counted(named: Sequence[str], noun: str) -> str:
    """Return how many things there are, and the first of them: `7 dead links: …, … and 2 more`."""
    more = f" and {len(named) - MAX_LISTED} more" if named[MAX_LISTED:] else ""
    plural = "s" * (len(named) > 1)
    return f"{len(named)} {noun}{plural}: {', '.join(named[:MAX_LISTED])}{more}"


def newest_place(named: Sequence[str]) -> str:
    """Return the last of several places, and how many there are besides."""
    others = len(named) - 1
    also = f" and {others} more {'places' if others > 1 else 'place'}" if others else ""
    return f"{named[-1]}{also}"


def omission_report(
    left_out: Mapping[str, Sequence[Omission]], skipped: Iterable[tuple[str, str]] = ()
) -> str:
    """Return a report in Markdown: for each source, by its name, all that was left out of it.

    `skipped` are files that were left out as a whole, each with the reason.
    """
    return "\n".join(_report_lines(left_out, list(skipped))) + "\n"


def _report_lines(
    left_out: Mapping[str, Sequence[Omission]], skipped: Sequence[tuple[str, str]]
) -> Iterator[str]:
    yield "# Left out of this import"
    if skipped:
        yield ""
        yield from (f"- {printable(path)}: {reason}." for path, reason in skipped)
    for source, omissions in left_out.items():
        yield ""
        yield f"## {printable(source)}"
        yield ""
        if not omissions:
            yield "Nothing was left out."
        yield from (f"- {omission}" for omission in omissions)

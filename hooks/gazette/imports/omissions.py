"""What an import left out of a text: a list for the person who compares it with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

MAX_QUOTE_LETTERS = 60
"""How much of a text a list quotes, in letters; the place says where the rest stands."""


@dataclass(frozen=True)
class Omission:
    """One thing that a reader of the source sees and a reader of the policy does not.

    `place` says where it stands in the source (`Line 12`, `Header of page 1`), `what` it is, in
    words or as a quotation, `reason` why it did not arrive, as a sentence.
    """

    place: str
    what: str
    reason: str

    def __str__(self) -> str:
        """Return the omission as one line."""
        return f"{self.place}: {self.what}. {self.reason}"


def quoted(text: str) -> str:
    """Return the beginning of a text in quotation marks, on one line."""
    line = " ".join(text.split())
    end = "…" if len(line) > MAX_QUOTE_LETTERS else ""
    return f"“{line[:MAX_QUOTE_LETTERS].rstrip()}{end}”"


def gathered(places: Mapping[tuple[str, str], Sequence[str]]) -> Iterator[Omission]:
    """Yield what is lacking at several places once; `places` are by what it is and the reason."""
    for (what, reason), named in places.items():
        others = len(named) - 1
        also = f" and {others} more {'places' if others > 1 else 'place'}" if others else ""
        yield Omission(f"{named[-1]}{also}", what, reason)


def omission_report(left_out: Mapping[str, Sequence[Omission]]) -> str:
    """Return a report in Markdown: for each source, by its name, all that was left out of it."""
    return "\n".join(_report_lines(left_out)) + "\n"


def _report_lines(left_out: Mapping[str, Sequence[Omission]]) -> Iterator[str]:
    yield "# Left out of this import"
    for source, omissions in left_out.items():
        yield ""
        yield f"## {source}"
        yield ""
        if not omissions:
            yield "Nothing was left out."
        yield from (f"- {omission}" for omission in omissions)

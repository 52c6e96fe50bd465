"""The index of the theme's search, kept so small that the browser of any reader can search it.

A browser takes in the whole index before its first answer. Where policies are very many that would
be tens of megabytes: of long sections only the beginning stands in it then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from gazette.compact_json import compact
from gazette.model import Policy

INDEX = "search/search_index.json"
MAX_BYTES = 8_000_000
"""Some 150 policies of 50 kB, which a browser takes in within seconds."""
TAG = re.compile(r"<[^>]*>")
TORN = re.compile(r"(?:\s\S{0,40}|&[^;\s]*)\Z")
"""A word or an escaped letter at whose middle a text may have been cut."""


def is_large(policies: Iterable[Policy]) -> bool:
    """Tell whether the texts in force are too many to be searched whole."""
    in_force = (policy.in_force for policy in policies)
    return sum(len(version.read()) for version in in_force if version) > MAX_BYTES


def shorten_index(rendered: Path) -> None:
    """Shorten the texts in the index among the pages `rendered` until it has about MAX_BYTES.

    One that a plugin has made ready for its script stays as it is.
    """
    file = rendered / INDEX
    index = json.loads(file.read_bytes()) if file.is_file() else {}
    if index and "index" not in index:
        entries = index["docs"]
        texts = [entry["text"] for entry in entries]
        bare = compact({**index, "docs": [{**entry, "text": ""} for entry in entries]})
        limit = _limit([len(text.encode()) for text in texts], MAX_BYTES - len(bare.encode()))
        for entry, text in zip(entries, texts, strict=True):
            entry["text"] = _beginning(text, limit)
        file.write_bytes(compact(index).encode())


def _limit(lengths: Sequence[int], room: int) -> int:
    """Return how long texts of these lengths may be at most, for all to have room."""
    left = len(lengths)
    for length in sorted(lengths):
        if length * left > room:
            return max(room, 0) // left
        room -= length
        left -= 1
    return max(lengths, default=0)


def _beginning(text: str, limit: int) -> str:
    """Return a text of HTML, or where it is too long its first words, in at most `limit` bytes."""
    if len(text.encode()) <= limit:
        return text
    words = " ".join(TAG.sub(" ", text).split())
    return TORN.sub("", words.encode()[:limit].decode(errors="ignore"))

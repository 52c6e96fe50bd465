"""The store: where costly results are kept from one build to the next, by key."""

from __future__ import annotations

from typing import Protocol


class Store(Protocol):
    """Bytes by key: a plain `dict[str, bytes]` is one, the cache on the disk another.

    A store may lose any entry at any time, or take none in.
    """

    def get(self, key: str, /) -> bytes | None:
        """Return the entry, None where there is none."""
        ...

    def __setitem__(self, key: str, data: bytes, /) -> None:
        """Keep an entry, if possible."""
        ...

    def __contains__(self, key: object, /) -> bool:
        """Tell whether there is an entry."""
        ...

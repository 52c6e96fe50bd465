"""What was found out about texts: remembered while it may be needed again, then forgotten at once.

Neighbouring versions share nearly all their sections and blocks, so the same pure functions are
called for the same objects again and again.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")

_functions: list[functools._lru_cache_wrapper[Any]] = []


def remembered(
    most: int,
) -> Callable[[Callable[..., Result]], functools._lru_cache_wrapper[Result]]:
    """Return a decorator: the last `most` results of a pure function are not found out again."""

    def decorate(function: Callable[..., Result]) -> functools._lru_cache_wrapper[Result]:
        wrapped = functools.lru_cache(maxsize=most)(function)
        _functions.append(wrapped)
        return wrapped

    return decorate


def forget() -> None:
    """Forget all results, as is due between two policies: they have no text in common."""
    for function in _functions:
        function.cache_clear()

"""Descriptions of settings that hold functions, so that a fingerprint of them can be taken."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import FunctionType
from typing import Any


def described(value: Any, setting: str) -> object:
    """Return the value of a `setting` with every function in it described by plain values.

    Functions and classes are distinguished by their names and the bytes of their modules, functions
    from other functions and partial ones also by what they took along. Raises ValueError naming the
    setting when it holds anything else, whose `repr` may differ from one build to the next.
    """
    if value is None or isinstance(value, str | int | float | bytes | date):
        return value
    if isinstance(value, Mapping):
        return {str(key): described(entry, f"{setting}.{key}") for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [described(entry, setting) for entry in value]
    if isinstance(value, partial):
        parts = [value.func, value.args, value.keywords]
        return ["partial", *(described(part, setting) for part in parts)]
    if callable(value) and hasattr(value, "__qualname__") and hasattr(value, "__module__"):
        return [*_name(value), *(described(part, setting) for part in _enclosed(value))]
    raise ValueError(f"{setting} holds {value!r}, which no two builds can be sure is the same.")


def _name(function: Any) -> list[object]:
    """Return what tells a function or class from others: its name, line, and module's bytes."""
    module = sys.modules.get(function.__module__)
    file = Path(getattr(module, "__file__", None) or "")
    digest = sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    line = function.__code__.co_firstlineno if isinstance(function, FunctionType) else 0
    return [function.__module__, function.__qualname__, line, digest]


def _enclosed(function: Any) -> list[object]:
    """Return the values that a function took along from where it was defined."""
    cells = function.__closure__ if isinstance(function, FunctionType) else None
    return [cell.cell_contents for cell in cells or ()]

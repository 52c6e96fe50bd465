"""Findings: what is wrong, where, and what to write instead; and the table of their codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How much a finding weighs: an error stops a build, a warning stops a strict one."""

    ERROR = "error"
    WARNING = "warning"


class Code(Enum):
    """Every kind of finding: its name in messages, its weight, and why it is one."""

    def __init__(self, label: str, severity: Severity, reason: str) -> None:
        self.label = label
        self.severity = severity
        self.reason = reason

    ENCODING = ("encoding", Severity.ERROR, "Readers must see the letters that were written.")
    FRONT_MATTER = ("front-matter", Severity.ERROR, "Metadata that cannot be read is lost.")
    UNKNOWN_KEY = ("unknown-key", Severity.ERROR, "A misspelt key silently does nothing.")
    DUPLICATE_KEY = ("duplicate-key", Severity.ERROR, "Two values for one key: nobody knows which.")
    MISSING_KEY = ("missing-key", Severity.ERROR, "A policy needs a title, a version and a date.")
    INVALID_VALUE = ("invalid-value", Severity.ERROR, "The value is not of the form its key asks.")
    VERSION_DATE = ("version-date", Severity.ERROR, "A version bears the day it was posted.")
    EFFECTIVE_DATE = ("effective-date", Severity.ERROR, "No text applies before it was posted.")
    MISSING_SUMMARY = ("missing-summary", Severity.WARNING, "Readers are told what changed.")
    SILENT_EDIT = ("silent-edit", Severity.WARNING, "A published text never changes unannounced.")
    VERSION_ORDER = ("version-order", Severity.WARNING, "Versions only move forward.")
    MISSING_VERSION = ("missing-version", Severity.WARNING, "What was published stays readable.")
    SLUG = ("slug", Severity.ERROR, "A file name is an address readers keep.")
    SETTING = ("setting", Severity.ERROR, "A setting that cannot be read does nothing.")


@dataclass(frozen=True)
class Problem:
    """One finding. `path` is relative to the project; `line` counts from 1, 0 is the whole file."""

    path: str
    line: int
    code: Code
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}: {self.message}{hint} [{self.code.label}]"


def errors(problems: Iterable[Problem], *, strict: bool) -> list[Problem]:
    """Return the findings that stop a build: errors, and under `strict` warnings too."""
    return [one for one in problems if strict or one.code.severity is Severity.ERROR]

"""Problems: what is wrong, where, and what to write instead; and the table of their codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

UNPROVED_HINT = (
    "Write what the text says in another way, and tell the makers of Gazette: this is their fault."
)
"""What to do about a text that cannot be rendered, or changes that cannot be proved."""

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_COMMAND = re.compile(r"^(\s*):(?=:)")


def printable(text: str) -> str:
    r"""Return `text` as one line that does nothing to a terminal or a log: `\x1b` is shown."""
    return _CONTROL.sub(lambda match: ascii(match[0])[1:-1], text)


def printable_lines(text: str) -> str:
    """Return `text` with its lines, each `printable` and none a command to GitHub's log."""
    return "\n".join(_COMMAND.sub(r"\1\\x3a", printable(line)) for line in text.split("\n"))


class Severity(Enum):
    """What a problem stops: an error every build, a warning a strict build, a note nothing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


# Severities in a build, and in the review that comes before it.
_ERROR = (Severity.ERROR, Severity.ERROR)
_STRICT = (Severity.WARNING, Severity.ERROR)
_WARNING = (Severity.WARNING, Severity.WARNING)
_NOTE = (Severity.NOTE, Severity.NOTE)


class Code(Enum):
    """Every kind of problem: its name for editors, its severities, and its reason.

    `review_severity` is the severity in a review: what stops only a strict build is an error there.
    Labels are addresses of the pages in `rules/` and never change. `gazette.review.rules.table`
    names the function that finds each problem of a text; metadata, settings and the record are
    checked where they are read.
    """

    def __init__(self, label: str, severities: tuple[Severity, Severity], reason: str) -> None:
        self.label = label
        self.severity, self.review_severity = severities
        self.reason = reason

    ENCODING = ("encoding", _ERROR, "Readers must see the letters that were written.")
    CONFLICT = ("conflict", _ERROR, "Readers get one text, not two to choose from.")
    BOUNDS = ("bounds", _ERROR, "A text is read in a moment, or not at all.")
    FRONT_MATTER = ("front-matter", _ERROR, "Metadata that cannot be read is lost.")
    UNKNOWN_KEY = ("unknown-key", _ERROR, "A misspelt key silently does nothing.")
    DUPLICATE_KEY = ("duplicate-key", _ERROR, "Two values for one key: nobody knows which.")
    MISSING_KEY = ("missing-key", _ERROR, "A policy needs a title, a version and a date.")
    INVALID_VALUE = ("invalid-value", _ERROR, "The value is not of the form its key asks.")
    VERSION_DATE = ("version-date", _ERROR, "A version bears the day it was posted.")
    EFFECTIVE_DATE = ("effective-date", _ERROR, "No text applies before it was posted.")
    MISSING_SUMMARY = ("missing-summary", _STRICT, "Readers are told what changed.")
    SILENT_EDIT = ("silent-edit", _STRICT, "A published text never changes unannounced.")
    VERSION_ORDER = ("version-order", _STRICT, "Versions only move forward.")
    MISSING_VERSION = ("missing-version", _STRICT, "What was published stays readable.")
    PLAIN_FILE = ("plain-file", _ERROR, "What is published lies in the project, as files.")
    SLUG = ("slug", _ERROR, "A file name is an address readers keep.")
    FILE_TYPE = ("file-type", _ERROR, "A help center shows texts, and runs nothing.")
    RESERVED_ADDRESS = (
        "reserved-address",
        _ERROR,
        "Only a build writes where the record is published.",
    )
    TRACKED_CACHE = ("tracked-cache", _ERROR, "What is published is made from the texts.")
    SETTING = ("setting", _ERROR, "A setting that cannot be read does nothing.")
    FUTURE_VERSION = ("future-version", _ERROR, "A day far ahead is mostly a slip.")
    SITE_ADDRESS = ("site-address", _STRICT, "Readers and feeds know pages by their address.")
    SAMPLE = ("sample", _STRICT, "A company's history is its own.")
    NOTICE_PERIOD = ("notice-period", _ERROR, "Readers were promised time to prepare.")
    EDITORIAL_CHANGE = ("editorial-change", _ERROR, "Editorial means: nothing new is said.")
    ARCHIVE = ("archive", _ERROR, "What was published once is never altered.")
    UNPROVED = ("unproved", _STRICT, "A redline shows all that changed, or is none.")
    READING = ("reading", _ERROR, "What was published is read as it was.")
    ARCHIVE_ADDITION = (
        "archive-addition",
        _WARNING,
        "Only what was published belongs into the archive.",
    )
    HEADING_NUMBER = ("heading-number", _WARNING, "Each number names one section.")
    SECTION_REFERENCE = ("section-reference", _ERROR, "A reference leads where it led.")
    UNKNOWN_SECTION = ("unknown-section", _WARNING, "A reference leads somewhere.")
    BROKEN_LINK = ("broken-link", _ERROR, "A link inside the help center leads somewhere.")
    LOST_ADDRESS = ("lost-address", _WARNING, "Addresses are permanent.")
    LOST_ANCHOR = ("lost-anchor", _WARNING, "Links to a section keep leading to it.")
    DUPLICATE_ID = ("duplicate-id", _ERROR, "An id names one place, and links lead there.")
    PLACEHOLDER = ("placeholder", _ERROR, "A published text is finished.")
    HIDDEN_CHARACTER = ("hidden-character", _ERROR, "Readers see all that is written.")
    LOOK_ALIKE = ("look-alike", _ERROR, "A word is made of the letters it seems to have.")
    RAW_HTML = ("raw-html", _STRICT, "A policy is text; what runs or loads is not.")
    NOT_SHOWN = ("not-shown", _ERROR, "Readers get all that is written.")
    RENDERS_DIFFERENTLY = ("renders-differently", _WARNING, "Readers see what the review showed.")
    CONTINUES = ("continues", _STRICT, "`continues` names sections that are there.")
    UNSURE_LINEAGE = ("unsure-lineage", _NOTE, "Only editors know which section is which.")
    TRANSLATION = ("translation", _STRICT, "A translation is one of a text that is there.")
    STALE_TRANSLATION = (
        "stale-translation",
        _WARNING,
        "Readers of a translation are told what it lacks.",
    )
    UNTRANSLATED_CHANGE = (
        "untranslated-change",
        _WARNING,
        "A translation says all that its original says.",
    )
    DEFINED_TWICE = ("defined-twice", _WARNING, "A term means one thing.")
    REQUIRED_HEADING = ("required-heading", _ERROR, "Some sections must be there.")
    STRICT_BUILD = ("strict-build", _ERROR, "What a review lets pass is published.")
    NO_HISTORY = ("no-history", _NOTE, "Without git nobody knows what was published.")
    SUPPRESSED = ("allowed", _NOTE, "Rules that are turned off are reported.")
    SUPPRESSION = ("allowance", _ERROR, "Turning a rule off needs a reason.")


@dataclass(frozen=True)
class Fix:
    """The one right answer to a problem: `length` characters from its place on become `text`.

    A line end is one character. `end` is the line and column behind them, where that is not the
    line of the problem.
    """

    length: int
    text: str
    end: tuple[int, int] | None = None


@dataclass(frozen=True)
class Problem:
    """One problem in the file `path`, which is relative to the project.

    `line` and `column` count from 1; line 0 is the whole file, column 0 the whole line. `fix` is
    set only where a single answer is right.
    """

    path: str
    line: int
    code: Code
    message: str
    hint: str = ""
    column: int = 0
    fix: Fix | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", printable_lines(self.message))
        object.__setattr__(self, "hint", printable_lines(self.hint))

    @property
    def severity(self) -> Severity:
        """The severity in a review."""
        return self.code.review_severity

    @property
    def advice(self) -> str:
        """The message, followed by what to do."""
        return f"{self.message} {self.hint}".rstrip()

    def __str__(self) -> str:
        path = printable(self.path)
        location = f"{path}:{self.line}" if self.line else path
        return f"{location}: {self.advice} [{self.code.label}]"


def stopping(problems: Iterable[Problem], *, strict: bool) -> list[Problem]:
    """Return the problems that stop a build: errors, and under `strict` warnings too."""
    return [problem for problem in problems if strict or problem.code.severity is Severity.ERROR]

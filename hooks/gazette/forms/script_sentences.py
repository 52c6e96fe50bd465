"""What scripts of pages say, as attributes of the elements at which they find it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from gazette.forms.phrases import Phrases
from gazette.language import Language

Attributes = Mapping[str, str]


def of_shells(language: Language) -> Attributes:
    """Return the messages that the script of a shell holds: those of nearly all its pages."""
    return {**_cite(language), **_redline(language)}


def sentences(language: Language) -> Mapping[str, Attributes]:
    """Return the messages of each script by the name of the script."""
    return {name: sentences_of(language) for name, sentences_of in SCRIPTS.items()}


def _cite(language: Language) -> Attributes:
    gettext = language.gettext
    return {
        "data-section": gettext("Link to this section"),
        "data-copy": gettext("Copy"),
        "data-copied": gettext("Copied"),
        "data-selected": gettext("Selected: copy it with the keys of your system"),
    }


def _redline(language: Language) -> Attributes:
    gettext = language.gettext
    return {
        "data-keys": gettext("Keys: <kbd>n</kbd> next change, <kbd>p</kbd> previous change."),
        "data-place": gettext("Change %(num)s of %(all)s, in %(section)s"),
        "data-on": gettext("Turn keys on"),
        "data-off": gettext("Turn keys off"),
    }


def _days(language: Language) -> Attributes:
    gettext = language.gettext
    return {
        "data-unlisted": gettext("This page lists no such day."),
        "data-coming": gettext("%(day)s, unless another version is posted before then:"),
        "data-invalid": gettext(
            "“%(text)s” is no day of the calendar. Write it as year, month and day: 2026-03-31."
        ),
    }


def _return(language: Language) -> Attributes:
    gettext, names = language.gettext, Phrases(language).messages
    return {
        "data-tell": gettext("Tell me what changed when I come back"),
        "data-forget": gettext("Stop telling me, and forget my visits"),
        "data-refused": gettext(
            "This browser lets pages keep nothing here, as in a private window: it cannot tell you."
        ),
        "data-forgotten": gettext("Your visits are forgotten."),
        "data-failed": gettext("The record of this version could not be loaded. Please try again."),
        "data-kept": gettext("This browser, and nobody else, now keeps which version you saw."),
        "data-same": gettext("Nothing has changed since your last visit."),
        "data-unchanged": gettext("No section has changed since your last visit."),
        "data-changed": _by_category(
            language,
            lambda num: language.ngettext(
                "Changed since your last visit: section %(sections)s.",
                "Changed since your last visit: sections %(sections)s.",
                num,
            ),
        ),
        "data-removed": _by_category(
            language,
            lambda num: language.ngettext(
                "Removed since your last visit: section %(sections)s of then.",
                "Removed since your last visit: sections %(sections)s of then.",
                num,
            ),
        ),
        "data-new": gettext("Version %(version)s is new since your last visit."),
        "data-see": gettext("See what changed"),
        "data-numbered": gettext("no. %(index)s"),
        "data-opening": names["the_opening"],
        "data-quotation": names["quotation"],
    }


def _by_category(language: Language, message_of: Callable[[int], str]) -> str:
    return json.dumps(language.by_category(message_of), ensure_ascii=False)


SCRIPTS: Mapping[str, Callable[[Language], Attributes]] = {
    "cite": _cite,
    "days": _days,
    "return": _return,
}

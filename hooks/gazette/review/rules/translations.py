"""Translations: what lags behind the original, section by section."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.review.policy_text import Finding, PolicyText
from gazette.review.review import PolicyReview
from gazette.text.redline import SectionStatus
from gazette.text.translated_sections import Lag

EVENTS = {SectionStatus.ADDED: "is new", SectionStatus.REMOVED: "was taken out"}
"""What became of a section of the original that did not change."""


def stale_sections(policy: PolicyReview) -> Iterator[Finding]:
    """Find sections of a translation whose original changed after the version it says."""
    translation = policy.translation
    if translation is None:
        return
    newest = translation.original.newest.id
    for lag in translation.stale:
        message = (
            f"{_subject(lag)}: in the original, {_what(lag)} after {translation.source.id}, the "
            "version that `translates` names."
        )
        hint = f"Translate the change, and write translates: {newest} in a new version."
        yield _finding(policy.text, lag, message, hint)


def untranslated_changes(policy: PolicyReview) -> Iterator[Finding]:
    """Find sections that an update of a translation left out though `translates` was raised."""
    translation = policy.translation
    if translation is None:
        return
    for lag in translation.passed_over:
        message = (
            f"{_subject(lag)}: in the original, {_what(lag)}, and `translates` says that this "
            f"text is one of {translation.source.id}."
        )
        hint = (
            "Translate the change. Where the translation needs none, write a line into the front "
            "matter: # gazette: allow untranslated-change: and the reason."
        )
        yield _finding(policy.text, lag, message, hint)


def _subject(lag: Lag) -> str:
    if lag.section is None:
        return "A section is not translated"
    return f"“{lag.section.name}” is as it was"


def _what(lag: Lag) -> str:
    """Say what became of the section of the original; of a split one, of its parts."""
    names = dict.fromkeys(change.section.name for change in lag.changes)
    quoted = " and ".join(f"“{name}”" for name in names)
    event = EVENTS.get(lag.changes[0].status, "changed")
    return f"{quoted} {event}"


def _finding(text: PolicyText, lag: Lag, message: str, hint: str) -> Finding:
    """Return a finding about the heading; about `translates` where there is no section yet."""
    if lag.section is None:
        return text.key_finding("translates", message, hint)
    starts = text.heading_starts
    place = starts[lag.section.index] if lag.section.index < len(starts) else text.start
    return text.finding(place, message, hint)

"""One review: every finding of every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from gazette.model import VersionId
from gazette.problems import Problem, Severity
from gazette.review.manuscripts import Edit, Manuscript
from gazette.review.review import Review, against, as_published
from gazette.review.rules import (
    anchors,
    characters,
    dates,
    definitions,
    editorial,
    headings,
    markup,
    placeholders,
    references,
)
from gazette.review.suppressions import applied
from gazette.settings import Settings


def check(settings: Settings, today: date, base: str | None = None) -> list[Problem]:
    """Return everything that is wrong, in the order of the files.

    Without `base`, each policy is compared with what was published before; with it, the working
    tree with what stood where it parted from there. Raises HistoryError when git cannot tell.
    """
    review = as_published(settings, today) if base is None else against(settings, today, base)
    problems = {*review.found, *findings(review)}
    order = lambda one: (one.path, one.line, one.column, one.code.label, one.message)  # noqa: E731
    return sorted(problems, key=order)


def failing(problems: Iterable[Problem]) -> bool:
    """Tell whether anything is found that must be fixed before publishing."""
    return any(one.severity is Severity.ERROR for one in problems)


def findings(review: Review) -> Iterator[Problem]:
    """Yield what every rule finds in the texts that are read, and what these break in others."""
    for slug, text in review.texts.items():
        rules = _of_text(review, text) if slug in review.read else _of_bystander(review, text)
        yield from applied(text, rules) if slug in review.read else rules


def _of_text(review: Review, text: Manuscript) -> Iterator[Problem]:
    """Yield every finding about one policy."""
    settings, edit = review.settings, review.edits.get(text.slug)
    before = edit.old if edit else None
    yield from placeholders.placeholders(text)
    yield from characters.hidden_characters(text)
    yield from characters.look_alikes(text)
    yield from markup.raw_html(text)
    yield from definitions.defined_twice(text)
    yield from headings.heading_numbers(text)
    yield from headings.required_headings(text, settings.required_headings)
    yield from references.unknown_sections(text, review.titles)
    yield from references.section_references(text, before, _own(review, text), review.titles)
    yield from anchors.broken_links(text, review.paths, _by_path(review), review.stands)
    yield from dates.future_version(text, review.today)
    yield from dates.short_notice(text, edit is None, settings.notice_days)
    if edit:
        yield from editorial.beyond_editorial(edit)
    if edit and text.slug not in review.released:
        yield from anchors.lost_anchors(edit)
    if edit and review.against_base:
        yield from _moved(edit, review.versions.get(text.slug, ()))


def _own(review: Review, text: Manuscript) -> Mapping[str, Edit]:
    """Return the edits that references of a text are followed through.

    Two policies were changed at once only in one proposal: otherwise the other's edit may be older
    than the reference.
    """
    if review.against_base:
        return review.edits
    return {text.slug: review.edits[text.slug]} if text.slug in review.edits else {}


def _by_path(review: Review) -> Mapping[str, Edit]:
    return {f"policies/{slug}.md": edit for slug, edit in review.edits.items()}


def _moved(edit: Edit, versions: Sequence[VersionId]) -> Iterator[Problem]:
    """Yield what is wrong with the version a changed text states."""
    yield from dates.unmoved_version(edit)
    before = dates.released(edit.old)
    now = edit.new.metadata
    same = before is not None and now is not None and before.version == now.version
    yield from dates.backward_version(edit.new, versions, same)
    if not same:
        yield from dates.missing_summary(edit.new, first=False)


def _of_bystander(review: Review, text: Manuscript) -> Iterator[Problem]:
    """Yield what a proposal breaks in a policy that it leaves alone."""
    touched = {*review.edits, *review.gone}
    linked = any(f"{slug}.md" in text.text for slug in touched)
    if linked:
        changed = {path: one for path, one in review.paths.items() if one.slug in review.edits}
        gone = {f"policies/{slug}.md" for slug in review.gone}
        edits = _by_path(review)
        yield from anchors.broken_links(text, changed, edits, lambda path: path not in gone)
    if linked or any(review.titles.get(slug, "?") in text.text for slug in touched):
        yield from references.section_references(text, text, review.edits, review.titles)

"""One review: gather what is written, what it was made from, and every finding of every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from gazette import policies
from gazette.archive import Archive, read_archive
from gazette.base import Base, read_base
from gazette.current import Current, read_current
from gazette.errors import ArchiveError
from gazette.frontmatter import normalized, read
from gazette.history import Texts
from gazette.manuscripts import Edit, Manuscript
from gazette.model import Policy, VersionId, decoded
from gazette.problems import Code, Problem, Severity
from gazette.rules import (
    anchors,
    characters,
    dates,
    definitions,
    editorial,
    headings,
    markup,
    placeholders,
    record,
    references,
)
from gazette.rules.allowances import applied
from gazette.settings import Settings

POLICIES = "docs/policies/"


@dataclass(frozen=True)
class Review:
    """What is reviewed: the texts by slug, those that are `read`, and what these were made from.

    `versions` are those published before, `found` the findings that gathering all this brought,
    `released` the policies that readers know as they stand, `gone` those that left `docs/`.
    """

    settings: Settings
    today: date
    texts: Mapping[str, Manuscript]
    read: Sequence[str]
    edits: Mapping[str, Edit]
    versions: Mapping[str, Sequence[VersionId]]
    found: tuple[Problem, ...]
    released: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    against_base: bool = False

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The names of the policies by slug."""
        return {slug: one.metadata.title for slug, one in self.texts.items() if one.metadata}

    @cached_property
    def paths(self) -> Mapping[str, Manuscript]:
        """The texts by their path below `docs/`."""
        return {f"policies/{slug}.md": one for slug, one in self.texts.items()}

    def stands(self, path: str) -> bool:
        """Tell whether a path below `docs/` stands there, or an address may be published."""
        if path.startswith("/"):
            parts = path.strip("/").split("/")
            return (
                parts[:1] != ["policies"]
                or len(parts) < 2
                or parts[1] in self.texts
                or "." in parts[1]
            )
        return path in self.paths or (self.settings.docs / path).exists()


def check(settings: Settings, today: date, base: str | None = None) -> list[Problem]:
    """Return everything that is wrong, in the order of the files.

    Without `base`, each policy is compared with what was published before; with it, the working
    tree with what stood where it parted from there. Raises HistoryError when git cannot tell.
    """
    review = _against(settings, today, base) if base else _as_published(settings, today)
    problems = {*review.found, *findings(review)}
    order = lambda one: (one.path, one.line, one.column, one.code.label, one.message)  # noqa: E731
    return sorted(problems, key=order)


def failing(problems: Iterable[Problem]) -> bool:
    """Tell whether anything is found that must be mended before publishing."""
    return any(one.code.review is Severity.ERROR for one in problems)


# ---- what is reviewed ----


def _as_published(settings: Settings, today: date) -> Review:
    current, problems = read_current(settings)
    texts = _texts(settings, current.values())
    try:
        register = policies.gather(settings, today)
    except ArchiveError as error:
        found = (*problems, *_damages(error))
        return Review(settings, today, texts, list(texts), {}, {}, found)
    released = {slug for slug, one in texts.items() if register.released.get(slug) == one.file.data}
    edits = {}
    for policy in register.policies:
        new = texts.get(policy.slug)
        data = _data_before(policy, register.released.get(policy.slug), policy.slug in released)
        if new and data is not None:
            edits[policy.slug] = Edit(_earlier(new, policy.slug, data), new)
    found = register.problems
    return Review(settings, today, texts, list(texts), edits, {}, found, frozenset(released))


def _data_before(policy: Policy, released: bytes | None, same: bool) -> bytes | None:
    """Return the text that a policy departs from: the released one, or the one before."""
    if released is not None and not same:
        return released
    before = policy.predecessor(policy.newest)
    return before.read() if before else None


def _against(settings: Settings, today: date, name: str) -> Review:
    base = read_base(settings, name)
    current, problems = read_current(settings)
    texts = _texts(settings, current.values())
    archive, damages = _archive(settings)
    edits, added = {}, []
    for slug, new in texts.items():
        old = _at_base(base, new)
        if old is None:
            added.append(slug)
        elif edit := _edit(base, old, new):
            edits[slug] = edit
    before = {Path(path).stem for path in base.ids if path.startswith(POLICIES)}
    renamed = {old for one in current.values() for old in one.formerly}
    found = [*_retold(problems, edits), *damages, *_archive_changes(settings, base)]
    found += record.lost_addresses(before, texts, renamed)
    return Review(
        settings=settings,
        today=today,
        texts=texts,
        read=[*edits, *added],
        edits=edits,
        versions=_versions(archive, edits),
        found=tuple(found),
        gone=frozenset(before - set(texts)),
        against_base=True,
    )


def _texts(settings: Settings, files: Iterable[Current]) -> dict[str, Manuscript]:
    return {one.slug: Manuscript(one, settings.markdown) for one in files}


def _at_base(base: Base, new: Manuscript) -> str | None:
    """Return the name that a policy had at the base."""
    names = (new.slug, *new.file.formerly)
    return next((slug for slug in names if f"{POLICIES}{slug}.md" in base.ids), None)


def _edit(base: Base, slug: str, new: Manuscript) -> Edit | None:
    """Return the step from the text at the base, None where nothing changed."""
    path = f"{POLICIES}{slug}.md"
    if slug == new.slug and base.ids[path] == Texts.id_of(new.file.data):
        return None
    data = base.read(path)
    same = slug == new.slug and normalized(decoded(data)) == new.text
    return None if same else Edit(_earlier(new, slug, data), new)


def _earlier(new: Manuscript, slug: str, data: bytes) -> Manuscript:
    path = f"{POLICIES}{slug}.md"
    metadata, _ = read(path, decoded(data))
    return Manuscript(Current(slug, path, Path(path), data, metadata), new.markdown)


def _archive(settings: Settings) -> tuple[Archive | None, list[Problem]]:
    try:
        return read_archive(settings.versions), []
    except ArchiveError as error:
        return None, list(_damages(error))


def _damages(error: ArchiveError) -> Iterator[Problem]:
    for line in str(error).splitlines():
        path, _, said = line.partition(": ")
        path, _, number = path.partition(":")
        known = path.startswith("versions/")
        place = int(number) if number.isdigit() else 0
        yield Problem(path if known else "versions", place, Code.ARCHIVE, said if known else line)


def _archive_changes(settings: Settings, base: Base) -> Iterator[Problem]:
    now = {}
    for path in base.ids:
        file = settings.project / path
        if path.startswith("versions/") and file.is_file():
            now[path] = Texts.id_of(file.read_bytes())
    return record.archive_changes(base.ids, now)


def _versions(archive: Archive | None, edits: Mapping[str, Edit]) -> dict[str, Sequence[VersionId]]:
    versions: dict[str, Sequence[VersionId]] = {}
    for slug, edit in edits.items():
        names = {slug, edit.old.slug, *edit.new.file.formerly}
        held = [one for name, one in archive.texts if name in names] if archive else []
        before = dates.released(edit.old)
        versions[slug] = [*held, before.version] if before else held
    return versions


def _retold(problems: Sequence[Problem], edits: Mapping[str, Edit]) -> Iterator[Problem]:
    by_path = {edit.new.path: edit for edit in edits.values()}
    for one in problems:
        edit = by_path.get(one.path)
        yield dates.with_the_day_that_moved(one, edit) if edit else one


# ---- findings ----


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

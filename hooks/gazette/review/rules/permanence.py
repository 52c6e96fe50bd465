"""What was published stays: the archive, and the addresses of policies."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from gazette.model import Policy, Reading, Slug
from gazette.problems import Code, Fix, Problem
from gazette.record.archive import is_archived
from gazette.record.archive_lists import READINGS, SECTIONS, Key, damage, sums_of
from gazette.record.base_commit import BaseCommit
from gazette.record.matched_versions import matched_versions
from gazette.record.new_records import new_sections
from gazette.record.pushes import PUSHES
from gazette.record.section_record import Lines, first_difference, ids_of, row_of
from gazette.record.sources import Record
from gazette.record.verification import unexplained
from gazette.review.policy_text import PolicyText
from gazette.settings import Settings
from gazette.text.readings import is_same


def archive_changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Problem]:
    """Find archived files that were altered or removed; both map paths to digests."""
    for path, digest in sorted(old.items()):
        folder, _, archived = path.partition("/")
        if folder == "versions" and is_archived(archived) and new.get(path) != digest:
            event = "was altered" if path in new else "was removed"
            hint = "Archived files never change: bring the file back as it was."
            yield Problem(path, 0, Code.ARCHIVE, f"This archived file {event}.", hint)


LISTED = {READINGS: "reading", SECTIONS: "sections"}
"""What the lines of a list in the archive are about."""


def lost_lines(
    name: str,
    old: Mapping[Key, Collection[Hashable]],
    new: Mapping[Key, Collection[Hashable]],
) -> Iterator[Problem]:
    """Find versions of which a line was altered or taken out of the list of this `name`."""
    for key, lines in sorted(old.items()):
        if not set(lines) <= set(new.get(key, ())):
            slug, version = key
            message = (
                f"What is recorded of the {LISTED[name]} of {version} was altered or taken out."
            )
            hint = "Lines are only ever added: bring the file back as it was."
            yield Problem(f"versions/{slug}/{name}", 0, Code.ARCHIVE, message, hint)


def early_lines(
    name: str, added: Collection[Key], held: Collection[Key], base: BaseCommit, today: date
) -> Iterator[Problem]:
    """Find versions that nobody has published, of which the list of this `name` says something.

    `added` are those, not archived, of which a proposal brings the first lines. Those that are
    `held` in `docs/` may have them: on a main branch a build writes them before the next push.
    """
    for slug, version in sorted(added):
        is_held = (slug, version) in held or base.holds([slug], version)
        if version.day > today or not is_held:
            message = (
                f"This proposal records the {LISTED[name]} of {version}, which nobody has "
                "published."
            )
            hint = "Take the line out: a build writes it once the version is published."
            yield Problem(f"versions/{slug}/{name}", 0, Code.ARCHIVE, message, hint)


def other_ids(old: Lines, new: Lines) -> Iterator[Problem]:
    """Find versions whose sections get IDs by the `new` lines that none of the `old` ones gives.

    Only an engine that reads the text otherwise adds such a line; it may join two sections.
    """
    for (slug, version), known in sorted(old.items()):
        lines = new.get((slug, version), ())
        before, after = (
            {id_ for line in recorded for id_ in ids_of(line)} for recorded in (known, lines)
        )
        if added := sorted(after - before):
            message = f"This proposal records other IDs of {version}: {', '.join(added)}."
            hint = (
                "If no newer engine wrote the line, take it out: the address of one section would "
                "lead to another."
            )
            yield Problem(f"versions/{slug}/{SECTIONS}", 0, Code.ARCHIVE_ADDITION, message, hint)


def invented_lines(policy: Policy, old: Lines, settings: Settings) -> Iterator[Problem]:
    """Find lines that give the sections of a version of a policy otherwise than a build would.

    They are the first of their version. The `old` lines hold, whatever engine wrote them: a build
    goes on from them.
    """
    names = (policy.slug, *policy.former_slugs)
    known = {(id_, line) for (name, id_), lines in old.items() if name in names for line in lines}
    before = [
        replace(v, sections=tuple(line for line in v.sections if (v.id, line) in known))
        for v in policy.versions
    ]
    recorded = {id_ for id_, _ in known}
    added = [v for v in policy.versions if v.sections and v.id not in recorded]
    written = new_sections(before, matched_versions(before, settings.markdown)) if added else {}
    for version in added:
        rows = [*map(row_of, written.get(version.id, ()))] or [()]
        for line in version.sections:
            if (row := row_of(line)) not in rows:
                present, right = first_difference(row, rows[0])
                message = (
                    f"This line of {version.id} has {present} where a build writes {right}. Once "
                    "it is published, its IDs are addresses for ever."
                )
                hint = (
                    "Take the line out: a build writes it once the version is published. Which "
                    "section goes on from which is stated by `continues` in the text."
                )
                path, number = _place_of(line, names, settings.versions)
                yield damage(path, message, hint, number)


def _place_of(line: str, names: Sequence[str], folder: Path) -> tuple[str, int]:
    """Return the path of the list that has a line, of those of a policy's names, and its number."""
    files = ((name, folder / name / SECTIONS) for name in names)
    texts = ((name, file.read_text("utf-8", "replace")) for name, file in files if file.is_file())
    by_name = {name: text.splitlines() for name, text in texts}
    name = next(name for name, lines in by_name.items() if line in lines)
    return f"{name}/{SECTIONS}", by_name[name].index(line) + 1


def unaccepted_readings(
    old: Mapping[Key, Collection[Reading]], new: Mapping[Key, Collection[Reading]]
) -> Iterator[Problem]:
    """Find versions that may be read otherwise by the `new` lines, without a name of who agrees."""
    for (slug, version), known in sorted(old.items()):
        readings = new.get((slug, version), ())
        agreed = [entry for entry in readings if entry in known or entry.accepted_by]
        if all(any(is_same(entry, other) for other in agreed) for entry in readings):
            continue
        message = f"This proposal records another reading of {version}, and nobody accepted it."
        hint = (
            "Take the line out. Where the text may be read so, this adds it with a name: "
            f'gazette accept {slug} {version} --by "YOUR NAME"'
        )
        yield Problem(f"versions/{slug}/{READINGS}", 0, Code.ARCHIVE, message, hint)


def archive_additions(record: Record, old: Collection[str]) -> Iterator[Problem]:
    """Find files in the archive that are not among the `old` paths and that no release wrote."""
    paths = [path for path in record.blob_ids if f"versions/{path}" not in old]
    for path in unexplained(record, filter(is_archived, paths)):
        message = "This file is new in the archive, but docs/ never held it: no release wrote it."
        hint = (
            "Compare it with where it comes from. If no import wrote it, take it out, and its line "
            f"in versions/{sums_of(path)}."
        )
        yield Problem(f"versions/{path}", 0, Code.ARCHIVE_ADDITION, message, hint)


def noted_pushes(old: str | None, new: str | None) -> Iterator[Problem]:
    """Find that a proposal changes which pushes are noted; both are digests of the notes."""
    if old != new:
        message = "These notes say which texts were never published: no proposal writes them."
        hint = "Bring the file back as it was; the workflow that publishes keeps it."
        yield Problem(f"versions/{PUSHES}", 0, Code.ARCHIVE, message, hint)


def lost_addresses(
    old: Collection[str], new: Mapping[str, PolicyText], old_slugs: Mapping[str, Slug]
) -> Iterator[Problem]:
    """Find policies that are gone, and those that have a new name and do not state the old one.

    `old_slugs` are the names that policies had before, by their present ones.
    """
    for slug, old_slug in sorted(old_slugs.items()):
        text = new[slug]
        if old_slug not in (slug, *text.file.formerly):
            top = text.text.partition("\n")[0]
            is_first = not text.file.formerly and top.startswith("---")
            fix = Fix(0, f"\nformerly: [{old_slug}]") if is_first else None
            message = f"This policy was called {old_slug} before, and its file does not say so."
            hint = f"Add {old_slug} to `formerly`, as in the line formerly: [{old_slug}]"
            finding = text.finding(len(top), message, hint, fix)
            yield finding.problem(text.path, Code.LOST_ADDRESS)
    for slug in sorted(set(old) - set(new) - set(old_slugs.values())):
        message = f"The policy {slug} is gone: readers will be told that it was retired."
        hint = (
            f"If it has a new file name, write formerly: [{slug}] there, so that links lead to it."
        )
        yield Problem(f"docs/policies/{slug}.md", 0, Code.LOST_ADDRESS, message, hint)

"""Gathering what a review needs: from what was published, or from the base of a proposal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from gazette.errors import ArchiveError, HistoryError
from gazette.model import Policy, Slug, VersionId, decoded, digest_of
from gazette.problems import Code, Problem
from gazette.record import policies
from gazette.record.archive_lists import READINGS, SECTIONS, Key, is_list
from gazette.record.attachments import LinkedPaths, linked_files
from gazette.record.base_commit import BaseCommit, read_base_commit, read_last_commit
from gazette.record.changed_files import changed_files
from gazette.record.git_texts import blob_id_of, open_repository
from gazette.record.policies import Register, Unverified
from gazette.record.policy_files import read_policy_files, stated_versions
from gazette.record.pushes import PUSHES
from gazette.record.readings import parse_readings
from gazette.record.section_record import Lines, parse_sections
from gazette.record.silent_files import silent_file_edits
from gazette.record.sources import Record, read_record
from gazette.record.tracked_cache import tracked_cache
from gazette.record.unreleased import Unreleased
from gazette.record.version_status import posted
from gazette.review.policy_text import Edit, PolicyText
from gazette.review.proposal import policy_texts, slugs_at_base
from gazette.review.review import Review
from gazette.review.rules.dates import with_date_fix
from gazette.review.rules.permanence import (
    archive_additions,
    archive_changes,
    early_lines,
    invented_lines,
    lost_addresses,
    lost_lines,
    noted_pushes,
    other_ids,
    unaccepted_readings,
)
from gazette.settings import CONFIG, Settings
from gazette.site.docs_files import docs_problems
from gazette.site.project_problems import project_problems
from gazette.text.frontmatter import stated_version
from gazette.text.reader import Reader
from gazette.text.slugs import archived_parts

READ_WITH = frozenset(
    (
        CONFIG,
        "properdocs.yml",
        "pyproject.toml",
        "requirements-engine.txt",
        "requirements.txt",
    )
)
"""Files that name the libraries and extensions by which texts are read."""
ENDINGS_OF_SETTINGS = (".yml", ".yaml")
"""At the top of the project: `mkdocs.yml` may inherit from any file there."""


def read_review(settings: Settings, today: date, base_name: str | None) -> Review:
    """Gather what a review needs, compared with what was published, or with a base.

    Raises HistoryError when git cannot tell, PolicyError where a link or device is among the files.
    """
    if base_name is None:
        return review_published(settings, today)
    return review_proposal(settings, today, base_name)


def review_published(settings: Settings, today: date) -> Review:
    """Compare each policy with what was published before."""
    reader = Reader(settings.markdown)
    try:
        record = read_record(settings)
        register = policies.verified(policies.joined(record, settings, today, None, reader))
    except ArchiveError as error:
        files, problems = read_policy_files(settings)
        problems += [*_problems_beside(settings), *error.problems]
        texts = policy_texts(files.values(), reader)
        return Review(settings, today, texts, texts.keys(), {}, {}, tuple(problems))
    texts = policy_texts(record.files.values(), reader)
    edits: dict[str, Edit] = {}
    for policy in register.policies:
        text = texts.get(policy.slug)
        data = _earlier_data(policy, text, register.released) if text else None
        if text and data is not None:
            edits[policy.slug] = Edit(PolicyText.of(text.path, data, reader), text)
    return Review(
        settings=settings,
        today=today,
        texts=texts,
        checked=texts.keys(),
        edits=edits,
        versions={},
        problems=(
            *register.problems,
            *_problems_beside(settings),
            *project_problems(settings, register.digests),
            *_lost_since_the_commit(settings, texts),
        ),
        released=register.released,
        former_names=_former_names(register),
        policies={policy.slug: policy for policy in register.policies},
        is_verified=True,
        reread=tuple(posted(register.policies)),
    )


def _problems_beside(settings: Settings) -> Iterator[Problem]:
    """Yield what is wrong beside the policies, and a note where there is no git.

    Most of what a review compares cannot be told then.
    """
    yield from docs_problems(settings)
    yield from tracked_cache(settings)
    if open_repository(settings.policies) is None:
        message = (
            "This project is not kept in git here: whether a published text changed, was removed "
            "or was never archived cannot be told."
        )
        hint = "Run this in a clone of the project."
        yield Problem(settings.relative(settings.policies), 0, Code.NO_HISTORY, message, hint)


def _lost_since_the_commit(
    settings: Settings, texts: Mapping[str, PolicyText]
) -> Iterator[Problem]:
    """Yield the addresses that go with what is not committed yet."""
    committed = read_last_commit(settings)
    if committed and not committed.policies.keys() <= texts.keys():
        yield from lost_addresses(committed.policies, texts, slugs_at_base(committed, texts))


def _may_be_read_otherwise(settings: Settings, base: BaseCommit) -> bool:
    """Tell whether a proposal changes what texts are read with: libraries, settings, the engine.

    Where an extension may take in files, any may be one of these.
    """
    return not settings.markdown.reads_text_alone or any(
        path in READ_WITH
        or path.startswith("hooks/")
        or ("/" not in path and path.endswith(ENDINGS_OF_SETTINGS))
        for path in changed_files(settings, base)
    )


def _earlier_data(
    policy: Policy, text: PolicyText, released: Mapping[Slug, bytes | None]
) -> bytes | None:
    """Return the text that a policy departs from, None for its first.

    That is the one that readers know; of what they know already, that of the version before.
    """
    known = released.get(policy.slug)
    if known is not None and known != text.file.data:
        return known
    predecessor = policy.predecessor(policy.newest)
    return predecessor.read() if predecessor else None


def review_proposal(settings: Settings, today: date, base_name: str) -> Review:
    """Compare the working tree with the state in which it parted from a branch or commit."""
    base = read_base_commit(settings, base_name)
    reader = Reader(settings.markdown)
    try:
        record = read_record(settings, pushed_since=base.commit)
    except ArchiveError as error:
        files, problems = read_policy_files(settings)
        texts = policy_texts(files.values(), reader)
        return _against_base(settings, today, base, texts, [*problems, *error.problems])
    known = policies.joined(record, settings, today, base, reader)
    problems, register, gap = _verified(known, base, settings, today)
    texts = policy_texts(record.files.values(), reader)
    review = _against_base(settings, today, base, texts, problems, record.archive.texts)
    may_differ = _may_be_read_otherwise(settings, base)
    return replace(
        review,
        released=known.released,
        former_names={
            former: slug for slug, names in record.published.names.items() for former in names
        },
        policies={policy.slug: policy for policy in known.policies},
        is_verified=register is not None,
        reread=tuple(posted(register.policies)) if register and may_differ else (),
        unknown=gap if may_differ else None,
    )


def _against_base(
    settings: Settings,
    today: date,
    base: BaseCommit,
    texts: Mapping[str, PolicyText],
    problems: Iterable[Problem],
    archived: Collection[Key] = (),
) -> Review:
    """Compare the `texts` with the base of a proposal; `problems` are those of its record.

    `archived` are the versions that the archive holds.
    """
    old_slugs = slugs_at_base(base, texts)
    edits = {
        slug: edit
        for slug, old_slug in old_slugs.items()
        if (edit := _edit(base, old_slug, texts[slug]))
    }
    digests = {text.path: digest_of(text.file.data) for text in texts.values()}
    return Review(
        settings=settings,
        today=today,
        texts=texts,
        checked={slug for slug in texts if slug in edits or slug not in old_slugs},
        edits=edits,
        versions={slug: _earlier_versions(archived, edit) for slug, edit in edits.items()},
        problems=(
            *_with_date_fixes(problems, edits),
            *_problems_beside(settings),
            *project_problems(settings, digests),
            *_file_edits(settings, base, texts, old_slugs, today),
            *archive_changes(base.ids, _archived_ids(settings, base)),
            *lost_addresses(base.policies, texts, old_slugs),
        ),
        removed=frozenset(base.policies.keys() - texts.keys()),
        removed_files=frozenset(_removed_files(settings, base)),
        against_base=True,
    )


def review_of_release(
    settings: Settings, today: date, register: Register, draft: Unreleased, data: bytes
) -> Review:
    """Compare the text that a release would write, `data`, with the one that readers know."""
    slug, old = draft.policy.slug, draft.old
    files, _ = read_policy_files(settings)
    reader = Reader(settings.markdown)
    new = PolicyText.of(draft.new.path, data, reader)
    edits: dict[str, Edit] = {}
    if old:
        edits[slug] = Edit(PolicyText.of(draft.new.path, old.read(), reader), new)
    ids = [version.id for version in draft.policy.versions if version is not draft.new]
    return Review(
        settings=settings,
        today=today,
        texts=policy_texts(files.values(), reader) | {slug: new},
        checked={slug},
        edits=edits,
        versions={slug: ids},
        problems=(),
        against_base=True,
        former_names=_former_names(register),
    )


def _former_names(register: Register) -> dict[str, str]:
    return {former: policy.slug for policy in register.policies for former in policy.former_slugs}


def _verified(
    known: Unverified, base: BaseCommit, settings: Settings, today: date
) -> tuple[list[Problem], Register | None, HistoryError | None]:
    """Return what is wrong or new in a record, and its register, None where it contradicts itself.

    Whatever would stop the build that publishes the proposal is there. There is no register either
    where a shallow clone lacks versions, as the error says: most reviews do without them.
    """
    record = known.record
    sections, _ = parse_sections(_lists_of(base, SECTIONS))
    pushes = settings.versions / PUSHES
    present = blob_id_of(pushes.read_bytes()) if pushes.is_file() else None
    problems = [
        *known.problems,
        *archive_additions(record, base.ids),
        *noted_pushes(base.ids.get(f"versions/{PUSHES}"), present),
        *_changed_lines(record, base, sections, today),
    ]
    register, gap = None, None
    try:
        register = policies.verified(known)
    except ArchiveError as error:
        return [*problems, *error.problems], None, None
    except HistoryError as error:
        gap = error
    for policy in posted(known.policies):
        problems += invented_lines(policy, sections, settings)
    return problems, register, gap


def _changed_lines(
    record: Record, base: BaseCommit, sections: Lines, today: date
) -> Iterator[Problem]:
    """Yield what a proposal may not do to the lines of lists: take them out, or invent them.

    `sections` are those on sections at the base.
    """
    archive = record.archive
    texts, held = archive.texts.keys(), stated_versions(record.files.values())
    readings, _ = parse_readings(_lists_of(base, READINGS))
    yield from lost_lines(READINGS, readings, archive.readings)
    yield from lost_lines(SECTIONS, sections, archive.sections)
    yield from early_lines(READINGS, archive.readings.keys() - readings - texts, held, base, today)
    yield from early_lines(SECTIONS, archive.sections.keys() - sections - texts, held, base, today)
    yield from other_ids(sections, archive.sections)
    yield from unaccepted_readings(readings, archive.readings)


def _lists_of(base: BaseCommit, name: str) -> dict[str, bytes]:
    """Return the lists of this name that the archive of the base has, by folder."""
    paths = (path for path in base.ids if path.startswith("versions/"))
    archived = (path.partition("/")[2] for path in paths if path.endswith(f"/{name}"))
    return {
        archived_parts(path)[0]: base.read(f"versions/{path}") for path in archived if is_list(path)
    }


def _file_edits(
    settings: Settings,
    base: BaseCommit,
    texts: Mapping[str, PolicyText],
    old_slugs: Mapping[str, Slug],
    today: date,
) -> Iterator[Problem]:
    """Yield what a proposal changes of the files that a text shows, whose version stays."""
    docs = f"{settings.relative(settings.docs)}/"
    files = {path: settings.project / path for path in base.ids if path.startswith(docs)}
    present = {
        path.removeprefix(docs): blob_id_of(file.read_bytes())
        for path, file in files.items()
        if not path.endswith(".md") and file.is_file()
    }
    old = {path: base.ids[docs + path] for path in present}
    find_links = LinkedPaths(settings.markdown, settings.own_site)
    for text in texts.values() if old != present else ():
        old_slug, metadata = old_slugs.get(text.slug), text.metadata
        if old_slug is None or metadata is None or metadata.version.day > today:
            continue
        data = base.read(base.policies[old_slug])
        if stated_version(decoded(data)) == metadata.version:
            paths = linked_files(find_links(data), old_slug)
            shown = {path: old[path] for path in paths if path in old}
            yield from silent_file_edits(text.file, metadata, shown, present)


def _edit(base: BaseCommit, old_slug: Slug, new: PolicyText) -> Edit | None:
    """Return the step from the text at the base, None where nothing changed."""
    old = PolicyText.of(base.policies[old_slug], base.read(base.policies[old_slug]), new.reader)
    return None if old.slug == new.slug and old.text == new.text else Edit(old, new)


def _archived_ids(settings: Settings, base: BaseCommit) -> Mapping[str, str]:
    """Return the git id of each archived file of the base, as it is in the working tree."""
    files = {path: settings.project / path for path in base.ids if path.startswith("versions/")}
    return {path: blob_id_of(file.read_bytes()) for path, file in files.items() if file.is_file()}


def _removed_files(settings: Settings, base: BaseCommit) -> Iterator[str]:
    """Yield the paths below `docs/` of files that stood there at the base, policies left out."""
    docs = f"{settings.relative(settings.docs)}/"
    for path in base.ids.keys() - base.policies.values():
        if path.startswith(docs) and not (settings.project / path).exists():
            yield path.removeprefix(docs)


def _earlier_versions(archived: Iterable[Key], edit: Edit) -> Sequence[VersionId]:
    """Return the versions of a policy that were published before, under any of its slugs."""
    slugs = {edit.new.slug, edit.old.slug, *edit.new.file.formerly}
    versions = [version for slug, version in archived if slug in slugs]
    published = edit.old.legible_metadata
    return [*versions, published.version] if published else versions


def _with_date_fixes(problems: Iterable[Problem], edits: Mapping[str, Edit]) -> Iterator[Problem]:
    by_path = {edit.new.path: edit for edit in edits.values()}
    for problem in problems:
        edit = by_path.get(problem.path)
        yield with_date_fix(problem, edit) if edit else problem

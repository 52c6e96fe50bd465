"""One build, in order: gather what was published, plan every page and file, then write the site.

The host renders its own pages between `start_build` and `finish_build`.
"""

from __future__ import annotations

import gc
import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.build.bound_pages import bind_pages, policy_for
from gazette.build.cache import Cache, code_digest, project_cache
from gazette.build.faults import log_faults
from gazette.build.fragment_jobs import Counts, render_missing, seen_in_cache
from gazette.build.manifest import NO_BATCH, manifest_key, read_manifest, stage, write_manifest
from gazette.build.page_jobs import fill_pages
from gazette.build.pool import collect_seldom
from gazette.build.readings import settle_readings
from gazette.build.search_index import is_large, shorten_index
from gazette.build.sections import settle_sections
from gazette.build.shells import ADDRESSES, Shells, place, read_shells
from gazette.build.staged import check_staged
from gazette.build.staging import repair, staging_folder
from gazette.build.state import BuildState
from gazette.build.swap import replace_site, site_files
from gazette.build.unused_assets import remove_unused_assets
from gazette.errors import GazetteError, PolicyError
from gazette.files import locked
from gazette.model import Policy, Slug
from gazette.problems import Code, Problem, printable, printable_lines, stopping
from gazette.record import archive, policies
from gazette.record.base_commit import published_branch
from gazette.record.changed_readings import reading_problems
from gazette.record.commits import check_clock
from gazette.record.placing import finish_placing
from gazette.record.policies import Register
from gazette.record.pushes import note_pushes
from gazette.record.tracked_cache import tracked_cache
from gazette.record.version_status import posted
from gazette.settings import Settings
from gazette.site import addresses, overview, templates
from gazette.site.docs_files import address_problems, docs_problems
from gazette.site.fragments import body_of, policy_fragments
from gazette.site.left_out import page_problems
from gazette.site.outputs import File, Page, file
from gazette.site.project_problems import project_problems
from gazette.text.reader import Reader

if TYPE_CHECKING:
    from gazette.record.unreleased import Unreleased


log = logging.getLogger("gazette")

MAX_LOGGED_FILES = 20


def start_build(
    settings: Settings,
    now: datetime,
    site: Path,
    cleanup: ExitStack,
    *,
    strict: bool,
    is_preview: bool,
) -> BuildState:
    """Gather what was published as of `now`, archive it, and render the fragments of all pages.

    A preview archives nothing, never writes to the project, and shows what is not released yet.
    What was killed before is finished first; `cleanup` is to remove what this build leaves.

    Raises PolicyError with all mistakes together, under `strict` with all warnings too;
    HistoryError or ArchiveError when the record cannot be trusted; GazetteError without a place.
    """
    _check_place(site)
    cleanup.callback(gc.set_threshold, *gc.get_threshold())
    collect_seldom()
    cache = project_cache(settings.project)
    hidden = site / ".gazette"
    parents = [hidden] if is_preview else [cache.folder, hidden]
    if problems_of_cache := tracked_cache(settings):
        raise PolicyError(problems_of_cache)
    _finish_killed(settings, parents, is_preview=is_preview)
    _check_clock(settings, now, strict=strict, is_preview=is_preview)
    today = settings.day_of(now)
    register = policies.gather(settings, today, cache, published_branch(settings))
    in_project = [*docs_problems(settings), *project_problems(settings, register.digests)]
    _report([*register.problems, *in_project], strict=strict)
    for notice in register.notices:
        log.info("%s", printable_lines(notice))
    shown = tuple(posted(register.policies)) if not is_preview else register.policies
    drafts = _drafts(register, settings) if is_preview else {}
    if not is_preview:
        _log_archived(archive.freeze(settings.versions, register.unarchived))
        note_pushes(settings.versions, register.pushes)
    counts = _rendered(settings, cache, shown, today, strict=strict, is_preview=is_preview)
    if not is_preview:
        shown = settle_sections(settings, cache, shown, register.released)
    return BuildState(
        settings=settings,
        policies=shown,
        counts=counts,
        scheduled=_scheduled_files(register.policies, shown),
        drafts=drafts,
        cache=cache,
        manifests=Cache(hidden) if is_preview else cache,
        site=site,
        staging=cleanup.enter_context(staging_folder(parents, site)),
        templates=templates.reload_templates(),
        is_preview=is_preview,
        is_strict=strict,
    )


def _finish_killed(settings: Settings, parents: Sequence[Path], *, is_preview: bool) -> None:
    """Finish, or clear, what killed builds and imports have left; a preview only its own.

    What they left of files in `versions/` is cleared when this build archives.
    """
    repair(parents)
    if not is_preview:
        finish_placing(settings.project)


def _rendered(
    settings: Settings,
    cache: Cache,
    shown: Sequence[Policy],
    today: date,
    *,
    strict: bool,
    is_preview: bool,
) -> Mapping[Slug, Sequence[Counts]]:
    """Render what is missing and return the counts of all updates; record readings as of `today`.

    A preview records none, and shows a text that is read otherwise: it is to be looked at.
    """
    rendered = render_missing(settings, cache, shown, None if is_preview else today)
    _report(log_faults(shown, rendered), strict=strict)
    if is_preview:
        for problem in reading_problems(settings, shown, today, seen_in_cache):
            log.warning("%s", problem)
    else:
        settle_readings(settings, shown, rendered, today)
    return {slug: part.counts for slug, part in rendered.items()}


def _check_place(site: Path) -> None:
    if not site.is_dir() and (site.exists() or site.is_symlink()):
        raise GazetteError(
            f"{site}, where the help center is to stand, is no folder. Move it away, then build "
            "again."
        )


def _check_clock(settings: Settings, now: datetime, *, strict: bool, is_preview: bool) -> None:
    if strict and not is_preview:
        check_clock(settings.policies, now)


def _scheduled_files(policies: Iterable[Policy], shown: Iterable[Policy]) -> frozenset[str]:
    """Return the files below `docs/` of the policies that are not shown."""
    slugs = {policy.slug for policy in policies} - {policy.slug for policy in shown}
    return frozenset(map(addresses.page_source, slugs))


def check_host_files(build: BuildState, destinations: Mapping[str, str]) -> None:
    """Raise PolicyError when the host would publish no page of a policy, or one in the record.

    `destinations` maps what it is to publish, as paths below `docs/`, to files of the site: plugins
    and hooks may have added and removed some.
    """
    refusals = list(address_problems(destinations))
    standing = [policy for policy in build.policies if not policy.retired]
    for path in (addresses.page_source(policy.slug) for policy in standing):
        if path not in destinations:
            message = "The page of this policy would be missing: a plugin or a hook leaves it out."
            refusals.append(
                Problem(f"docs/{path}", 0, Code.SETTING, message, "Have it left alone.")
            )
    if refusals:
        raise PolicyError(refusals)


def finish_build(build: BuildState) -> None:
    """Fill all pages that changed, and put the new site in place of the old one.

    Raises PolicyError in a strict build when a page of `docs/` holds HTML that it may not, and in
    any when pages load from a host that is not allowed; RedlineError when a redline is not exact,
    ArchiveError when a text changes meanwhile, and GazetteError when there is no shell to fill
    pages into, or what is made is not what the record asks for: the old site is then as it was.
    """
    _report([*build.problems, *_markup_of_others(build)], strict=build.is_strict)
    shells = _bound_shells(build)
    remove_unused_assets(build.rendered, build.settings.docs)
    if is_large(build.policies):
        shorten_index(build.rendered)
    build.site.mkdir(parents=True, exist_ok=True)
    with locked(build.site):
        present = site_files(build.site)
        manifest = read_manifest(build.manifests, build.site)
        batches = fill_pages(build, shells, manifest, present)
        for name, outputs in _site_outputs(build, shells):
            unchanged = manifest.get(name, NO_BATCH).unchanged(present)
            batches[name] = stage(build.new, shells, "", outputs, unchanged.files)
        paths = {path for batch in batches.values() for path in batch.files}
        check_staged(build, paths)
        replace_site(build.staging, build.site, paths, present.keys())
        write_manifest(build.manifests, build.site, manifest, batches)
    used = {key for batch in batches.values() for key in batch.used}
    build.cache.prune(used | set(policies.store_keys(build.settings)) | {manifest_key(build.site)})
    if not build.is_preview:
        log.info("The help center stands in %s", build.site)


def _report(reported: Sequence[Problem], *, strict: bool) -> None:
    """Log what is wrong; raise PolicyError with what must stop a build."""
    if refused := stopping(reported, strict=strict):
        raise PolicyError(refused)
    for problem in reported:
        log.warning("%s", problem)


def _markup_of_others(build: BuildState) -> Iterator[Problem]:
    """Yield what may not stand in texts in `docs/` that no page of the host shows yet."""
    for policy in build.policies:
        path = f"docs/{addresses.page_source(policy.slug)}"
        for version in policy.versions:
            if version.path == path and version is not policy.shown:
                document = Reader(build.settings.markdown).read(body_of(version))
                yield from page_problems(path, version.text, document.html, document.removals)


def _drafts(register: Register, settings: Settings) -> dict[Slug, Unreleased]:
    from gazette.record.unreleased import unreleased  # what it takes only a preview loads

    return {draft.policy.slug: draft for draft in unreleased(register, settings.markdown)}


def _log_archived(paths: Sequence[str]) -> None:
    for path in paths[:MAX_LOGGED_FILES]:
        log.info("Archived versions/%s", printable(path))
    if paths[MAX_LOGGED_FILES:]:
        log.info("Archived %d more files in versions/", len(paths) - MAX_LOGGED_FILES)


def _taken_shells(rendered: Path, tags: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each shell by its address, and take it out of the rendered pages."""
    for address in (place(address, tag) for address in reversed(ADDRESSES) for tag in tags):
        page = rendered / address / "index.html"
        try:
            yield address, page.read_bytes().decode()
        except FileNotFoundError:
            raise GazetteError(
                f"The page {address}, into which pages of the archive are to be filled, was not "
                "rendered: a plugin or a hook leaves it out. Have it left alone."
            ) from None
        shutil.rmtree(page.parent)  # with what plugins put beside it


def _bound_shells(build: BuildState) -> Shells:
    """Return the shells; they and all pages that the host rendered have their policy.

    A preview has none: the host puts a script into each page that loads it again.
    """
    rendered = dict(_taken_shells(build.rendered, build.languages))
    languages = {policy.slug: build.language_tag(policy) for policy in build.policies}
    if build.is_preview:
        return read_shells(rendered, languages)
    policy = policy_for(build.settings, build.rendered)
    refused = bind_pages(build.rendered, policy, rendered.values())
    _report(refused, strict=build.is_strict)
    return read_shells(rendered, languages, policy.into)


def _site_outputs(build: BuildState, shells: Shells) -> Iterator[tuple[str, Iterator[Page | File]]]:
    """Yield the pages and files that belong to no single policy's record, by the batch's name."""
    yield "shells", (file(script.address, script.content) for script in shells.scripts)
    fragments_of = partial(policy_fragments, build.settings, build.cache)
    yield "site", overview.site_files(build.settings, build.policies, fragments_of)
    if build.drafts:
        from gazette.site.drafts import draft_pages  # what it takes only a preview loads

        pages = (
            draft_pages(build.settings.language_of(draft.policy), draft, build.targets)
            for draft in build.drafts.values()
        )
        yield "drafts", chain.from_iterable(pages)


def warn_if_changed(folder: Path, loaded: str) -> None:
    """Warn that a preview runs older code than `folder` holds; `loaded` is its digest at start."""
    if code_digest(folder) != loaded:
        log.warning("The code in %s/ has changed: restart the preview to see it.", folder.name)

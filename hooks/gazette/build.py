"""One build: gather what was published, check it, plan every page, then freeze the archive."""

from __future__ import annotations

import hashlib
import logging
from datetime import date
from pathlib import Path

from gazette import cache, problems
from gazette.errors import PolicyError
from gazette.publishing import site
from gazette.publishing.site import Site
from gazette.record import archive, policies
from gazette.record.unreleased import unreleased
from gazette.settings import Settings

log = logging.getLogger("gazette")


def prepare(center: Settings, today: date, *, strict: bool, preview: bool) -> Site:
    """Return the planned site of `today`.

    Everything that can fail does so here, before a byte is written. A build then archives the
    versions that left `docs/`; a `preview` never writes, and shows what is not released yet.

    Raises PolicyError with all mistakes together, under `strict` with all warnings too, and
    HistoryError, ArchiveError or RedlineError when the record cannot be trusted.
    """
    record = policies.gather(center, today, cache.of_project(center.project))
    stopping = problems.errors(record.problems, strict=strict)
    if stopping:
        raise PolicyError(stopping)
    for problem in record.problems:
        log.warning("%s", problem)
    for notice in record.notices:
        log.info("%s", notice)
    drafts = unreleased(record, center.markdown) if preview else ()
    planned = site.plan(center, record.policies, drafts)
    if not preview:
        for written in archive.freeze(center.versions, record.unarchived):
            log.info("Archived versions/%s", written)
    return planned


def code_digest(folder: Path) -> str:
    """Return the digest of the Python code in `folder`."""
    code = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        code.update(path.read_bytes())
    return code.hexdigest()


def warn_if_changed(folder: Path, loaded: str) -> None:
    """Say that a preview runs older code than `folder` holds; `loaded` is its digest at start."""
    if code_digest(folder) != loaded:
        log.warning("The code in %s/ has changed: restart the preview to see it.", folder.name)

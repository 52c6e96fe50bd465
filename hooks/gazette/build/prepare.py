"""One build: gather what was published, check it, then plan every page and file."""

from __future__ import annotations

import hashlib
import logging
from datetime import date
from pathlib import Path

from gazette import cache, problems
from gazette.build import run as site
from gazette.build.run import Site
from gazette.errors import PolicyError
from gazette.record import policies
from gazette.settings import Settings

log = logging.getLogger("gazette")


def prepare(center: Settings, today: date, folder: Path, *, strict: bool, preview: bool) -> Site:
    """Return the site of `today` as it is planned for `folder`.

    A build begins to archive the versions that left `docs/`; a `preview` never writes to the
    project, and shows what is not released yet.

    Raises PolicyError with all mistakes together, under `strict` with all warnings too, and
    HistoryError or ArchiveError when the record cannot be trusted, before a byte is written.
    """
    record = policies.gather(center, today, cache.of_project(center.project))
    stopping = problems.errors(record.problems, strict=strict)
    if stopping:
        raise PolicyError(stopping)
    for problem in record.problems:
        log.warning("%s", problem)
    for notice in record.notices:
        log.info("%s", notice)
    if not preview:
        return site.plan(center, record.policies, folder, unarchived=record.unarchived)
    from gazette.record.unreleased import unreleased  # what it takes only a preview loads

    drafts = unreleased(record, center.markdown)
    return site.plan(center, record.policies, folder, drafts=drafts)


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

"""The swap: a new site is put in place of the old one, whole folder by whole folder.

A unit is the folder of a policy or any other entry at the top of the site. Each unit with changes
is assembled whole in the staging folder; a journal then names all of them; then each is renamed
into the site. Who is killed before the journal has changed nothing; who is killed after it has left
the journal, by which the next build finishes: no mixture of old and new stays.

STAGING/rendered     what the host renders
STAGING/new/PATH     files that are new or changed, and then all others of the same unit
STAGING/old/UNIT     what stood in the site before
STAGING/journal      the site's folder, and the units to put into it or to take out of it
"""

from __future__ import annotations

import filecmp
import json
import os
import shutil
import tempfile
from collections.abc import Collection, Set
from contextlib import suppress
from pathlib import Path

from gazette.build.manifest import FileState
from gazette.files import write_whole
from gazette.site.addresses import LEGAL_CONTEXT

RENDERED, NEW, OLD, JOURNAL = "rendered", "new", "old", "journal"
POLICIES = "policies"


def site_files(folder: Path, *, hidden: bool = False) -> dict[str, FileState]:
    """Return every file of a site with its state, by path; a link to a folder counts as a file.

    Those that are `hidden` at its top are left out unless asked for: they are not the site's own,
    but for one that the engine makes.
    """
    files: dict[str, FileState] = {}
    waiting = [""]
    context = folder / LEGAL_CONTEXT
    if context.is_file():
        stat = context.stat(follow_symlinks=False)
        files[LEGAL_CONTEXT] = stat.st_size, stat.st_mtime_ns
    top = os.fspath(folder)
    while waiting:
        parent = waiting.pop()
        try:
            listing = os.scandir(f"{top}/{parent}")
        except FileNotFoundError:
            continue
        with listing:
            for entry in listing:
                path = f"{parent}{entry.name}"
                if path.startswith(".") and not hidden:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                else:
                    stat = entry.stat(follow_symlinks=False)
                    files[path] = stat.st_size, stat.st_mtime_ns
    return files


def replace_site(staging: Path, site: Path, batched: Collection[str], present: Set[str]) -> None:
    """Put what waits in `staging` into `site`, and take out what is no part of it any more.

    `batched` are the paths of all files but those that the host rendered, `present` those that
    stand in the site. A file at a path that both make is the host's. Raises OSError.
    """
    new = staging / NEW
    rendered = site_files(staging / RENDERED, hidden=True)
    for path in rendered:
        _stage_rendered(staging, site, path, path in present or path.startswith("."))
    staged = site_files(new, hidden=True).keys()
    kept = {*batched, *rendered}
    changed = {unit_of(path) for path in staged | (present - kept)}
    if not changed:
        return
    for path in kept - staged:
        if unit_of(path) in changed:
            _link(site / path, new / path)
    put = changed.intersection(map(unit_of, kept))
    journal = {"site": str(site), "remove": sorted(changed - put), "put": sorted(put)}
    write_whole(staging / JOURNAL, json.dumps(journal).encode())
    finish_swap(staging)


def finish_swap(staging: Path) -> None:
    """Rename all units that the journal names, unless that was done before; raises OSError."""
    journal = json.loads((staging / JOURNAL).read_bytes())
    site = Path(journal["site"])
    if site.is_dir():
        for unit in journal["remove"]:
            _move_away(staging, site, unit)
        for unit in journal["put"]:
            if os.path.lexists(staging / NEW / unit):  # else it was put there before
                _move_away(staging, site, unit)
                (site / unit).parent.mkdir(parents=True, exist_ok=True)
                os.rename(staging / NEW / unit, site / unit)
        with suppress(OSError):
            (site / POLICIES).rmdir()  # if there is none left
    (staging / JOURNAL).unlink()


def unit_of(path: str) -> str:
    """Return the unit that a file of the site belongs to; a hidden file at the top is its own."""
    first, _, rest = path.partition("/")
    if first.startswith("."):
        return path
    return f"{first}/{rest.partition('/')[0]}" if first == POLICIES and rest else first


def _stage_rendered(staging: Path, site: Path, path: str, is_present: bool) -> None:
    """Have the page that the host rendered at `path` wait for the swap, if it is another one."""
    rendered, new, old = staging / RENDERED / path, staging / NEW / path, site / path
    if is_present and old.is_file() and filecmp.cmp(rendered, old, shallow=False):
        new.unlink(missing_ok=True)
    else:
        new.parent.mkdir(parents=True, exist_ok=True)
        os.replace(rendered, new)


def _link(old: Path, new: Path) -> None:
    """Have a file of the site in its new unit as well; where there are no links, a copy of it."""
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(old, new, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(old, new, follow_symlinks=False)


def _move_away(staging: Path, site: Path, unit: str) -> None:
    if os.path.lexists(site / unit):
        (staging / OLD).mkdir(exist_ok=True)
        os.rename(site / unit, Path(tempfile.mkdtemp(dir=staging / OLD)) / "unit")

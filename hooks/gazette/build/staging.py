"""The staging folder, where a build makes everything before any of it is put into the site.

It lies beside the cache, or hidden in the site where that is on another disk: what waits in it can
be renamed into the site.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from gazette.build.swap import JOURNAL, finish_swap
from gazette.files import locked

PREFIX = "staging-"
PROBE = ".gazette-probe"


@contextmanager
def staging_folder(parents: Sequence[Path], site: Path) -> Iterator[Path]:
    """Give a new folder from which files can be renamed into `site`, and remove it at last.

    It lies in the first of `parents` where that is possible. It stays if a swap has begun and not
    ended: the next build finishes it. Raises OSError when it can lie in none of them.
    """
    site.mkdir(parents=True, exist_ok=True)
    folder = _new_folder(parents, site)
    with locked(folder):
        try:
            yield folder
        finally:
            if not (folder / JOURNAL).exists():
                _remove(folder)


def repair(parents: Sequence[Path]) -> None:
    """Finish what killed builds had begun to put into the site, and remove what they left.

    Raises OSError when a file can neither be put there nor removed.
    """
    for parent in filter(Path.is_dir, parents):
        with locked(parent):
            for folder in sorted(parent.glob(f"{PREFIX}*")):
                with locked(folder, wait=False) as is_abandoned:
                    if is_abandoned and (folder / JOURNAL).exists():
                        finish_swap(folder)
                    if is_abandoned:
                        _remove(folder)


def _new_folder(parents: Sequence[Path], site: Path) -> Path:
    *others, last = parents
    for parent in others:
        with suppress(OSError):
            return _folder_in(parent, site)
    return _folder_in(last, site)


def _folder_in(parent: Path, site: Path) -> Path:
    """Return a new folder in `parent`; raise OSError if none can be renamed into `site`."""
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    try:
        (folder / PROBE).mkdir()
        (folder / PROBE).rename(site / PROBE)
        (site / PROBE).rmdir()
    except OSError:
        _remove(folder)
        raise
    return folder


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    with suppress(OSError):
        folder.parent.rmdir()  # if nothing else was hidden there

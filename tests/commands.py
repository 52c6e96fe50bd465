"""The real commands, run as their users run them, in folders of their own."""

from __future__ import annotations

import atexit
import compileall
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from gazette.build.cache import project_cache
from gazette.build.manifest import manifest_key

PROJECT = Path(__file__).parent.parent
BUILT = {".git", ".venv", ".cache", ".hypothesis", "site"}
"""What stands at the top of a project and is no part of it."""
FIXED = {
    "GIT_AUTHOR_DATE": "2026-11-22T12:00:00Z",
    "GIT_COMMITTER_DATE": "2026-11-22T12:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "NO_MKDOCS_2_WARNING": "1",
    "SOURCE_DATE_EPOCH": "1795392000",  # 2026-11-23
}
GAZETTE = [sys.executable, "-c", "from gazette.cli import main; main()"]
BUILD = [sys.executable, "-m", "mkdocs", "build"]
PATIENCE = 900
"""Seconds after which a command hangs, even on a busy machine."""


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as its users would, in `folder`, without this machine's own settings."""
    environment = {**os.environ, **FIXED}
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def git(folder: Path, *arguments: str) -> str:
    """Run git in `folder`; a failure fails the test."""
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.com"]
    result = run(["git", *identity, *arguments], folder)
    assert result.returncode == 0, result.stderr
    return result.stdout


def build(folder: Path, program: str = "mkdocs") -> subprocess.CompletedProcess[str]:
    """Build the project in `folder` strictly, into its `site/`."""
    return run([sys.executable, "-m", program, "build", "--strict"], folder)


def built(project: Path, program: str = "mkdocs") -> dict[str, bytes]:
    """Build a project and return every file of its site."""
    result = build(project, program)
    assert result.returncode == 0, result.stderr
    return tree(project / "site")


def built_anew(project: Path, program: str = "mkdocs") -> dict[str, bytes]:
    """The same without the cache and the site of earlier builds."""
    shutil.rmtree(project / ".cache")
    shutil.rmtree(project / "site")
    return built(project, program)


def copy_project(folder: Path) -> Path:
    """Copy this project without its tests into `folder`, where it is committed."""
    return copy_center(_committed(), folder)


def copy_center(project: Path, folder: Path) -> Path:
    """Copy a project to `folder` with all that was built of it, as if it had been built there."""
    copy_folder(project, folder)
    cache = project_cache(folder)
    manifest = cache.get(manifest_key(project / "site"))
    if manifest is not None:
        cache[manifest_key(folder / "site")] = manifest
    return folder


def copy_folder(source: Path, folder: Path) -> None:
    """Copy all that is in `source` to `folder`, in half the time that Python takes."""
    folder.mkdir(parents=True, exist_ok=True)
    result = run(["cp", "-a", f"{source}/.", str(folder)], source)
    assert result.returncode == 0, result.stderr


@cache
def _committed() -> Path:
    """Return a committed copy of this project, whose code is compiled: copies need neither again.

    It has few files, as it is copied for nearly every test, and stands as long as the tests run.
    """
    folder = Path(tempfile.mkdtemp(prefix="gazette-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(PROJECT, folder, ignore=left_out(PROJECT), dirs_exist_ok=True)
    shutil.rmtree(folder / "tests")
    git(folder, "init", "-q", "--template=", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "The help center")
    git(folder, "gc", "-q")
    compileall.compile_dir(folder / "hooks", quiet=1)
    return folder


def left_out(project: Path) -> Callable[[str, list[str]], set[str]]:
    """Return what `shutil.copytree` leaves out of a copy of `project`: what was built or cached."""

    def ignored(folder: str, names: list[str]) -> set[str]:
        caches = {name for name in names if name == "__pycache__" or name.endswith("_cache")}
        return caches | (BUILT.intersection(names) if Path(folder) == project else set())

    return ignored


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def written(site: Path) -> dict[str, int]:
    """Return when each file of a site was written."""
    return {path: (site / path).stat().st_mtime_ns for path in tree(site)}

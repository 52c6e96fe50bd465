"""Commands that fail while they write leave every file as it was, and can be run again."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gazette.cli import main
from repositories import MKDOCS, Project

SLUG = "privacy-policy"
FIRST, SECOND = "2026-01-05.v1", "2026-02-01.v1"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = Project(tmp_path / "project").init()
    project.put("mkdocs.yml", MKDOCS)
    project.post(SLUG, FIRST)
    project.post(SLUG, SECOND, "We keep less.\n", summary="Less.")
    project.write(SLUG, SECOND, "We keep nothing.\n", summary="Less.")
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")
    return project


@pytest.fixture
def history(tmp_path: Path) -> Path:
    source = Project(tmp_path / "source").init()
    for day in ("2026-01-05", "2026-02-01", "2026-03-01"):
        source.put("terms.md", f"# Terms\n\nText of {day}.\n")
        source.put("returns.md", f"# Returns\n\nReturned on {day}.\n")
        source.commit(day)
    return source.root


def files(project: Project) -> dict[str, bytes]:
    paths = (
        path for path in project.root.rglob("*") if path.is_file() and ".git" not in path.parts
    )
    return {str(path.relative_to(project.root)): path.read_bytes() for path in paths}


def fail_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the disk be full when the file of this number is half written."""
    numbers = count(1)
    fsync = os.fsync

    def fail(descriptor: int) -> None:
        if next(numbers) >= number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fail)


def arguments_of(command: str, history: Path) -> list[str]:
    return {
        "new": ["new", "Cookies"],
        "release": ["release", SLUG, "--summary", "Nothing."],
        "import": ["import", str(history), "--git"],
    }[command]


@pytest.mark.parametrize("command", ["new", "release", "import"])
def test_a_full_disk_leaves_all_as_it_was(
    project: Project, history: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = arguments_of(command, history)
    before = files(project)
    failures = 0
    for number in count(1):
        with monkeypatch.context() as patch:
            fail_at(patch, number)
            result = CliRunner().invoke(main, arguments)
        if result.exit_code == 0:
            break
        assert isinstance(result.exception, SystemExit), result.exception
        assert os.strerror(errno.ENOSPC) in result.stderr
        assert files(project) == before
        failures += 1
    assert failures >= {"new": 1, "release": 4, "import": 8}[command]
    assert files(project) != before


def refuse_to_write(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let a folder and those in it be read-only, also for an administrator."""

    def guarded(real: Callable[..., object]) -> Callable[..., object]:
        def guard(path: object, mode: str = "r", *rest: object, **options: object) -> object:
            if {*mode} & {*"xw"} and folder in Path(str(path)).parents:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
            return real(path, mode, *rest, **options)

        return guard

    access, rename = os.access, os.rename

    def may(path: Any, mode: int) -> bool:
        is_below = folder in (Path(path), *Path(path).parents)
        return access(path, mode) and not (is_below and mode & os.W_OK)

    def rename_elsewhere(source: Any, target: Any) -> None:
        if folder in Path(target).parents:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        rename(source, target)

    folder.mkdir(exist_ok=True)
    monkeypatch.setattr("builtins.open", guarded(open))
    monkeypatch.setattr(os, "access", may)
    monkeypatch.setattr(os, "rename", rename_elsewhere)


@pytest.mark.parametrize("command", ["new", "release", "import"])
@pytest.mark.parametrize("folder", ["docs/policies", "versions"])
def test_a_read_only_folder_leaves_all_as_it_was(
    project: Project, history: Path, command: str, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if (command, folder) == ("new", "versions"):
        return
    before = files(project)
    refuse_to_write(monkeypatch, project.root / folder)
    result = CliRunner().invoke(main, arguments_of(command, history))
    assert result.exit_code in (1, 2)
    assert isinstance(result.exception, SystemExit), result.exception
    assert os.strerror(errno.EACCES) in result.stderr
    assert files(project) == before

"""Repositories of others: git reads them, and runs nothing and asks nobody for them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from gazette.errors import GazetteError, HistoryError, SourceError
from gazette.imports.batch import Batch, without_progress
from gazette.imports.git_history import read_repository
from gazette.record import git_process
from gazette.record.git_texts import open_repository
from gazette.text.markdown_settings import DEFAULT
from repositories import Project


def imported(source: Project) -> Batch:
    return read_repository(source.root, DEFAULT, without_progress)


@pytest.fixture
def source(tmp_path: Path) -> Project:
    root = tmp_path / "source"
    root.mkdir()
    source = Project(root).init()
    source.put("terms.md", "# Terms\n\nWe keep data for 30 days.\n")
    source.commit("2026-01-01")
    source.put("terms.md", "# Terms\n\nWe keep data for 14 days.\n")
    source.commit("2026-02-01")
    return source


def lose(source: Project, name: str) -> None:
    blob_id = source.git("rev-parse", name).strip()
    (source.root / ".git" / "objects" / blob_id[:2] / blob_id[2:]).unlink()


@pytest.mark.parametrize("recognized", [True, False])
def test_nothing_is_fetched_for_a_text_that_is_missing(
    source: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recognized: bool
) -> None:
    """Also where the configuration says in some new way that the clone is a partial one."""
    if not recognized:
        monkeypatch.setattr(git_process, "PARTIAL", re.compile(rb"never"))
    ran = tmp_path / "ran"
    lose(source, "HEAD~1:terms.md")
    source.git("config", "core.repositoryformatversion", "1")
    source.git("config", "extensions.partialClone", "origin")
    source.git("config", "remote.origin.promisor", "true")
    source.git("config", "protocol.ext.allow", "always")
    source.git("config", "remote.origin.url", f"ext::sh -c touch% {ran}")
    with pytest.raises(HistoryError, match="Clone it whole" if recognized else "Git "):
        imported(source)
    assert not ran.exists()


def test_a_partial_clone_of_the_project_is_refused(source: Project) -> None:
    source.git("config", "remote.origin.promisor", "true")
    with pytest.raises(HistoryError, match="Clone it whole"):
        open_repository(source.root)


PROGRAMS = (
    ("core.fsmonitor", "{program}"),
    ("core.sshCommand", "{program}"),
    ("core.gitProxy", "{program}"),
    ("core.pager", "{program}"),
    ("pager.log", "{program}"),
    ("core.editor", "{program}"),
    ("core.alternateRefsCommand", "{program}"),
    ("diff.external", "{program}"),
    ("diff.md.command", "{program}"),
    ("diff.md.textconv", "{program}"),
    ("filter.md.clean", "{program}"),
    ("filter.md.smudge", "{program}"),
    ("filter.md.process", "{program}"),
    ("gpg.program", "{program}"),
    ("log.showSignature", "true"),
    ("credential.helper", "{program}"),
    ("uploadpack.packObjectsHook", "{program}"),
    ("remote.origin.uploadpack", "{program}"),
    ("alias.log", "!{program}"),
    ("alias.cat-file", "!{program}"),
    ("mailmap.file", "/dev/zero"),
    ("core.attributesFile", "/dev/zero"),
    ("core.excludesFile", "/dev/zero"),
)


def test_a_configuration_runs_no_program_and_reads_no_device(
    source: Project, tmp_path: Path
) -> None:
    ran, program = tmp_path / "ran", tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {ran}\n", "utf-8")
    program.chmod(0o755)
    source.put(".gitattributes", "*.md diff=md filter=md\n")
    source.commit("2026-03-01")
    hooks = source.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-index-change", "reference-transaction", "pre-auto-gc", "post-checkout"):
        (hooks / name).symlink_to(program)
    for key, value in PROGRAMS:
        source.git("config", key, value.format(program=program))
    assert [len(policy.versions) for policy in imported(source).policies] == [2]
    assert not ran.exists()


def test_a_configuration_that_includes_files_is_refused(source: Project) -> None:
    for header in ("[include]\npath=/dev/zero", '[core][includeIf "gitdir:/"] path=/dev/zero'):
        config = source.root / ".git" / "config"
        before = config.read_bytes()
        config.write_bytes(before + header.encode())
        with pytest.raises(SourceError, match="includes other files"):
            imported(source)
        config.write_bytes(before)


@pytest.mark.parametrize("name", ["packed-refs", "shallow", "info/attributes", "ORIG_HEAD"])
def test_a_link_in_a_repository_is_not_followed(source: Project, name: str) -> None:
    place = source.root / ".git" / name
    place.parent.mkdir(exist_ok=True)
    place.symlink_to("/dev/zero")
    with pytest.raises(SourceError, match=f"{name} is a link"):
        imported(source)


def test_a_pipe_in_a_repository_is_not_read(source: Project) -> None:
    os.mkfifo(source.root / ".git" / "packed-refs")
    with pytest.raises(SourceError, match="a link or a device"):
        imported(source)


def test_a_repository_that_is_a_link_is_not_followed(source: Project, tmp_path: Path) -> None:
    (source.root / ".git").rename(tmp_path / "elsewhere")
    (source.root / ".git").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SourceError, match="is a link"):
        imported(source)


def test_borrowed_texts_are_refused(source: Project) -> None:
    source.put(".git/objects/info/alternates", "/elsewhere/objects\n")
    with pytest.raises(SourceError, match="borrows its texts"):
        imported(source)


def test_a_repository_in_disguise_is_refused(source: Project) -> None:
    """A folder that git would take for a repository, and whose configuration it would obey."""
    source.put("policies/HEAD", "ref: refs/heads/main\n")
    source.put("policies/objects/a", "")
    source.put("policies/refs/a", "")
    source.put("policies/config", "[core]\nbare = false\nworktree = /etc\n")
    disguised = Project(source.root / "policies")
    with pytest.raises(SourceError, match="not in a git repository"):
        imported(disguised)


def test_a_worktree_is_read(source: Project, tmp_path: Path) -> None:
    source.git("worktree", "add", "--quiet", str(tmp_path / "tree"), "HEAD")
    tree = Project(tmp_path / "tree")
    assert [len(policy.versions) for policy in imported(tree).policies] == [2]


@pytest.mark.parametrize("content", [b"\0" * 100, b"[core", b"[core]\nbare = maybe\n", b"\xff\xfe"])
def test_a_damaged_configuration_is_reported(source: Project, content: bytes) -> None:
    (source.root / ".git" / "config").write_bytes(content)
    with pytest.raises(GazetteError, match=r"."):
        imported(source)


def test_a_text_without_end_is_refused(source: Project) -> None:
    source.put("bomb.md", "# Bomb\n\n" + "a" * 5_000_000)
    source.commit("2026-03-01")
    with pytest.raises(SourceError, match=r"bomb.md in commit \w+ is larger than 5 MB"):
        imported(source)

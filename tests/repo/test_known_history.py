"""What an earlier build found out changes nothing: with and without the cache all is the same."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from editors import Editors
from gazette.build.cache import Cache
from gazette.errors import ArchiveError, GazetteError
from gazette.model import BlobId, Metadata
from gazette.record import commits, policies
from gazette.record.git_texts import GitTexts
from gazette.record.policies import Register
from gazette.store import Store
from repositories import TODAY, Project, outline, replay


def plain(register: Register) -> list[object]:
    """Return everything that a register says, its texts as bytes."""
    versions = [(item, item.read()) for policy in register.policies for item in policy.versions]
    attached = [(item, item.read()) for version, _ in versions for item in version.attachments]
    additions = [(item.path, item.sha256, item.read()) for item in register.unarchived.files]
    facts = (register.policies, register.problems, register.notices, register.released)
    return [*facts, versions, attached, additions, register.unarchived.complete]


def same(project: Project, store: Store) -> None:
    """Gather with the cache and without; fail where these differ."""
    cached = policies.gather(project.settings, TODAY, store)
    again = policies.gather(project.settings, TODAY, store)
    assert plain(cached) == plain(again) == plain(policies.gather(project.settings, TODAY))


def every_key() -> dict[str, Any]:
    """Return a value for each key of the front matter: its last example, or any words."""
    keys = Metadata.model_fields.items()
    values = {key: (field.examples or [f"The {key}"])[-1] for key, field in keys}
    return values | {"version": "2026-03-31.v1", "updated": "2026-03-31"}


@pytest.fixture
def store(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def three(tmp_path: Path) -> Project:
    return replay("three-versions", tmp_path / "three")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what git is asked for: ranges of commits, and texts."""
    asked: list[str] = []
    log, texts = commits.read_log, GitTexts
    read_many, read, read_head = texts.read_many, texts.read, texts.read_head

    def noting_log(line: commits.Line, wanted: str) -> Iterator[bytes]:
        asked.append("since" if ".." in wanted else "all")
        return log(line, wanted)

    def noting_many(texts: GitTexts, wanted: Sequence[BlobId]) -> Iterator[bytes]:
        asked.extend(["text"] * len(wanted))
        return read_many(texts, wanted)

    def noting(reader: Callable[[GitTexts, BlobId], bytes]) -> Callable[[GitTexts, BlobId], bytes]:
        def noting_one(texts: GitTexts, wanted: BlobId) -> bytes:
            asked.append("text")
            return reader(texts, wanted)

        return noting_one

    monkeypatch.setattr(commits, "read_log", noting_log)
    monkeypatch.setattr(GitTexts, "read_many", noting_many)
    monkeypatch.setattr(GitTexts, "read", noting(read))
    monkeypatch.setattr(GitTexts, "read_head", noting(read_head))
    return asked


def test_every_key_survives_archive_and_cache(tmp_path: Path, store: Cache) -> None:
    stated = every_key()
    project = Project(tmp_path / "project").init()
    front_matter = "".join(f"{key}: {json.dumps(value)}\n" for key, value in stated.items())
    project.put("docs/policies/terms.md", f"---\n{front_matter}---\n\nWords.\n")
    project.commit("2026-03-31")
    project.post("terms", "2026-06-01.v1", summary="More.")
    expected = Metadata.model_validate(stated)
    defaults = Metadata(title="-", version=expected.version, updated=expected.updated)

    project.build()
    cold = policies.gather(project.settings, TODAY, store)
    warm = policies.gather(project.settings, TODAY, store)
    shutil.rmtree(project.root / ".git")
    without_git = policies.gather(project.settings, TODAY, store)

    for key in Metadata.model_fields.keys() - {"version", "updated"}:
        assert getattr(expected, key) != getattr(defaults, key)
    for register in (cold, warm, without_git):
        assert register.policies[0].versions[0].metadata == expected


@pytest.mark.parametrize("seed", range(6))
def test_whatever_editors_do(seed: int, tmp_path: Path, store: Cache) -> None:
    project = Project(tmp_path / "project").init()
    editors = Editors(project, random.Random(100 + seed))
    for _ in range(8):
        editors.act()
        same(project, store)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_becomes_of_the_branch(seed: int, tmp_path: Path, store: Cache) -> None:
    chance = random.Random(seed)
    project = Project(tmp_path / "project").init()
    editors = Editors(project, chance)
    for number in range(10):
        editors.act()
        project.git("tag", f"t{number}")
        if chance.random() < 0.5:
            project.git("checkout", "--quiet", "--detach", f"t{chance.randint(0, number)}")
            standing = {item.stem for item in project.policies.glob("*.md")}
            editors.here = {slug: item for slug, item in editors.here.items() if slug in standing}
        try:
            policies.gather(project.settings, TODAY)
        except GazetteError:
            continue
        same(project, store)


def test_git_is_asked_nothing_again(three: Project, store: Cache, asked: list[str]) -> None:
    three.build()
    policies.gather(three.settings, TODAY, store)
    asked.clear()
    policies.gather(three.settings, TODAY, store)

    assert asked == []


def test_only_new_commits_are_read(three: Project, store: Cache, asked: list[str]) -> None:
    three.build()
    policies.gather(three.settings, TODAY, store)
    three.post("privacy-policy", "2026-05-01.v1", summary="More.")
    three.post("cookie-policy", "2026-05-01.v1")
    asked.clear()
    policies.gather(three.settings, TODAY, store)

    assert [item for item in asked if item != "text"] == ["since"]
    assert asked.count("text") < 6
    same(three, store)


def test_rewritten_history_is_read_anew(three: Project, store: Cache, asked: list[str]) -> None:
    same(three, store)
    three.git("reset", "--quiet", "--hard", "HEAD~1")
    three.post("privacy-policy", "2026-04-01.v1", "Another text.\n", summary="More.")
    asked.clear()
    policies.gather(three.settings, TODAY, store)

    assert "all" in asked
    assert "since" not in asked
    same(three, store)


def test_merge_that_takes_the_line_elsewhere(three: Project, store: Cache) -> None:
    three.git("checkout", "--quiet", "-b", "other", "HEAD~1")
    three.post("cookie-policy", "2026-04-01.v1")
    three.git("checkout", "--quiet", "main")
    same(three, store)
    three.git("checkout", "--quiet", "other")
    three.git("merge", "--quiet", "--no-edit", "main", day="2026-04-02")

    same(three, store)


def test_going_back_to_an_earlier_commit(three: Project, store: Cache) -> None:
    same(three, store)
    three.git("checkout", "--quiet", "--detach", "HEAD~1")

    same(three, store)


def test_shallow_clone_that_is_completed(three: Project, tmp_path: Path, store: Cache) -> None:
    three.build()
    three.commit("2026-03-02")
    three.git("clone", "--quiet", "--depth=1", f"file://{three.root}", str(tmp_path / "shallow"))
    shallow = Project(tmp_path / "shallow")
    same(shallow, store)
    shallow.git("fetch", "--quiet", "--unshallow")
    same(shallow, store)
    shutil.rmtree(shallow.versions)

    assert outline(policies.gather(shallow.settings, TODAY, store)) == outline(three.gather())


def test_replaced_commits(three: Project, store: Cache) -> None:
    same(three, store)
    three.git("replace", "--graft", "HEAD")

    same(three, store)


def test_tampering_is_found_though_the_cache_knows_the_text(three: Project, store: Cache) -> None:
    three.build()
    same(three, store)
    kept = three.versions / "privacy-policy" / "2026-01-05.v1.md"
    data, before = kept.read_bytes(), kept.stat()
    kept.write_bytes(data.replace(b"your", b"YOUR"))

    os.utime(kept, ns=(before.st_atime_ns, before.st_mtime_ns))

    with pytest.raises(ArchiveError, match="not what was archived"):
        policies.gather(three.settings, TODAY, store)


def test_cache_that_is_damaged_or_cannot_be_written(three: Project, store: Cache) -> None:
    same(three, store)
    for file in store.folder.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-1])
    same(three, store)
    same(three, {})


def test_markdown_settings_are_part_of_what_is_known(three: Project, store: Cache) -> None:
    same(three, store)
    other = replace(three.settings.markdown, extensions=("tables",))

    assert policies.store_keys(replace(three.settings, markdown=other)) != policies.store_keys(
        three.settings
    )

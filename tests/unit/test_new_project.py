"""The files of a new project: what is in them, and how they come into a folder."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from commands import PROJECT, tree
from gazette.authoring import new_project
from gazette.authoring.new_project import (
    FIRST_POLICY,
    STARTER,
    has_policies,
    project_files,
    write_project,
)
from gazette.authoring.project_answers import ProjectAnswers
from gazette.errors import SetupError
from gazette.text import frontmatter
from gazette.text.document import Kind
from gazette.text.reader import read_document

TODAY = date(2026, 11, 23)
PLAIN = ProjectAnswers("Corp", "https://corp.example/", "mailto:a@corp.example", "en", ("Terms",))
HOSTILE = ProjectAnswers(
    'A "B": <b>C</b> & [D](e) *F* – 株 \\ #1 ${{ x }} {{ y }} {% z %}',
    "https://hilfe.müller.example/a'b/",
    "mailto:a+b@corp.example",
    "de",
    ("Terms: ours", 'The "rest"', "a # b"),
)
SHARED = ("dot-gitattributes", "dot-gitlab-ci.yml", "dot-github", "dot-vscode", "hooks", "versions")
"""What of the starter this repository has, too: the rest speaks of the engine here."""
ELSEWHERE = {".gitlab-ci.yml": ".github/examples/gitlab-ci.yml"}
"""Where this repository keeps a file that a project has somewhere else."""


def shared_files() -> list[Path]:
    return sorted(
        path
        for name in SHARED
        for path in [STARTER / name, *(STARTER / name).rglob("*")]
        if path.is_file() and path.suffix != ".pyc"
    )


def place(path: Path) -> Path:
    """Where this repository keeps the same file."""
    name = path.relative_to(STARTER).as_posix().replace("dot-", ".", 1)
    return PROJECT / ELSEWHERE.get(name, name)


@pytest.mark.parametrize("path", shared_files(), ids=lambda path: str(path.relative_to(STARTER)))
def test_this_repository_has_the_files_of_a_new_project(path: Path) -> None:
    if os.environ.get("GAZETTE_GOLDEN") == "write":
        place(path).parent.mkdir(parents=True, exist_ok=True)
        place(path).write_bytes(path.read_bytes())
    assert place(path).read_bytes() == path.read_bytes(), (
        f"Change {path.relative_to(PROJECT)}, then write the other anew: "
        "GAZETTE_GOLDEN=write .venv/bin/pytest tests/unit/test_new_project.py"
    )


def made(
    answers: ProjectAnswers = PLAIN, *, ci: str = "github", has_policy: bool = True
) -> dict[str, bytes]:
    return project_files(answers, TODAY, "0.2.0", ci=ci, has_policy=has_policy)


@pytest.mark.parametrize("answers", [PLAIN, HOSTILE])
def test_answers_arrive_in_the_settings_as_they_were_given(answers: ProjectAnswers) -> None:
    config = yaml.safe_load(made(answers)["mkdocs.yml"])
    help_center = config["extra"]["help_center"]
    assert config["site_name"] == f"{answers.name} Help Center"
    assert answers.name in config["site_description"]
    assert config["site_url"] == answers.site_url
    assert config["theme"]["language"] == answers.language
    assert help_center["support"] == answers.support
    assert tuple(help_center["categories"]) == answers.categories


@pytest.mark.parametrize("answers", [PLAIN, HOSTILE])
def test_the_first_policy_is_valid_and_bears_the_day(answers: ProjectAnswers) -> None:
    metadata, problems = frontmatter.read_metadata("a.md", made(answers)[FIRST_POLICY].decode())
    assert problems == []
    assert metadata
    assert str(metadata.version) == "2026-11-23.v1"
    assert metadata.updated == TODAY


@pytest.mark.parametrize("name", ["1. FC Corp", "- Corp", "# 1 Corp", "> Corp", "*C* & <b>"])
def test_the_first_policy_speaks_of_the_company_by_its_name(name: str) -> None:
    source = made(replace(PLAIN, name=name))[FIRST_POLICY].decode()
    _, section, *_ = read_document(source.partition("\n---\n")[2]).sections
    assert section.blocks[1].kind is Kind.PARAGRAPH
    assert section.blocks[1].text.startswith(f"{name} publishes its policies")


def test_what_the_engine_needs_comes_from_the_engine() -> None:
    files = made()
    engine = PROJECT / "hooks/gazette"
    assert files["requirements.txt"] == (engine / "requirements.txt").read_bytes()
    assert files[".vscode/policy.schema.json"] == (engine / "policy.schema.json").read_bytes()
    assert b"\ngazette-help-center==0.2.0\n" in files["requirements-engine.txt"]


def test_workflows_are_those_of_the_host_that_is_named() -> None:
    names = {ci: {path for path in made(ci=ci) if "git" in path} for ci in new_project.PLACES}
    kept = {".gitattributes", ".gitignore"}
    assert names["none"] == kept
    template = ".gitlab/merge_request_templates/Default.md"
    assert names["gitlab"] == {*kept, ".gitlab-ci.yml", template}
    assert {".github/workflows/review.yml", ".github/workflows/publish.yml"} < names["github"]
    assert not {".gitlab-ci.yml", template} & names["github"]


def test_nothing_of_a_template_is_left() -> None:
    for path, data in made().items():
        assert not path.endswith(".jinja")
        assert "dot-" not in path
        if not path.startswith((".github/", ".gitlab", "hooks/theme/")):
            assert b"{{" not in data, path
            assert b"{%" not in data, path


def test_what_stands_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "docs/policies").mkdir(parents=True)
    (tmp_path / "docs/policies/own.md").write_text("own")
    (tmp_path / "mkdocs.yml").write_text("own")
    (tmp_path / "Makefile").symlink_to("nowhere")
    assert has_policies(tmp_path)
    files = made(has_policy=not has_policies(tmp_path))
    written = write_project(tmp_path, files)
    assert written.kept == ("Makefile", "mkdocs.yml")
    assert {*written.kept, *written.new} == set(files)
    assert (tmp_path / "mkdocs.yml").read_text() == "own"
    assert (tmp_path / "Makefile").is_symlink()
    assert [path.name for path in (tmp_path / "docs/policies").iterdir()] == ["own.md"]
    again = write_project(tmp_path, files)
    assert again.new == ()


@pytest.mark.parametrize("blocked", ["docs", "hooks/theme", ".github"])
def test_a_file_where_a_folder_has_to_be_stops_before_the_first_write(
    tmp_path: Path, blocked: str
) -> None:
    (tmp_path / blocked).parent.mkdir(exist_ok=True)
    (tmp_path / blocked).write_text("a file")
    before = tree(tmp_path)
    with pytest.raises(SetupError, match="is a file"):
        write_project(tmp_path, made())
    assert tree(tmp_path) == before


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "acme").write_text("a file")
    with pytest.raises(SetupError, match="is a file"):
        write_project(tmp_path / "acme", made())


@pytest.mark.parametrize("error", [OSError("No space"), KeyboardInterrupt()])
def test_a_write_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    files = made()
    calls = iter(range(len(files)))
    fsync = os.fsync

    def failing(handle: int) -> None:
        if next(calls) == len(files) // 2:
            raise error
        fsync(handle)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(type(error)):
        write_project(tmp_path / "deep" / "acme", files)
    assert list(tmp_path.rglob("*")) == []

"""What a project lacks: found in its settings, its theme, its git, and in what builds it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from commands import PROJECT
from gazette.authoring.new_project import project_files, write_project
from gazette.authoring.project_answers import ProjectAnswers
from gazette.cli import main
from gazette.host_config import read_settings
from gazette.model import digest_of
from gazette.problems import Code
from gazette.review.project_setup import Diagnosis, Installation, SetupStatus, diagnose
from gazette.site.project_problems import SAMPLES, is_placeholder, project_problems
from policy_texts import SETTINGS
from repositories import TODAY, Project

OWN = ProjectAnswers("Corp", "https://help.corp.test/", "mailto:a@corp.test", "en", ())
SCHEMA = (PROJECT / "hooks/gazette/policy.schema.json").read_text("utf-8")
INSTALLED = Installation(
    {"mkdocs": "1.6.1", "mkdocs-material": "9.8.1"}, "0.2.0", True, True, SCHEMA
)
SAMPLE = "docs/policies/privacy-policy.md"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A new project of a company, in git."""
    project = Project(tmp_path / "project").init()
    write_project(project.root, project_files(OWN, TODAY, "0.2.0", ci="github", has_policy=True))
    return project


def faults(project: Project, installed: Installation = INSTALLED) -> Iterator[Diagnosis]:
    """What is to fix, and notes that not every project gets."""
    settings = read_settings(project.root / "mkdocs.yml")
    for diagnosis in diagnose(settings, installed, {}, lambda keys: 7):
        is_usual = diagnosis.fact.startswith("Whoever may push")
        if diagnosis.standing is not SetupStatus.OK and not is_usual:
            yield diagnosis


def change(project: Project, path: str, old: str, new: str) -> None:
    text = (project.root / path).read_text("utf-8")
    assert old in text
    project.put(path, text.replace(old, new))


def test_a_new_project_lacks_nothing(project: Project) -> None:
    assert list(faults(project)) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "fact"),
    [
        ("mkdocs.yml", "help.corp.test", "help.example.com", "mkdocs.yml:7: site_url is a place"),
        ("mkdocs.yml", "a@corp.test", "a@example.com", "mkdocs.yml:7: support is a placeholder"),
        ("mkdocs.yml", "Corp Help", "NanoIP Help", "mkdocs.yml: It speaks of NanoIP"),
        ("docs/index.md", "Corp", "NanoIP", "docs/index.md: It speaks of NanoIP"),
        ("mkdocs.yml", "site_url:", "#", "mkdocs.yml: The site has no address"),
        (".gitattributes", "/versions/** -text", "", ".gitattributes: Nothing keeps git"),
        ("requirements-engine.txt", "==0.2.0", "==0.3.0", "requirements-engine.txt names version"),
        (".vscode/policy.schema.json", '"title"', '"titel"', ".vscode/policy.schema.json is not"),
        (".github/examples/CODEOWNERS", "*", "*", ""),
    ],
)
def test_what_is_missing_is_named_with_its_place(
    project: Project, path: str, old: str, new: str, fact: str
) -> None:
    change(project, path, old, new)
    facts = [diagnosis.fact for diagnosis in faults(project)]
    assert [text for text in facts if not (fact and text.startswith(fact))] == []
    assert bool(facts) is bool(fact)
    assert all(diagnosis.advice for diagnosis in faults(project))


def test_owners_that_are_only_an_example_are_named(project: Project) -> None:
    example = (project.root / ".github/examples/CODEOWNERS").read_text("utf-8")
    project.put(".github/CODEOWNERS", example)
    assert [diagnosis.fact for diagnosis in faults(project)] == [
        ".github/CODEOWNERS: It names @example."
    ]
    project.put(".github/CODEOWNERS", example.replace("@example/", "@corp/"))
    assert list(faults(project)) == []


@pytest.mark.parametrize(
    ("installed", "fact"),
    [
        (replace(INSTALLED, packages={"mkdocs": "2.0"}), "mkdocs 2.0 is not supported."),
        (replace(INSTALLED, has_hook=False), "No hook loads the engine"),
        (replace(INSTALLED, has_guard=False), "would not say so"),
    ],
)
def test_what_builds_the_project_is_looked_at(
    project: Project, installed: Installation, fact: str
) -> None:
    (diagnosis,) = faults(project, installed)
    assert diagnosis.standing is SetupStatus.FIX
    assert fact in diagnosis.fact


def test_shallow_clones_and_missing_git_are_reported(project: Project, tmp_path: Path) -> None:
    project.commit("2026-11-20")
    project.put("docs/index.md", "# Help\n")
    project.commit("2026-11-21")
    clone = tmp_path / "clone"
    project.git("clone", "-q", "--depth=1", project.root.as_uri(), str(clone))
    (diagnosis,) = faults(Project(clone))
    assert "shallow clone" in diagnosis.fact
    assert diagnosis.standing is SetupStatus.FIX
    (clone / ".git").rename(tmp_path / "elsewhere")
    (diagnosis,) = faults(Project(clone))
    assert "not kept in git" in diagnosis.fact
    assert diagnosis.standing is SetupStatus.NOTE


def test_the_repository_of_the_engine_may_show_samples() -> None:
    settings = read_settings(PROJECT / "mkdocs.yml")
    diagnoses = list(diagnose(settings, INSTALLED, {SAMPLE: next(iter(SAMPLES))}, lambda keys: 1))
    about = [d for d in diagnoses if "placeholder" in d.fact or "NanoIP" in d.fact]
    assert len(about) == 4
    assert {diagnosis.standing for diagnosis in about} == {SetupStatus.NOTE}
    assert "came with Gazette" not in "".join(diagnosis.fact for diagnosis in diagnoses)


def test_every_sample_is_known_as_one() -> None:
    samples = [*PROJECT.glob("docs/policies/*.md"), *PROJECT.glob("versions/*/*.md")]
    assert {digest_of(path.read_bytes()) for path in samples} <= SAMPLES


def test_samples_are_found_once_the_site_has_an_address_of_its_own() -> None:
    first, second, *_ = sorted(SAMPLES)
    texts = {"c.md": digest_of(b"Ours."), SAMPLE: first, "versions/a/b.md": second}
    at_home = replace(SETTINGS, site_url="https://corp.example.com/legal/")
    assert list(project_problems(at_home, texts)) == []
    (problem,) = project_problems(replace(SETTINGS, site_url="https://help.corp.test/"), texts)
    assert (problem.path, problem.code) == (SAMPLE, Code.SAMPLE)
    assert "and 1 more" in problem.message
    (problem,) = project_problems(replace(SETTINGS, site_url=""), texts)
    assert problem.code is Code.SITE_ADDRESS


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://help.example.com/", True),
        ("https://EXAMPLE.org:80/a", True),
        ("mailto:support@example.com", True),
        ("https://help.corp.test/example.com", False),
        ("https://notexample.com/", False),
        ("mailto:example.com@corp.test", False),
    ],
)
def test_placeholders_are_addresses_that_nobody_can_have(address: str, expected: bool) -> None:
    assert is_placeholder(address) is expected


def test_the_command_ends_with_what_it_found(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project.root)
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 0, result.output
    assert "ok    mkdocs 1" in result.output
    change(project, "mkdocs.yml", "  - hooks/help_center.py\n", "  - other.py\n")
    project.put("other.py", "def on_pre_build(config): ...\n")
    change(project, "mkdocs.yml", "  custom_dir: hooks/theme\n", "")
    result = CliRunner().invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "No hook loads the engine" in result.output
    assert "would not say so" in result.output

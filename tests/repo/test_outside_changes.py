"""What a proposal changes besides texts of policies stands first in its comment, in plain words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from repositories import MKDOCS, Project, report

INTRODUCTION = "**This proposal changes more of what readers get than texts of policies:**"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("published") / "project").init()
    for path in ("docs/index.md", "docs/rates.pdf", "hooks/help_center.py", "README.md"):
        project.put(path, path)
    project.put("mkdocs.yml", MKDOCS)
    project.post("fees", "2026-01-05.v1", "See [rates](../rates.pdf).\n", title="Fees")
    project.git("switch", "--quiet", "--create", "proposal")
    return project.root


@pytest.fixture
def project(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    shutil.copytree(published, tmp_path / "project", symlinks=True)
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")  # 2026-11-23
    return Project(tmp_path / "project")


KINDS = [
    ("The settings of the site", ["base.yml (new)", "mkdocs.yml (changed)"]),
    ("The theme", ["hooks/gazette/theme/main.html (new)"]),
    ("Code of the site", ["hooks/help_center.py (changed)", "macros.py (new)"]),
    ("Workflows", [".github/workflows/publish.yml (new)", "Makefile (new)"]),
    ("Packages", ["requirements-engine.txt (new)", "requirements.txt (new)"]),
    ("The archive", ["versions/PUSHES (new)", "versions/fees/2025-01-01.v1.md (new)"]),
    ("Other pages", ["docs/index.md (changed)", "docs/policies/deep/page.md (new)"]),
    ("Files of pages", ["docs/rates.pdf (changed)"]),
    ("How git keeps files", [".gitattributes (new)"]),
    ("Other files", ["data/terms.csv (new)"]),
]


@pytest.mark.parametrize("committed", [True, False])
def test_each_kind_of_file_is_named_first(project: Project, committed: bool) -> None:
    for _, files in KINDS:
        for path in files:
            project.put(path.partition(" ")[0], MKDOCS + "copyright: The company\n")
    if committed:
        project.commit("2026-11-20")
    lines = report("--no-findings").replace("\\", "").splitlines()
    assert lines[3] == INTRODUCTION
    shown = [line.partition(" (")[0] for line in lines[5:15]]
    assert shown == [f"- **{name}**" for name, _ in KINDS]
    for line, (_, files) in zip(lines[5:15], KINDS, strict=True):
        assert line.endswith(f"): {', '.join(files)}.")
    assert lines[16] == "No file of a policy changes."


def test_what_is_taken_out_is_named_and_the_texts_come_after(project: Project) -> None:
    project.put(".gitignore", "ignored/\n")
    project.put("ignored/file.txt", "")
    (project.root / "docs" / "index.md").unlink()
    project.write("fees", "2026-11-20.v1", "None.\n", title="Fees", summary="None at all.")
    shown = report("--no-findings")
    assert "docs/index.md (taken out)." in shown
    assert "ignored" not in shown
    assert shown.index(INTRODUCTION) < shown.index("### Fees")
    assert "No file of a policy changes" not in shown


def test_what_no_reader_gets_is_not_named(project: Project) -> None:
    for path in ("README.md", "tests/test_it.py", "CHANGELOG.md"):
        project.put(path, "Something else.\n")
    assert "No policy changes: readers see the same texts as before." in report("--no-findings")


def test_a_file_that_a_link_publishes_is_named(project: Project) -> None:
    (project.root / "docs" / "about.md").symlink_to("../README.md")
    project.commit("2026-02-01")
    project.git("branch", "--force", "main")
    project.put("README.md", "Something else.\n")
    assert "README.md (changed)" in report("--no-findings")


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ("hooks: [tests/words.py]\n", "tests/words.py"),
        ("watch: [CHANGELOG.md]\n", "CHANGELOG.md"),
        ("watch: ['./tests/parts/']\n", "tests/parts/deep/foot.html"),
        ("markdown_extensions: [pymdownx.snippets]\n", "README.md"),
    ],
)
def test_a_file_that_the_settings_name_or_a_text_may_take_in_is_named(
    project: Project, settings: str, path: str
) -> None:
    project.put("mkdocs.yml", MKDOCS + settings)
    project.put(path, "")
    project.commit("2026-02-01")
    project.git("branch", "--force", "main")
    project.put(path, "# Something else.\n")
    assert f"{path} (changed)" in report("--no-findings").replace("\\", "")


def test_a_file_outside_of_the_project_that_its_settings_name_is_named(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("docs", "mkdocs.yml"):
        (project.root / "help").mkdir(exist_ok=True)
        (project.root / name).rename(project.root / "help" / name)
    project.put("help/mkdocs.yml", MKDOCS + "hooks: [../shared/words.py]\n")
    project.put("shared/words.py", "")
    project.put("shared/others.py", "")
    project.commit("2026-02-01")
    project.git("branch", "--force", "main")
    monkeypatch.chdir(project.root / "help")
    project.put("shared/words.py", "# Something else.\n")
    project.put("shared/others.py", "# Something else.\n")
    shown = report("--no-findings")
    assert "../shared/words.py (changed)." in shown
    assert "others.py" not in shown


def test_many_files_are_counted(project: Project) -> None:
    for number in range(20):
        project.put(f"docs/images/{number:02}.png", "")
    shown = report("--no-findings")
    assert "docs/images/11.png (new), and 8 more." in shown
    assert "docs/images/12.png" not in shown


def release(project: Project) -> None:
    """Put a new version in the place of the published one, and archive that."""
    project.write("fees", "2026-11-20.v1", "None.\n", title="Fees", summary="None at all.")
    project.build()


def test_the_archived_text_of_the_base_is_not_listed(project: Project) -> None:
    release(project)
    assert (project.versions / "fees" / "2026-01-05.v1.md").is_file()
    assert INTRODUCTION not in report("--no-findings")


def test_what_else_a_release_records_is_listed(project: Project) -> None:
    """Neither an accepted reading nor an ID of another version hides among what it archives."""
    release(project)
    reading = (
        f'{{{{"version":"{{}}","recorded":"2026-11-20"{{}},"rules":2,"seen":"{"0" * 64}",'
        f'"form":"{"0" * 64}","sections":[]}}}}\n'
    )
    recorded = reading.format("2026-01-05.v1", "")
    project.put("versions/fees/READINGS", recorded)
    project.commit("2026-11-20")
    project.git("branch", "--force", "main")
    project.write("fees", "2026-11-21.v1", "One.\n", title="Fees", summary="One.")
    project.build()
    recorded += reading.format("2026-11-20.v1", "")
    project.put("versions/fees/READINGS", recorded)
    assert INTRODUCTION not in report("--no-findings")
    project.put(
        "versions/fees/READINGS",
        recorded + reading.format("2026-01-05.v1", ',"accepted_by":"Anna"'),
    )
    assert "versions/fees/READINGS (changed)" in report("--no-findings")


@pytest.mark.parametrize("name", ["2026-01-05.v1.md", "2026-01-05.v1/rates.pdf"])
def test_an_archived_file_that_differs_from_the_base_is_listed(project: Project, name: str) -> None:
    release(project)
    project.put(f"versions/fees/{name}", "Forged.\n")
    shown = report("--no-findings")
    assert f"versions/fees/{name} (new)" in shown
    assert "versions/fees/SHA256SUMS (new)" in shown


def test_the_text_of_the_base_under_another_version_is_listed(project: Project) -> None:
    release(project)
    shutil.copy(
        project.versions / "fees" / "2026-01-05.v1.md",
        project.versions / "fees" / "2025-01-05.v1.md",
    )
    assert "versions/fees/2025-01-05.v1.md (new)" in report("--no-findings")


def test_a_project_in_a_folder_of_its_repository(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project.root / "help"
    for name in ("docs", "mkdocs.yml"):
        root.mkdir(exist_ok=True)
        (project.root / name).rename(root / name)
    project.commit("2026-02-01")
    project.git("branch", "--force", "main")
    monkeypatch.chdir(root)
    project.put(".github/workflows/publish.yml", "on: push\n")
    project.put("hooks/other.txt", "Of another project.\n")
    project.put("help/docs/index.md", "Hello.\n")
    shown = report("--no-findings")
    assert "../.github/workflows/publish.yml (new)." in shown
    assert " docs/index.md (changed)." in shown
    assert "other.txt" not in shown


def test_a_scheduled_version_is_said_to_be_so_with_its_day(project: Project) -> None:
    project.write("fees", "2027-01-05.v1", "None.\n", title="Fees", summary="None at all.")
    project.write("refunds", "2027-02-01.v1", "All.\n", title="Refunds")
    shown = report("--no-findings")
    assert "It is **scheduled**: readers see it from 2027-01-05 on" in shown
    assert "It is **scheduled**: readers see it from 2027-02-01 on" in shown


def test_a_text_of_today_is_not_scheduled(project: Project) -> None:
    project.write("fees", "2026-11-23.v1", "None.\n", title="Fees", summary="None at all.")
    assert "scheduled" not in report("--no-findings")


def test_a_link_among_the_files_still_gets_a_comment(project: Project) -> None:
    (project.root / "docs" / "leak.txt").symlink_to("/etc/hostname")
    shown = report()
    assert "docs/leak.txt (new)." in shown
    assert "The policies could not be compared" in shown
    assert "(plain-file)" in shown


@pytest.mark.parametrize("line", ["exclude_docs: policies/fees.md\n", "theme: [\n"])
def test_settings_that_are_refused_still_get_a_comment(project: Project, line: str) -> None:
    project.put("mkdocs.yml", MKDOCS + line)
    shown = report()
    assert "- **The settings of the site** (" in shown
    assert "**Must be fixed**, mkdocs.yml" in shown
    assert "(setting)" in shown
    assert "Findings" not in report("--no-findings")

"""Importing into a help center: what is written, what stands in the way, all of it or nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.kills import import_outcomes
from gazette.commands.project import open_project
from gazette.errors import MachineError, SourceError, machine_errors
from gazette.imports import import_plan
from gazette.imports.batch import Batch, without_progress
from gazette.imports.import_plan import Request
from gazette.record.placing import FOLDER, finish_placing
from gazette.text.markdown_settings import DEFAULT
from gazette.text.reader import Reader
from gazette.text.readings import reading_of
from repositories import TODAY, Project, codes, outline
from word_files import docx, paragraph

POLICY = "Returns\nVersion 2026-02-03.v1 Updated 2026-02-03\n\nSend it back.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project").init()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


def gather(project: Project, source: Path | bytes, **options: object) -> Batch:
    return import_plan.gather(project.settings, Request(source, **options), TODAY, without_progress)  # type: ignore[arg-type]


def bring(
    project: Project, source: Path | bytes, *, force: bool = False, **options: object
) -> list[str]:
    planned = import_plan.plan(project.settings, gather(project, source, **options), force=force)
    return import_plan.write(project.settings, planned, TODAY)


def files(project: Project) -> list[str]:
    return sorted(
        file.relative_to(project.root).as_posix()
        for file in project.root.rglob("*")
        if file.is_file() and ".git" not in file.parts
    )


def test_one_page(project: Project) -> None:
    assert bring(project, POLICY.encode()) == ["docs/policies/returns.md"]
    register = project.gather()
    assert codes(register) == []
    assert outline(register) == {"returns": ["2026-02-03.v1 in force docs"]}


def test_folder_of_pages(project: Project, source: Path) -> None:
    (source / "legal").mkdir()
    (source / "legal/returns.txt").write_text(POLICY)
    (source / "returns-abroad.txt").write_text(POLICY)
    (source / "terms.html").write_text("<h1>Terms</h1><p>Text.</p>")
    (source / "data.docx").write_bytes(docx(paragraph("Text."), title="Data"))
    (source / "cookies.md").write_text("# Cookies\n\nText.\n")
    (source / "refunds.md").write_text("---\ndraft: true\n---\n# Refunds\n\nText.\n")
    for name in ("README.md", "logo.png", ".hidden.txt", "~$data.docx"):
        (source / name).write_text("# No policy\n\nText.\n")
    batch = gather(project, source)
    assert [(policy.slug, policy.source) for policy in batch.policies] == [
        ("cookies", "cookies.md"),
        ("data", "data.docx"),
        ("legal-returns", "legal/returns.txt"),
        ("returns-abroad", "returns-abroad.txt"),
        ("terms", "terms.html"),
    ]
    assert [path for path, _ in batch.skipped] == ["README.md", "logo.png", "refunds.md"]
    assert dict(batch.skipped)["refunds.md"] == (
        "its front matter says `draft: true`, so nobody sees it"
    )
    assert len(bring(project, source)) == 5
    assert codes(project.gather()) == []


def test_images_that_came_with_a_page_are_not_left_out(project: Project, source: Path) -> None:
    (source / "seal.png").write_bytes(b"\x89PNG\r\n\x1a\nseal")
    (source / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\nlogo")
    (source / "terms.md").write_text("# Terms\n\n![Seal](seal.png)\n")
    assert [path for path, _ in gather(project, source).skipped] == ["logo.png"]


def test_pages_in_folders_of_languages_become_translations(project: Project, source: Path) -> None:
    (source / "fr").mkdir()
    (source / "a.txt").write_text(POLICY)
    (source / "b.html").write_text("<h1>Cookies</h1><p>None of them.</p>")
    page = '<h1>Cookies</h1><p>Aucun, sauf les <a href="a.txt">nôtres</a>.</p>'
    (source / "fr/b.html").write_text(page)
    (source / "fr/a.txt").write_text("Retours\nVersion 2026-03-01.v1\n\nRenvoyez les produits.\n")
    (source / "logo.md").write_text("# Cookies\n\nA second text of that name.\n")
    batch = gather(project, source)
    assert [policy.slug for policy in batch.policies] == [
        *("returns", "b", "logo", "fr/returns", "fr/b")
    ]
    assert bring(project, source)[-1] == "docs/policies/fr/b.md"
    assert "Aucun, sauf les [nôtres](returns.md)." in (project.policies / "fr/b.md").read_text()
    assert codes(project.gather()) == []


def test_originals_are_not_called_by_the_folder_of_their_language(
    project: Project, source: Path
) -> None:
    texts = {"en": "Whoever visits pays nothing.", "fr": "Quiconque nous rend visite entre ici."}
    for language, text in texts.items():
        (source / language).mkdir()
        for name in ("shop", "museum"):
            (source / language / f"{name}.md").write_text(f"# Visits\n\n{text} {name}\n")
    batch = gather(project, source)
    assert sorted(policy.slug for policy in batch.policies) == [
        *("fr/museum", "fr/shop", "museum", "shop")
    ]


def test_folder_reports_everything_that_cannot_be_read(project: Project, source: Path) -> None:
    (source / "a.txt").write_bytes(b"\xff\xfe\xfd")
    (source / "b.docx").write_bytes(b"no")
    (source / "c.txt").write_text(POLICY)
    with pytest.raises(SourceError) as raised:
        gather(project, source)
    assert [line.partition(":")[0] for line in str(raised.value).splitlines()] == [
        "a.txt",
        "b.docx",
    ]


def test_folder_without_a_policy(project: Project, source: Path) -> None:
    (source / "code-of-conduct.md").write_text("# Conduct\n\nBe kind.\n")
    (source / "logo.png").write_bytes(b"")
    with pytest.raises(SourceError) as raised:
        gather(project, source)
    assert str(raised.value).endswith(
        "holds nothing that looks like a policy. Left out: code-of-conduct.md "
        "(speaks of the repository; name it with --also to take it)."
    )


def test_only_what_fits(project: Project, source: Path) -> None:
    (source / "README.md").write_text("# Us\n\nText.\n")
    (source / "terms.md").write_text("# Terms\n\nText.\n")
    assert [policy.slug for policy in gather(project, source, only="READ*").policies] == ["us"]


def test_nothing_is_replaced_without_force(project: Project) -> None:
    project.post("returns", "2026-01-05.v1")
    before = files(project)
    with pytest.raises(SourceError) as raised:
        bring(project, POLICY.encode())
    assert str(raised.value) == (
        "docs/policies/returns.md stands there already. Give the policy another name with --slug, "
        "or replace the file with --force."
    )
    assert files(project) == before
    assert bring(project, POLICY.encode(), slug="sending-back") == ["docs/policies/sending-back.md"]
    assert bring(project, POLICY.encode(), force=True) == ["docs/policies/returns.md"]
    assert outline(project.gather())["returns"] == [
        "2026-01-05.v1 superseded versions",
        "2026-02-03.v1 in force docs",
    ]


def test_a_reading_is_recorded_where_sections_are_already(project: Project, source: Path) -> None:
    history = Project(source).init()
    for number, words in enumerate(("Send it back.", "Keep it."), 1):
        history.put("returns.md", f"# Returns\n\n{words}\n")
        history.commit(f"2026-02-0{number}")
    planned = import_plan.plan(
        project.settings, gather(project, source, with_history=True), force=False
    )
    import_plan.write(project.settings, planned, TODAY)
    readings = project.versions / "returns/READINGS"
    recorded = readings.read_bytes()
    readings.unlink()
    import_plan.write(project.settings, planned, TODAY)
    assert readings.read_bytes() == recorded


def test_readings_of_translations_know_their_images(project: Project, source: Path) -> None:
    history = Project(source).init()
    for number, words in enumerate(("Senden Sie alles.", "Behalten Sie alles."), 1):
        history.put("returns.md", f"# Returns\n\nKeep it for {number} days.\n")
        history.put("de/returns.md", f"# Rücksendungen\n\n{words}\n\n![Stiefel](boot.png)\n")
        history.put("de/boot.png", b"\x89PNG\r\n\x1a\nboot")
        history.commit(f"2026-02-0{number}")
    bring(project, source, with_history=True)
    translation = next(
        policy for policy in project.gather().policies if policy.slug == "de/returns"
    )
    version = translation.versions[0]
    assert version.files
    document = Reader(DEFAULT).read_version(version)
    assert version.readings == (reading_of(version.metadata, document, TODAY),)


def test_what_cannot_be_recorded_is_not_written(
    project: Project, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = Project(source).init()
    for number, words in enumerate(("Send it back.", "Keep it."), 1):
        history.put("returns.md", f"# Returns\n\n{words}\n")
        history.commit(f"2026-02-0{number}")
    batch = gather(project, source, with_history=True)
    planned = import_plan.plan(project.settings, batch, force=False)
    written: list[bool] = []

    def fail(*arguments: object, **options: object) -> None:
        written.append((project.versions / "returns/2026-02-01.v1.md").exists())
        raise OSError("The disk is full.")

    monkeypatch.setattr(import_plan, "reading_of", fail)
    with pytest.raises(OSError, match="disk is full"):
        import_plan.write(project.settings, planned, TODAY)
    assert written == [False]
    assert not any(name.startswith(("docs/", "versions/")) for name in files(project))


def test_the_same_again_is_nothing(project: Project) -> None:
    bring(project, POLICY.encode())
    assert bring(project, POLICY.encode()) == []


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("2026-02-03.v1", "versions/returns/2026-02-03.v1.md is archived with other words."),
        ("2026-02-03.v2", "versions/returns/ holds 2026-02-03.v2, which is newer than"),
    ],
)
def test_archived_versions_are_never_replaced(
    project: Project, version: str, sentence: str
) -> None:
    project.post("returns", version)
    project.post("returns", "2026-05-01.v1")
    project.build()
    project.delete("returns")
    before = project.archived()
    with pytest.raises(SourceError) as raised:
        bring(project, POLICY.encode(), force=True)
    assert str(raised.value).startswith(sentence)
    assert project.archived() == before


def history(source: Path) -> Path:
    repository = Project(source).init()
    for day, text in (("2026-01-05", "One."), ("2026-02-01", "Two."), ("2026-03-01", "Three.")):
        repository.put("returns.md", f"# Returns\n\n{text}\n")
        repository.commit(day)
    return source


@pytest.mark.parametrize(
    "failing", ["record.archive.write_whole", "imports.import_plan.changed_lists"]
)
def test_all_or_nothing(
    project: Project, source: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    project.put("docs/index.md", "# Help\n")
    before = files(project)
    planned = import_plan.plan(
        project.settings, gather(project, history(source), with_history="yes"), force=False
    )
    calls: list[object] = []

    def full(*arguments: object) -> None:
        calls.append(arguments)
        raise OSError("No space left on device")

    monkeypatch.setattr(f"gazette.{failing}", full)
    with pytest.raises(OSError, match="No space"):
        import_plan.write(project.settings, planned, TODAY)
    assert calls
    assert files(project) == before


def test_whoever_is_killed_leaves_all_or_nothing(tmp_path: Path) -> None:
    """Before every sixth change of a file; bench.kills ends it before each, in three ways."""
    outcomes = import_outcomes(tmp_path, every=6)
    assert outcomes["mixed"] == 0
    assert outcomes["old"] > 3
    assert outcomes["new"] > 3


def test_the_next_command_brings_it_to_its_end(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    support = "extra: {help_center: {support: 'mailto:a@example.com'}}"
    project.put("mkdocs.yml", f"site_name: Help\n{support}\n")
    project.put(f"{FOLDER}/files/docs/policies/returns.md", POLICY)
    project.put(f"{FOLDER}/ready", "")
    monkeypatch.chdir(project.root)
    open_project()
    assert (project.policies / "returns.md").read_text() == POLICY
    assert not list((project.root / FOLDER).iterdir())


def test_a_file_that_was_changed_since_stays(project: Project) -> None:
    project.put(f"{FOLDER}/ready", "")
    os.utime(project.root / FOLDER / "ready", (2, 2))
    for name, moment in (("terms", 3), ("returns", 1)):
        project.put(f"docs/policies/{name}.md", "Ours.\n")
        os.utime(project.policies / f"{name}.md", (moment, moment))
        project.put(f"{FOLDER}/files/docs/policies/{name}.md", POLICY)
    assert finish_placing(project.root)
    assert (project.policies / "terms.md").read_text() == "Ours.\n"
    assert (project.policies / "returns.md").read_text() == POLICY
    assert not list((project.root / FOLDER).iterdir())


@pytest.mark.parametrize(
    "blocked", ["docs/policies", "docs/policies/returns.md/a", "versions", ".cache", FOLDER]
)
def test_a_file_in_place_of_a_folder_is_a_sentence(project: Project, blocked: str) -> None:
    if (project.root / blocked).is_dir():
        (project.root / blocked).rmdir()
    project.put(blocked, "")
    with pytest.raises(MachineError, match="in place of a folder"), machine_errors():
        bring(project, POLICY.encode())
    assert not list((project.root / FOLDER).glob("files/**/*.md"))


def test_what_waits_for_a_folder_that_is_a_file_is_a_sentence(project: Project) -> None:
    project.put(f"{FOLDER}/files/docs/policies/returns.md", POLICY)
    project.put(f"{FOLDER}/ready", "")
    project.policies.rmdir()
    project.put("docs/policies", "")
    with pytest.raises(MachineError, match="in place of a folder"), machine_errors():
        finish_placing(project.root)


def test_another_import_of_the_same_policy_meanwhile_is_never_replaced(project: Project) -> None:
    planned = import_plan.plan(project.settings, gather(project, POLICY.encode()), force=False)
    other = POLICY.replace("Send", "Never send").encode()
    bring(project, other)
    before = (project.policies / "returns.md").read_bytes()
    with pytest.raises(SourceError, match=r"docs/policies/returns\.md was changed while"):
        import_plan.write(project.settings, planned, TODAY)
    assert (project.policies / "returns.md").read_bytes() == before
    assert not list((project.root / FOLDER).iterdir())


def test_files_can_be_read_by_everyone(project: Project) -> None:
    bring(project, POLICY.encode())
    assert os.stat(project.policies / "returns.md").st_mode & 0o777 == 0o644

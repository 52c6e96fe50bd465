"""Importing into a help center: what is written, what stands in the way, all of it or nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from gazette.errors import SourceError
from gazette.imports import import_plan
from gazette.imports.batch import Batch
from gazette.imports.import_plan import Request
from repositories import TODAY, Center, codes, told
from word_files import docx, paragraph

POLICY = "Returns\nVersion 2026-02-03.v1 Updated 2026-02-03\n\nSend it back.\n"


@contextmanager
def silent(label: str, length: int) -> Iterator[Callable[[], None]]:
    yield lambda: None


@pytest.fixture
def center(tmp_path: Path) -> Center:
    return Center(tmp_path / "center").init()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


def gather(center: Center, source: Path | bytes, **options: str) -> Batch:
    return import_plan.gather(center.settings, Request(source, **options), TODAY, silent)  # type: ignore[arg-type]


def bring(
    center: Center, source: Path | bytes, *, force: bool = False, **options: str
) -> list[str]:
    planned = import_plan.plan(center.settings, gather(center, source, **options), force=force)
    return import_plan.write(center.settings, planned)


def files(center: Center) -> list[str]:
    return sorted(
        file.relative_to(center.root).as_posix()
        for file in center.root.rglob("*")
        if file.is_file() and ".git" not in file.parts
    )


def test_one_page(center: Center) -> None:
    assert bring(center, POLICY.encode()) == ["docs/policies/returns.md"]
    register = center.gather()
    assert codes(register) == []
    assert told(register) == {"returns": ["2026-02-03.v1 in force docs"]}


def test_folder_of_pages(center: Center, source: Path) -> None:
    (source / "legal").mkdir()
    (source / "legal/returns.txt").write_text(POLICY)
    (source / "returns-abroad.txt").write_text(POLICY)
    (source / "terms.html").write_text("<h1>Terms</h1><p>Text.</p>")
    (source / "data.docx").write_bytes(docx(paragraph("Text."), title="Data"))
    (source / "cookies.md").write_text("# Cookies\n\nText.\n")
    for name in ("README.md", "logo.png", ".hidden.txt", "~$data.docx"):
        (source / name).write_text("# No policy\n\nText.\n")
    batch = gather(center, source)
    assert [(policy.slug, policy.source) for policy in batch.policies] == [
        ("cookies", "cookies.md"),
        ("data", "data.docx"),
        ("legal-returns", "legal/returns.txt"),
        ("returns-abroad", "returns-abroad.txt"),
        ("terms", "terms.html"),
    ]
    assert [path for path, _ in batch.skipped] == ["README.md", "logo.png"]
    assert len(bring(center, source)) == 5
    assert codes(center.gather()) == []


def test_folder_reports_everything_that_cannot_be_read(center: Center, source: Path) -> None:
    (source / "a.txt").write_bytes(b"\xff\xfe\xfd")
    (source / "b.docx").write_bytes(b"no")
    (source / "c.txt").write_text(POLICY)
    with pytest.raises(SourceError) as raised:
        gather(center, source)
    assert [line.partition(":")[0] for line in str(raised.value).splitlines()] == [
        "a.txt",
        "b.docx",
    ]


def test_folder_without_a_policy(center: Center, source: Path) -> None:
    with pytest.raises(SourceError, match="holds nothing that looks like a policy"):
        gather(center, source)


def test_only_what_fits(center: Center, source: Path) -> None:
    (source / "README.md").write_text("# Us\n\nText.\n")
    (source / "terms.md").write_text("# Terms\n\nText.\n")
    assert [policy.slug for policy in gather(center, source, only="READ*").policies] == ["us"]


def test_nothing_is_replaced_without_force(center: Center) -> None:
    center.post("returns", "2026-01-05.v1")
    before = files(center)
    with pytest.raises(SourceError) as raised:
        bring(center, POLICY.encode())
    assert str(raised.value) == (
        "docs/policies/returns.md stands there already. Give the policy another name with --slug, "
        "or replace the file with --force."
    )
    assert files(center) == before
    assert bring(center, POLICY.encode(), slug="sending-back") == ["docs/policies/sending-back.md"]
    assert bring(center, POLICY.encode(), force=True) == ["docs/policies/returns.md"]
    assert told(center.gather())["returns"] == [
        "2026-01-05.v1 superseded versions",
        "2026-02-03.v1 in force docs",
    ]


def test_the_same_again_is_nothing(center: Center) -> None:
    bring(center, POLICY.encode())
    assert bring(center, POLICY.encode()) == []


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        ("2026-02-03.v1", "versions/returns/2026-02-03.v1.md is archived with other words."),
        ("2026-02-03.v2", "versions/returns/ holds 2026-02-03.v2, which is newer than"),
    ],
)
def test_archived_versions_are_never_replaced(center: Center, version: str, sentence: str) -> None:
    center.post("returns", version)
    center.post("returns", "2026-05-01.v1")
    center.build()
    center.delete("returns")
    before = center.archived()
    with pytest.raises(SourceError) as raised:
        bring(center, POLICY.encode(), force=True)
    assert str(raised.value).startswith(sentence)
    assert center.archived() == before


def history(source: Path) -> Path:
    repository = Center(source).init()
    for day, text in (("2026-01-05", "One."), ("2026-02-01", "Two."), ("2026-03-01", "Three.")):
        repository.put("returns.md", f"# Returns\n\n{text}\n")
        repository.commit(day)
    return source


@pytest.mark.parametrize("failing", ["archive.write_whole", "archive.write_lists"])
def test_all_or_nothing(
    center: Center, source: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    center.put("docs/index.md", "# Help\n")
    before = files(center)
    planned = import_plan.plan(
        center.settings, gather(center, history(source), with_history="yes"), force=False
    )
    calls: list[object] = []

    def full(*arguments: object) -> None:
        calls.append(arguments)
        raise OSError("No space left on device")

    monkeypatch.setattr(f"gazette.record.{failing}", full)
    with pytest.raises(OSError, match="No space"):
        import_plan.write(center.settings, planned)
    assert calls
    assert files(center) == before


def test_files_can_be_read_by_everyone(center: Center) -> None:
    bring(center, POLICY.encode())
    assert os.stat(center.policies / "returns.md").st_mode & 0o777 == 0o644

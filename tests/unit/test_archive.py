"""The archive: written once, whole or not at all, and checked at every reading."""

from __future__ import annotations

import tempfile
from datetime import date
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.errors import ArchiveError, MachineError, machine_errors
from gazette.model import Slug, VersionId, digest_of
from gazette.record.archive import Addition, Retirement, Unarchived, freeze, read_archive, text_path

VERSION = VersionId(date(2026, 3, 31), 1)
slugs = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True).map(Slug)
ids = st.builds(VersionId, st.dates(), st.integers(1, 20))
contents = st.dictionaries(st.tuples(slugs, ids), st.binary(max_size=200), max_size=8)


def addition(path: str, data: bytes) -> Addition:
    return Addition(path, digest_of(data), lambda: data)


def unarchived(texts: dict[tuple[Slug, VersionId], bytes]) -> Unarchived:
    files = [addition(text_path(*key), data) for key, data in texts.items()]
    return Unarchived(tuple(files), {})


@given(contents, contents)
def test_what_was_written_is_read_to_the_byte(
    first: dict[tuple[Slug, VersionId], bytes], second: dict[tuple[Slug, VersionId], bytes]
) -> None:
    second = {key: data for key, data in second.items() if key not in first}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        freeze(folder, unarchived(first))
        freeze(folder, unarchived(second))
        archive = read_archive(folder)

        assert {key: archive.read(path) for key, path in archive.texts.items()} == first | second
        assert archive.unlisted == {}
        assert freeze(folder, unarchived(first | second)) == []


def test_whoever_archives_at_the_same_time_waits(tmp_path: Path) -> None:
    """Two builds at once: else the second clears what the first is writing, or takes it back."""
    folder = tmp_path / "versions"
    other = Thread(target=freeze, args=(folder, unarchived({(Slug("cookies"), VERSION): b"b"})))
    part = folder / "terms" / ".0a.part"

    def written_meanwhile() -> bytes:
        part.parent.mkdir(parents=True)
        part.write_bytes(b"a")
        other.start()
        other.join(0.5)
        assert part.exists()
        return b"a"

    path = text_path(Slug("terms"), VERSION)
    freeze(folder, Unarchived((Addition(path, digest_of(b"a"), written_meanwhile),), {}))
    other.join()
    assert {slug for slug, _ in read_archive(folder).texts} == {"terms", "cookies"}


@given(contents.filter(bool), st.binary(max_size=200))
def test_other_bytes_are_refused_and_nothing_is_written(
    texts: dict[tuple[Slug, VersionId], bytes], other: bytes
) -> None:
    key = min(texts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        freeze(folder, unarchived({key: texts[key]}))
        if other == texts[key]:
            return
        before = snapshot(folder)
        with pytest.raises(ArchiveError) as caught:
            freeze(folder, unarchived({**texts, key: other}))

        assert sha256(other).hexdigest() in str(caught.value)
        assert sha256(texts[key]).hexdigest() in str(caught.value)
        assert snapshot(folder) == before


@given(slugs, st.dates(), ids, st.none() | slugs)
def test_retirement_is_read_as_it_was_written(
    slug: Slug, day: date, last: VersionId, new: Slug | None
) -> None:
    record = Retirement(slug, day, last, new)
    with tempfile.TemporaryDirectory() as name:
        freeze(Path(name), Unarchived((addition(record.path, record.data),), {}))

        assert read_archive(Path(name)).retirements == (record,)


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_no_archive_is_an_empty_one(tmp_path: Path) -> None:
    archive = read_archive(tmp_path / "versions")

    assert (archive.texts, archive.retirements, archive.complete) == ({}, (), {})


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    assert freeze(tmp_path / "versions", Unarchived((), {})) == []
    assert not (tmp_path / "versions").exists()


def test_lists_are_sorted_and_newest_line_wins(tmp_path: Path) -> None:
    (tmp_path / "COMPLETE").write_text(
        "terms 2026-03-31.v9\nfees 2026-01-05.v1\nterms 2026-03-31.v10\n"
    )
    complete = read_archive(tmp_path).complete
    later = {**complete, Slug("fees"): VERSION}
    freeze(tmp_path, Unarchived((), later))

    assert complete[Slug("terms")].number == 10
    assert (tmp_path / "fees" / "COMPLETE").read_text() == f"{VERSION}\n"
    assert not (tmp_path / "terms").exists()
    assert read_archive(tmp_path).complete == later


DIGEST = sha256(b"Words.\n").hexdigest()
OTHER = sha256(b"Other words.\n").hexdigest()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "terms/2026-03-31.v1.md",
            "Other words.\n",
            "versions/terms/2026-03-31.v1.md: The file is not what was archived. Archived: sha256 "
            f"{DIGEST}. Here now: sha256 {OTHER}. Archived texts never change; bring it back: "
            "git checkout HEAD -- versions/terms/2026-03-31.v1.md [archive]",
        ),
        (
            "SHA256SUMS",
            f"{DIGEST}  terms/2026-03-31.v1.md\n{DIGEST}  terms/2026-03-31.v2.md\n",
            "versions/terms/2026-03-31.v2.md: This file is gone, but a list of digests names "
            "it. Bring it back: git checkout HEAD -- versions/terms/2026-03-31.v2.md [archive]",
        ),
        (
            "SHA256SUMS",
            "<<<<<<< HEAD\n",
            "versions/SHA256SUMS:1: No build wrote this line: it is not a digest and the path "
            "of a file. Bring the file back as "
            "it was: git checkout HEAD -- versions/SHA256SUMS [archive]",
        ),
        (
            "SHA256SUMS",
            f"{DIGEST}  terms/2026-03-31.v1.md\n{OTHER}  terms/2026-03-31.v1.md\n",
            "versions/SHA256SUMS:2: terms/2026-03-31.v1.md has two digests, "
            f"{DIGEST} and {OTHER}. Keep the line that fits the file. [archive]",
        ),
        (
            "COMPLETE",
            "terms\n",
            "versions/COMPLETE:1: No build wrote this line: it is no version. Bring the file "
            "back as it was: git checkout HEAD -- versions/COMPLETE [archive]",
        ),
        (
            "terms/COMPLETE",
            "terms 2026-03-31.v1\n",
            "versions/terms/COMPLETE:1: No build wrote this line: it is no version. Bring "
            "the file back as it was: git "
            "checkout HEAD -- versions/terms/COMPLETE [archive]",
        ),
    ],
)
def test_damage_is_reported(tmp_path: Path, name: str, content: str, message: str) -> None:
    freeze(tmp_path, unarchived({(Slug("terms"), VERSION): b"Words.\n"}))
    (tmp_path / name).write_text(content)

    with pytest.raises(ArchiveError) as caught:
        read_archive(tmp_path)
    assert str(caught.value) == message


@pytest.mark.parametrize("path", ["SHA256SUMS", "terms/SHA256SUMS", "terms/COMPLETE"])
def test_a_folder_in_place_of_a_list_is_a_sentence(tmp_path: Path, path: str) -> None:
    (tmp_path / path).mkdir(parents=True)

    with pytest.raises(MachineError, match=rf"/{path} cannot be .* in place of"), machine_errors():
        read_archive(tmp_path)


@pytest.mark.parametrize(
    "path",
    [
        *("terms/notes.md", "terms/2026-02-30.v1.md", "terms/2026-03-31.v1.txt"),
        *("Terms_Old/2026-03-31.v1.md", "terms/2026-03-31.retired", "terms/2026-99-31.retired"),
    ],
)
def test_what_is_listed_but_no_version_is_reported(tmp_path: Path, path: str) -> None:
    freeze(tmp_path, Unarchived((addition(path, b"retired: 2026-99-99\nlast version: 7\n"),), {}))

    with pytest.raises(ArchiveError, match="This is no version, retirement or return"):
        read_archive(tmp_path)


def test_everything_damaged_is_reported_at_once(tmp_path: Path) -> None:
    freeze(
        tmp_path,
        unarchived({(Slug("terms"), VERSION): b"Words.\n", (Slug("fees"), VERSION): b"Fees.\n"}),
    )
    (tmp_path / "terms" / "2026-03-31.v1.md").write_bytes(b"x")
    (tmp_path / "fees" / "2026-03-31.v1.md").unlink()

    with pytest.raises(ArchiveError) as caught:
        read_archive(tmp_path)
    assert [problem.path for problem in caught.value.problems] == [
        "versions/fees/2026-03-31.v1.md",
        "versions/terms/2026-03-31.v1.md",
    ]


def test_notes_beside_the_archive_are_no_matter(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Never edited by hand.\n")
    (tmp_path / "terms").mkdir()
    (tmp_path / "terms" / ".left-over.part").write_text("half")

    assert read_archive(tmp_path).unlisted == {}


def test_the_next_run_clears_what_a_killed_one_left(tmp_path: Path) -> None:
    half = tmp_path / "terms" / ".0123456789abcdef.part"
    half.parent.mkdir()
    half.write_text("Wor")
    freeze(tmp_path, unarchived({(Slug("terms"), VERSION): b"Words.\n"}))

    assert not half.exists()
    assert {file.name for file in half.parent.iterdir()} == {"2026-03-31.v1.md", "SHA256SUMS"}

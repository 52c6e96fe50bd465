"""Commits, newest first, become histories: renames, removals and spans."""

from __future__ import annotations

from datetime import date

from gazette.model import BlobId, Slug, VersionId
from gazette.record.archive import Retirement
from gazette.record.file_history import (
    ChangedFile,
    Commit,
    FileHistory,
    VersionSpan,
    follow,
    history_of,
)

FIRST = VersionId(date(2026, 1, 1), 1)
SECOND = VersionId(date(2026, 1, 2), 1)
A, B, C, DRAFT = BlobId("a"), BlobId("b"), BlobId("c"), BlobId("draft")
CARRIED = {A: FIRST, B: FIRST, C: SECOND, DRAFT: None}
T, U = Slug("t"), Slug("u")


def commit(day: int, *entries: ChangedFile) -> Commit:
    """Return a commit of that day of January."""
    return Commit("", date(2026, 1, day), date(2026, 1, day), "", False, entries)


def in_folder(path: str) -> bool:
    return path.startswith("p/")


def histories(*commits: tuple[int, list[tuple[str | None, str | None, str]]]) -> list[FileHistory]:
    """Follow commits given oldest first as (day of January, files as (old, new, text))."""
    listed = [
        commit(day, *(ChangedFile(old, new, BlobId(""), BlobId(text)) for old, new, text in files))
        for day, files in reversed(commits)
    ]
    tracks = follow(listed, in_folder, lambda text: text)
    return [history for track in tracks if (history := history_of(track, CARRIED, "p/", {}))]


def test_one_version_that_was_edited() -> None:
    assert histories((1, [(None, "p/t.md", "a")]), (2, [("p/t.md", "p/t.md", "b")])) == [
        FileHistory(T, (VersionSpan(FIRST, A, B),), (), True, False)
    ]


def test_text_without_a_version_ends_no_span() -> None:
    (history,) = histories(
        (1, [(None, "p/t.md", "a")]),
        (2, [("p/t.md", "p/t.md", "draft")]),
        (3, [("p/t.md", "p/t.md", "b")]),
    )

    assert history.spans == (VersionSpan(FIRST, A, B),)


def test_version_that_came_back_has_two_spans() -> None:
    (history,) = histories(
        (1, [(None, "p/t.md", "a")]),
        (2, [("p/t.md", "p/t.md", "c")]),
        (3, [("p/t.md", "p/t.md", "b")]),
    )

    assert [str(first.version) for first in history.spans] == [str(FIRST), str(SECOND), str(FIRST)]
    assert history.newest == FIRST


def test_two_files_that_swap_names_with_a_third() -> None:
    first, two = histories(
        (1, [(None, "p/one.md", "a"), (None, "p/two.md", "c")]),
        (2, [("p/one.md", "p/two.md", "a"), ("p/two.md", "p/three.md", "c")]),
    )

    assert {history.slug: history.spans for history in (first, two)} == {
        "two": (VersionSpan(FIRST, A, A),),
        "three": (VersionSpan(SECOND, C, C),),
    }


def test_removal_and_another_file_of_the_same_name() -> None:
    gone, here = histories(
        (1, [(None, "p/t.md", "a")]), (2, [("p/t.md", None, "0")]), (3, [(None, "p/t.md", "c")])
    )

    assert gone.removals == (Retirement(T, date(2026, 1, 2), FIRST),)
    assert not gone.alive
    assert here == FileHistory(T, (VersionSpan(SECOND, C, C),), (), True, False)


def test_out_of_the_folder_and_back_under_another_name() -> None:
    (history,) = histories(
        (1, [(None, "p/t.md", "a")]),
        (2, [("p/t.md", "attic/t.md", "a")]),
        (3, [("attic/t.md", "p/u.md", "c")]),
    )

    assert history.slug == "u"
    assert history.removals == (Retirement(T, date(2026, 1, 3), FIRST, U),)


def test_one_title_joins_what_git_does_not() -> None:
    renamed = commit(
        2,
        ChangedFile("p/a.md", None, BlobId("x"), BlobId("0")),
        ChangedFile(None, "p/b.md", BlobId("0"), BlobId("y")),
    )
    born = commit(1, ChangedFile(None, "p/a.md", BlobId("0"), BlobId("x")))

    (track,) = follow([renamed, born], in_folder, lambda _: "Terms")

    assert [step.path for step in track.steps] == ["p/b.md", "p/a.md"]


def test_title_above_two_files_joins_nothing() -> None:
    listed = commit(
        2,
        ChangedFile("p/a.md", None, BlobId("x"), BlobId("0")),
        ChangedFile("p/b.md", None, BlobId("x"), BlobId("0")),
        ChangedFile(None, "p/c.md", BlobId("0"), BlobId("y")),
    )

    tracks = follow([listed], in_folder, lambda _: "Terms")

    assert sorted(track.path for track in tracks) == ["p/a.md", "p/b.md", "p/c.md"]

"""Commits, newest first, become lives: renames, removals and reigns."""

from __future__ import annotations

from datetime import date

from gazette.model import VersionId
from gazette.record.lives import Commit, Departure, Entry, Life, Reign, follow, life_of

FIRST = VersionId(date(2026, 1, 5), 1)
SECOND = VersionId(date(2026, 2, 1), 1)
CARRIED = {"a": FIRST, "b": FIRST, "c": SECOND, "draft": None}


def commit(day: int, *entries: Entry) -> Commit:
    """Return a commit of that day of January."""
    return Commit("", date(2026, 1, day), date(2026, 1, day), "", False, entries)


def in_folder(path: str) -> bool:
    return path.startswith("p/")


def lives(*commits: tuple[int, list[tuple[str | None, str | None, str]]]) -> list[Life]:
    """Follow commits given oldest first as (day of January, files as (old, new, text))."""
    told = [
        commit(day, *(Entry(old, new, "", text) for old, new, text in files))
        for day, files in reversed(commits)
    ]
    tracks = follow(told, in_folder, lambda text: text)
    return [life for track in tracks if (life := life_of(track, CARRIED, "p/"))]


def test_one_version_that_was_edited() -> None:
    assert lives((1, [(None, "p/t.md", "a")]), (2, [("p/t.md", "p/t.md", "b")])) == [
        Life("t", (Reign(FIRST, "a", "b"),), (), True, False)
    ]


def test_text_without_a_version_ends_no_reign() -> None:
    (life,) = lives(
        (1, [(None, "p/t.md", "a")]),
        (2, [("p/t.md", "p/t.md", "draft")]),
        (3, [("p/t.md", "p/t.md", "b")]),
    )

    assert life.reigns == (Reign(FIRST, "a", "b"),)


def test_version_that_came_back_reigns_twice() -> None:
    (life,) = lives(
        (1, [(None, "p/t.md", "a")]),
        (2, [("p/t.md", "p/t.md", "c")]),
        (3, [("p/t.md", "p/t.md", "b")]),
    )

    assert [str(one.version) for one in life.reigns] == [str(FIRST), str(SECOND), str(FIRST)]
    assert life.newest == FIRST


def test_two_files_that_swap_names_with_a_third() -> None:
    one, two = lives(
        (1, [(None, "p/one.md", "a"), (None, "p/two.md", "c")]),
        (2, [("p/one.md", "p/two.md", "a"), ("p/two.md", "p/three.md", "c")]),
    )

    assert {life.slug: life.reigns for life in (one, two)} == {
        "two": (Reign(FIRST, "a", "a"),),
        "three": (Reign(SECOND, "c", "c"),),
    }


def test_removal_and_another_file_of_the_same_name() -> None:
    gone, here = lives(
        (1, [(None, "p/t.md", "a")]), (2, [("p/t.md", None, "0")]), (3, [(None, "p/t.md", "c")])
    )

    assert gone.departures == (Departure("t", date(2026, 1, 2), FIRST, None),)
    assert not gone.alive
    assert here == Life("t", (Reign(SECOND, "c", "c"),), (), True, False)


def test_out_of_the_folder_and_back_under_another_name() -> None:
    (life,) = lives(
        (1, [(None, "p/t.md", "a")]),
        (2, [("p/t.md", "attic/t.md", "a")]),
        (3, [("attic/t.md", "p/u.md", "c")]),
    )

    assert life.slug == "u"
    assert life.departures == (Departure("t", date(2026, 1, 3), FIRST, "u"),)


def test_one_title_joins_what_git_does_not() -> None:
    renamed = commit(2, Entry("p/a.md", None, "x", "0"), Entry(None, "p/b.md", "0", "y"))
    born = commit(1, Entry(None, "p/a.md", "0", "x"))

    (track,) = follow([renamed, born], in_folder, lambda _: "Terms")

    assert [step.path for step in track.steps] == ["p/b.md", "p/a.md"]


def test_title_above_two_files_joins_nothing() -> None:
    told = commit(
        2,
        Entry("p/a.md", None, "x", "0"),
        Entry("p/b.md", None, "x", "0"),
        Entry(None, "p/c.md", "0", "y"),
    )

    tracks = follow([told], in_folder, lambda _: "Terms")

    assert sorted(track.path for track in tracks) == ["p/a.md", "p/b.md", "p/c.md"]

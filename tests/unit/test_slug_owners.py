"""Whose versions those under a name are, after renames and by `formerly`."""

from __future__ import annotations

from datetime import date

from gazette.model import VersionId
from gazette.record.archive import Retirement
from gazette.record.slug_owners import SlugOwners


def on(day: int) -> date:
    return date(2026, 1, day)


def version(day: int) -> VersionId:
    return VersionId(on(day), 1)


def test_name_nobody_left() -> None:
    assert SlugOwners((), ["terms"], {}).owner("terms", version(1)) == "terms"


def test_renamed_twice() -> None:
    renames = [Retirement("a", on(3), version(1), "b"), Retirement("b", on(5), version(4), "c")]
    owners = SlugOwners(renames, ["c"], {})

    assert owners.owner("a", version(1)) == "c"
    assert owners.owner("b", version(4)) == "c"


def test_name_given_to_another_policy() -> None:
    owners = SlugOwners([Retirement("a", on(3), version(1), "b")], ["a", "b"], {})

    assert owners.owner("a", version(1)) == "b"
    assert owners.owner("a", version(4)) == "a"


def test_renamed_there_and_back() -> None:
    renames = [Retirement("a", on(3), version(1), "b"), Retirement("b", on(5), version(4), "a")]
    owners = SlugOwners(renames, ["a"], {})

    assert {owners.owner(name, version(1)) for name in "ab"} == {"a"}


def test_retired_then_created_again_and_renamed() -> None:
    gone = [Retirement("a", on(3), version(1)), Retirement("a", on(7), version(5), "b")]

    assert SlugOwners(gone, ["b"], {}).owner("a", version(1)) == "b"


def test_formerly_joins_what_was_only_retired() -> None:
    gone = [Retirement("a", on(3), version(1))]

    assert SlugOwners(gone, ["b"], {"a": "b"}).owner("a", version(1)) == "b"
    assert SlugOwners(gone, ["a", "b"], {"a": "b"}).owner("a", version(1)) == "a"


def test_formerly_in_a_circle_ends() -> None:
    assert SlugOwners((), [], {"a": "b", "b": "a"}).successor("a") in {"a", "b"}

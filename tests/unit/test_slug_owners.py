"""Whose versions those under a name are, after renames and by `formerly`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gazette.model import Slug, VersionId
from gazette.record.archive import Retirement
from gazette.record.slug_owners import SlugOwners


def on(day: int) -> date:
    return date(2026, 1, day)


def version(day: int) -> VersionId:
    return VersionId(on(day), 1)


def retired(slug: str, day: int, last: int, new: str = "") -> Retirement:
    return Retirement(Slug(slug), on(day), version(last), Slug(new) if new else None)


def owner(
    slug: str,
    day: int,
    retirements: Sequence[Retirement],
    standing: Sequence[str],
    formerly: Mapping[str, str] | None = None,
) -> str:
    """Return whose the version of that day is, which was published as `slug`."""
    names = {Slug(old): Slug(new) for old, new in (formerly or {}).items()}
    owners = SlugOwners(retirements, [Slug(name) for name in standing], names)
    return owners.owner(Slug(slug), version(day))


def test_name_nobody_left() -> None:
    assert owner("terms", 1, [], ["terms"]) == "terms"


def test_renamed_twice() -> None:
    renames = [retired("a", 3, 1, "b"), retired("b", 5, 4, "c")]

    assert owner("a", 1, renames, ["c"]) == "c"
    assert owner("b", 4, renames, ["c"]) == "c"


def test_name_given_to_another_policy() -> None:
    renames = [retired("a", 3, 1, "b")]

    assert owner("a", 1, renames, ["a", "b"]) == "b"
    assert owner("a", 4, renames, ["a", "b"]) == "a"


def test_renamed_there_and_back() -> None:
    renames = [retired("a", 3, 1, "b"), retired("b", 5, 4, "a")]

    assert {owner(name, 1, renames, ["a"]) for name in "ab"} == {"a"}


def test_retired_then_created_again_and_renamed() -> None:
    retirements = [retired("a", 3, 1), retired("a", 7, 5, "b")]

    assert owner("a", 1, retirements, ["b"]) == "b"


def test_formerly_joins_what_was_only_retired() -> None:
    retirements = [retired("a", 3, 1)]

    assert owner("a", 1, retirements, ["b"], {"a": "b"}) == "b"
    assert owner("a", 1, retirements, ["a", "b"], {"a": "b"}) == "a"


def test_formerly_in_a_circle_ends() -> None:
    owners = SlugOwners((), [], {Slug("a"): Slug("b"), Slug("b"): Slug("a")})

    assert owners.successor(Slug("a")) in {"a", "b"}

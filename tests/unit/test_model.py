"""The order of versions, and a policy's neighbours."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model import (
    Digest,
    Metadata,
    Policy,
    Return,
    Slug,
    Status,
    Version,
    VersionId,
    decoded,
)

ids = st.builds(VersionId, st.dates(), st.integers(1, 9_999))


@given(ids)
def test_version_is_read_as_it_is_written(version_id: VersionId) -> None:
    assert VersionId.parse(str(version_id)) == version_id


@given(st.lists(ids))
def test_versions_are_ordered_by_day_then_number(versions: list[VersionId]) -> None:
    assert sorted(versions) == sorted(versions, key=lambda version: (version.day, version.number))


def test_tenth_release_of_a_day_comes_after_the_ninth() -> None:
    assert VersionId.parse("2026-03-31.v9") < VersionId.parse("2026-03-31.v10")


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-03-31", "2026-03-31.v0", "2026-03-31.v01", "2026-03-31.1", "2026-02-30.v1"),
        *("2026-3-31.v1", "v1", "2026-03-31.v1 ", "2026-03-31.v1\n", " 2026-03-31.v1"),
        "٢٠٢٦-٠٣-٣١.v1",
    ],
)
def test_what_is_no_version(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        VersionId.parse(text)


@pytest.mark.parametrize(
    ("data", "letters"),
    [
        ("Café €".encode(), "Café €"),
        (b"Caf\xe9 \x80", "Café €"),
        (b"\x81", "\ufffd"),
        (b"", ""),
    ],
)
def test_decoded(data: bytes, letters: str) -> None:
    assert decoded(data) == letters


def version(name: str, status: Status) -> Version:
    version_id = VersionId.parse(name)
    facts = Metadata(title=f"Title of {name}", version=version_id, updated=version_id.day)
    return Version(facts, Digest(""), "", status, lambda: b"Caf\xe9")


def test_policy_knows_the_neighbours_of_a_version() -> None:
    first = version("2026-01-05.v1", Status.SUPERSEDED)
    second = version("2026-02-01.v1", Status.IN_FORCE)
    third = version("2026-03-01.v1", Status.WITHDRAWN)
    policy = Policy(Slug("terms"), (first, second, third), second)

    assert policy.predecessor(first) is None
    assert policy.predecessor(second) == first
    assert policy.successor(first) == second
    assert policy.successor(second) is None
    assert policy.successor(third) is None
    assert policy.newest == second
    assert policy.title == "Title of 2026-02-01.v1"
    assert first.text == "Café"


@pytest.mark.parametrize(
    ("returns", "withdrawn", "before", "after"),
    [
        ("", "", "-ABCD", "BCDE-"),
        ("BA", "B", "-AACD", "C-DE-"),
        ("CA", "BC", "-ABAD", "DC-E-"),
        ("CB BA", "BC", "-ABAD", "DC-E-"),
        ("CA AC", "", "-ABCD", "BCDE-"),
        ("CA DB", "CD", "-ABAB", "BE---"),
        ("BA DA", "BCD", "-AACA", "E-D--"),
        ("EB", "CDE", "-ABCD", "B-DE-"),
        ("XA", "B", "-AACD", "C-DE-"),
        ("BX", "", "-ABCD", "BCDE-"),
    ],
)
def test_what_stood_before_a_version_was_posted(
    returns: str, withdrawn: str, before: str, after: str
) -> None:
    """X is a version between B and C that was not posted."""
    names = dict(zip("ABXCDE", range(1, 7), strict=True))
    ids = {name: f"2026-0{month}-01.v1" for name, month in names.items()}
    versions = {
        name: version(ids[name], Status.WITHDRAWN if name in withdrawn else Status.SUPERSEDED)
        for name in "ABCDE"
    }
    went_back = tuple(
        Return(date(2026, 9, 1), *(VersionId.parse(ids[name]) for name in step))
        for step in returns.split()
    )
    policy = Policy(Slug("terms"), tuple(versions.values()), None, returns=went_back)
    name_of = {member.id: name for name, member in versions.items()}
    for place_of, expected in ((policy.predecessor, before), (policy.successor, after)):
        others = [place_of(member) for member in versions.values()]
        assert "".join(name_of[member.id] if member else "-" for member in others) == expected
    assert [name_of[member.id] for member in policy.way_to(versions["E"])][-2:] == [before[-1], "E"]


def test_title_of_a_retired_policy_is_that_of_its_newest_version() -> None:
    only = version("2026-01-05.v1", Status.RETIRED)

    assert Policy(Slug("terms"), (only,), None, date(2026, 2, 1)).title == "Title of 2026-01-05.v1"

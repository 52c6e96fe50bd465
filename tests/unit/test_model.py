"""The order of versions, and a policy's neighbours."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model import Digest, Metadata, Policy, Slug, Status, Version, VersionId, decoded

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
    assert policy.successor(second) == third
    assert policy.successor(third) is None
    assert policy.newest == second
    assert policy.title == "Title of 2026-02-01.v1"
    assert first.text == "Café"


def test_title_of_a_retired_policy_is_that_of_its_newest_version() -> None:
    only = version("2026-01-05.v1", Status.RETIRED)

    assert Policy(Slug("terms"), (only,), None, date(2026, 2, 1)).title == "Title of 2026-01-05.v1"

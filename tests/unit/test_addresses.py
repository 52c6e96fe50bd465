"""Addresses, and links from one to another."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.model import Slug
from gazette.site import addresses

SLUGS = st.from_regex(r"\A[a-z0-9]+(-[a-z0-9]+)*\Z")
PLACES = st.one_of(
    st.just(""),
    st.builds(addresses.policy, SLUGS),
    st.builds(addresses.archive, SLUGS),
    st.builds(addresses.version, SLUGS, st.just("2026-03-31.v1")),
    st.builds(addresses.source, SLUGS, st.just("2026-03-31.v1")),
    st.builds(addresses.feed, SLUGS),
)


@pytest.mark.parametrize(
    ("start", "target", "expected"),
    [
        ("", "policies/terms/", "policies/terms/"),
        ("policies/terms/", "", "../../"),
        ("policies/terms/", "policies/terms/", "./"),
        ("policies/terms/versions/", "policies/terms/", "../"),
        ("policies/terms/changes/a/", "policies/terms/versions/a/a.md", "../../versions/a/a.md"),
        ("policies/terms/feed.xml", "feed.xml", "../../feed.xml"),
    ],
)
def test_relative(start: str, target: str, expected: str) -> None:
    assert addresses.relative(addresses.Address(start), target) == expected


@given(PLACES, PLACES)
def test_relative_link_leads_to_its_target(start: str, target: str) -> None:
    folder = start if start.endswith("/") else posixpath.dirname(start)
    link = addresses.relative(addresses.Address(start), target)
    reached = posixpath.normpath(posixpath.join("/", folder, link))
    assert reached == posixpath.normpath("/" + target)
    assert link.endswith("/") == (target.endswith("/") or not target)


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("index", "policies/"),
        ("de/index", "de/policies/"),
        ("fees-index", "policies/fees-index/"),
        ("fees", "policies/fees/"),
    ],
)
def test_only_a_policy_named_index_stands_at_the_address_of_its_folder(
    slug: str, expected: str
) -> None:
    assert addresses.policy(Slug(slug)) == expected

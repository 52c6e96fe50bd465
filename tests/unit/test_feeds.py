"""Feeds: valid Atom for any text, with ids that a rename or a new domain never changes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as Tree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from gazette.model import Policy, Slug, Status, VersionId
from gazette.settings import HelpCenter
from gazette.site.feeds import NEWEST, policy_feed, site_feed
from published import SETTINGS, policy, version

ATOM = "{http://www.w3.org/2005/Atom}"


def parsed(feed: bytes) -> Tree.Element:
    return Tree.fromstring(feed)


def ids(feed: bytes) -> list[str | None]:
    return [element.text for element in parsed(feed).iter(f"{ATOM}id")]


@pytest.fixture
def terms() -> Policy:
    first = version("2026-01-05.v1")
    return policy(first, version("2026-02-01.v1", status=Status.IN_FORCE, summary="New fees."))


def test_entries_come_newest_first_and_say_what_changed(terms: Policy) -> None:
    entries = parsed(policy_feed(SETTINGS, terms)).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        "Terms, version 2026-02-01.v1",
        "Terms, version 2026-01-05.v1",
    ]
    assert [entry.findtext(f"{ATOM}summary") for entry in entries] == [
        "New fees.",
        "First version.",
    ]
    links = [entry.find(f"{ATOM}link") for entry in entries]
    assert [link is not None and link.get("href") for link in links] == [
        "https://help.example.com/policies/terms/changes/2026-02-01.v1/",
        "https://help.example.com/policies/terms/versions/2026-01-05.v1/",
    ]


def test_ids_are_tags(terms: Policy) -> None:
    assert ids(policy_feed(SETTINGS, terms)) == [
        "tag:help.example.com,2026-01-01:policies/terms",
        "tag:help.example.com,2026-01-01:policies/terms/2026-02-01.v1",
        "tag:help.example.com,2026-01-01:policies/terms/2026-01-05.v1",
    ]
    assert ids(site_feed(SETTINGS, [terms]))[0] == "tag:help.example.com,2026-01-01:policies"


def test_a_renamed_policy_keeps_its_ids(terms: Policy) -> None:
    first, second, third = Slug("terms"), Slug("rules"), Slug("agreement")
    original = {version.id: first for version in terms.versions}
    renamed = replace(terms, slug=second, former_slugs=(first,), original_slugs=original)
    assert ids(policy_feed(SETTINGS, renamed)) == ids(policy_feed(SETTINGS, terms))
    again = replace(renamed, slug=third, former_slugs=(second, first))
    assert ids(policy_feed(SETTINGS, again)) == ids(policy_feed(SETTINGS, terms))


def test_a_new_domain_keeps_the_ids_where_the_authority_is_set(terms: Policy) -> None:
    moved = replace(SETTINGS, site_url="https://example.org/", feed_authority="help.example.com")
    assert ids(policy_feed(moved, terms)) == ids(policy_feed(SETTINGS, terms))
    since = replace(moved, feed_since=date(2020, 5, 1))
    assert ids(policy_feed(since, terms))[0] == "tag:help.example.com,2020-05-01:policies/terms"


def test_a_domain_of_other_letters_is_an_authority(terms: Policy) -> None:
    settings = replace(SETTINGS, site_url="https://bücher.example/")
    assert ids(policy_feed(settings, terms))[0] == (
        "tag:xn--bcher-kva.example,2026-01-01:policies/terms"
    )


def test_a_long_record_is_cut_and_an_empty_one_is_a_feed() -> None:
    versions = [version(f"2026-01-05.v{number}") for number in range(1, NEWEST + 3)]
    assert len(ids(policy_feed(SETTINGS, policy(*versions)))) == NEWEST + 1
    assert parsed(site_feed(SETTINGS, [])).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # refused in front matter


@given(st.text(min_size=1), st.text())
def test_any_characters_give_a_valid_feed(title: str, summary: str) -> None:
    """Also control characters and lone surrogates, which XML cannot hold."""
    shown = version(
        "2026-01-05.v1",
        status=Status.IN_FORCE,
        title=f"Terms {CONTROL.sub('', title)}",
        summary=f"Changed: {CONTROL.sub('', summary)}",
    )
    terms = policy(shown)
    feed = parsed(policy_feed(replace(SETTINGS, name=f"Help {title}"), terms))
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    for parent, names in ((feed, ("id", "title", "updated")), (entry, ("id", "title", "updated"))):
        for name in names:
            assert (parent.findtext(f"{ATOM}{name}") or "").strip()
    kept = "".join(c for c in title if c.isalnum())
    words = "".join(c for c in entry.findtext(f"{ATOM}title") or "" if c.isalnum())
    assert words == f"Terms{kept}version20260105v1"


def test_version_ids_keep_the_entries_of_two_policies_apart(terms: Policy) -> None:
    other = replace(terms, slug=Slug("privacy"))
    entry_ids = ids(site_feed(SETTINGS, [terms, other]))
    assert len(entry_ids) == len(set(entry_ids)) == 5
    assert VersionId.parse("2026-02-01.v1") == terms.newest.id


def test_the_authority_is_a_domain_or_an_e_mail_address() -> None:
    for authority in ("help.example.com", "help@example.com"):
        settings = HelpCenter.model_validate({"support": "#", "feed_authority": authority})
        assert settings.feed_authority == authority
    for mistake in ("https://help.example.com/", "help example", "example.com,2026"):
        with pytest.raises(ValidationError, match="feed_authority"):
            HelpCenter.model_validate({"support": "#", "feed_authority": mistake})

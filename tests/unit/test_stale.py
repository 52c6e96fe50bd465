"""What readers of a translation are told that its original says otherwise by now."""

from __future__ import annotations

import pytest

from gazette.model import Policy, Slug, Status, VersionId
from gazette.site import addresses
from gazette.site.editions import about, editions_of
from gazette.site.stale import stale, stale_keys
from published import SETTINGS, fragments_of, policy, version
from translated import ENGLISH, GERMAN

FIRST, SECOND = "2026-01-05.v1", "2026-03-02.v1"
CHANGED = (
    ENGLISH.replace("Our rules.", "Our house rules.")
    .replace("- 20 euros a month", "- 30 euros a month")
    .replace("## 3. Questions", "## 3. Dogs\n\nNo dogs.\n\n## 4. Questions")
)


def original(body: str = CHANGED) -> Policy:
    return policy(version(FIRST, ENGLISH), version(SECOND, body, status=Status.IN_FORCE))


def translation(source: str) -> Policy:
    german = version(
        "2026-01-09.v1", GERMAN, status=Status.IN_FORCE, translates=VersionId.parse(source)
    )
    return policy(german, slug="de/terms")


def test_sections_that_lag_behind_are_named_and_lead_to_themselves() -> None:
    terms, german = original(), translation(FIRST)
    editions = editions_of(SETTINGS, [terms, german])[Slug("terms")]
    lag = stale(SETTINGS, editions, german, fragments_of(german))
    assert lag is not None
    assert str(lag.source.id) == FIRST
    assert lag.sections == (("", ""), ("2-kosten", "2. Kosten"), ("", "3. Dogs"))
    note = about(SETTINGS, editions, german, german.shown, addresses.policy(german.slug), lag)
    assert '<a href="#2-kosten"><bdi>2. Kosten</bdi></a>' in note
    assert '<bdi lang="en">3. Dogs</bdi>' in note
    assert f'href="../../../policies/terms/since/{FIRST}/"' in note
    assert len(stale_keys(SETTINGS, editions, german)) == 1


@pytest.mark.parametrize(
    ("terms", "german"),
    [
        (original(), translation(SECOND)),
        (original(ENGLISH + "\n"), translation(FIRST)),
        (original(), translation("2025-01-01.v1")),
    ],
    ids=["translated since", "nothing changed", "of an unknown version"],
)
def test_nothing_lags_behind(terms: Policy, german: Policy) -> None:
    editions = editions_of(SETTINGS, [terms, german])[Slug("terms")]
    assert stale(SETTINGS, editions, german, fragments_of(german)) is None
    assert stale(SETTINGS, editions, terms, fragments_of(terms)) is None
    assert stale(SETTINGS, None, terms, fragments_of(terms)) is None
    assert not stale_keys(SETTINGS, editions, terms)

"""Whom an update asks again: everybody who agreed to a text before a substantive change."""

from __future__ import annotations

import pytest

from gazette.model import Policy, Status
from gazette.site.agreements import asks_again, valid_agreements
from published import policy, version

STATUSES = {
    " ": Status.SUPERSEDED,
    "!": Status.IN_FORCE,
    "+": Status.UPCOMING,
    "-": Status.WITHDRAWN,
}
CHANGES = {"S": "substantive", "e": "editorial"}


def history(described: str) -> Policy:
    """Return a policy with these versions, v1 and so on: of each its class and its status."""
    return policy(
        *(
            version(
                f"2026-01-05.v{number}", status=STATUSES[letters[1]], change=CHANGES[letters[0]]
            )
            for number, letters in enumerate(described.split("/"), 1)
        )
    )


@pytest.mark.parametrize(
    ("versions", "valid", "asks"),
    [
        ("S!", [1], False),
        ("e!", [1], False),
        ("S /S!", [2], True),
        ("S /e!", [2, 1], False),
        ("S /S /e /e!", [4, 3, 2], False),
        ("S /e /S /e /S!", [5], True),
        ("S!/S+", [2, 1], False),
        ("S /e!/S+/e+", [4, 3, 2, 1], False),
        ("S /S-/e!", [3, 1], False),
        ("S /e-/S!", [3], True),
        ("S-/S!", [2], False),
        ("S-/S /e-/e!", [4, 2], False),
    ],
)
def test_an_agreement_holds_until_a_substantive_change(
    versions: str, valid: list[int], asks: bool
) -> None:
    terms = history(versions)
    assert terms.in_force
    assert [other.id.number for other in valid_agreements(terms, terms.in_force)] == valid
    assert asks_again(terms, terms.in_force) is asks


def test_an_upcoming_version_has_agreements_of_its_own() -> None:
    terms = history("S /e!/S+/e+")
    of_coming = [
        [other.id.number for other in valid_agreements(terms, coming)]
        for coming in terms.versions[2:]
    ]
    assert of_coming == [[4, 3], [4, 3]]

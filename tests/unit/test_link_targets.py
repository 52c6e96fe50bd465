"""Link targets: where links in the texts lead on the published site."""

from __future__ import annotations

import pytest

from gazette.site import addresses
from gazette.site.links import link_targets
from published import policy, version

TERMS = policy(version("2026-01-05.v1"), slug="terms", former_slugs=("rules", "privacy"))
PRIVACY = policy(version("2026-01-05.v1"), slug="privacy")
FILES = ["index.md", "policies/terms.md", "policies/map.svg", "guides/index.md", "guides/a.md"]
TARGETS = link_targets(FILES, [TERMS, PRIVACY])


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("policies/terms.md", "../../"),
        ("policies/rules.md", "../../"),
        ("policies/privacy.md", "../../../privacy/"),  # a policy of its own by now
        ("policies/map.svg", "../../../map.svg"),
        ("guides/a.md", "../../../../guides/a/"),
        ("guides/index.md", "../../../../guides/"),
        ("index.md", "../../../../"),
        ("policies/none.md", None),
        ("rules.md", None),
    ],
)
def test_link(target: str, expected: str | None) -> None:
    start = addresses.version(TERMS.slug, "2026-01-05.v1")
    assert TARGETS.link(start, target) == expected


def test_the_key_depends_on_files_and_names() -> None:
    assert TARGETS.key == link_targets(FILES[::-1], [PRIVACY, TERMS]).key
    assert TARGETS.key != link_targets(FILES[1:], [TERMS, PRIVACY]).key
    assert TARGETS.key != link_targets(FILES, [TERMS]).key

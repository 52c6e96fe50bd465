"""Lives of sections stay what they are when the archive has recorded them."""

from __future__ import annotations

from gazette.model import Status
from gazette.site.section_lives import StoredLives, section_lives
from gazette.text.markdown_settings import DEFAULT
from published import fragments_of, policy, version

FIRST = "# Terms\n\n## Fees\n\nThe fee is due on the first day of the month.\n"
SECOND = FIRST.replace("## Fees", "## What it costs") + "\n## Courts\n\nThose of Bern decide.\n"
TERMS = policy(
    version("2026-01-05.v1", FIRST), version("2026-03-02.v1", SECOND, status=Status.IN_FORCE)
)


def test_the_record_lacks_what_was_not_recorded_and_nothing_afterwards() -> None:
    fragments = fragments_of(TERMS)
    before = StoredLives(TERMS, fragments, DEFAULT)
    before.store()
    lines = before.unrecorded
    assert {str(version) for version in lines} == {"2026-01-05.v1", "2026-03-02.v1"}
    recorded = before.with_recorded(lines)
    after = StoredLives(recorded, fragments, DEFAULT)
    assert after.unrecorded == {}
    assert after.lives == before.lives
    assert recorded.in_force in recorded.versions


def test_what_only_one_version_has_recorded_is_asked_for_of_the_others() -> None:
    fragments = fragments_of(TERMS)
    before = StoredLives(TERMS, fragments, DEFAULT)
    first, *others = before.unrecorded
    recorded = before.with_recorded({first: before.unrecorded[first]})
    after = StoredLives(recorded, fragments, DEFAULT)
    assert [*after.unrecorded] == others
    assert section_lives(recorded, fragments, DEFAULT) == section_lives(TERMS, fragments, DEFAULT)

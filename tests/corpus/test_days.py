"""Every day of real histories has one answer: a version in force, or a stated gap."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from bench.sites import make_center
from gazette.model import Policy, Status
from gazette.record.policies import gather
from gazette.record.version_status import statuses
from gazette.settings import Settings
from gazette.site.periods import Period, timeline
from gazette.text.markdown_settings import DEFAULT

TODAY = date(2026, 11, 23)
AFTER = timedelta(days=30)
"""So many days after the last one on which anything happened are asked for."""


@pytest.mark.parametrize("size", ["company", "huge"], ids=["37signals", "platform-terms"])
def test_each_day_since_the_first_version_has_one_answer(
    corpus: Path, tmp_path: Path, size: str
) -> None:
    project = make_center(tmp_path, size, corpus)
    settings = Settings(
        project=project, docs=project / "docs", site_url="", support="#", markdown=DEFAULT
    )
    days: Counter[str] = Counter()
    policies = gather(settings, TODAY).policies
    for policy in policies:
        for day, periods in answers(policy):
            assert len(periods) == 1, (policy.slug, day)
            days[periods[0].gap.name if periods[0].gap else "IN_FORCE"] += 1
    print(f"{size}: {len(policies)} policies, {days.total():,} days, {dict(days)}")
    assert days.total() > 10_000


def answers(policy: Policy) -> list[tuple[date, list[Period]]]:
    """Return each day with its periods; assert that the version in force has that status then."""
    line = timeline(policy)
    metadata = {version.id: version.metadata for version in policy.versions}
    standing = [version for version in policy.versions if version.status is not Status.WITHDRAWN]
    first = standing[0].id.day
    ends = [*(version.metadata.effective for version in policy.versions), policy.retired or first]
    answered = []
    for offset in range((max(ends) - first + AFTER).days):
        day = first + timedelta(offset)
        periods = [period for period in line.periods if period.covers(day)]
        is_retired = policy.retired is not None and day >= policy.retired
        if not any(absence.day <= day for absence in policy.absences):
            status = statuses(metadata, standing[-1].id, day, retired=is_retired)
            applies = [id_ for id_, state in status.items() if state is Status.IN_FORCE]
            assert applies == [period.version.id for period in periods if period.version]
        answered.append((day, periods))
    return answered

"""Which version applied on each day of real histories: exactly one, or a stated gap.

usage: python -m bench.days [--size SIZE] [--corpus CORPUS]

SIZE is `company`, the policies of one company, or `huge`, the terms of large platforms; both unless
one is given. CORPUS is the folder of real histories; GAZETTE_CORPUS names it, too.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bench.sites import make_center
from gazette.model import Policy, Status, VersionId
from gazette.record.policies import gather
from gazette.record.version_status import statuses
from gazette.settings import Settings
from gazette.site.periods import Period, timeline
from gazette.text.markdown_settings import DEFAULT

SIZES = ("company", "huge")
TODAY = date(2026, 11, 23)
AFTER = timedelta(days=30)
"""So many days after the last one on which anything happened are asked for."""


def policies_of(folder: Path, size: str, corpus: Path) -> list[Policy]:
    """Return the policies of a real history, whose center is made in `folder`."""
    project = make_center(folder, size, corpus)
    settings = Settings(
        project=project, docs=project / "docs", site_url="", support="#", markdown=DEFAULT
    )
    return list(gather(settings, TODAY).policies)


def answers(policy: Policy) -> Iterator[tuple[date, list[Period], list[VersionId] | None]]:
    """Yield each day since the first version, and the periods that cover it.

    Behind them stand the versions that have the status of being in force on that day; None where
    the policy left or went back to a version, of which the present statuses say nothing.
    """
    line = timeline(policy)
    metadata = {version.id: version.metadata for version in policy.versions}
    standing = [version for version in policy.versions if version.status is not Status.WITHDRAWN]
    first = standing[0].id.day
    ends = [*(version.metadata.effective for version in policy.versions), policy.retired or first]
    for offset in range((max(ends) - first + AFTER).days):
        day = first + timedelta(offset)
        in_force = None
        if not policy.returns and not any(absence.day <= day for absence in policy.absences):
            is_retired = policy.retired is not None and day >= policy.retired
            status = statuses(metadata, standing[-1].id, day, retired=is_retired)
            in_force = [id_ for id_, state in status.items() if state is Status.IN_FORCE]
        yield day, [period for period in line.periods if covers(period, day)], in_force


def covers(period: Period, day: date) -> bool:
    """Tell whether a day is one of those of a period."""
    return (period.first or day) <= day <= (period.last or day)


def wrong_days(policy: Policy, days: Counter[str]) -> Iterator[str]:
    """Yield the days of a policy without exactly one answer; count what the others answer."""
    for day, periods, in_force in answers(policy):
        versions = [period.version.id for period in periods if period.version]
        if len(periods) != 1 or (in_force is not None and in_force != versions):
            yield f"{policy.slug} {day}: {len(periods)} periods, in force {in_force}"
        else:
            days[periods[0].gap.name if periods[0].gap else "IN_FORCE"] += 1


def main() -> None:
    """Ask for every day; print what was answered, and end with 1 where a day has no one answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    corpus = os.environ.get("GAZETTE_CORPUS")
    parser.add_argument("--size", choices=SIZES, action="append")
    parser.add_argument("--corpus", type=Path, default=corpus, required=corpus is None)
    asked = parser.parse_args()
    failed = False
    for size in asked.size or SIZES:
        with tempfile.TemporaryDirectory(prefix="gazette-days-") as scratch:
            policies = policies_of(Path(scratch), size, Path(asked.corpus).resolve())
            days: Counter[str] = Counter()
            wrong = [line for policy in policies for line in wrong_days(policy, days)]
        print(f"{size}: {len(policies)} policies, {days.total():,} days, {dict(days)}")
        print("\n".join(wrong) or f"{size}: each day has one answer")
        failed = failed or bool(wrong)
    raise SystemExit(failed)


if __name__ == "__main__":
    main()

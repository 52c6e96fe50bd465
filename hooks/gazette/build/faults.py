"""What could not be proved or rendered: an error in `docs/`, a line in the log where it is past."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence

from gazette.build.fragment_jobs import RenderedVersions
from gazette.model import Policy, Slug, VersionId
from gazette.problems import UNPROVED_HINT, Code, Problem

log = logging.getLogger("gazette")


def log_faults(
    policies: Sequence[Policy], rendered: Mapping[Slug, RenderedVersions]
) -> list[Problem]:
    """Log how many updates could not be proved, and each that is past; return those of `docs/`."""
    faults = [fault for policy in policies for fault in _faults(policy, rendered[policy.slug])]
    unproved = sum(1 for _, old, new, _ in faults if old != new)
    updates = sum(len(policy.versions) - 1 for policy in policies)
    if updates:
        log.info("%d of %d updates could not be proved", unproved, updates)
    problems = []
    for policy, old, new, reason in faults:
        message = f"Version {new} is shown as its source. {reason}"
        if old != new:
            message = f"What changed from {old} to {new} cannot be proved: {reason}"
        version = policy.version(new)
        assert version is not None
        if version.is_archived:
            shown = " Both sources are shown." if old != new else ""
            log.info("%s: %s%s", policy.slug, message, shown)
        else:
            problems.append(Problem(version.path, 1, Code.UNPROVED, message, UNPROVED_HINT))
    return problems


def _faults(
    policy: Policy, rendered: RenderedVersions
) -> Iterator[tuple[Policy, VersionId, VersionId, str]]:
    for pair, reason in rendered.faults.items():
        old, new = map(VersionId.parse, pair.split())
        yield policy, old, new, reason

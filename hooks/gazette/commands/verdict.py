"""The one verdict on a project: what its rules find, and what the host would refuse."""

from __future__ import annotations

from collections.abc import Sequence

from gazette.build.fragment_jobs import seen_in_cache
from gazette.commands.project import Project
from gazette.host_pages import host_problems
from gazette.model import Policy
from gazette.problems import Code, Problem
from gazette.record.version_status import posted
from gazette.review.check import check, position
from gazette.review.gathering import read_review
from gazette.review.review import Review
from gazette.settings import CONFIG, Settings
from gazette.site.addresses import page_source
from gazette.site.fragments import body_of, page_body
from gazette.text.reader import Reader

STOPS_PAGE = {
    *(Code.BOUNDS, Code.BROKEN_LINK, Code.CONFLICT, Code.ENCODING, Code.FRONT_MATTER),
    Code.UNPROVED,
}
"""Of a page with one of these, the host would say the same again, or nothing that helps."""


def review_of(project: Project) -> Review:
    """Gather what a review of `project` needs.

    Raises PolicyError where nothing may be read, as a link or device is among the files.
    """
    return read_review(project.settings, project.today, project.base)


def findings(review: Review) -> list[Problem]:
    """Return all that would stop or mark what was gathered, in the order of the files."""
    problems = check(review, seen_in_cache)
    return sorted([*problems, *_host_problems(review, problems)], key=position)


def _host_problems(review: Review, problems: Sequence[Problem]) -> list[Problem]:
    """Return what the host would warn of, but for pages that `problems` stop before.

    Nothing where the record cannot be verified: no build comes that far then.
    """
    if not review.is_verified:
        return []
    settings = review.settings
    shown = list(posted(review.policies.values()))
    docs = f"{settings.relative(settings.docs)}/"
    stopped = {problem.path for problem in problems if problem.code in STOPS_PAGE}
    skipped = {path.removeprefix(docs) for path in stopped}
    bodies = {
        page_source(policy.slug): page_body(policy, shown, _fault(settings, policy))
        for policy in shown
    }
    scheduled = {page_source(slug) for slug in review.policies} - bodies.keys()
    return host_problems(settings.project / CONFIG, bodies, scheduled, skipped)


def _fault(settings: Settings, policy: Policy) -> str:
    """Tell why the text on a policy's page cannot be rendered; of that in `docs/`, rules tell."""
    version = policy.shown
    if policy.retired or version.path == f"docs/{page_source(policy.slug)}":
        return ""
    return Reader(settings.markdown).read(body_of(version)).fault

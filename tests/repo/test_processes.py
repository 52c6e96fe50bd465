"""Several processes read texts from git at once, each through a pipe of its own."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from gazette.build.pool import Job, WorkerState, run_jobs
from gazette.model import Slug
from repositories import Project

VERSIONS = 12


def wrong_reads(slug: Slug, _: range, times: int) -> int:
    """Read every version so often, and return how many of the texts were others."""
    versions = WorkerState.policies[slug].versions * times
    return sum(sha256(version.read()).hexdigest() != version.sha256 for version in versions)


def test_processes_at_once_read_the_right_texts(tmp_path: Path) -> None:
    project = Project(tmp_path / "project").init()
    for day in range(1, VERSIONS + 1):
        version = f"2026-01-{day:02}.v1"
        project.write("terms", version, f"Day {day}. " * 500)
        project.commit(version[:10])
    register = project.gather()
    [terms] = register.policies
    assert len(terms.versions) == VERSIONS
    assert terms.versions[0].read()  # the pipe of this process is open when others begin
    jobs = [Job(Slug("terms"), range(number), (20,)) for number in range(4)]
    results = run_jobs(wrong_reads, jobs, project.settings, {}, register.policies, "versions")
    assert [wrong for _, wrong in results] == [0, 0, 0, 0]

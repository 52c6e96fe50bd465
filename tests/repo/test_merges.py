"""A green review is never followed by a red publish, however a proposal is merged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from gazette.cli import main
from gazette.problems import stopping
from repositories import MKDOCS, Project, check

DAY, LATER = "2026-03-01", "2026-04-01"
TODAY = date(2026, 5, 1)
FRONT = {"title": "Returns", "summary": "Sixty days."}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A proposal of two commits that write one version, on a branch that moved on meanwhile."""
    project = Project(tmp_path / "project").init()
    project.put("mkdocs.yml", MKDOCS)
    project.post("returns", "2026-01-05.v1", "You have thirty days.\n", title="Returns")
    project.post("fees", "2026-01-06.v1", "We charge nothing.\n", title="Fees")
    project.git("branch", "proposal")
    changed = {"title": "Fees", "summary": "A fee."}
    project.post("fees", "2026-02-01.v1", "We charge 5 euros.\n", **changed)
    project.git("checkout", "--quiet", "proposal")
    for days in ("Fifty", "Sixty"):
        project.write("returns", f"{DAY}.v1", f"You have {days.lower()} days.\n", **FRONT)
        project.commit(DAY)
    project.git("checkout", "--quiet", "main")
    return project


def merge(project: Project, kind: str) -> tuple[str, str]:
    """Merge the proposal as the server does; return where the branch was before and is now."""
    before = project.git("rev-parse", "HEAD").strip()
    if kind == "merge":
        project.git("merge", "--quiet", "--no-ff", "--no-edit", "proposal", day=DAY)
    elif kind == "squash":
        project.git("merge", "--quiet", "--squash", "proposal", day=DAY)
        project.commit(DAY)
    else:
        project.git("checkout", "--quiet", "--detach", "proposal")
        project.git("rebase", "--quiet", "main", day=DAY)
        project.git("checkout", "--quiet", "-B", "main")
    return before, project.git("rev-parse", "HEAD").strip()


def review(project: Project) -> list[str]:
    """Return what stops the proposal, as the workflow reviews the merge of it."""
    project.git("checkout", "--quiet", "--detach", "main")
    project.git("merge", "--quiet", "--no-ff", "--no-edit", "proposal", day=DAY)
    reasons = [str(problem) for problem in check(project.settings, TODAY, "HEAD^1")]
    reasons += refusals(project)
    project.git("checkout", "--quiet", "main")
    return reasons


def refusals(project: Project) -> list[str]:
    """Return what stops a strict build."""
    return [str(problem) for problem in stopping(project.gather(TODAY).problems, strict=True)]


@pytest.mark.parametrize("kind", ["merge", "squash", "rebase"])
def test_what_passes_its_review_is_published(project: Project, kind: str) -> None:
    assert review(project) == []
    push = merge(project, kind)
    project.learn(push)
    assert refusals(project) == []


@pytest.mark.parametrize("kind", ["merge", "squash", "rebase"])
def test_later_builds_pass_though_the_archive_was_never_committed(
    project: Project, kind: str
) -> None:
    """A protected branch takes neither archive nor notes: the server tells the pushes again."""
    pushes = [merge(project, kind)]
    changed = {"title": "Fees", "summary": "A higher fee."}
    project.post("fees", f"{LATER}.v1", "We charge 9 euros.\n", **changed)
    pushes.append((pushes[0][1], project.git("rev-parse", "HEAD").strip()))
    project.learn(*reversed(pushes))
    assert refusals(project) == []
    versions = {policy.slug: len(policy.versions) for policy in project.gather(TODAY).policies}
    assert versions == {"fees": 3, "returns": 2}
    project.git("branch", "--force", "proposal", "main")
    project.git("checkout", "--quiet", "proposal")
    project.put("docs/index.md", "# Help\n")
    project.commit(LATER)
    assert review(project) == []


def test_without_the_server_a_rebase_is_refused_in_doubt(project: Project) -> None:
    merge(project, "rebase")
    [refusal] = refusals(project)
    assert "silent-edit" in refusal


def test_two_proposals_with_one_version_are_found_in_the_queue(project: Project) -> None:
    """Git merges them without a conflict where they change other lines of the text."""
    body = "You have thirty days.\n\nWe pay within a week.\n"
    project.post("returns", f"{DAY}.v1", body, **FRONT)
    for branch, old, new in (("first", "thirty", "sixty"), ("second", "a week", "ten days")):
        project.git("checkout", "--quiet", "-b", branch, "main")
        project.post("returns", f"{LATER}.v1", body.replace(old, new), **FRONT)
    project.git("checkout", "--quiet", "main")
    project.git("branch", "--force", "proposal", "second")
    assert review(project) == []
    project.git("merge", "--quiet", "--no-ff", "--no-edit", "first", day=LATER)
    assert any("silent-edit" in refusal for refusal in review(project))


def test_a_review_tells_of_nothing_that_came_meanwhile(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Against the commit that the proposal began at, others' changes would count as its own."""
    project.git("checkout", "--quiet", "--detach", "main")
    project.git("merge", "--quiet", "--no-ff", "--no-edit", "proposal", day=DAY)
    monkeypatch.chdir(project.root)
    report = CliRunner().invoke(main, ["report", "--base", "HEAD^1"])
    assert report.exit_code == 0, report.output
    assert "Returns" in report.output
    assert "Fees" not in report.output

"""What counts as published: every tip of the branch, and in doubt every commit."""

from __future__ import annotations

from pathlib import Path

import pytest

from gazette.record import archive, policies
from gazette.record.pushes import PUSHES, note_pushes
from repositories import TODAY, Project, check, codes

SLUG, DAY = "refund-policy", "2026-03-01"
VERSION = f"{DAY}.v1"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project on `main`, and a proposal of two commits: a beginning, and then its text."""
    project = Project(tmp_path / "project").init()
    project.post("terms", "2026-01-05.v1", "Terms.\n", title="Terms")
    project.git("switch", "--quiet", "--create", "proposal")
    for body in ("Begun.\n", "You can ask for your money back.\n"):
        project.write(SLUG, VERSION, body, title="Refund Policy")
        project.commit(DAY)
    project.git("switch", "--quiet", "main")
    return project


def head(project: Project, revision: str = "HEAD") -> str:
    return project.git("rev-parse", revision).strip()


def publish(project: Project, before: str) -> list[str]:
    """Build as the workflow does that knows where the branch was before, and commit the archive."""
    project.learn((before, head(project)))
    register = policies.gather(project.settings, TODAY, {})
    assert codes(register) == []
    archived = archive.freeze(project.versions, register.unarchived)
    note_pushes(project.versions, register.pushes)
    project.commit(DAY)
    return archived


def test_squashed_and_merged_proposals_are_one_step(project: Project) -> None:
    project.git("merge", "--quiet", "--no-ff", "--no-edit", "proposal", day=DAY)
    assert codes(project.gather()) == []
    project.git("reset", "--quiet", "--hard", "HEAD^")
    project.git("merge", "--quiet", "--squash", "proposal")
    project.commit(DAY)
    assert codes(project.gather()) == []


def test_commits_that_nobody_notes_count_each(project: Project) -> None:
    """In doubt a text was published: after it, another one needs a version of its own."""
    project.git("merge", "--quiet", "--ff-only", "proposal")

    assert codes(project.gather()) == [f"docs/policies/{SLUG}.md:7 silent-edit"]


def test_a_rebased_proposal_is_one_step_where_its_push_is_known(project: Project) -> None:
    before = head(project)
    project.git("merge", "--quiet", "--ff-only", "proposal")
    after = head(project)

    assert publish(project, before) == []
    assert (project.versions / PUSHES).read_text() == f"{before} {after}\n"
    assert codes(project.gather()) == []
    assert publish(project, "") == []


def test_versions_in_the_middle_of_a_push_are_not_archived(project: Project) -> None:
    before = head(project)
    project.git("merge", "--quiet", "--ff-only", "proposal")
    project.write(SLUG, "2026-03-02.v1", "Thirty days.\n", title="Refund Policy", summary="More.")
    project.commit("2026-03-02")

    assert publish(project, before) == []
    project.post(SLUG, "2026-03-05.v1", "Sixty.\n", title="Refund Policy", summary="More.")
    assert publish(project, head(project, "HEAD^")) == [f"{SLUG}/2026-03-02.v1.md"]
    (policy, _) = project.gather().policies
    assert [str(version.id) for version in policy.versions] == ["2026-03-02.v1", "2026-03-05.v1"]


def test_two_pushes_are_two_steps(project: Project) -> None:
    before = head(project)
    project.git("merge", "--quiet", "--ff-only", "proposal~1")
    publish(project, before)
    before = head(project)
    project.write(SLUG, VERSION, "You can ask for your money back.\n", title="Refund Policy")
    project.commit(DAY)

    project.learn((before, head(project)))
    register = project.gather()
    assert codes(register) == [f"docs/policies/{SLUG}.md:7 silent-edit"]
    assert register.pushes == ()


def test_a_push_of_single_commits_notes_nothing(project: Project) -> None:
    before = head(project)
    project.post("terms", VERSION, "More terms.\n", title="Terms", summary="More.")
    project.put("docs/index.md", "# Help\n")
    project.commit(DAY)

    publish(project, before)
    assert not (project.versions / PUSHES).exists()


def test_a_note_of_commits_that_do_not_follow_each_other_says_nothing(project: Project) -> None:
    before = head(project)
    project.git("merge", "--quiet", "--ff-only", "proposal")
    after = head(project)
    notes = f"{after} {before}\n{'0' * 40} {after}\n{before} {'f' * 40}\nnonsense\n"
    project.put(f"versions/{PUSHES}", notes)
    project.commit(DAY)

    assert "silent-edit" in str(codes(project.gather()))
    project.learn(("0" * 40, after))
    assert "silent-edit" in str(codes(project.gather()))


def test_a_proposal_writes_no_notes(project: Project) -> None:
    project.put(f"versions/{PUSHES}", f"{head(project)} {head(project, 'proposal')}\n")
    project.commit(DAY)

    problems = check(project.settings, TODAY, "HEAD^")
    assert [problem.path for problem in problems] == [f"versions/{PUSHES}"]

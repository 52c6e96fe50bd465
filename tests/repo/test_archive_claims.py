"""What versions/ holds and says is checked against its own history in git, and against docs/."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from gazette.errors import ArchiveError
from repositories import TODAY, Project, check, codes, text

OLD = "2024-05-01.v1"
IMPORTED = f"privacy-policy/{OLD}.md"
IMPORTED_IMAGE = f"privacy-policy/{OLD}/assets/map.png"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A policy in docs/ with one version that came with it, as an import brings it."""
    project = Project(tmp_path / "project").init()
    archived = text(OLD, "You may ask us.\n")
    project.put(f"versions/{IMPORTED}", archived)
    project.put(f"versions/{IMPORTED_IMAGE}", b"image")
    project.write("privacy-policy", "2025-02-10.v1", "You may write to us.\n", summary="More.")
    project.sign("privacy-policy")
    project.commit("2025-02-10")
    return project


def refusal(project: Project) -> str:
    """Return what stops a build; `check` says the same, with and without a base."""
    with pytest.raises(ArchiveError) as caught:
        project.gather()
    for base in (None, "HEAD~1"):
        messages = {str(problem) for problem in check(project.settings, TODAY, base)}
        assert {str(problem) for problem in caught.value.problems} <= messages
    return str(caught.value)


def clone(project: Project, folder: Path, *options: str) -> Project:
    project.git("clone", "--quiet", *options, f"file://{project.root}", str(folder))
    return Project(folder)


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("path", [IMPORTED, IMPORTED_IMAGE])
def test_an_archived_file_and_its_digest_altered_together(
    project: Project, path: str, committed: bool
) -> None:
    project.put(f"versions/{path}", text(OLD, "You must ask us.\n"))
    project.sign("privacy-policy")
    if committed:
        project.commit("2025-03-01")
    else:
        project.git("commit", "--quiet", "--allow-empty", "-m", "Nothing")

    refused = refusal(project)
    assert f"versions/{path}: This file is not what git archived first." in refused
    revision = f"{project.git('rev-parse', 'HEAD').strip()}^" if committed else "HEAD"
    assert f"git checkout {revision} -- versions/{path}" in refused
    assert "and its line in versions/privacy-policy/SHA256SUMS: " in refused


def test_the_way_out_brings_the_archive_back(project: Project) -> None:
    test_an_archived_file_and_its_digest_altered_together(project, IMPORTED, committed=True)
    project.git("checkout", "HEAD^", "--", f"versions/{IMPORTED}")
    project.sign("privacy-policy")

    assert codes(project.gather()) == []


def test_an_archived_file_that_was_removed_with_its_digest(project: Project) -> None:
    (project.versions / IMPORTED_IMAGE).unlink()
    project.sign("privacy-policy")
    project.commit("2025-03-01")

    assert f"versions/{IMPORTED_IMAGE}: This file was archived, and is gone." in refusal(project)


def test_an_archived_file_that_was_renamed(project: Project) -> None:
    project.git("mv", f"versions/{IMPORTED}", "versions/privacy-policy/2024-06-01.v1.md")
    project.sign("privacy-policy")
    project.commit("2025-03-01")

    refused = refusal(project)
    assert f"versions/{IMPORTED}: This file was archived, and is gone." in refused


def test_what_one_commit_altered_and_another_restored_is_intact(project: Project) -> None:
    for words in ("must", "may"):
        project.put(f"versions/{IMPORTED}", text(OLD, f"You {words} ask us.\n"))
        project.sign("privacy-policy")
        project.commit("2025-03-01")

    assert codes(project.gather()) == []


def test_an_alteration_is_seen_after_merging_a_branch(project: Project) -> None:
    project.git("switch", "--quiet", "--create", "other")
    project.put(f"versions/{IMPORTED}", text(OLD, "You must ask us.\n"))
    project.sign("privacy-policy")
    project.commit("2025-03-01")
    project.git("switch", "--quiet", "main")
    project.git("merge", "--quiet", "--no-ff", "--no-edit", "other")

    assert "This file is not what git archived first." in refusal(project)


def test_a_text_that_docs_held_cannot_be_replaced_by_way_of_docs(project: Project) -> None:
    """Not even by committing it as the policy's file once more, and then the present text."""
    project.post("privacy-policy", "2025-03-01.v1", "New.\n", summary="New.")
    project.build()
    project.commit("2025-03-02")
    present = (project.policies / "privacy-policy.md").read_bytes()
    project.write("privacy-policy", "2025-02-10.v1", "You may not write.\n", summary="More.")
    forged = (project.policies / "privacy-policy.md").read_bytes()
    project.commit("2025-03-03")
    project.put("docs/policies/privacy-policy.md", present)
    project.put("versions/privacy-policy/2025-02-10.v1.md", forged)
    project.sign("privacy-policy")
    project.commit("2025-03-04")

    assert "2025-02-10.v1.md: This file is not what git archived first." in refusal(project)


def test_a_squash_begins_anew_and_says_what_it_cannot_tell(project: Project) -> None:
    project.put(f"versions/{IMPORTED}", text(OLD, "You must ask us.\n"))
    project.sign("privacy-policy")
    project.squash("2025-03-01")

    register = project.gather()
    assert codes(register) == []
    assert register.notices == (
        "1 archived text was never in docs/ in this history: the history of versions/ alone "
        "vouches for them, from the commit on that brought them.",
    )


def test_a_squash_keeps_that_a_policy_left_and_came_back(project: Project) -> None:
    project.delete("privacy-policy")
    project.commit("2025-02-25")
    project.post("privacy-policy", "2025-03-10.v1", "You may ask us.\n")
    before = project.gather()
    project.build()
    project.squash("2025-03-11")

    after = project.gather()
    assert codes(after) == codes(before)
    (old,), (new,) = before.policies, after.policies
    assert new.absences == old.absences != ()


def retire_and_squash(project: Project) -> None:
    """Retire the policy, archive that, and begin the history anew."""
    project.delete("privacy-policy")
    project.commit("2025-02-25")
    project.build()
    project.squash("2025-03-01")


def test_after_a_squash_the_name_of_a_retired_policy_may_be_used_again(project: Project) -> None:
    retire_and_squash(project)
    project.post("privacy-policy", "2025-03-10.v1", "You may ask us.\n")
    (policy,) = project.gather().policies
    assert [absence.day for absence in policy.absences] == [date(2025, 2, 25)]

    retired_file(project, "privacy-policy", "2025-03-10.v1")
    assert "2025-03-01.retired: This file says that privacy-policy left" in refusal(project)


def test_after_a_squash_a_policy_may_leave_once_more_as_it_left_before(project: Project) -> None:
    retire_and_squash(project)
    project.write("privacy-policy", "2025-02-10.v1", "You may write to us.\n", summary="More.")
    project.commit("2025-03-05")
    project.delete("privacy-policy")
    project.commit("2025-03-10")
    assert project.build() == ["privacy-policy/2025-03-10.retired"]
    project.commit("2025-03-11")

    (policy,) = project.gather().policies
    assert policy.retired == date(2025, 3, 10)
    assert [absence.day for absence in policy.absences] == [date(2025, 2, 25)]


def test_no_new_policy_has_an_old_one_go_on_as_itself(project: Project) -> None:
    project.delete("privacy-policy")
    project.commit("2025-02-25")
    project.build()
    project.commit("2025-02-26")
    folder = "versions/former-policy"
    project.put(
        f"{folder}/2025-02-20.retired",
        "retired: 2025-02-20\nlast version: 2025-02-10.v1\ncontinued as: privacy-policy\n",
    )
    project.sign("former-policy")
    project.write("data-policy", "2025-03-01.v1", summary="More.", formerly="[privacy-policy]")
    project.commit("2025-03-01")

    assert f"{folder}/2025-02-20.retired: This file says that former-policy" in refusal(project)


def test_a_shallow_clone_sees_what_it_holds_and_says_so(project: Project, tmp_path: Path) -> None:
    project.put("versions/privacy-policy/COMPLETE", "2025-02-10.v1\n")
    project.commit("2025-02-11")
    shallow = clone(project, tmp_path / "shallow", "--depth=1")
    assert any("This is a shallow clone" in notice for notice in shallow.gather().notices)

    project.put(f"versions/{IMPORTED}", text(OLD, "You must ask us.\n"))
    project.sign("privacy-policy")
    project.commit("2025-03-01")
    deeper = clone(project, tmp_path / "deeper", "--depth=2")
    with pytest.raises(ArchiveError, match=r"This file is not what git archived first\."):
        deeper.gather()


def test_without_git_the_limit_is_said(project: Project, tmp_path: Path) -> None:
    (project.root / ".git").rename(tmp_path / "gone")

    assert any("cannot be told here" in notice for notice in project.gather().notices)


def retired_file(project: Project, slug: str, last: str, new: str = "") -> None:
    went_on = f"continued as: {new}\n" if new else ""
    project.put(
        f"versions/{slug}/2025-03-01.retired",
        f"retired: 2025-03-01\nlast version: {last}\n{went_on}",
    )
    project.sign(slug)
    project.commit("2025-03-01")


@pytest.mark.parametrize("new", ["terms", ""])
def test_a_retirement_of_a_policy_that_stands_there(project: Project, new: str) -> None:
    project.post("terms", "2025-02-20.v1", "Terms.\n", title="Terms")
    retired_file(project, "privacy-policy", "2025-02-10.v1", new)

    refused = refusal(project)
    assert (
        "versions/privacy-policy/2025-03-01.retired: This file says that privacy-policy" in refused
    )
    assert "but git never saw that." in refused


def test_a_retirement_that_gives_a_retired_policy_to_another(project: Project) -> None:
    project.post("terms", "2025-02-20.v1", "Terms.\n", title="Terms")
    project.delete("privacy-policy")
    project.commit("2025-02-25")
    assert project.build() == [
        "privacy-policy/2025-02-10.v1.md",
        "privacy-policy/2025-02-25.retired",
    ]
    project.commit("2025-02-26")
    retired_file(project, "privacy-policy", "2025-02-10.v1", "terms")

    assert "went on as terms, but git never saw that." in refusal(project)


def test_a_retirement_that_an_import_brought_is_believed(project: Project) -> None:
    project.put("versions/fees/2023-01-01.v1.md", text("2023-01-01.v1", "Fees.\n", title="Fees"))
    retired_file(project, "fees", "2023-01-01.v1")
    assert codes(project.gather()) == []

    project.put(
        "versions/fees/2025-04-01.retired",
        "retired: 2025-04-01\nlast version: 2023-01-01.v1\ncontinued as: privacy-policy\n",
    )
    project.sign("fees")
    project.commit("2025-04-01")
    assert "went on as privacy-policy, but git never saw that." in refusal(project)


def test_formerly_takes_no_policy_that_was_another(project: Project) -> None:
    project.post("terms", "2025-02-20.v1", "Terms.\n", title="Terms")
    project.delete("privacy-policy")
    project.commit("2025-02-25")
    project.write("terms", "2025-02-20.v1", "Terms.\n", title="Terms", formerly="[privacy-policy]")
    project.commit("2025-02-26")

    problems = [
        problem
        for base in (None, "HEAD~1")
        for problem in check(project.settings, TODAY, base)
        if problem.code.label == "invalid-value"
    ]
    assert len(problems) == 2
    assert problems[0].message == (
        "`formerly` names privacy-policy, but this file never had that name."
    )
    assert "docs/policies/terms.md:5 invalid-value" in codes(project.gather())


@pytest.mark.parametrize("committed", [True, False])
def test_formerly_tells_of_a_rename_that_git_does_not_see(
    project: Project, committed: bool
) -> None:
    project.delete("privacy-policy")
    project.write(
        "data",
        "2025-03-01.v1",
        "All new words, in another order.\n" * 20,
        title="Your Data",
        summary="New.",
        formerly="[privacy-policy]",
    )
    if committed:
        project.commit("2025-03-01")

    assert codes(project.gather()) == []
    (policy,) = project.gather().policies
    assert policy.former_slugs == ("privacy-policy",)


def test_formerly_may_name_what_was_never_a_policy_here(project: Project) -> None:
    project.post("terms", "2025-02-20.v1", "Terms.\n", title="Terms", formerly="[tos]")

    assert codes(project.gather()) == []


def single_list(project: Project) -> str:
    """Begin the repository anew with one list of digests for all policies; return its content."""
    folder = project.versions / "privacy-policy"
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    single = "".join(f"{line.replace('  ', '  privacy-policy/')}\n" for line in lines)
    shutil.rmtree(project.root / ".git")
    (folder / "SHA256SUMS").unlink()
    project.put("versions/SHA256SUMS", single)
    project.init().commit("2025-02-10")
    return single


@pytest.mark.parametrize("path", ["versions/privacy-policy/SHA256SUMS", "versions/SHA256SUMS"])
def test_a_list_that_is_missing_is_the_one_finding(project: Project, path: str) -> None:
    if path == "versions/SHA256SUMS":
        single_list(project)
    (project.root / path).unlink()

    problems = check(project.settings, TODAY)
    (problem,) = (problem for problem in problems if problem.code.label == "archive")
    assert (problem.path, problem.message) == (path, f"{path} is missing.")
    assert problem.hint == f"Bring it back: git checkout HEAD -- {path}"


def test_a_committed_loss_of_a_list_is_put_right_from_before(project: Project) -> None:
    (project.versions / "privacy-policy" / "SHA256SUMS").unlink()
    project.commit("2025-03-01")
    revision = f"{project.git('rev-parse', 'HEAD').strip()}^"

    with pytest.raises(ArchiveError) as caught:
        project.gather()
    (problem,) = caught.value.problems
    assert problem.hint == (
        f"Bring it back: git checkout {revision} -- versions/privacy-policy/SHA256SUMS"
    )
    project.git("checkout", revision, "--", "versions/privacy-policy/SHA256SUMS")
    assert codes(project.gather()) == []


def test_a_lost_line_is_named_to_be_put_back(project: Project) -> None:
    sums = project.versions / "privacy-policy" / "SHA256SUMS"
    lines = sums.read_text().splitlines(keepends=True)
    sums.write_text("".join(line for line in lines if "map.png" in line))

    with pytest.raises(ArchiveError) as caught:
        project.gather()
    (problem,) = caught.value.problems
    lost = next(line for line in lines if "map.png" not in line)
    assert problem.hint == f"Put this line back there: {lost.strip()}"


def test_the_single_list_of_earlier_archives_is_read_and_left_alone(project: Project) -> None:
    single = single_list(project)
    folder = project.versions / "privacy-policy"
    project.post("privacy-policy", "2025-03-01.v1", "New.\n", summary="New.")

    assert project.build() == ["privacy-policy/2025-02-10.v1.md"]
    assert (project.versions / "SHA256SUMS").read_text() == single
    assert "2025-02-10.v1.md" in (folder / "SHA256SUMS").read_text()
    assert OLD not in (folder / "SHA256SUMS").read_text()
    command = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=folder, check=False).returncode == 0


def test_review_tells_of_archive_files_that_no_release_wrote(project: Project) -> None:
    project.post("privacy-policy", "2025-03-01.v1", "New.\n", summary="New.")
    project.build()
    project.put("versions/privacy-policy/2023-05-01.v1.md", text("2023-05-01.v1", "Invented.\n"))
    project.sign("privacy-policy")
    project.commit("2025-03-02")

    problems = check(project.settings, TODAY, "HEAD~2")
    assert [problem.path for problem in problems if problem.code.label == "archive-addition"] == [
        "versions/privacy-policy/2023-05-01.v1.md"
    ]

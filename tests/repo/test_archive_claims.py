"""What versions/ holds and says is checked against its own history in git, and against docs/."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gazette.errors import ArchiveError
from gazette.model import digest_of
from gazette.review.check import check
from repositories import TODAY, Center, codes, text

OLD = "2024-05-01.v1"
IMPORTED = f"privacy-policy/{OLD}.md"
IMPORTED_IMAGE = f"privacy-policy/{OLD}/assets/map.png"


@pytest.fixture
def center(tmp_path: Path) -> Center:
    """A policy in docs/ with one version that came with it, as an import brings it."""
    center = Center(tmp_path / "center").init()
    archived = text(OLD, "You may ask us.\n")
    center.put(f"versions/{IMPORTED}", archived)
    center.put(f"versions/{IMPORTED_IMAGE}", b"image")
    center.write("privacy-policy", "2025-02-10.v1", "You may write to us.\n", summary="More.")
    write_sums(center, "privacy-policy")
    center.commit("2025-02-10")
    return center


def write_sums(center: Center, slug: str) -> None:
    """Compute the list of digests anew, as whoever alters the archive would."""
    folder = center.versions / slug
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix)
    lines = (f"{digest_of(path.read_bytes())}  {path.relative_to(folder)}\n" for path in files)
    (folder / "SHA256SUMS").write_text("".join(lines))


def refusal(center: Center) -> str:
    """Return what stops a build; `check` says the same, with and without a base."""
    with pytest.raises(ArchiveError) as caught:
        center.gather()
    for base in (None, "HEAD~1"):
        found = {str(problem) for problem in check(center.settings, TODAY, base)}
        assert {str(problem) for problem in caught.value.problems} <= found
    return str(caught.value)


def clone(center: Center, folder: Path, *options: str) -> Center:
    center.git("clone", "--quiet", *options, f"file://{center.root}", str(folder))
    return Center(folder)


@pytest.mark.parametrize("committed", [True, False])
@pytest.mark.parametrize("path", [IMPORTED, IMPORTED_IMAGE])
def test_an_archived_file_and_its_digest_altered_together(
    center: Center, path: str, committed: bool
) -> None:
    center.put(f"versions/{path}", text(OLD, "You must ask us.\n"))
    write_sums(center, "privacy-policy")
    if committed:
        center.commit("2025-03-01")
    else:
        center.git("commit", "--quiet", "--allow-empty", "-m", "Nothing")

    said = refusal(center)
    assert f"versions/{path}: This file is not what git archived first." in said
    revision = f"{center.git('rev-parse', 'HEAD').strip()}^" if committed else "HEAD"
    assert f"git checkout {revision} -- versions/{path}" in said
    assert "and its line in versions/privacy-policy/SHA256SUMS: " in said


def test_the_way_out_brings_the_archive_back(center: Center) -> None:
    test_an_archived_file_and_its_digest_altered_together(center, IMPORTED, committed=True)
    center.git("checkout", "HEAD^", "--", f"versions/{IMPORTED}")
    write_sums(center, "privacy-policy")

    assert codes(center.gather()) == []


def test_an_archived_file_that_was_removed_with_its_digest(center: Center) -> None:
    (center.versions / IMPORTED_IMAGE).unlink()
    write_sums(center, "privacy-policy")
    center.commit("2025-03-01")

    assert f"versions/{IMPORTED_IMAGE}: This file was archived, and is gone." in refusal(center)


def test_an_archived_file_that_was_renamed(center: Center) -> None:
    center.git("mv", f"versions/{IMPORTED}", "versions/privacy-policy/2024-06-01.v1.md")
    write_sums(center, "privacy-policy")
    center.commit("2025-03-01")

    said = refusal(center)
    assert f"versions/{IMPORTED}: This file was archived, and is gone." in said


def test_what_one_commit_altered_and_another_restored_is_intact(center: Center) -> None:
    for words in ("must", "may"):
        center.put(f"versions/{IMPORTED}", text(OLD, f"You {words} ask us.\n"))
        write_sums(center, "privacy-policy")
        center.commit("2025-03-01")

    assert codes(center.gather()) == []


def test_an_alteration_is_seen_after_merging_a_branch(center: Center) -> None:
    center.git("switch", "--quiet", "--create", "other")
    center.put(f"versions/{IMPORTED}", text(OLD, "You must ask us.\n"))
    write_sums(center, "privacy-policy")
    center.commit("2025-03-01")
    center.git("switch", "--quiet", "main")
    center.git("merge", "--quiet", "--no-ff", "--no-edit", "other")

    assert "This file is not what git archived first." in refusal(center)


def test_a_text_that_docs_held_cannot_be_replaced_by_way_of_docs(center: Center) -> None:
    """Not even by committing it as the policy's file once more, and then the present text."""
    center.post("privacy-policy", "2025-03-01.v1", "New.\n", summary="New.")
    center.build()
    center.commit("2025-03-02")
    present = (center.policies / "privacy-policy.md").read_bytes()
    center.write("privacy-policy", "2025-02-10.v1", "You may not write.\n", summary="More.")
    forged = (center.policies / "privacy-policy.md").read_bytes()
    center.commit("2025-03-03")
    center.put("docs/policies/privacy-policy.md", present)
    center.put("versions/privacy-policy/2025-02-10.v1.md", forged)
    write_sums(center, "privacy-policy")
    center.commit("2025-03-04")

    assert "2025-02-10.v1.md: This file is not what git archived first." in refusal(center)


def test_a_squash_begins_anew_and_says_what_it_cannot_tell(center: Center) -> None:
    center.put(f"versions/{IMPORTED}", text(OLD, "You must ask us.\n"))
    write_sums(center, "privacy-policy")
    center.git("checkout", "--quiet", "--orphan", "fresh")
    center.commit("2025-03-01")

    register = center.gather()
    assert codes(register) == []
    assert register.notices == (
        "1 archived text was never in docs/ in this history: the history of versions/ alone "
        "vouches for them, from the commit on that brought them.",
    )


def test_a_shallow_clone_sees_what_it_holds_and_says_so(center: Center, tmp_path: Path) -> None:
    center.put("versions/privacy-policy/COMPLETE", "2025-02-10.v1\n")
    center.commit("2025-02-11")
    shallow = clone(center, tmp_path / "shallow", "--depth=1")
    assert any("This is a shallow clone" in notice for notice in shallow.gather().notices)

    center.put(f"versions/{IMPORTED}", text(OLD, "You must ask us.\n"))
    write_sums(center, "privacy-policy")
    center.commit("2025-03-01")
    deeper = clone(center, tmp_path / "deeper", "--depth=2")
    with pytest.raises(ArchiveError, match=r"This file is not what git archived first\."):
        deeper.gather()


def test_without_git_the_limit_is_said(center: Center, tmp_path: Path) -> None:
    (center.root / ".git").rename(tmp_path / "gone")

    assert any("cannot be told here" in notice for notice in center.gather().notices)


def retired_file(center: Center, slug: str, last: str, new: str = "") -> None:
    went_on = f"continued as: {new}\n" if new else ""
    center.put(
        f"versions/{slug}/2025-03-01.retired",
        f"retired: 2025-03-01\nlast version: {last}\n{went_on}",
    )
    write_sums(center, slug)
    center.commit("2025-03-01")


@pytest.mark.parametrize("new", ["terms", ""])
def test_a_retirement_of_a_policy_that_stands_there(center: Center, new: str) -> None:
    center.post("terms", "2025-02-20.v1", "Terms.\n", title="Terms")
    retired_file(center, "privacy-policy", "2025-02-10.v1", new)

    said = refusal(center)
    assert "versions/privacy-policy/2025-03-01.retired: This file says that privacy-policy" in said
    assert "but git never saw that." in said


def test_a_retirement_that_gives_a_retired_policy_to_another(center: Center) -> None:
    center.post("terms", "2025-02-20.v1", "Terms.\n", title="Terms")
    center.delete("privacy-policy")
    center.commit("2025-02-25")
    assert center.build() == [
        "privacy-policy/2025-02-10.v1.md",
        "privacy-policy/2025-02-25.retired",
    ]
    center.commit("2025-02-26")
    retired_file(center, "privacy-policy", "2025-02-10.v1", "terms")

    assert "went on as terms, but git never saw that." in refusal(center)


def test_a_retirement_that_an_import_brought_is_believed(center: Center) -> None:
    center.put("versions/fees/2023-01-01.v1.md", text("2023-01-01.v1", "Fees.\n", title="Fees"))
    retired_file(center, "fees", "2023-01-01.v1")
    assert codes(center.gather()) == []

    center.put(
        "versions/fees/2025-04-01.retired",
        "retired: 2025-04-01\nlast version: 2023-01-01.v1\ncontinued as: privacy-policy\n",
    )
    write_sums(center, "fees")
    center.commit("2025-04-01")
    assert "went on as privacy-policy, but git never saw that." in refusal(center)


def test_formerly_takes_no_policy_that_was_another(center: Center) -> None:
    center.post("terms", "2025-02-20.v1", "Terms.\n", title="Terms")
    center.delete("privacy-policy")
    center.commit("2025-02-25")
    center.write("terms", "2025-02-20.v1", "Terms.\n", title="Terms", formerly="[privacy-policy]")
    center.commit("2025-02-26")

    problems = [
        problem
        for base in (None, "HEAD~1")
        for problem in check(center.settings, TODAY, base)
        if problem.code.label == "invalid-value"
    ]
    assert len(problems) == 2
    assert problems[0].message == (
        "`formerly` names privacy-policy, but this file never had that name."
    )
    assert "docs/policies/terms.md:5 invalid-value" in codes(center.gather())


@pytest.mark.parametrize("committed", [True, False])
def test_formerly_tells_of_a_rename_that_git_does_not_see(center: Center, committed: bool) -> None:
    center.delete("privacy-policy")
    center.write(
        "data",
        "2025-03-01.v1",
        "All new words, in another order.\n" * 20,
        title="Your Data",
        summary="New.",
        formerly="[privacy-policy]",
    )
    if committed:
        center.commit("2025-03-01")

    assert codes(center.gather()) == []
    (policy,) = center.gather().policies
    assert policy.former_slugs == ("privacy-policy",)


def test_formerly_may_name_what_was_never_a_policy_here(center: Center) -> None:
    center.post("terms", "2025-02-20.v1", "Terms.\n", title="Terms", formerly="[tos]")

    assert codes(center.gather()) == []


def single_list(center: Center) -> str:
    """Begin the repository anew with one list of digests for all policies; return its content."""
    folder = center.versions / "privacy-policy"
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    single = "".join(f"{line.replace('  ', '  privacy-policy/')}\n" for line in lines)
    shutil.rmtree(center.root / ".git")
    (folder / "SHA256SUMS").unlink()
    center.put("versions/SHA256SUMS", single)
    center.init().commit("2025-02-10")
    return single


@pytest.mark.parametrize("path", ["versions/privacy-policy/SHA256SUMS", "versions/SHA256SUMS"])
def test_a_list_that_is_missing_is_the_one_finding(center: Center, path: str) -> None:
    if path == "versions/SHA256SUMS":
        single_list(center)
    (center.root / path).unlink()

    problems = check(center.settings, TODAY)
    (problem,) = (problem for problem in problems if problem.code.label == "archive")
    assert (problem.path, problem.message) == (path, f"{path} is missing.")
    assert problem.hint == f"Bring it back: git checkout HEAD -- {path}"


def test_a_committed_loss_of_a_list_is_put_right_from_before(center: Center) -> None:
    (center.versions / "privacy-policy" / "SHA256SUMS").unlink()
    center.commit("2025-03-01")
    revision = f"{center.git('rev-parse', 'HEAD').strip()}^"

    with pytest.raises(ArchiveError) as caught:
        center.gather()
    (problem,) = caught.value.problems
    assert problem.hint == (
        f"Bring it back: git checkout {revision} -- versions/privacy-policy/SHA256SUMS"
    )
    center.git("checkout", revision, "--", "versions/privacy-policy/SHA256SUMS")
    assert codes(center.gather()) == []


def test_a_lost_line_is_named_to_be_put_back(center: Center) -> None:
    sums = center.versions / "privacy-policy" / "SHA256SUMS"
    lines = sums.read_text().splitlines(keepends=True)
    sums.write_text("".join(line for line in lines if "map.png" in line))

    with pytest.raises(ArchiveError) as caught:
        center.gather()
    (problem,) = caught.value.problems
    lost = next(line for line in lines if "map.png" not in line)
    assert problem.hint == f"Put this line back there: {lost.strip()}"


def test_the_single_list_of_earlier_archives_is_read_and_left_alone(center: Center) -> None:
    single = single_list(center)
    folder = center.versions / "privacy-policy"
    center.post("privacy-policy", "2025-03-01.v1", "New.\n", summary="New.")

    assert center.build() == ["privacy-policy/2025-02-10.v1.md"]
    assert (center.versions / "SHA256SUMS").read_text() == single
    assert "2025-02-10.v1.md" in (folder / "SHA256SUMS").read_text()
    assert OLD not in (folder / "SHA256SUMS").read_text()
    command = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    assert subprocess.run(command, cwd=folder, check=False).returncode == 0


def test_review_tells_of_archive_files_that_no_release_wrote(center: Center) -> None:
    center.post("privacy-policy", "2025-03-01.v1", "New.\n", summary="New.")
    center.build()
    center.put("versions/privacy-policy/2023-05-01.v1.md", text("2023-05-01.v1", "Invented.\n"))
    write_sums(center, "privacy-policy")
    center.commit("2025-03-02")

    problems = check(center.settings, TODAY, "HEAD~2")
    assert [problem.path for problem in problems if problem.code.label == "archive-addition"] == [
        "versions/privacy-policy/2023-05-01.v1.md"
    ]

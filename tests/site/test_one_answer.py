"""One answer about one tree: check, status, report, release and the strict build agree."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from commands import PROJECT, build, left_out, tree
from gazette.build.run import start_build
from gazette.cli import main
from gazette.commands.project import now
from gazette.errors import GazetteError
from gazette.forms.findings import counts
from gazette.host_config import read_settings
from gazette.problems import Code, Problem
from repositories import Project, text

SLUG, OTHER = "refund-policy", "terms"
PATH = f"docs/policies/{SLUG}.md"
FIRST, SECOND, THIRD = "2026-01-05.v1", "2026-02-01.v1", "2026-11-23.v1"
BODY = "## 1. Refunds\n\nYou get your money back within thirty days.\n"
SUMMARY = "Sixty days instead of thirty."
TODAY = "1795392000"  # 2026-11-23
CODES = {code.label: code for code in Code}

State = Callable[[Project], object]
STATES: dict[str, tuple[State, bool, bool]] = {}
"""By what a state is: how it comes about, whether check finds errors, whether release refuses."""


def state(*, errors: bool, refused: bool) -> Callable[[State], State]:
    """Add a state, named by its function."""

    def add(function: State) -> State:
        STATES[function.__name__.replace("_", " ")] = function, errors, refused
        return function

    return add


def put(project: Project, version: str, body: str = BODY, **front: str) -> None:
    project.write(SLUG, version, body, **{"title": "Refund Policy", **front})


def edited(project: Project) -> None:
    put(project, SECOND, BODY.replace("thirty", "sixty"), summary="Says when.")


def gazette(*words: str) -> Result:
    result = CliRunner().invoke(main, list(words), catch_exceptions=False)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def release(project: Project, *options: str) -> None:
    result = gazette("release", SLUG, *(options or ("--summary", SUMMARY)))
    assert result.exit_code == 0, result.output


@state(errors=False, refused=True)
def nothing_changed(project: Project) -> None:
    pass


@state(errors=False, refused=False)
def a_new_policy(project: Project) -> None:
    project.delete(SLUG)
    project.commit("2026-02-02")
    shutil.rmtree(project.root / ".git")
    project.init().commit("2026-02-03")
    put(project, THIRD)


@state(errors=True, refused=False)
def edited_without_a_release(project: Project) -> None:
    edited(project)


@state(errors=True, refused=False)
def edited_and_committed_without_a_release(project: Project) -> None:
    edited(project)
    project.commit("2026-11-22")


@state(errors=False, refused=False)
def released_and_not_committed(project: Project) -> None:
    edited(project)
    release(project)


@state(errors=False, refused=True)
def released_and_committed(project: Project) -> None:
    released_and_not_committed(project)
    project.commit("2026-11-23")


@state(errors=True, refused=False)
def edited_once_more_after_a_release_was_committed(project: Project) -> None:
    released_and_committed(project)
    put(project, THIRD, BODY.replace("thirty", "ninety"), summary=SUMMARY)


@state(errors=False, refused=False)
def proposed_on_a_branch_in_two_commits(project: Project) -> None:
    project.git("switch", "--quiet", "--create", "proposal")
    put(project, THIRD, BODY.replace("thirty", "sixty"), summary=SUMMARY)
    project.commit("2026-11-22")
    put(project, THIRD, BODY.replace("thirty", "ninety"), summary=SUMMARY)
    project.commit("2026-11-23")


@state(errors=False, refused=False)
def a_new_policy_begun_and_written_on_a_branch(project: Project) -> None:
    project.git("switch", "--quiet", "--create", "proposal")
    project.write("cookies", THIRD, "Soon.\n", title="Cookies")
    project.commit("2026-11-22")
    project.write("cookies", THIRD, "We use few.\n", title="Cookies")
    edited(project)
    release(project)


@state(errors=True, refused=False)
def edited_on_a_branch_without_a_release(project: Project) -> None:
    project.git("switch", "--quiet", "--create", "proposal")
    edited(project)
    project.commit("2026-11-22")


@state(errors=False, refused=False)
def edited_on_a_branch_after_its_release_was_committed(project: Project) -> None:
    project.git("switch", "--quiet", "--create", "proposal")
    released_and_committed(project)
    put(project, THIRD, BODY.replace("thirty", "ninety"), summary=SUMMARY)


@state(errors=False, refused=True)
def merged(project: Project) -> None:
    proposed_on_a_branch_in_two_commits(project)
    project.git("switch", "--quiet", "main")
    project.git("merge", "--quiet", "--no-ff", "--no-edit", "proposal", day="2026-11-23")


@state(errors=False, refused=True)
def squashed(project: Project) -> None:
    proposed_on_a_branch_in_two_commits(project)
    project.git("switch", "--quiet", "main")
    project.git("merge", "--quiet", "--squash", "proposal")
    project.commit("2026-11-23")


@state(errors=True, refused=False)
def two_policies_edited(project: Project) -> None:
    edited(project)
    project.write(OTHER, FIRST, "Be kinder.\n", title="Terms")


@state(errors=False, refused=True)
def upcoming(project: Project) -> None:
    put(project, THIRD, BODY + "\nMore.\n", summary="More.", effective="2027-01-15")
    project.commit("2026-11-23")


@state(errors=False, refused=False)
def scheduled_and_still_edited(project: Project) -> None:
    put(project, "2026-12-24.v1", BODY + "\nMore.\n", summary="More.")
    project.commit("2026-11-23")
    put(project, "2026-12-24.v1", BODY + "\nStill more.\n", summary="More.")


@state(errors=False, refused=True)
def no_git_and_an_archive(project: Project) -> None:
    released_and_committed(project)
    assert refusal_of_build(project.root) == ""
    shutil.rmtree(project.root / ".git")


@state(errors=True, refused=True)
def conflict_in_the_front_matter(project: Project) -> None:
    put(project, SECOND)
    source = (project.root / PATH).read_text("utf-8")
    conflict = f"<<<<<<< HEAD\nversion: {SECOND}\n=======\nversion: {THIRD}\n>>>>>>> other\n"
    project.put(PATH, source.replace(f"version: {SECOND}\n", conflict))


@state(errors=True, refused=True)
def conflict_in_the_text(project: Project) -> None:
    put(project, THIRD, f"{BODY}\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other\n", summary="x")


@state(errors=True, refused=True)
def front_matter_that_is_no_yaml(project: Project) -> None:
    put(project, THIRD, summary="x", description="Rules: all of them")


@state(errors=True, refused=True)
def a_foreign_date(project: Project) -> None:
    put(project, THIRD, summary="x", updated="23.11.2026")


@state(errors=True, refused=False)
def a_version_before_the_last_one(project: Project) -> None:
    put(project, "2026-01-20.v1", BODY.replace("thirty", "sixty"), summary="x")


@state(errors=False, refused=True)
def a_list_of_digests_that_a_build_writes_anew(project: Project) -> None:
    released_and_committed(project)
    (project.versions / SLUG / "SHA256SUMS").unlink()


@state(errors=True, refused=True)
def a_line_of_the_digests_is_another(project: Project) -> None:
    released_and_committed(project)
    file = project.versions / SLUG / "SHA256SUMS"
    file.write_text("0" * 64 + file.read_text("utf-8")[64:], "utf-8")


@state(errors=True, refused=True)
def saved_as_utf_16(project: Project) -> None:
    edited(project)
    file = project.root / PATH
    file.write_bytes(file.read_text("utf-8").encode("utf-16"))


@state(errors=True, refused=True)
def an_archived_text_was_edited(project: Project) -> None:
    released_and_committed(project)
    file = project.versions / SLUG / f"{SECOND}.md"
    file.write_text(file.read_text("utf-8").replace("thirty", "forty"), "utf-8")


@state(errors=False, refused=True)
def renamed(project: Project) -> None:
    project.delete(SLUG)
    project.write(
        "money-back",
        SECOND,
        BODY,
        title="Refund Policy",
        formerly=f"[{SLUG}]",
        summary="Says when.",
    )
    project.commit("2026-11-22")


@state(errors=False, refused=True)
def renamed_and_not_committed(project: Project) -> None:
    project.git("mv", PATH, "docs/policies/money-back.md")


@state(errors=False, refused=True)
def retired(project: Project) -> None:
    project.delete(SLUG)
    project.commit("2026-11-22")


@state(errors=True, refused=True)
def a_placeholder_in_a_new_version(project: Project) -> None:
    put(project, THIRD, f"{BODY}\nWrite to [COMPANY NAME].\n", summary="x")


@state(errors=True, refused=True)
def a_link_that_leads_nowhere(project: Project) -> None:
    put(project, THIRD, f"{BODY}\nSee [them](no-such-terms.md).\n", summary="x")


@state(errors=True, refused=True)
def called_editorial_but_more(project: Project) -> None:
    put(project, THIRD, BODY.replace("thirty", "sixty"), change="editorial")


@state(errors=True, refused=True)
def a_strange_file_in_the_archive(project: Project) -> None:
    project.put(f"versions/{SLUG}/2025-01-01.v1.md", text("2025-01-01.v1"))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = Project(tmp_path / "project").init()
    ignored = left_out(PROJECT)
    shutil.copytree(PROJECT / "hooks", project.root / "hooks", ignore=ignored)
    shutil.copytree(PROJECT / "docs" / "assets", project.root / "docs" / "assets")
    for path in ("mkdocs.yml", "docs/index.md"):
        shutil.copy(PROJECT / path, project.root / path)
    project.post(OTHER, FIRST, "Be kind.\n", title="Terms")
    put(project, FIRST, BODY.replace("thirty days", "a month"))
    project.commit("2026-01-06")
    put(project, SECOND, summary="Says when.")
    project.commit("2026-02-01")
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    return project


def as_problem(record: dict[str, str]) -> Problem:
    return Problem(record["path"], 1, CODES[record["rule"]], record["message"])


@pytest.mark.parametrize("name", list(STATES))
def test_all_commands_say_the_same(project: Project, name: str) -> None:
    function, errors, refused = STATES[name]
    function(project)
    before = content(project)

    checked = gazette("check", "--format", "json")
    findings = json.loads(checked.stdout)
    assert checked.exit_code == errors, checked.output

    status = gazette("status")
    if status.exit_code:  # the record itself cannot be read: it says why in the same words
        assert errors
        assert all(finding["message"] in status.stderr for finding in findings)
    else:
        totals = counts([as_problem(finding) for finding in findings])
        assert status.stdout.endswith(f"\n{totals} Run gazette check.\n") or not findings

    if (project.root / ".git").exists():
        report = gazette("report", "--base", base(project)).stdout
        assert ("Must be fixed" in report) is errors, report
        warned = [finding["rule"] for finding in findings if finding["severity"] == "warning"]
        assert all(f"({rule})" in report for rule in warned), report
        assert ("(lost-address)" in report) is ("lost-address" in warned), report
    refusal = refusal_of_build(project.root)
    assert errors or not refusal, refusal

    restore(project, before)
    released = gazette("release", SLUG, "--summary", SUMMARY)
    assert bool(released.exit_code) is refused, released.output
    if refused:
        assert content(project) == before
    else:
        after = json.loads(gazette("check", "--format", "json").stdout)
        assert not any(
            finding["path"] == PATH and finding["severity"] == "error" for finding in after
        )


@pytest.mark.parametrize(
    "name", ["edited without a release", "proposed on a branch in two commits"]
)
def test_the_host_builds_what_the_engine_does(project: Project, name: str) -> None:
    function, errors, _ = STATES[name]
    function(project)
    result = build(project.root)
    assert bool(result.returncode) is errors, result.stderr
    assert bool(refusal_of_build(project.root)) is errors


def refusal_of_build(root: Path) -> str:
    """Build strictly all that the engine itself makes; return why it refuses, if it does."""
    settings = read_settings(root / "mkdocs.yml")
    with ExitStack() as cleanup:
        try:
            start_build(settings, now(), root / "site", cleanup, strict=True, is_preview=False)
        except GazetteError as error:
            return str(error)
    return ""


def base(project: Project) -> str:
    return "main" if "proposal" in project.git("branch", "--show-current") else "HEAD"


def content(project: Project) -> dict[str, bytes]:
    files = {f"docs/{path}": data for path, data in tree(project.root / "docs").items()}
    return files | {f"versions/{path}": data for path, data in tree(project.versions).items()}


def restore(project: Project, files: dict[str, bytes]) -> None:
    """Take away what a build archived and recorded."""
    present = content(project)
    for path in present.keys() - files.keys():
        (project.root / path).unlink()
    for path, data in files.items():
        if present.get(path) != data:
            (project.root / path).write_bytes(data)

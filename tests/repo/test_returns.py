"""Withdrawn versions: on which days they applied, told by git and by the archive alone."""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from gazette.errors import ArchiveError
from gazette.model import Policy, Status
from gazette.site.periods import timeline
from repositories import TODAY, Project, check, codes

A, B, C = "2026-01-05.v1", "2026-02-01.v1", "2026-03-01.v1"
FILE = "terms/2026-02-10.returned"
RECORD = f"returned: 2026-02-10\nfrom version: {B}\nto version: {A}\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A policy whose second version was withdrawn after nine days."""
    project = Project(tmp_path / "project").init()
    post(project, A)
    post(project, B)
    project.build(date(2026, 2, 1))
    project.commit("2026-02-02")
    write(project, A)
    project.commit("2026-02-10")
    return project


def write(project: Project, version: str, slug: str = "terms", **front: str) -> None:
    project.write(slug, version, f"As of {version}.\n", summary="More.", title="Terms", **front)


def post(project: Project, version: str, slug: str = "terms") -> None:
    write(project, version, slug)
    project.commit(version[:10])


def terms(project: Project, today: date = TODAY) -> Policy:
    [policy] = project.gather(today).policies
    return policy


def periods(policy: Policy) -> list[str]:
    """Return the first day of each period, and its version or why there is none."""
    return [
        f"{period.first} {period.version.id if period.version else period.gap and period.gap.name}"
        for period in timeline(policy).periods
        if period.first
    ]


def statuses(policy: Policy) -> list[str]:
    return [version.status.value for version in policy.versions]


BACK = [f"2026-01-05 {A}", f"2026-02-01 {B}", f"2026-02-10 {A}"]
"""The periods after going back."""


def everywhere(project: Project, folder: Path) -> list[Policy]:
    """Return the policy as git tells it, a shallow clone, a squashed history, and no git at all."""
    policies = [terms(project)]
    shallow, squashed, alone = (folder / name for name in ("shallow", "squashed", "alone"))
    source = f"file://{project.root}"
    project.git("clone", "--quiet", "--depth=1", source, str(shallow))
    project.git("clone", "--quiet", source, str(squashed))
    other = Project(squashed)
    other.squash("2026-10-01")
    shutil.copytree(project.root, alone, ignore=shutil.ignore_patterns(".git"))
    for copy in map(Project, (shallow, squashed, alone)):
        policies.append(terms(copy))
        assert copy.build() == []
    return policies


def test_a_withdrawal_is_recorded_once(project: Project) -> None:
    assert project.build() == [f"terms/{B}.md", FILE]
    assert project.archived()[FILE] == RECORD
    project.commit("2026-02-11")
    assert project.build() == []
    assert codes(project.gather()) == []


def test_a_withdrawn_version_applied_until_its_withdrawal(project: Project, tmp_path: Path) -> None:
    project.build()
    project.commit("2026-02-11")
    for policy in everywhere(project, tmp_path):
        assert periods(policy) == BACK
        assert statuses(policy) == ["in force", "withdrawn"]


def test_the_version_before_applied_until_a_later_one(project: Project, tmp_path: Path) -> None:
    post(project, C)
    project.build()
    project.commit("2026-03-02")
    for policy in everywhere(project, tmp_path):
        assert periods(policy) == [*BACK, f"2026-03-01 {C}"]
        assert statuses(policy) == ["superseded", "withdrawn", "in force"]
        assert [str(version.id) for version in policy.way_to(policy.newest)] == [A, C]


def test_a_withdrawn_version_may_be_posted_again(project: Project, tmp_path: Path) -> None:
    project.build()
    write(project, B)
    project.commit("2026-02-20")
    assert project.build() == ["terms/2026-02-20.returned"]
    project.commit("2026-02-21")
    for policy in everywhere(project, tmp_path):
        assert periods(policy) == [*BACK, f"2026-02-20 {B}"]
        assert statuses(policy) == ["superseded", "in force"]


def test_a_day_may_have_several_returns(project: Project, tmp_path: Path) -> None:
    for version in (B, A):
        project.build()
        write(project, version)
        project.commit("2026-02-10")
    assert project.build() == ["terms/2026-02-10.3.returned"]
    assert "terms/2026-02-10.2.returned" in project.archived()
    project.commit("2026-02-11")
    for policy in everywhere(project, tmp_path):
        assert periods(policy) == BACK


def test_a_version_that_was_withdrawn_on_its_day_never_applied(tmp_path: Path) -> None:
    project = Project(tmp_path / "project").init()
    post(project, A)
    post(project, B)
    write(project, A)
    project.commit("2026-02-01")
    project.build()
    (project.root / ".git").rename(tmp_path / "gone")
    assert periods(terms(project)) == [f"2026-01-05 {A}"]
    assert timeline(terms(project)).withdrawn == {terms(project).versions[1].id: date(2026, 2, 1)}


def test_what_was_withdrawn_before_its_day_never_applies(tmp_path: Path) -> None:
    project = Project(tmp_path / "project").init()
    post(project, A)
    write(project, B, effective="2026-02-20")
    project.commit("2026-02-01")
    write(project, A)
    project.commit("2026-02-10")
    post(project, C)
    project.build()
    (project.root / ".git").rename(tmp_path / "gone")
    assert periods(terms(project)) == [f"2026-01-05 {A}", f"2026-03-01 {C}"]


def test_what_was_only_scheduled_was_not_withdrawn(tmp_path: Path) -> None:
    project = Project(tmp_path / "project").init()
    post(project, A)
    write(project, C)
    project.commit("2026-02-01")
    write(project, A)
    project.commit("2026-02-10")
    assert project.build() == []
    assert periods(terms(project)) == [f"2026-01-05 {A}"]


def test_a_policy_that_left_may_come_back_with_an_earlier_version(tmp_path: Path) -> None:
    project = Project(tmp_path / "project").init()
    post(project, A)
    post(project, B)
    project.delete("terms")
    project.commit("2026-02-10")
    write(project, A)
    project.commit("2026-02-20")
    project.build()
    for gone in (False, True):
        if gone:
            (project.root / ".git").rename(tmp_path / "gone")
        assert periods(terms(project)) == [
            *(f"2026-01-05 {A}", f"2026-02-01 {B}", "2026-02-10 RETIRED", f"2026-02-20 {A}")
        ]


def test_a_policy_that_comes_back_as_it_left_has_no_file_of_it(tmp_path: Path) -> None:
    project = Project(tmp_path / "project").init()
    post(project, A)
    project.delete("terms")
    project.commit("2026-02-10")
    write(project, A)
    project.commit("2026-02-20")
    assert project.build() == ["terms/2026-02-10.retired"]


def test_a_policy_that_went_back_may_be_retired(project: Project, tmp_path: Path) -> None:
    project.delete("terms")
    project.commit("2026-02-20")
    project.build()
    (project.root / ".git").rename(tmp_path / "gone")
    assert periods(terms(project)) == [*BACK, "2026-02-20 RETIRED"]


def test_an_absence_after_a_withdrawal_is_a_gap(project: Project, tmp_path: Path) -> None:
    project.delete("terms")
    project.commit("2026-02-20")
    post(project, C)
    project.build()
    (project.root / ".git").rename(tmp_path / "gone")
    assert periods(terms(project)) == [*BACK, "2026-02-20 RETIRED", f"2026-03-01 {C}"]


def test_a_return_outlives_a_new_name(project: Project, tmp_path: Path) -> None:
    project.git("mv", "docs/policies/terms.md", "docs/policies/rules.md")
    project.commit("2026-02-12")
    post(project, C, "rules")
    project.build()
    project.commit("2026-03-02")
    assert project.archived()[FILE] == RECORD
    for policy in everywhere(project, tmp_path):
        assert (policy.slug, periods(policy)) == ("rules", [*BACK, f"2026-03-01 {C}"])


def test_what_was_withdrawn_and_archived_goes_along_with_a_new_name(
    project: Project, tmp_path: Path
) -> None:
    project.build()
    project.commit("2026-02-11")
    project.git("mv", "docs/policies/terms.md", "docs/policies/rules.md")
    project.commit("2026-02-12")
    project.build()
    project.commit("2026-02-13")
    assert not (project.versions / "rules" / f"{B}.md").exists()
    for policy in everywhere(project, tmp_path):
        assert (policy.slug, policy.former_slugs, periods(policy)) == ("rules", ("terms",), BACK)


def test_after_a_squash_a_version_may_be_withdrawn_once_more(project: Project) -> None:
    project.build()
    project.squash("2026-02-11")
    write(project, B)
    project.commit("2026-02-20")
    write(project, A)
    project.commit("2026-02-25")
    assert project.build() == ["terms/2026-02-25.returned"]
    project.commit("2026-02-26")
    assert codes(project.gather()) == []


def test_what_is_not_committed_yet_went_back_today(tmp_path: Path) -> None:
    project = Project(tmp_path / "project").init()
    post(project, A)
    post(project, B)
    write(project, A)
    assert periods(terms(project, date(2026, 2, 10))) == BACK
    assert FILE not in project.build()


@pytest.mark.parametrize("goes_on", [False, True])
def test_an_archive_without_the_record_says_what_it_said(
    project: Project, tmp_path: Path, goes_on: bool
) -> None:
    """Nothing tells then when a version was withdrawn, and once there is a later one, whether."""
    if goes_on:
        post(project, C)
    project.build()
    (project.versions / FILE).unlink()
    project.sign("terms")
    (project.root / ".git").rename(tmp_path / "gone")
    policy = terms(project)
    newer = [f"2026-02-01 {B}", f"2026-03-01 {C}"] if goes_on else []
    assert periods(policy) == [f"2026-01-05 {A}", *newer]
    assert policy.versions[1].status is (Status.SUPERSEDED if goes_on else Status.WITHDRAWN)
    assert not timeline(policy).withdrawn


def test_rewritten_days_change_nothing(project: Project) -> None:
    project.build()
    project.commit("2026-02-11")
    shutil.rmtree(project.root / ".git")
    archived = project.archived()
    project.init()
    for version in (A, B, A):
        write(project, version)
        shutil.rmtree(project.versions, ignore_errors=True)
        project.commit("2026-06-01")
    for path, content in archived.items():
        project.put(f"versions/{path}", content)
    project.commit("2026-06-02")
    assert project.build() == []
    assert periods(terms(project)) == BACK


def forged(project: Project, day: str, left: str, to: str) -> None:
    project.put(
        f"versions/terms/{day}.returned",
        f"returned: {day}\nfrom version: {left}\nto version: {to}\n",
    )
    project.sign("terms")
    project.commit("2026-05-01")


@pytest.mark.parametrize(
    ("left", "to"), [(B, A), (C, B), (C, A), (A, C), (A, B)], ids=["once", "b", "a", "on", "again"]
)
def test_a_return_that_git_never_saw_is_refused(project: Project, left: str, to: str) -> None:
    post(project, C)
    project.build()
    project.commit("2026-03-02")
    forged(project, "2026-04-01", left, to)
    with pytest.raises(ArchiveError) as caught:
        project.gather()
    assert (
        f"versions/terms/2026-04-01.returned: This file says that terms went back from version "
        f"{left} to {to}, but git never saw that."
    ) in str(caught.value)


def test_a_return_of_a_text_that_another_commit_brought_is_refused(project: Project) -> None:
    project.build()
    write(project, "2025-05-01.v1")
    old = (project.policies / "terms.md").read_bytes()
    write(project, A)
    project.put("versions/terms/2025-05-01.v1.md", old)
    project.sign("terms")
    project.commit("2026-02-11")
    forged(project, "2025-06-01", "2025-05-01.v1", A)
    with pytest.raises(ArchiveError, match="but git never saw that"):
        project.gather()


@pytest.mark.parametrize(
    "content",
    [RECORD.replace("02-10", "02-11", 1), RECORD + "by: Anna\n", "returned: 2026-02-10\n"],
)
def test_a_return_that_no_build_wrote_is_refused(project: Project, content: str) -> None:
    project.build()
    project.put(f"versions/{FILE}", content)
    project.sign("terms")
    with pytest.raises(ArchiveError, match="This is no version, retirement or return"):
        project.gather()


def test_a_return_that_was_archived_stays(project: Project) -> None:
    project.build()
    project.commit("2026-02-11")
    (project.versions / FILE).unlink()
    project.sign("terms")
    project.commit("2026-02-12")
    assert project.build() == [FILE]


def test_review_has_nothing_to_say_of_a_return_that_a_build_wrote(project: Project) -> None:
    project.git("checkout", "--quiet", "-b", "proposal")
    project.build()
    project.commit("2026-02-11")
    labels = {problem.code.label for problem in check(project.settings, TODAY, "main")}
    assert "archive-addition" not in labels


@dataclass
class Editor:
    """Posts and withdraws by chance, and knows which version applied at the end of each day."""

    project: Project
    chance: random.Random
    day: date = date(2026, 1, 1)
    posted: dict[str, date] = field(default_factory=dict)
    standing: list[tuple[str, date]] = field(default_factory=list)
    answers: dict[date, str | None] = field(default_factory=dict)
    before: dict[str, list[str]] = field(default_factory=dict)

    def act(self) -> None:
        if self.posted and self.chance.random() < 0.5:
            self.go_to(self.chance.choice([*self.posted]))
        else:
            number = 1 + sum(version.startswith(str(self.day)) for version in self.posted)
            version = f"{self.day}.v{number}"
            self.posted[version] = self.day + timedelta(self.chance.choice([0, 0, 3, 7]))
            self.go_to(version)
        if self.chance.random() < 0.3:
            self.project.build(self.day)
            self.project.commit(str(self.day))
        if self.chance.random() < 0.8:
            self.pass_days(self.chance.randint(1, 4))

    def go_to(self, version: str) -> None:
        """Stand by a version: what is newer is withdrawn, what stood before it stands again."""
        since = dict(self.standing)
        names = {version, *since, *self.before.get(version, ())}
        self.before[version] = sorted(name for name in names if name <= version)
        self.standing = [(name, since.get(name, self.day)) for name in self.before[version]]
        write(self.project, version, effective=str(self.posted[version]))
        self.project.commit(str(self.day))

    def pass_days(self, count: int) -> None:
        for _ in range(count):
            begun = [
                version
                for version, since in self.standing
                if max(since, self.posted[version]) <= self.day
            ]
            self.answers[self.day] = begun[-1] if begun else None
            self.day += timedelta(1)


def answers_of(policy: Policy, days: Sequence[date]) -> dict[date, str | None]:
    line = timeline(policy)
    periods = {day: line.on(day).version for day in days}
    return {day: str(version.id) if version else None for day, version in periods.items()}


@pytest.mark.parametrize("seed", range(12))
def test_whatever_editors_withdraw_each_day_has_its_answer(seed: int, tmp_path: Path) -> None:
    project = Project(tmp_path / "project").init()
    editor = Editor(project, random.Random(seed))
    for _ in range(12):
        editor.act()
    editor.pass_days(10)
    project.build(editor.day)
    project.commit(str(editor.day))
    for policy in everywhere(project, tmp_path):
        assert answers_of(policy, [*editor.answers]) == editor.answers

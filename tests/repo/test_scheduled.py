"""Versions whose day has not come: readers see what was posted before, editors may still edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from gazette.errors import HistoryError, PolicyError
from gazette.model import Slug
from gazette.problems import Code, Problem
from gazette.record import policies
from gazette.record.commits import check_clock
from gazette.record.policies import Register
from gazette.record.version_status import posted
from gazette.settings import read_block
from repositories import Project, check, codes, outline

BEFORE, ON_THE_DAY = date(2026, 11, 25), date(2026, 12, 1)
SCHEDULED = "2026-12-01.v1"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path).init()
    project.post("terms", "2026-01-05.v1")
    project.write("terms", SCHEDULED, "We keep data for 14 days.\n", summary="Less.")
    project.commit("2026-11-20")
    return project


def seen(register: Register) -> dict[str, list[str]]:
    """What readers see of each policy."""
    return {
        policy.slug: [f"{version.id} {version.status.value}" for version in policy.versions]
        for policy in posted(register.policies)
    }


def edit(project: Project, day: str, body: str = "We keep data for 15 days.\n") -> None:
    project.write("terms", SCHEDULED, body, summary="Less.")
    project.commit(day)


def test_readers_see_the_text_before_until_its_day(project: Project) -> None:
    register = project.gather(BEFORE)
    assert outline(register)["terms"][1] == f"{SCHEDULED} scheduled docs"
    assert seen(register) == {"terms": ["2026-01-05.v1 in force"]}
    assert register.unarchived.complete[Slug("terms")] == register.policies[0].versions[0].id
    assert seen(project.gather(ON_THE_DAY)) == {
        "terms": ["2026-01-05.v1 superseded", f"{SCHEDULED} in force"]
    }


def test_a_new_policy_is_not_there_until_its_day(project: Project) -> None:
    project.write("cookies", SCHEDULED)
    project.commit("2026-11-21")
    assert list(seen(project.gather(BEFORE))) == ["terms"]
    assert list(seen(project.gather(ON_THE_DAY))) == ["cookies", "terms"]


def test_its_text_may_change_until_its_day(project: Project) -> None:
    edit(project, "2026-11-24")
    for today in (BEFORE, ON_THE_DAY):
        assert codes(project.gather(today)) == []
        assert check(project.settings, today) == []
        assert check(project.settings, today, "HEAD~1") == [] or today == ON_THE_DAY


def test_its_text_stays_from_its_day_on(project: Project) -> None:
    edit(project, "2026-11-24")
    edit(project, "2026-12-01", "We keep data for ever.\n")
    assert codes(project.gather(ON_THE_DAY)) == ["docs/policies/terms.md:8 silent-edit"]


def test_a_version_that_was_given_up_before_its_day_was_never_published(project: Project) -> None:
    project.build(BEFORE)
    project.commit("2026-11-21")
    project.write("terms", "2026-12-05.v1", "We keep data for 16 days.\n", summary="Less.")
    project.commit("2026-11-24")
    register = project.gather(date(2026, 12, 6))
    assert seen(register) == {"terms": ["2026-01-05.v1 superseded", "2026-12-05.v1 in force"]}
    assert codes(register) == []
    assert register.unarchived.files == ()


def test_more_than_a_year_ahead_is_an_error(project: Project) -> None:
    project.write("terms", "2027-12-01.v1", "We keep data.\n", summary="Less.")
    for today in (BEFORE, date(2026, 11, 29)):
        (problem,) = check(project.settings, today)
        assert problem.code.label == "future-version"
        assert project.gather(today).problems == (problem,)
    assert project.gather(date(2026, 11, 30)).problems == ()


def test_the_day_begins_where_the_company_is(project: Project) -> None:
    moment = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    days = {
        zone: replace(project.settings, time_zone=zone).day_of(moment).day
        for zone in ("UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland")
    }
    assert days == {"UTC": 30, "Europe/Berlin": 1, "America/New_York": 30, "Pacific/Auckland": 1}


def test_a_commit_has_the_day_of_the_company_too(project: Project) -> None:
    edit(project, "2026-11-30")  # at noon in UTC, when the day after has begun on Kiritimati
    (problem,) = gather_in(project, "Pacific/Kiritimati").problems
    assert problem.code.label == "silent-edit"
    assert codes(gather_in(project, "Pacific/Pago_Pago")) == []


def test_until_the_day_before_its_text_may_be_edited(project: Project) -> None:
    edit(project, "2026-11-30")
    assert codes(project.gather(ON_THE_DAY)) == []


def test_a_version_that_another_followed_the_day_before_is_kept_in_doubt(project: Project) -> None:
    project.write("terms", "2026-12-02.v1", "We keep data for 16 days.\n", summary="Less.")
    project.commit("2026-11-30")
    assert seen(project.gather(date(2026, 12, 3)))["terms"][1] == f"{SCHEDULED} superseded"


def gather_in(project: Project, zone: str) -> Register:
    return policies.gather(replace(project.settings, time_zone=zone), ON_THE_DAY)


@pytest.mark.parametrize("zone", ["Berlin", "Europe", "../etc/passwd", "", "/etc/localtime", 1])
def test_a_time_zone_that_is_none(zone: object) -> None:
    block = {"support": "#", "time_zone": zone}
    with pytest.raises(PolicyError, match="time_zone"):
        read_block(block, "en", lambda _, *texts: Problem("mkdocs.yml", 0, Code.SETTING, *texts))


def test_a_clock_that_runs_behind_stops_a_strict_build(project: Project) -> None:
    check_clock(project.policies, datetime(2026, 11, 19, 12, 0, tzinfo=UTC))
    with pytest.raises(HistoryError, match="The clock says 2026-11-19 11:59"):
        check_clock(project.policies, datetime(2026, 11, 19, 11, 59, tzinfo=UTC))


def test_without_commits_or_git_no_clock_is_wrong(tmp_path: Path) -> None:
    alone = Project(tmp_path / "alone")
    check_clock(alone.policies, datetime(2000, 1, 1, tzinfo=UTC))
    check_clock(alone.init().policies, datetime(2000, 1, 1, tzinfo=UTC))

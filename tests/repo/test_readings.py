"""Recorded readings: lines of the archive, what a proposal may do to them, who accepts another."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gazette.authoring.acceptance import record_acceptance
from gazette.build.run import start_build
from gazette.cli import main
from gazette.errors import ArchiveError, ReleaseError
from gazette.host_config import read_settings
from gazette.model import Reading, Slug, VersionId
from gazette.record.changed_readings import changed_readings
from gazette.record.new_records import new_readings
from gazette.record.readings import add_readings, read_readings
from gazette.text.markdown_settings import DEFAULT, MarkdownSettings
from gazette.text.readings import differences
from repositories import MKDOCS, TODAY, Project, check

FIRST, SECOND, THIRD = "2026-01-05.v1", "2026-02-01.v1", "2026-03-01.v1"
BODY = "# Boats\n\nWe rent canoes\nand skiffs.\n\n## Fees\n\nPaid in advance.\n"
OTHERWISE = MarkdownSettings((*DEFAULT.extensions, "nl2br"), DEFAULT.configs)
LIST = "versions/boats/READINGS"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A policy with an archived version, whose reading is recorded."""
    project = Project(tmp_path / "project").init()
    project.put("mkdocs.yml", MKDOCS)
    project.post("boats", FIRST, BODY, title="Boats")
    project.post("boats", SECOND, f"{BODY}\nAnd a deposit.\n", title="Boats", summary="Deposit.")
    unarchived = project.gather().unarchived
    project.build()
    add_readings(project.versions, new_readings(project.settings, unarchived.files, TODAY))
    project.commit("2026-02-02")
    return project


def readings(project: Project) -> dict[str, list[Reading]]:
    known, problems = read_readings(project.versions)
    assert problems == []
    return {f"{slug} {version}": list(entries) for (slug, version), entries in known.items()}


def test_a_reading_is_recorded_once(project: Project) -> None:
    ((key, (reading,)),) = readings(project).items()
    assert (key, reading.recorded, reading.accepted_by) == (f"boats {FIRST}", TODAY, "")
    assert [(name, blocks) for name, _, blocks in reading.sections] == [
        ("Opening", ""),
        ("Boats", "1 heading, 1 paragraph"),
        ("Fees", "1 heading, 1 paragraph"),
    ]
    additions = project.gather().unarchived.files
    assert new_readings(project.settings, additions, date(2027, 1, 1)) == {}


def test_sections_that_stay_as_they_are_are_held_once(project: Project) -> None:
    project.post("boats", "2026-03-01.v1", f"{BODY}\nNo deposit.\n", title="Boats", summary="None.")
    additions = project.gather().unarchived.files
    add_readings(project.versions, new_readings(project.settings, additions, TODAY))
    (first,), (second,) = readings(project).values()
    assert first.sections[1] is second.sections[1]
    assert first.sections[2] != second.sections[2]


def test_the_same_reader_reads_the_same(project: Project) -> None:
    (policy,) = project.gather().policies
    assert changed_readings(policy.versions, DEFAULT, TODAY) == []


def test_another_reader_is_noticed_and_may_be_accepted(project: Project) -> None:
    (policy,) = project.gather().policies
    (changed,) = changed_readings(policy.versions, OTHERWISE, TODAY)
    assert list(changed.differences) == ["“Boats”"]
    with pytest.raises(ReleaseError, match="would name nobody"):
        record_acceptance(project.settings, [changed], " \u200b ")
    assert record_acceptance(project.settings, [changed], "Anna") == ["boats/READINGS"]
    (policy,) = project.gather().policies
    assert sorted(reading.accepted_by for reading in policy.versions[0].readings) == ["", "Anna"]
    assert changed_readings(policy.versions, OTHERWISE, TODAY) == []
    assert changed_readings(policy.versions, DEFAULT, TODAY) == []
    archived = policy.versions[0]
    (first,) = (reading for reading in archived.readings if not reading.accepted_by)
    assert archived.acceptance(changed.reading.seen) == replace(changed.reading, accepted_by="Anna")
    assert archived.acceptance(first.seen) is None


def test_a_release_records_what_builds_read(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links that an import let pass are words to both."""
    allowed = f"# gazette: allow broken-link in {THIRD} at 11: of the old site"
    front = f"title: Boats\nversion: {THIRD}\nupdated: {THIRD[:10]}\nsummary: Less.\n"
    text = f"---\n{allowed}\n{front}---\n\n# Boats\n\n[Fees](x.md)\n"
    project.put("docs/policies/boats.md", text)
    project.commit(THIRD[:10])
    project.put("docs/policies/boats.md", text.replace("[Fees](x.md)", "None."))
    released = gazette(project, monkeypatch, "release", "boats", "--summary", "None.")
    assert released.exit_code == 0, released.output
    assert f"boats {THIRD}" in readings(project)
    (policy,) = project.gather().policies
    assert changed_readings(policy.versions, DEFAULT, TODAY) == []


def test_the_differences_name_sections(project: Project) -> None:
    (policy,) = project.gather().policies
    old = policy.versions[0].readings[0]
    opening, boats, fees = old.sections
    other = ("Boats", "0" * 16, "1 heading, 2 paragraphs")
    for sections, phrases in (
        (
            (opening, other, fees),
            ["“Boats” (it held 1 heading, 1 paragraph; now 1 heading, 2 paragraphs)"],
        ),
        (
            (opening, boats),
            ["“Fees”, which is no section any more (it held 1 heading, 1 paragraph)"],
        ),
        (
            (*old.sections, other),
            ["“Boats”, which was no section (it holds 1 heading, 2 paragraphs)"],
        ),
        (
            (opening, ("Ships", *other[1:]), fees),
            [
                "“Boats”, which is “Ships” now (it held 1 heading, 1 paragraph; now 1 heading, "
                "2 paragraphs)"
            ],
        ),
        (
            old.sections,
            ["a value of the front matter, or the HTML around the words"],
        ),
    ):
        assert list(differences(old, replace(old, sections=sections))) == phrases


def gazette(project: Project, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")  # 2026-11-23
    return CliRunner().invoke(main, words)


def test_the_command_shows_and_records(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    as_recorded = gazette(project, monkeypatch, "accept", "boats")
    assert as_recorded.output == "Boats: every text is read as it is recorded.\n"
    project.put("mkdocs.yml", f"{MKDOCS}markdown_extensions:\n  - nl2br\n")
    shown = gazette(project, monkeypatch, "accept", "boats", FIRST)
    assert f"versions/boats/{FIRST}.md is read otherwise:\n  “Boats”\n" in shown.output
    assert "Nothing was written" in shown.output
    accepted = gazette(project, monkeypatch, "accept", "boats", "--by", "Anna Example")
    assert "Written: versions/boats/READINGS\n" in accepted.output
    assert gazette(project, monkeypatch, "accept", "boats").output == as_recorded.output
    unknown = gazette(project, monkeypatch, "accept", "boats", "2020-01-01.v1")
    assert (unknown.exit_code, "has no version 2020-01-01.v1" in unknown.output) == (2, True)


def test_a_line_that_is_none_stops(project: Project) -> None:
    data = (project.root / LIST).read_bytes()
    project.put(LIST, data + b'{"version": "today"}\n')
    with pytest.raises(ArchiveError, match=r"boats/READINGS:2: This line is no reading"):
        project.gather()


def test_a_proposal_may_add_lines_and_take_none_out(project: Project) -> None:
    project.git("checkout", "--quiet", "-b", "proposal")
    reading = readings(project)[f"boats {FIRST}"][0]
    key = Slug("boats"), VersionId.parse(FIRST)
    add_readings(project.versions, {key: replace(reading, accepted_by="Anna")})
    assert check(project.settings, TODAY, "main") == []
    project.put(LIST, (project.root / LIST).read_text().replace(reading.form, "0" * 64))
    (problem,) = check(project.settings, TODAY, "main")
    assert str(problem).startswith(
        f"{LIST}: What is recorded of the reading of {FIRST} was altered or taken out."
    )


def test_a_proposal_accepts_no_other_reading_without_a_name(project: Project) -> None:
    project.git("checkout", "--quiet", "-b", "proposal")
    settings = replace(project.settings, markdown=OTHERWISE)
    version = next(v for v in project.gather().policies[0].versions if v.readings)
    (change,) = changed_readings([version], settings.markdown, TODAY)
    key = Slug("boats"), VersionId.parse(FIRST)
    recorded = (project.root / LIST).read_bytes()
    add_readings(project.versions, {key: change.reading})
    (problem,) = check(project.settings, TODAY, "main")
    assert str(problem).startswith(
        f"{LIST}: This proposal records another reading of {FIRST}, and nobody accepted it."
    )
    assert f'gazette accept boats {FIRST} --by "YOUR NAME"' in problem.hint
    project.put(LIST, recorded)
    add_readings(project.versions, {key: replace(change.reading, accepted_by="Anna")})
    assert check(project.settings, TODAY, "main") == []


def test_lines_of_two_proposals_merge(project: Project) -> None:
    project.put(".gitattributes", (Path(__file__).parents[2] / ".gitattributes").read_bytes())
    project.commit("2026-02-03")
    reading = readings(project)[f"boats {FIRST}"][0]
    for branch, version in (("one", "2026-01-06.v1"), ("two", "2026-01-07.v1")):
        project.git("checkout", "--quiet", "-b", branch, "main")
        add_readings(project.versions, {(Slug("boats"), VersionId.parse(version)): reading})
        project.commit("2026-02-04")
    project.git("merge", "--quiet", "-m", "Both", "one")
    assert sorted(readings(project)) == [
        f"boats {version}" for version in (FIRST, "2026-01-06.v1", "2026-01-07.v1")
    ]


def test_a_check_notices_another_reading(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.git("checkout", "--quiet", "-b", "proposal")
    for base in ((), ("--base", "main")):
        assert gazette(project, monkeypatch, "check", *base).exit_code == 0
    project.put("mkdocs.yml", f"{MKDOCS}markdown_extensions:\n  - nl2br\n")
    for base in ((), ("--base", "main")):
        result = gazette(project, monkeypatch, "check", *base)
        assert result.exit_code == 1
        assert "Readers would get this archived text otherwise than it was record" in result.output
        assert f"gazette accept boats {FIRST}" in result.output.replace("\n", " ")
    accepted = gazette(project, monkeypatch, "accept", "boats", "--by", "Anna Example")
    assert accepted.exit_code == 0
    assert gazette(project, monkeypatch, "check").exit_code == 0


@pytest.mark.parametrize("path", ["requirements-engine.txt", "requirements.txt"])
def test_a_check_of_newer_libraries_notices_that_they_read_otherwise(
    project: Project, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """They are installed already where a proposal that names them is checked."""
    project.put("mkdocs.yml", f"{MKDOCS}markdown_extensions:\n  - nl2br\n")
    project.commit("2026-11-20")
    project.git("checkout", "--quiet", "-b", "proposal")
    project.put(path, "some-library==2.0\n")
    result = gazette(project, monkeypatch, "check", "--base", "main")
    assert result.exit_code == 1
    assert f"gazette accept boats {FIRST}" in result.output.replace("\n", " ")


def test_a_preview_shows_another_reading_and_warns(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    project.put("mkdocs.yml", f"{MKDOCS}markdown_extensions:\n  - nl2br\n")
    recorded = (project.root / LIST).read_bytes()
    settings = read_settings(project.root / "mkdocs.yml")
    with ExitStack() as cleanup, caplog.at_level("WARNING", "gazette"):
        now = datetime(2026, 11, 23, 12, tzinfo=UTC)
        site = project.root / "site"
        start_build(settings, now, site, cleanup, strict=False, is_preview=True)
    assert "Readers would get this archived text otherwise" in caplog.text
    assert (project.root / LIST).read_bytes() == recorded

"""The record of sections: lines of the archive that no proposal may alter, and what they hold."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from gazette.build.run import start_build
from gazette.cli import main
from gazette.errors import ArchiveError
from gazette.host_config import read_settings
from gazette.imports import import_plan
from gazette.imports.batch import without_progress
from gazette.model import Continues, Policy, Slug, VersionId
from gazette.record.section_record import parse_sections, row_of, written
from gazette.site.fragments import Fragments
from gazette.site.section_lives import StoredLives, section_lives
from gazette.text import comparison
from gazette.text.document import Document
from gazette.text.lineage import Link
from gazette.text.section_ids import RecordedSection
from repositories import MKDOCS, TODAY, Project, check

FIRST, SECOND, THIRD = "2026-01-05.v1", "2026-02-01.v1", "2026-03-01.v1"
BOATS = "## Boats\n\nWe rent canoes and skiffs by the hour to anybody who can swim.\n"
FEES = "## Fees\n\nThe rent is paid in advance, and a deposit is given back at the pier.\n"
LIST = "versions/boats/SECTIONS"
LINES = [
    f'{{"version":"{FIRST}","sections":[["boats","boats"],["fees","fees"]]}}',
    f'{{"version":"{SECOND}","sections":[["fees","charges","fees"],["boats","our-boats","boats"]]}}',
]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A policy with an archived version and the one that stands in `docs/`, both published."""
    project = Project(tmp_path / "project").init()
    project.put("mkdocs.yml", MKDOCS)
    project.put(".gitignore", ".cache/\n")
    project.put(".gitattributes", (Path(__file__).parents[2] / ".gitattributes").read_bytes())
    project.post("boats", FIRST, BOATS + FEES, title="Boats")
    second = FEES.replace("Fees", "Charges") + BOATS.replace("Boats", "Our boats")
    project.post("boats", SECOND, second, title="Boats", summary="Order.")
    return project


def build(project: Project, *, is_preview: bool = False, root: Path | None = None) -> Policy:
    """Begin a build, and return the policy as it is built."""
    folder = root or project.root
    settings = read_settings(folder / "mkdocs.yml")
    with ExitStack() as cleanup:
        now = datetime(2026, 11, 23, 12, tzinfo=UTC)
        site = folder / "site"
        state = start_build(settings, now, site, cleanup, strict=False, is_preview=is_preview)
    (policy,) = state.policies
    return policy


def lines(project: Project) -> list[str]:
    return (project.root / LIST).read_text().splitlines()


def ids(policy: Policy, project: Project) -> tuple[tuple[str, ...], ...]:
    markdown = project.settings.markdown
    return section_lives(policy, Fragments({}, markdown, policy), markdown).ids


def test_a_build_records_the_sections_of_what_is_published_and_no_preview_does(
    project: Project, caplog: pytest.LogCaptureFixture
) -> None:
    build(project, is_preview=True)
    assert not (project.root / LIST).exists()
    with caplog.at_level("INFO", "gazette"):
        policy = build(project)
    assert lines(project) == LINES
    assert "Recorded the sections of 2 versions in versions/boats/SECTIONS" in caplog.text
    assert [[*version.sections] for version in policy.versions] == [LINES[:1], LINES[1:]]
    caplog.clear()
    build(project)
    assert lines(project) == LINES
    assert "Recorded" not in caplog.text


def test_what_is_not_published_yet_is_not_recorded(project: Project) -> None:
    build(project)
    project.commit("2026-02-02")
    project.write("boats", THIRD, FEES, title="Boats", summary="No boats.")
    build(project)
    assert lines(project) == LINES
    project.commit("2026-03-01")
    build(project)
    third = f'{{"version":"{THIRD}","sections":[["fees","fees","fees"]]}}'
    assert lines(project) == [*LINES, third.replace('["fees","fees","fees"]', '"fees"')]


def test_a_release_records_what_it_supersedes(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.put("docs/policies/boats.md", (project.policies / "boats.md").read_text() + "More.\n")
    monkeypatch.chdir(project.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795392000")  # 2026-11-23
    result = CliRunner().invoke(main, ["release", "boats", "--summary", "More words."])
    assert result.exit_code == 0, result.output
    assert lines(project) == LINES


@pytest.mark.parametrize("kind", ["shallow", "tarball", "rewritten"])
def test_the_record_makes_the_same_ids_without_history(
    project: Project, tmp_path: Path, kind: str
) -> None:
    expected = ids(build(project), project)
    assert expected == (("", "boats", "fees"), ("", "fees", "boats"))
    project.commit("2026-02-02")
    copy = tmp_path / "copy"
    if kind == "shallow":
        project.git("clone", "--quiet", "--depth=1", f"file://{project.root}", str(copy))
    else:
        shutil.copytree(project.root, copy, ignore=shutil.ignore_patterns(".git", ".cache"))
    other = Project(copy)
    if kind == "rewritten":
        other.init().commit("2026-11-01")
    assert ids(build(other, root=copy), other) == expected
    assert lines(other) == LINES


def nothing(old: Document, new: Document, continues: Continues = ()) -> tuple[Link, ...]:
    gone = (Link(section.index, None) for section in old.sections[1:])
    return (*gone, *(Link(None, section.index) for section in new.sections[1:]))


def in_order(old: Document, new: Document, continues: Continues = ()) -> tuple[Link, ...]:
    return tuple(Link(at, at) for at in range(1, len(old.sections)))


@pytest.mark.parametrize("lineage", [nothing, in_order])
def test_another_lineage_changes_no_recorded_id(
    project: Project, monkeypatch: pytest.MonkeyPatch, lineage: Callable[..., tuple[Link, ...]]
) -> None:
    policy, markdown = build(project), project.settings.markdown
    monkeypatch.setattr(comparison, "match_sections", lineage)
    lives = section_lives(policy, Fragments({}, markdown, policy), markdown)
    assert lives.ids == (("", "boats", "fees"), ("", "fees", "boats"))
    stored = StoredLives(policy, Fragments({}, markdown, policy), markdown)
    assert stored.unrecorded == {}


def test_lines_of_two_proposals_merge(project: Project) -> None:
    build(project)
    project.commit("2026-02-02")
    for branch, version in (("one", THIRD), ("two", "2026-03-01.v2")):
        project.git("checkout", "--quiet", "-b", branch, "main")
        with (project.root / LIST).open("a") as file:
            file.write(f'{{"version":"{version}","sections":[["{branch}","{branch}"]]}}\n')
        project.commit("2026-03-01")
    project.git("merge", "--quiet", "-m", "Both", "one")
    assert len(lines(project)) == 4
    project.gather()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "fees",
        '{"version":"today","sections":["fees"]}',
        f'{{"version":"{THIRD}","sections":[]}}',
        f'{{"version":"{THIRD}","sections":[""]}}',
        f'{{"version":"{THIRD}","sections":[["fees"]]}}',
        f'{{"version":"{THIRD}","sections":["fees",["fees","charges"]]}}',
        f'{{"version":"{THIRD}","sections":["../fees"]}}',
        f'{{"version":"{THIRD}","sections":[["..","fees"]]}}',
        f'{{"version":"{THIRD}","sections":[[".","fees"]]}}',
        f'{{"version":"{THIRD}","sections":["fees\\"><b>"]}}',
        f'{{"version":"{THIRD}","sections":["{"fees" * 64}"]}}',
        f'{{"version":"{THIRD}","sections":["fees and charges"]}}',
        f'{{"version":"{THIRD}","sections":["fees"],"other":1}}',
    ],
)
def test_a_line_that_is_none_stops_with_its_place(project: Project, line: str) -> None:
    build(project)
    project.put(LIST, f"{LINES[0]}\n{line}\n{LINES[1]}\n")
    with pytest.raises(ArchiveError) as stop:
        project.gather()
    message = str(stop.value)
    assert f"{LIST}:2: This line does not say which sections a version has." in message
    assert f"git checkout HEAD -- {LIST}" in message


def test_a_proposal_may_add_lines_and_take_none_out(project: Project) -> None:
    build(project)
    project.commit("2026-02-02")
    project.git("checkout", "--quiet", "-b", "proposal")
    other = LINES[0].replace('"boats","boats"', '"boats","ships"')
    project.put(LIST, "\n".join([*LINES, other]) + "\n")
    assert check(project.settings, TODAY, "main") == []
    for left in ([LINES[1]], [other, LINES[1]]):
        project.put(LIST, "\n".join(left) + "\n")
        (problem,) = check(project.settings, TODAY, "main")
        assert str(problem).startswith(
            f"{LIST}: What is recorded of the sections of {FIRST} was altered or taken out."
        )


def test_lines_that_give_sections_other_ids_stop(project: Project) -> None:
    build(project)
    exchanged = LINES[0].replace(
        '["boats","boats"],["fees","fees"]', '["fees","boats"],["boats","fees"]'
    )
    project.put(LIST, f"{LINES[0]}\n{exchanged}\n{LINES[1]}\n")
    with pytest.raises(ArchiveError) as stop:
        project.gather()
    message = str(stop.value)
    assert (
        f"{LIST}:2: This line gives the sections of {FIRST} other IDs than line 1 does." in message
    )
    assert f"git log -p -- {LIST}" in message


def test_a_proposal_adds_no_line_of_a_version_that_nobody_published(project: Project) -> None:
    build(project)
    project.commit("2026-02-02")
    project.git("checkout", "--quiet", "-b", "proposal")
    coming = f'{{"version":"{THIRD}","sections":["fees","boats"]}}'
    project.put(LIST, "\n".join([*LINES, coming]) + "\n")
    message = f"{LIST}: This proposal records the sections of {THIRD}, which nobody has published."
    (problem,) = check(project.settings, TODAY, "main")
    assert str(problem).startswith(message)
    project.write("boats", THIRD, FEES + BOATS, title="Boats", summary="Names.")
    project.put(LIST, "\n".join(LINES) + "\n")
    project.commit("2026-02-03")
    project.git("branch", "--force", "main")
    project.put(LIST, "\n".join([*LINES, coming]) + "\n")
    assert message in [
        str(problem)[: len(message)]
        for problem in check(project.settings, date(2026, 2, 20), "main")
    ]
    assert check(project.settings, TODAY, "main") == []


def test_a_version_may_come_with_the_lines_that_a_build_wrote(project: Project) -> None:
    """As where somebody commits to main, builds, and asks for a check before the push."""
    build(project)
    project.commit("2026-02-02")
    project.git("branch", "base")
    project.post("boats", THIRD, FEES + BOATS, title="Boats", summary="Names.")
    build(project)
    recorded = lines(project)
    assert len(recorded) == len(LINES) + 1
    assert check(project.settings, TODAY, "base") == []


@pytest.mark.parametrize(
    ("sections", "present", "right"),
    [
        ('["boats","fees"],["fees","boats"]', '["boats","fees"]', '"fees"'),
        ('"fees",["ships","boats","boats"]', '["ships","boats","boats"]', '"boats"'),
        ('"fees",["boats","ships","boats"]', '["boats","ships","boats"]', '"boats"'),
        ('"fees",["boats","boats","fees"]', '["boats","boats","fees"]', '"boats"'),
        ('"fees"', "nothing", '"boats"'),
        ('"fees","boats","law"', '"law"', "nothing"),
    ],
)
def test_a_line_that_no_build_writes_of_a_new_version_is_refused(
    project: Project, sections: str, present: str, right: str
) -> None:
    build(project)
    project.commit("2026-02-02")
    project.git("branch", "base")
    project.post("boats", THIRD, FEES + BOATS, title="Boats", summary="Names.")
    line = f'{{"version":"{THIRD}","sections":[{sections}]}}'
    project.put(LIST, "\n".join([*LINES, line]) + "\n")
    (problem,) = check(project.settings, TODAY, "base")
    assert str(problem).startswith(
        f"{LIST}:3: This line of {THIRD} has {present} where a build writes {right}."
    )
    assert "Take the line out" in str(problem)
    assert problem.code.label == "archive"
    project.put(LIST, "\n".join(LINES) + "\n")
    build(project)
    assert lines(project) == [*LINES, f'{{"version":"{THIRD}","sections":["fees","boats"]}}']


def test_a_line_of_a_published_version_that_lacks_its_record_is_what_a_build_writes(
    project: Project,
) -> None:
    """As in a center whose workflow does not commit what it archives."""
    project.git("branch", "base")
    build(project)
    project.commit("2026-02-02")
    assert check(project.settings, TODAY, "base") == []
    invented = LINES[1].replace('"fees","charges"', '"law","charges"')
    project.put(LIST, f"{LINES[0]}\n{invented}\n")
    (problem,) = check(project.settings, TODAY, "base")
    assert str(problem).startswith(f'{LIST}:2: This line of {SECOND} has ["law","charges","fees"]')


def test_sections_that_an_editor_says_go_on_may_be_recorded_so(project: Project) -> None:
    build(project)
    project.commit("2026-02-02")
    project.git("branch", "base")
    text = BOATS + "## Law\n\nSwiss law applies to every dispute.\n"
    project.write("boats", THIRD, text, title="Boats", summary="Law.")
    draft = (project.policies / "boats.md").read_text()
    stated = draft.replace("summary:", 'continues: {"Law": "Charges"}\nsummary:')
    project.put("docs/policies/boats.md", stated)
    project.commit(THIRD[:10])
    build(project)
    recorded = lines(project)
    assert '["fees","law"' in recorded[2]
    assert check(project.settings, TODAY, "base") == []
    project.put("docs/policies/boats.md", draft)
    (problem,) = check(project.settings, TODAY, "base")
    assert 'has ["fees","law","fees"] where a build writes ["law","law"]' in str(problem)


def test_lines_that_follow_what_another_engine_recorded_are_right(project: Project) -> None:
    """Which section went on in which was judged otherwise then, and stays so."""
    sections = '["boats","charges","boats"],["fees","our-boats","fees"]'
    recorded = [LINES[0], f'{{"version":"{SECOND}","sections":[{sections}]}}']
    project.put(LIST, "\n".join(recorded) + "\n")
    project.commit("2026-02-02")
    project.git("branch", "base")
    project.post("boats", THIRD, BOATS + FEES, title="Boats", summary="Names.")
    build(project)
    third = f'{{"version":"{THIRD}","sections":[["fees","boats","fees"],["boats","fees","boats"]]}}'
    assert lines(project) == [*recorded, third]
    assert check(project.settings, TODAY, "base") == []
    back = f'{{"version":"{THIRD}","sections":["boats","fees"]}}'
    project.put(LIST, "\n".join([*recorded, back]) + "\n")
    (problem,) = check(project.settings, TODAY, "base")
    assert 'has "boats" where a build writes ["fees","boats","fees"]' in str(problem)


def test_a_renamed_policy_gets_the_line_of_its_next_version(project: Project) -> None:
    build(project)
    project.commit("2026-02-02")
    project.git("branch", "base")
    project.delete("boats")
    project.post("ships", THIRD, FEES + BOATS, title="Ships", formerly="[boats]", summary="Name.")
    build(project)
    path = "versions/ships/SECTIONS"
    line = f'{{"version":"{THIRD}","sections":["fees","boats"]}}\n'
    assert (project.root / path).read_text() == line
    assert check(project.settings, TODAY, "base") == []
    project.put(path, line.replace('"fees","boats"', '["boats","fees"],["fees","boats"]'))
    (problem,) = check(project.settings, TODAY, "base")
    assert str(problem).startswith(f'{path}:1: This line of {THIRD} has ["boats","fees"] where')


def test_older_versions_that_an_import_brings_get_the_ids_that_are_recorded(
    tmp_path: Path,
) -> None:
    """As where a page was brought in and published, and its history only later."""
    source = Project(tmp_path / "source").init()
    source.put("boats.md", "# Boats\n\n" + FEES.replace("Fees", "Costs"))
    source.commit("2026-01-05")
    source.put("boats.md", "# Boats\n\n" + FEES)
    source.commit("2026-02-01")
    project = Project(tmp_path / "project").init()
    project.put("mkdocs.yml", MKDOCS)
    project.put(".gitignore", ".cache/\n")
    bring(project, source)
    shutil.rmtree(project.versions)
    project.commit("2026-02-01")
    build(project)
    second = f'{{"version":"{SECOND}","sections":[["fees","fees"]]}}'
    assert lines(project) == [second]
    project.commit("2026-02-02")
    project.git("branch", "base")
    bring(project, source)
    assert lines(project) == [
        f'{{"version":"{FIRST}","sections":[["fees","costs"]]}}',
        second,
    ]
    assert [p for p in check(project.settings, TODAY, "base") if p.path == LIST] == []


def bring(project: Project, source: Project) -> None:
    """Bring in a repository with its history."""
    request = import_plan.Request(source.root, with_history=True)
    batch = import_plan.gather(project.settings, request, TODAY, without_progress)
    import_plan.write(
        project.settings, import_plan.plan(project.settings, batch, force=False), TODAY
    )


def test_a_line_that_joins_sections_is_named(project: Project) -> None:
    text = FEES.replace("Fees", "Charges") + "## Law\n\nSwiss law applies to every dispute.\n"
    project.post("boats", THIRD, text, title="Boats", summary="Law.")
    policy = build(project)
    project.commit("2026-03-02")
    recorded = lines(project)
    assert "our-boats" in recorded[1]
    assert '["law","law"]' in recorded[2]
    assert ids(policy, project)[2][2] == "law"
    project.git("checkout", "--quiet", "-b", "proposal")
    joining = f'{{"version":"{THIRD}","sections":[["boats","law"]]}}'
    project.put(LIST, "\n".join([*recorded, joining]) + "\n")
    assert ids(build(project), project)[2][2] == "boats"
    (problem,) = check(project.settings, TODAY, "main")
    assert str(problem).startswith(f"{LIST}: This proposal records other IDs of {THIRD}: boats.")
    assert problem.code.label == "archive-addition"


def test_a_renamed_policy_keeps_the_ids_of_its_sections(project: Project) -> None:
    build(project)
    project.commit("2026-02-02")
    text = (project.policies / "boats.md").read_text()
    project.delete("boats")
    project.put(
        "docs/policies/ships.md",
        text.replace("title: Boats\n", "title: Ships\nformerly: [boats]\n"),
    )
    project.commit("2026-02-03")
    policy = build(project)
    assert [[*version.sections] for version in policy.versions] == [LINES[:1], LINES[1:]]
    assert not (project.versions / "ships" / "SECTIONS").exists()


def test_a_line_says_what_it_was_made_of() -> None:
    row = [
        RecordedSection("opening", "", ("opening",)),
        RecordedSection("überblick", "überblick", ("überblick",)),
        RecordedSection("fees", "charges", ("fees", "costs")),
        RecordedSection("new", "new"),
    ]
    lists, problems = parse_sections({"terms": written(VersionId.parse(FIRST), row).encode()})
    assert problems == []
    (((slug, version), (line,)),) = lists.items()
    assert (slug, str(version), row_of(line)) == (Slug("terms"), FIRST, row)
    assert line.startswith(f'{{"version":"{FIRST}","sections":["opening","überblick",["fees",')

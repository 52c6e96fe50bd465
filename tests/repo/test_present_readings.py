"""The text in force keeps its words, too: its reading is recorded once it is published."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from gazette.cli import main
from gazette.model import Reading
from gazette.record.readings import read_readings
from repositories import Project, text

ENGINE = Path(__file__).parents[2]
CONFIG = (ENGINE / "mkdocs.yml").read_text("utf-8")
SNIPPETS = CONFIG.replace("markdown_extensions:\n", "markdown_extensions:\n  - pymdownx.snippets\n")
TODAY = "1795392000"  # 2026-11-23
VERSION, NEXT = "2026-03-01.v1", "2026-11-20.v1"
PATH = "docs/policies/fees.md"
FEES = "data/fees.txt"
BODY = '# Fees\n\nA boat\'s deposit is paid in 10--20 days.\n\n--8<-- "data/fees.txt"\n'
READ_OTHERWISE = (
    f"{PATH}: Readers would get this text otherwise than it was recorded on 2026-11-23: “Fees”"
)
ALLOWED = "".join(
    f"# gazette: allow {rule}: a file stands in its place\n"
    for rule in ("not-shown", "renders-differently")
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A published help center with one policy, built once."""
    project = Project(tmp_path_factory.mktemp("readings") / "project").init()
    project.put("mkdocs.yml", SNIPPETS)
    project.put(".gitignore", ".cache/\nsite/\n")
    project.put("docs/index.md", "# Help\n\n[Fees](policies/fees.md)\n")
    shutil.copytree(ENGINE / "docs/assets", project.root / "docs/assets")
    shutil.copytree(ENGINE / "hooks/theme", project.root / "hooks/theme")
    shutil.copy(ENGINE / "hooks/help_center.py", project.root / "hooks")
    project.put(FEES, "Ten euros a day.\n")
    write(project, VERSION, BODY)
    project.commit(VERSION[:10])
    with pytest.MonkeyPatch.context() as around:
        around.setenv("SOURCE_DATE_EPOCH", TODAY)
        around.chdir(project.root)
        assert strict_build_passes(project)
    project.commit("2026-03-02")
    return project


@pytest.fixture
def project(published: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", TODAY)
    root = shutil.copytree(published.root, tmp_path / "project")
    monkeypatch.chdir(root)
    return Project(root)


def strict_build_passes(project: Project) -> bool:
    try:
        build(load_config(str(project.root / "mkdocs.yml"), strict=True))
    except Abort:
        return False
    return True


def write(project: Project, version: str, body: str, slug: str = "fees", **front: str) -> None:
    """Write a policy of this version, which may take in a file."""
    source = text(version, body, title="Fees", **front)
    project.put(f"docs/policies/{slug}.md", source.replace("---\n", f"---\n{ALLOWED}", 1))


def checked(*words: str) -> list[str]:
    """Check the project; return the errors."""
    command = ["check", "--format", "json", *words]
    result = CliRunner().invoke(main, command, catch_exceptions=False)
    problems = json.loads(result.stdout)
    return [
        f"{problem['path']}: {problem['message']} [{problem['rule']}]"
        for problem in problems
        if problem["severity"] == "error"
    ]


def refused() -> None:
    """Check that exactly the present text is found to be read otherwise, from wherever."""
    for words in ((), ("--base", "main")):
        (problem,) = checked(*words)
        assert problem.startswith(READ_OTHERWISE)
        assert problem.endswith("[reading]")


def readings(project: Project) -> dict[str, list[Reading]]:
    known, problems = read_readings(project.versions)
    assert problems == []
    return {str(version): list(entries) for (_, version), entries in known.items()}


def other_file(project: Project) -> None:
    project.put(FEES, "Twenty euros a day.\n")


def other_dashes(project: Project) -> None:
    project.put("mkdocs.yml", SNIPPETS.replace("  - abbr\n", "  - abbr\n  - smarty\n"))


def other_tooltips(project: Project) -> None:
    project.put("data/words.txt", "*[deposit]: Never paid back.\n")
    settings = "  - pymdownx.snippets:\n      auto_append: [data/words.txt]\n"
    project.put("mkdocs.yml", SNIPPETS.replace("  - pymdownx.snippets\n", settings))


WAYS = [other_file, other_dashes, other_tooltips]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("committed", [True, False])
def test_what_readers_get_of_the_text_in_force_changes_under_no_version(
    project: Project, caplog: pytest.LogCaptureFixture, way: object, committed: bool
) -> None:
    recorded = readings(project)
    assert checked() == checked("--base", "main") == []
    project.git("checkout", "--quiet", "-b", "proposal")
    assert callable(way)
    way(project)
    if committed:
        project.commit("2026-11-20")
    refused()
    with caplog.at_level("ERROR"):
        assert not strict_build_passes(project)
    assert READ_OTHERWISE in caplog.text
    assert readings(project) == recorded


def test_the_reading_is_recorded_as_soon_as_the_text_is_published(project: Project) -> None:
    ((reading,),) = readings(project).values()
    assert reading.recorded == date(2026, 11, 23)
    assert [name for name, _, _ in reading.sections] == ["Opening", "Fees"]
    assert strict_build_passes(project)
    assert readings(project) == {VERSION: [reading]}


def test_another_reading_may_be_accepted(project: Project) -> None:
    other_file(project)
    result = CliRunner().invoke(main, ["accept", "fees", "--by", "Anna"])
    assert f"{PATH} is read otherwise:\n  “Fees”\n" in result.output
    assert "Written: versions/fees/READINGS\n" in result.output
    assert checked() == []
    assert strict_build_passes(project)
    for page in ("", f"versions/{VERSION}/"):
        html = (project.root / f"site/policies/fees/{page}index.html").read_text()
        assert "Twenty euros" in html
        assert "Ten euros" not in html
    assert sorted(reading.accepted_by for reading in readings(project)[VERSION]) == ["", "Anna"]


def test_another_wrapping_is_no_other_reading(project: Project) -> None:
    write(project, VERSION, BODY.replace("deposit is", "deposit\nis"))
    assert checked() == checked("--base", "main") == []
    assert strict_build_passes(project)
    project.commit("2026-11-20")
    assert checked() == []
    other_file(project)
    refused()


def test_a_text_whose_wrapping_changed_before_it_was_recorded(project: Project) -> None:
    (project.versions / "fees" / "READINGS").unlink()
    write(project, VERSION, BODY.replace("deposit is", "deposit\nis"))
    project.commit("2026-03-03")
    assert checked() == []
    assert strict_build_passes(project)
    assert checked() == []
    assert [*readings(project)] == [VERSION]
    other_file(project)
    refused()


def test_an_edit_of_the_source_is_a_silent_edit_and_nothing_else(project: Project) -> None:
    write(project, VERSION, BODY.replace("20 days", "30 days"))
    for words in ((), ("--base", "main")):
        (problem,) = checked(*words)
        assert problem.endswith("[silent-edit]")
    recorded = readings(project)
    build(load_config(str(project.root / "mkdocs.yml"), strict=False))
    assert readings(project) == recorded


def test_a_new_version_begins_anew_and_the_old_one_keeps_its_reading(project: Project) -> None:
    recorded = readings(project)
    project.git("checkout", "--quiet", "-b", "proposal")
    body = BODY.replace("20 days", "30 days")
    write(project, NEXT, body, summary="More time.")
    project.commit(NEXT[:10])
    assert checked() == []
    assert strict_build_passes(project)
    assert readings(project) == recorded
    project.git("checkout", "--quiet", "main")
    project.git("clean", "--quiet", "--force", "-d", "versions")
    project.git("merge", "--quiet", "--no-edit", "proposal")
    assert strict_build_passes(project)
    assert (project.versions / "fees" / f"{VERSION}.md").is_file()
    assert [*readings(project)] == [VERSION, NEXT]
    assert readings(project)[VERSION] == recorded[VERSION]


@pytest.mark.parametrize("released", [True, False])
def test_archiving_takes_no_other_reading_for_the_right_one(
    project: Project, caplog: pytest.LogCaptureFixture, released: bool
) -> None:
    recorded = readings(project)
    other_file(project)
    if released:
        project.put(PATH, (project.root / PATH).read_text().replace("20 days", "30 days"))
        result = CliRunner().invoke(main, ["release", "fees", "--summary", "More time."])
        assert result.exit_code == 0, result.output
        assert (project.versions / "fees" / f"{VERSION}.md").is_file()
    else:
        write(project, NEXT, "# Fees\n\nNone.\n", summary="None.")
    project.commit("2026-11-23")
    expected = f"versions/fees/{VERSION}.md: Readers would get this archived text otherwise"
    (problem,) = checked()
    assert problem.startswith(expected)
    assert not strict_build_passes(project)
    assert expected in caplog.text
    assert readings(project) == recorded


def test_a_policy_that_is_renamed_keeps_its_reading(project: Project) -> None:
    recorded = readings(project)
    project.git("mv", PATH, "docs/policies/prices.md")
    project.put("docs/index.md", "# Help\n\n[Fees](policies/prices.md)\n")
    text = (project.root / "docs/policies/prices.md").read_text()
    project.put("docs/policies/prices.md", text.replace("title:", "formerly: [fees]\ntitle:", 1))
    project.commit("2026-04-01")
    assert strict_build_passes(project)
    assert readings(project) == recorded
    other_file(project)
    (problem,) = checked()
    assert problem.startswith(READ_OTHERWISE.replace("fees.md", "prices.md"))
    write(project, NEXT, "None.\n", "prices", summary="None.", formerly="[fees]")
    project.commit(NEXT[:10])
    (problem,) = checked()
    assert f"{VERSION}.md: Readers would get this archived text otherwise" in problem


def test_a_policy_that_is_written_anew_under_another_name_keeps_its_readings(
    project: Project,
) -> None:
    project.delete("fees")
    project.put("docs/index.md", "# Help\n\n[Prices](policies/prices.md)\n")
    body = "Whoever rents from us pays in advance, in cash.\n"
    front = {"summary": "In cash.", "formerly": "[fees]"}
    project.write("prices", NEXT, body, title="Prices of boats", **front)
    project.commit(NEXT[:10])
    assert checked() == []
    other_file(project)
    (problem,) = checked()
    assert f"{VERSION}.md: Readers would get this archived text otherwise" in problem


def test_a_text_of_a_coming_day_has_no_reading(project: Project) -> None:
    project.write("rates", "2026-12-01.v1", "None.\n", title="Rates")
    project.commit("2026-11-20")
    assert strict_build_passes(project)
    assert [*readings(project)] == [VERSION]

"""Images and files that an archived text shows are archived with it, as they were then."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from urllib.parse import quote

import pytest

from gazette.errors import ArchiveError
from gazette.problems import Code
from gazette.text.comparison import compare
from gazette.text.frontmatter import body_of
from gazette.text.notes import Note, NoteKind
from gazette.text.reader import Reader
from repositories import ADDRESS, TODAY, Project, check

OLD, NEW = b"\x89PNG\r\nold\x00", b"\x89PNG\nnew\x00"
SHOWS = "![What we keep](../assets/map.png)\n"
KEPT = "terms/2026-01-05.v1/assets/map.png"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A policy that shows an image; both were replaced in one commit."""
    project = Project(tmp_path / "project").init()
    project.put("docs/assets/map.png", OLD)
    project.post("terms", "2026-01-05.v1", SHOWS)
    project.put("docs/assets/map.png", NEW)
    project.post("terms", "2026-02-01.v1", SHOWS, summary="More.")
    return project


def attached(project: Project) -> dict[str, bytes]:
    """Return what the versions of the only policy show, as the register knows it."""
    (policy,) = project.gather().policies
    return {
        f"{version.id} {file.path}": file.read()
        for version in policy.versions
        for file in version.attachments
    }


def test_image_is_archived_with_its_text(project: Project) -> None:
    assert project.build() == ["terms/2026-01-05.v1.md", KEPT]
    assert (project.versions / KEPT).read_bytes() == OLD
    assert project.build() == []
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=project.versions / "terms", check=False).returncode == 0


def test_image_is_known_before_and_after_it_is_archived(project: Project) -> None:
    before = attached(project)
    project.build()

    assert before == attached(project) == {"2026-01-05.v1 assets/map.png": OLD}


def test_image_that_was_deleted_since(project: Project) -> None:
    project.git("rm", "--quiet", "docs/assets/map.png")
    project.post("terms", "2026-03-01.v1", "No image any more.\n", summary="Less.")
    project.build()

    assert attached(project) == {
        "2026-01-05.v1 assets/map.png": OLD,
        "2026-02-01.v1 assets/map.png": NEW,
    }


def test_image_that_was_fixed_while_its_text_stayed(project: Project) -> None:
    project.put("docs/assets/map.png", b"fixed")
    project.commit("2026-02-02")
    project.put("docs/assets/map.png", b"another")
    project.post("terms", "2026-03-01.v1", SHOWS, summary="More.")

    assert attached(project)["2026-02-01.v1 assets/map.png"] == b"fixed"


def test_image_of_a_policy_that_was_retired(project: Project) -> None:
    project.git("rm", "--quiet", "-r", "docs")
    project.commit("2026-03-01")

    assert attached(project)["2026-02-01.v1 assets/map.png"] == NEW


def test_image_that_nobody_committed(project: Project) -> None:
    project.post("terms", "2026-03-01.v1", "[Form](form.pdf) and [none](none.pdf)\n", summary="x")
    project.put("docs/policies/form.pdf", b"form")
    project.write("terms", "2026-04-01.v1", summary="More.")

    assert attached(project)["2026-03-01.v1 policies/form.pdf"] == b"form"


def test_image_that_came_after_its_text_had_gone(project: Project) -> None:
    project.post("terms", "2026-03-01.v1", "[Form](form.pdf)\n", summary="More.")
    project.post("terms", "2026-04-01.v1", summary="More.")
    project.put("docs/policies/form.pdf", b"of another policy")
    project.commit("2026-05-01")

    assert "2026-03-01.v1 policies/form.pdf" not in attached(project)


@pytest.mark.parametrize("path", ["docs/assets/map.png", "docs/assets"])
def test_files_behind_links_are_as_they_were(project: Project, path: str) -> None:
    """Git keeps where a link leads; what stands there may be another thing by now."""
    (project.root / "data").mkdir()
    (project.root / path).rename(project.root / "data" / Path(path).name)
    depth = "../" * path.count("/")
    (project.root / path).symlink_to(f"{depth}data/{Path(path).name}")
    project.post("terms", "2026-03-01.v1", SHOWS, summary="More.")
    assert [p for p in check(project.settings, TODAY) if p.code is Code.SILENT_EDIT] == []
    project.put("docs/assets/map.png", b"another")
    for base in (None, "HEAD"):
        assert Code.SILENT_EDIT in [p.code for p in check(project.settings, TODAY, base)]
    project.commit("2026-03-02")
    assert Code.SILENT_EDIT in [p.code for p in check(project.settings, TODAY)]
    assert Code.SILENT_EDIT in [p.code for p in check(project.settings, TODAY, "HEAD~1")]


def test_a_file_that_became_a_link(project: Project) -> None:
    (project.root / "docs/assets/map.png").unlink()
    project.put("docs/assets/other.png", b"another")
    (project.root / "docs/assets/map.png").symlink_to("other.png")
    project.commit("2026-03-02")
    assert Code.SILENT_EDIT in [p.code for p in check(project.settings, TODAY)]


@pytest.mark.parametrize(
    "source",
    [
        "![Map](<../assets/a map.png>)",
        "![Map](../assets/a%20map.png 'Title')",
        "![Map][1]\n\n[1]: ../assets/a%20map.png",
        '<img alt="Map" src="../assets/a%20map.png">',
        "<a class=x href='../assets/a%20map.png#page=2'>Map</a>",
        "- [Map](./../assets/a%20map.png?large)",
    ],
)
def test_every_way_to_show_a_file(project: Project, source: str) -> None:
    project.put("docs/assets/a map.png", b"a map")
    project.post("terms", "2026-03-01.v1", f"{source}\n", summary="More.")
    project.post("terms", "2026-04-01.v1", summary="More.")
    project.build()

    assert attached(project)["2026-03-01.v1 assets/a map.png"] == b"a map"


@pytest.mark.parametrize(
    "source",
    [
        "`![Map](../assets/map.png)`",
        "[Terms](terms.md) and [home](../index.md#top)",
        "[outside](../../README.md.txt) and [hidden](../.hidden/map.png)",
        "[elsewhere](https://example.com/map.png) and [root](/assets/map.png)",
        "[folder](../assets/) and [front page](../index.html)",
    ],
)
def test_what_is_not_archived(project: Project, source: str) -> None:
    for path in ("README.md.txt", "docs/.hidden/map.png", "docs/index.html", "docs/index.md"):
        project.put(path, b"words")
    project.post("terms", "2026-03-01.v1", f"{source}\n", summary="More.")
    project.post("terms", "2026-04-01.v1", summary="More.")

    assert not [file for file in attached(project) if file.startswith("2026-03-01")]


def test_archive_alone_is_enough(project: Project, tmp_path: Path) -> None:
    project.build()
    project.commit("2026-03-01")
    expected = attached(project)
    project.git(
        "clone", "--quiet", "--depth=1", f"file://{project.root}", str(tmp_path / "shallow")
    )
    shallow = Project(tmp_path / "shallow")
    assert attached(shallow) == expected
    assert shallow.build() == []

    shutil.rmtree(shallow.root / ".git")
    assert attached(shallow) == expected


def test_altered_image_stops_the_build(project: Project) -> None:
    project.build()
    project.put(f"versions/{KEPT}", NEW)

    with pytest.raises(ArchiveError, match=r"assets/map\.png: The file is not what was archived"):
        project.gather()


def test_lost_image_stops_the_build(project: Project) -> None:
    project.build()
    (project.versions / KEPT).unlink()

    with pytest.raises(ArchiveError, match=r"assets/map\.png: This file is gone"):
        project.gather()


def test_file_that_no_build_wrote_beside_a_text(project: Project) -> None:
    project.build()
    project.put("versions/terms/2026-01-05.v1/assets/more.png", NEW)

    with pytest.raises(ArchiveError, match=r"assets/more\.png: This file has no digest"):
        project.gather()


def test_killed_build_is_fixed_by_the_next(project: Project) -> None:
    project.build()
    (project.versions / "terms" / "SHA256SUMS").unlink()
    (project.versions / "terms" / "COMPLETE").unlink()

    assert project.build() == []
    assert KEPT.removeprefix("terms/") in project.archived()["terms/SHA256SUMS"]


def test_image_that_is_a_link_is_archived_as_readers_saw_it(project: Project) -> None:
    """Of a link git holds only where it leads."""
    project.put("shared/map.png", NEW)
    (project.root / "docs/assets/map.png").unlink()
    (project.root / "docs/assets/map.png").symlink_to("../../shared/map.png")
    project.post("terms", "2026-03-01.v1", SHOWS, summary="More.")
    project.post("terms", "2026-04-01.v1", "No image any more.\n", summary="Less.")

    assert attached(project)["2026-03-01.v1 assets/map.png"] == NEW


def silent_edits(project: Project, base: str | None = None) -> list[str]:
    problems = check(project.settings, TODAY, base)
    return [str(problem) for problem in problems if problem.code is Code.SILENT_EDIT]


@pytest.mark.parametrize(
    "link", ["[More]({}.pdf)", '<a href="{}">More</a>', "[More](/{}.pdf)", "[More]({}.md)"]
)
def test_a_link_longer_than_names_of_files_may_be_leads_nowhere(link: str, tmp_path: Path) -> None:
    project = Project(tmp_path / "project").init()
    project.post("terms", "2026-01-05.v1", link.format("words" * 60) + "\n")
    assert not attached(project)
    assert Code.BROKEN_LINK in {problem.code for problem in check(project.settings, TODAY)}


def test_an_image_exchanged_under_a_version_is_a_silent_edit(project: Project) -> None:
    project.git("checkout", "--quiet", "-b", "proposal")
    assert silent_edits(project) == silent_edits(project, "main") == []
    project.put("docs/assets/map.png", b"another")
    (uncommitted,) = silent_edits(project)
    project.commit("2026-02-02")
    assert silent_edits(project) == silent_edits(project, "main") == [uncommitted]
    assert uncommitted.startswith(
        "docs/policies/terms.md:8: docs/assets/map.png, which this text shows or links, changed, "
        "but the version is still 2026-02-01.v1."
    )


def test_an_image_exchanged_that_only_a_quote_defines_is_a_silent_edit(project: Project) -> None:
    shows = "> ![What we keep][map]\n>\n> [map]: ../assets/map.png\n"
    project.post("terms", "2026-03-01.v1", shows, summary="More.")
    project.git("checkout", "--quiet", "-b", "proposal")
    project.put("docs/assets/map.png", b"another")
    project.commit("2026-03-02")
    (edit,) = silent_edits(project)
    assert silent_edits(project, "main") == [edit]
    project.post("terms", "2026-04-01.v1", summary="Less.")
    assert "2026-03-01.v1 assets/map.png" in attached(project)


FULL = "[Form](https://help.example.com/files/form.pdf)\n"
IN_FOLDER = "[Form][1]\n\n> [1]: //example.com/help/files/form.pdf\n"


@pytest.mark.parametrize(
    ("site", "shows"), [(ADDRESS, FULL), ("https://example.com/help/", IN_FOLDER)]
)
def test_a_file_behind_a_full_address_is_guarded(tmp_path: Path, site: str, shows: str) -> None:
    project = Project(tmp_path / "project", address=site).init()
    project.put("docs/files/form.pdf", b"form")
    project.post("terms", "2026-01-05.v1", shows)
    project.git("checkout", "--quiet", "-b", "proposal")
    assert check(project.settings, TODAY) == check(project.settings, TODAY, "main") == []
    project.put("docs/files/form.pdf", b"another")
    (uncommitted,) = silent_edits(project)
    project.commit("2026-02-02")
    assert silent_edits(project) == silent_edits(project, "main") == [uncommitted]
    assert "docs/files/form.pdf, which this text shows or links, changed" in uncommitted
    project.git("reset", "--quiet", "--hard", "main")
    project.post("terms", "2026-03-01.v1", "No form any more.\n", summary="Less.")
    assert "terms/2026-01-05.v1/files/form.pdf" in project.build()
    assert attached(project) == {"2026-01-05.v1 files/form.pdf": b"form"}


def test_a_full_address_to_elsewhere_is_none_of_a_file(project: Project) -> None:
    project.put("docs/files/form.pdf", b"form")
    shows = "[Form](https://www.example.com/files/form.pdf)\n"
    project.post("terms", "2026-03-01.v1", shows, summary="More.")
    project.put("docs/files/form.pdf", b"another")
    assert silent_edits(project) == []


def test_what_was_archived_without_a_file_behind_a_full_address_stays(project: Project) -> None:
    """An earlier engine did not see it."""
    old = Project(project.root, address="")
    for version in ("2026-03-01.v1", "2026-04-01.v1"):
        project.put("docs/files/form.pdf", version)
        project.post("terms", version, FULL, summary="More.")
    old.build()
    project.commit("2026-04-02")
    files = filter(Path.is_file, project.versions.rglob("*.*"))
    before = {path: path.read_bytes() for path in files}
    project.post("terms", "2026-05-01.v1", FULL, summary="More.")
    assert not [line for line in check(project.settings, TODAY) if line.code is not Code.READING]
    project.build()
    assert all(path.read_bytes() == data for path, data in before.items())
    assert [name for name in attached(project) if "form" in name] == [
        "2026-04-01.v1 files/form.pdf"
    ]


def test_no_file_of_the_machine_is_archived(project: Project, tmp_path: Path) -> None:
    """A slash may be written as %2F: then a path begins with one."""
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    address = quote(f"{tmp_path}/secret.pdf", safe="")
    project.post("terms", "2026-03-01.v1", f"[Form]({address})\n", summary="More.")
    project.post("terms", "2026-04-01.v1", summary="More.")
    assert b"secret" not in attached(project).values()


def test_an_image_exchanged_with_a_new_version_is_none(project: Project) -> None:
    project.git("checkout", "--quiet", "-b", "proposal")
    project.put("docs/assets/map.png", b"another")
    project.post("terms", "2026-03-01.v1", SHOWS, summary="Another map.")
    assert silent_edits(project) == silent_edits(project, "main") == []


def test_an_image_may_change_while_its_version_is_scheduled(project: Project) -> None:
    project.post("terms", "2026-03-01.v1", SHOWS, summary="More.")
    project.put("docs/assets/map.png", b"for December")
    project.write("terms", "2026-12-01.v1", SHOWS, summary="More.")
    project.commit("2026-11-01")
    project.put("docs/assets/map.png", b"better")
    assert silent_edits(project) == []


def test_an_image_that_was_missing_may_come(project: Project) -> None:
    project.post("terms", "2026-03-01.v1", "![Plan](../assets/plan.png)\n", summary="More.")
    project.put("docs/assets/plan.png", b"plan")
    assert silent_edits(project) == []


def test_an_archived_version_keeps_what_it_showed(project: Project) -> None:
    project.build()
    project.write("terms", "2026-01-05.v1", SHOWS)
    project.put("docs/assets/map.png", b"another")
    assert [edit.split(",")[0] for edit in silent_edits(project)] == [
        "docs/policies/terms.md:7: docs/assets/map.png"
    ]


def test_the_redline_says_that_an_image_changed(project: Project) -> None:
    (policy,) = project.gather().policies
    reader = Reader()
    old, new = (reader.read(body_of(version.text), version.files) for version in policy.versions)
    change = compare(old, new)
    (block,) = (block for section in change.sections for block in section.blocks)
    assert block.notes == (Note(NoteKind.IMAGE, "assets/map.png"),)

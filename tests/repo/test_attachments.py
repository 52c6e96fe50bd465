"""Images and files that an archived text shows are archived with it, as they were then."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gazette.errors import ArchiveError
from repositories import Center

OLD, NEW = b"\x89PNG\r\nold\x00", b"\x89PNG\nnew\x00"
SHOWS = "![What we keep](../assets/map.png)\n"
KEPT = "terms/2026-01-05.v1/assets/map.png"


@pytest.fixture
def center(tmp_path: Path) -> Center:
    """A policy that shows an image; both were replaced in one commit."""
    center = Center(tmp_path / "center").init()
    center.put("docs/assets/map.png", OLD)
    center.post("terms", "2026-01-05.v1", SHOWS)
    center.put("docs/assets/map.png", NEW)
    center.post("terms", "2026-02-01.v1", SHOWS, summary="More.")
    return center


def attached(center: Center) -> dict[str, bytes]:
    """Return what the versions of the only policy show, as the register knows it."""
    (policy,) = center.gather().policies
    return {
        f"{version.id} {one.path}": one.read()
        for version in policy.versions
        for one in version.attachments
    }


def test_image_is_archived_with_its_text(center: Center) -> None:
    assert center.build() == ["terms/2026-01-05.v1.md", KEPT]
    assert (center.versions / KEPT).read_bytes() == OLD
    assert center.build() == []
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=center.versions / "terms", check=False).returncode == 0


def test_image_is_known_before_and_after_it_is_archived(center: Center) -> None:
    before = attached(center)
    center.build()

    assert before == attached(center) == {"2026-01-05.v1 assets/map.png": OLD}


def test_image_that_was_deleted_since(center: Center) -> None:
    center.git("rm", "--quiet", "docs/assets/map.png")
    center.post("terms", "2026-03-01.v1", "No image any more.\n", summary="Less.")
    center.build()

    assert attached(center) == {
        "2026-01-05.v1 assets/map.png": OLD,
        "2026-02-01.v1 assets/map.png": NEW,
    }


def test_image_that_was_mended_while_its_text_stayed(center: Center) -> None:
    center.put("docs/assets/map.png", b"mended")
    center.commit("2026-02-02")
    center.put("docs/assets/map.png", b"another")
    center.post("terms", "2026-03-01.v1", SHOWS, summary="More.")

    assert attached(center)["2026-02-01.v1 assets/map.png"] == b"mended"


def test_image_of_a_policy_that_was_retired(center: Center) -> None:
    center.git("rm", "--quiet", "-r", "docs")
    center.commit("2026-03-01")

    assert attached(center)["2026-02-01.v1 assets/map.png"] == NEW


def test_image_that_nobody_committed(center: Center) -> None:
    center.post("terms", "2026-03-01.v1", "[Form](form.pdf) and [none](none.pdf)\n", summary="x")
    center.put("docs/policies/form.pdf", b"form")
    center.write("terms", "2026-04-01.v1", summary="More.")

    assert attached(center)["2026-03-01.v1 policies/form.pdf"] == b"form"


def test_image_that_came_after_its_text_had_gone(center: Center) -> None:
    center.post("terms", "2026-03-01.v1", "[Form](form.pdf)\n", summary="More.")
    center.post("terms", "2026-04-01.v1", summary="More.")
    center.put("docs/policies/form.pdf", b"of another policy")
    center.commit("2026-05-01")

    assert "2026-03-01.v1 policies/form.pdf" not in attached(center)


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
def test_every_way_to_show_a_file(center: Center, source: str) -> None:
    center.put("docs/assets/a map.png", b"a map")
    center.post("terms", "2026-03-01.v1", f"{source}\n", summary="More.")
    center.post("terms", "2026-04-01.v1", summary="More.")
    center.build()

    assert attached(center)["2026-03-01.v1 assets/a map.png"] == b"a map"


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
def test_what_is_not_archived(center: Center, source: str) -> None:
    for path in ("README.md.txt", "docs/.hidden/map.png", "docs/index.html", "docs/index.md"):
        center.put(path, b"words")
    center.post("terms", "2026-03-01.v1", f"{source}\n", summary="More.")
    center.post("terms", "2026-04-01.v1", summary="More.")

    assert not [one for one in attached(center) if one.startswith("2026-03-01")]


def test_archive_alone_is_enough(center: Center, tmp_path: Path) -> None:
    center.build()
    center.commit("2026-03-01")
    told = attached(center)
    center.git("clone", "--quiet", "--depth=1", f"file://{center.root}", str(tmp_path / "shallow"))
    shallow = Center(tmp_path / "shallow")
    assert attached(shallow) == told
    assert shallow.build() == []

    shutil.rmtree(shallow.root / ".git")
    assert attached(shallow) == told


def test_altered_image_stops_the_build(center: Center) -> None:
    center.build()
    center.put(f"versions/{KEPT}", NEW)

    with pytest.raises(ArchiveError, match=r"assets/map\.png: The file is not what was archived"):
        center.gather()


def test_lost_image_stops_the_build(center: Center) -> None:
    center.build()
    (center.versions / KEPT).unlink()

    with pytest.raises(ArchiveError, match=r"assets/map\.png: This file is gone"):
        center.gather()


def test_file_that_no_build_wrote_beside_a_text(center: Center) -> None:
    center.build()
    center.put("versions/terms/2026-01-05.v1/assets/more.png", NEW)

    with pytest.raises(ArchiveError, match=r"assets/more\.png: This file has no digest"):
        center.gather()


def test_killed_build_is_mended_by_the_next(center: Center) -> None:
    center.build()
    (center.versions / "terms" / "SHA256SUMS").unlink()
    (center.versions / "terms" / "COMPLETE").unlink()

    assert center.build() == []
    assert KEPT.removeprefix("terms/") in center.archived()["terms/SHA256SUMS"]


def test_image_that_is_a_link_is_archived_as_readers_saw_it(center: Center) -> None:
    """Of a link git holds only where it leads."""
    center.put("shared/map.png", NEW)
    (center.root / "docs/assets/map.png").unlink()
    (center.root / "docs/assets/map.png").symlink_to("../../shared/map.png")
    center.post("terms", "2026-03-01.v1", SHOWS, summary="More.")
    center.post("terms", "2026-04-01.v1", "No image any more.\n", summary="Less.")

    assert attached(center)["2026-03-01.v1 assets/map.png"] == NEW

"""What was made apart is put into the site; what is no part of it is swept out."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from gazette.build.output_folders import contents, move, put, sweep
from gazette.errors import MachineError, machine_errors


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def apart(tmp_path: Path) -> Path:
    return tmp_path / "apart"


@pytest.fixture(params=["one disk", "two disks"])
def disks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, apart: Path) -> None:
    """Two disks, as far as can be told: nothing that was made apart can be renamed."""
    if request.param == "two disks":
        replace = os.replace

        def refuse(source: str, target: str) -> None:
            if not Path(target).parent.is_dir():
                raise FileNotFoundError(errno.ENOENT, "there is no folder")
            if apart in Path(source).parents:
                raise OSError(errno.EXDEV, "it is on another disk")
            replace(source, target)

        monkeypatch.setattr(os, "replace", refuse)


def made(apart: Path, text: str) -> str:
    apart.mkdir(exist_ok=True)
    (apart / "0").write_text(text)
    return str(apart / "0")


def written(folder: Path, text: str, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.mark.usefixtures("disks")
def test_a_file_is_put_over_the_old_one(site: Path, apart: Path, tmp_path: Path) -> None:
    put(made(apart, "old"), site, "terms/a.txt")
    os.link(site / "terms/a.txt", tmp_path / "kept")
    state = put(made(apart, "newer"), site, "terms/a.txt")
    assert (site / "terms/a.txt").read_text() == "newer"
    assert contents(site) == {"terms/a.txt": state}
    assert (tmp_path / "kept").read_text() == "old"


@pytest.mark.usefixtures("disks")
@pytest.mark.parametrize("in_the_way", ["terms/a.txt/deeper", "terms"])
def test_files_and_folders_make_way_for_each_other(
    site: Path, apart: Path, in_the_way: str
) -> None:
    written(site, "stray", in_the_way)
    put(made(apart, "text"), site, "terms/a.txt")
    assert set(contents(site)) == {"terms/a.txt"}
    assert (site / "terms/a.txt").read_text() == "text"


@pytest.mark.usefixtures("disks")
def test_links_to_the_site_stay_where_they_are(site: Path, apart: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    site.symlink_to(tmp_path / "elsewhere")
    put(made(apart, "text"), site, "terms/a.txt")
    assert site.is_symlink()
    assert (tmp_path / "elsewhere/terms/a.txt").read_text() == "text"


@pytest.mark.usefixtures("disks")
def test_a_link_in_the_place_of_a_page_makes_way(site: Path, apart: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "terms").mkdir(parents=True)
    (site / "terms/a.txt").symlink_to(tmp_path / "elsewhere")
    put(made(apart, "text"), site, "terms/a.txt")
    assert (site / "terms/a.txt").read_text() == "text"
    assert not (site / "terms/a.txt").is_symlink()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_cannot_be_put_is_told_by_its_name(
    site: Path, apart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: str, target: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", source, None, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(MachineError, match=r"/site/terms/a\.txt cannot be"), machine_errors():
        put(made(apart, "text"), site, "terms/a.txt")


@pytest.mark.usefixtures("disks")
def test_rendered_pages_are_moved_unless_they_stand_there(site: Path, apart: Path) -> None:
    written(site, "same", "same/index.html", "index.html")
    written(apart, "same", "same/index.html")
    written(apart, "new", "index.html", "more.css", ".nojekyll")
    before = contents(site)
    move(apart, site, contents(apart, hidden=True))
    assert contents(site)["same/index.html"] == before["same/index.html"]
    for name in ("index.html", "more.css", ".nojekyll"):
        assert (site / name).read_text() == "new"


def test_a_rendered_link_is_moved_as_it_is(site: Path, apart: Path, tmp_path: Path) -> None:
    written(tmp_path / "elsewhere", "text", "a.txt")
    written(site, "text", "latest/b.txt")
    apart.mkdir()
    (apart / "latest").symlink_to(tmp_path / "elsewhere")
    move(apart, site, contents(apart))
    assert (site / "latest").is_symlink()
    assert (tmp_path / "elsewhere/a.txt").read_text() == "text"


def test_hidden_files_at_the_top_are_not_the_sites_own(site: Path) -> None:
    written(site, "x", ".git/HEAD", ".nojekyll", ".well-known/x", "terms/.hidden")
    assert set(contents(site)) == {"terms/.hidden"}


def test_a_link_to_a_folder_is_swept_out_as_a_file(site: Path, tmp_path: Path) -> None:
    written(tmp_path / "elsewhere", "text", "a.txt")
    written(site, "text", "terms/b.txt")
    (site / "latest").symlink_to(tmp_path / "elsewhere")
    assert set(contents(site)) == {"terms/b.txt", "latest"}
    sweep(site, ["latest"])
    assert set(contents(site)) == {"terms/b.txt"}
    assert (tmp_path / "elsewhere/a.txt").exists()


def test_swept_files_take_their_empty_folders_along(site: Path) -> None:
    written(site, "text", "terms/a.txt", "terms/b.txt")
    sweep(site, ["terms/a.txt", "terms/gone.txt"])
    assert set(contents(site)) == {"terms/b.txt"}
    sweep(site, ["terms/b.txt"])
    assert list(site.iterdir()) == []

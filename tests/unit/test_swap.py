"""A new site is swapped in whole folder by whole folder; who is killed meanwhile mixes nothing."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from gazette.build import swap
from gazette.build.staging import repair, staging_folder
from gazette.build.swap import JOURNAL, finish_swap, replace_site, site_files, unit_of
from gazette.errors import MachineError, machine_errors
from gazette.files import locked

OLD = {
    "index.html": "old",
    "feed.xml": "same",
    "assets/a.css": "same",
    "policies/terms/index.html": "old",
    "policies/terms/versions/1/index.html": "same",
    "policies/cookies/index.html": "same",
    "policies/gone/index.html": "old",
}
BATCHED = {
    "feed.xml": "same",
    "policies/terms/versions/1/index.html": "same",
    "policies/terms/versions/2/index.html": "new",
    "policies/fresh/feed.xml": "new",
}
RENDERED = {
    "index.html": "new",
    "assets/a.css": "same",
    "policies/terms/index.html": "new",
    "policies/cookies/index.html": "same",
    "policies/fresh/index.html": "new",
}
NEW = BATCHED | RENDERED


class Site:
    """A site, and the folder in which the next one waits."""

    def __init__(self, folder: Path) -> None:
        self.parent, self.site = folder / "cache", folder / "site"
        self.staging = self.parent / "staging-x"

    def stage(self) -> None:
        """Have the new site wait."""
        write(self.staging / swap.RENDERED, RENDERED)
        new = {path: text for path, text in BATCHED.items() if OLD.get(path) != text}
        write(self.staging / swap.NEW, new)

    def replace(self) -> None:
        replace_site(self.staging, self.site, BATCHED, site_files(self.site).keys())


@pytest.fixture
def site(tmp_path: Path) -> Site:
    made = Site(tmp_path)
    write(made.site, OLD)
    made.stage()
    return made


def write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)


def texts(folder: Path) -> dict[str, str]:
    return {path: (folder / path).read_text() for path in site_files(folder)}


def test_the_new_site_replaces_the_old_one(site: Site) -> None:
    before = site_files(site.site)
    site.replace()
    assert texts(site.site) == NEW
    same = ("feed.xml", "assets/a.css", "policies/terms/versions/1/index.html")
    assert {path: site_files(site.site)[path] for path in same} == {p: before[p] for p in same}
    assert not (site.staging / JOURNAL).exists()


def test_units_without_changes_are_not_touched(site: Site) -> None:
    untouched = site.site / "policies/cookies", site.site / "assets", site.site / "feed.xml"
    inodes = [path.stat().st_ino for path in untouched]
    site.replace()
    assert [path.stat().st_ino for path in untouched] == inodes


def written_at(site: Site) -> dict[Path, tuple[int, int]]:
    """Return which file each path is, and when it was written last; looking changes neither."""
    stats = ((path, path.stat()) for path in site.site.rglob("*"))
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in stats}


def test_nothing_is_written_when_nothing_changed(site: Site) -> None:
    site.replace()
    shutil.rmtree(site.staging)
    write(site.staging / swap.RENDERED, RENDERED)
    before = written_at(site)
    site.replace()
    assert written_at(site) == before


@pytest.mark.parametrize("linking", ["links", "copies"])
def test_unchanged_files_keep_their_state(
    site: Site, monkeypatch: pytest.MonkeyPatch, linking: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links on this disk")

    if linking == "copies":
        monkeypatch.setattr(os, "link", refuse)
    page = "policies/terms/versions/1/index.html"
    before = site_files(site.site)[page]
    site.replace()
    assert site_files(site.site)[page] == before


STEPS = ("rename", "link", "unlink", "replace")


@pytest.mark.parametrize("step", range(40))
def test_whoever_is_killed_leaves_the_old_site_or_is_repaired(
    site: Site, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """The kill comes before each call that changes a folder, one after the other."""

    class KilledError(BaseException):
        pass

    left = [step]

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def wrapper(*arguments: object, **options: object) -> object:
            if left[0] == 0:
                raise KilledError
            left[0] -= 1
            return call(*arguments, **options)

        return wrapper

    with monkeypatch.context() as patched, suppress(KilledError):
        for name in STEPS:
            patched.setattr(os, name, counted(getattr(os, name)))
        site.replace()
    has_journal = (site.staging / JOURNAL).exists()
    before = texts(site.site)
    repair([site.parent])
    assert not site.staging.exists()
    assert texts(site.site) in (OLD, NEW)
    if not has_journal:
        assert before == texts(site.site)


def test_a_swap_can_be_finished_again_and_again(site: Site) -> None:
    journal = site.staging / JOURNAL
    site.replace()
    units = [unit_of(path) for path in OLD.keys() | NEW.keys()]
    journal.write_text(
        f'{{"site": "{site.site}", "remove": ["policies/gone"], '
        f'"put": {str(sorted(set(units) - {"policies/gone"})).replace(chr(39), chr(34))}}}'
    )
    finish_swap(site.staging)
    assert texts(site.site) == NEW


def test_a_swap_into_a_site_that_is_gone_is_dropped(site: Site) -> None:
    (site.staging / JOURNAL).write_text('{"site": "/nowhere", "remove": [], "put": ["index.html"]}')
    repair([site.parent])
    assert not site.staging.exists()
    assert texts(site.site) == OLD


def test_a_file_that_the_host_renders_too_is_the_hosts(site: Site) -> None:
    write(site.staging / swap.RENDERED, {"policies/fresh/feed.xml": "from docs"})
    site.replace()
    assert (site.site / "policies/fresh/feed.xml").read_text() == "from docs"


def test_links_in_the_place_of_folders_make_way(site: Site, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (site.site / "policies").rename(elsewhere)
    (site.site / "policies").symlink_to(elsewhere)
    kept = texts(elsewhere)
    write(site.staging / swap.NEW, BATCHED)
    site.replace()
    assert texts(site.site) == NEW
    assert not (site.site / "policies").is_symlink()
    assert texts(elsewhere) == kept


@pytest.mark.parametrize("in_the_way", ["index.html/deeper", "policies/terms", "policies/fresh"])
def test_files_and_folders_make_way_for_each_other(site: Site, in_the_way: str) -> None:
    taken = site.site / in_the_way.removesuffix("/deeper")
    shutil.rmtree(taken) if taken.is_dir() else taken.unlink(missing_ok=True)
    write(site.site, {in_the_way: "stray"})
    write(site.staging / swap.NEW, BATCHED)
    site.replace()
    assert texts(site.site) == NEW


def test_a_site_that_is_a_link_stays_one(site: Site, tmp_path: Path) -> None:
    site.site.rename(tmp_path / "elsewhere")
    site.site.symlink_to(tmp_path / "elsewhere")
    site.replace()
    assert site.site.is_symlink()
    assert texts(tmp_path / "elsewhere") == NEW


def test_hidden_files_at_the_top_stay_and_can_be_published(site: Site) -> None:
    write(site.site, {".git/HEAD": "kept", ".well-known/kept": "kept"})
    write(site.staging / swap.RENDERED, {".nojekyll": "", ".well-known/new": "new"})
    site.replace()
    hidden = {".git/HEAD", ".well-known/kept", ".well-known/new", ".nojekyll"}
    assert site_files(site.site, hidden=True).keys() == NEW.keys() | hidden


def test_who_linked_a_file_keeps_it_as_it_was(site: Site, tmp_path: Path) -> None:
    os.link(site.site / "index.html", tmp_path / "kept")
    site.replace()
    assert (tmp_path / "kept").read_text() == "old"


def test_a_rendered_link_is_put_as_it_is(site: Site, tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", {"a.txt": "text"})
    (site.staging / swap.RENDERED / "latest").symlink_to(tmp_path / "elsewhere")
    site.replace()
    assert (site.site / "latest").is_symlink()
    assert (tmp_path / "elsewhere/a.txt").read_text() == "text"


def test_what_cannot_be_put_is_named(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str, target: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", source, None, target)

    monkeypatch.setattr(os, "rename", refuse)
    with pytest.raises(MachineError, match=r"cannot be read or written"), machine_errors():
        site.replace()


def test_units_are_policies_and_entries_at_the_top() -> None:
    assert unit_of("policies/terms/feed.xml") == "policies/terms"
    assert unit_of("policies/index.html") == "policies/index.html"
    assert unit_of("assets/css/a.css") == "assets"
    assert unit_of("policies") == "policies"
    assert unit_of(".well-known/x") == ".well-known/x"


def test_a_staging_folder_is_removed_at_last(tmp_path: Path) -> None:
    with staging_folder([tmp_path / "cache"], tmp_path / "site") as folder:
        assert folder.parent == tmp_path / "cache"
    assert not folder.exists()
    assert list((tmp_path / "site").iterdir()) == []


def test_a_staging_folder_with_a_journal_stays(tmp_path: Path) -> None:
    with staging_folder([tmp_path / "cache"], tmp_path / "site") as folder:
        (folder / JOURNAL).write_text("{}")
    assert folder.exists()


def test_where_nothing_can_be_renamed_into_the_site_it_lies_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache is on another disk, as far as can be told, or a file stands in its way."""
    rename = os.rename

    def refuse(source: Path, target: Path) -> None:
        if tmp_path / "cache" in Path(source).parents:
            raise OSError(errno.EXDEV, "it is on another disk")
        rename(source, target)

    monkeypatch.setattr(os, "rename", refuse)
    (tmp_path / "file").write_text("in the way")
    site = tmp_path / "site"
    with staging_folder([tmp_path / "file", tmp_path / "cache", site / ".gazette"], site) as folder:
        assert folder.parent == site / ".gazette"
    assert list(site.iterdir()) == []


def test_the_staging_folder_of_a_living_build_is_left_alone(tmp_path: Path) -> None:
    with staging_folder([tmp_path / "cache"], tmp_path / "site") as folder:
        repair([tmp_path / "cache", tmp_path / "nowhere"])
        assert folder.is_dir()
        with locked(folder, wait=False) as is_locked:
            assert not is_locked

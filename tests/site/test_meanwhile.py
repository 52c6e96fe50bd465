"""What happens to the site and to the build while the host renders its own pages."""

from __future__ import annotations

from pathlib import Path

from commands import build, built, tree, written
from editing import edit

REMOVE = """
import shutil


def on_post_page(output, page, config):
    if page.url == "policies/terms-of-service/":  # the last one
        shutil.rmtree("site")
"""
FAIL = """
from mkdocs.exceptions import PluginError


def on_post_page(output, page, config):
    if page.url == "policies/terms-of-service/":  # the last one
        raise PluginError("Too late")
"""


def test_build_that_fails_at_last_leaves_all_files_alone(center: Path) -> None:
    before = written(center / "site")
    settings = (center / "mkdocs.yml").read_text()
    (center / "fail.py").write_text(FAIL)
    edit(center, "site_name: Help Center\n", "site_name: Policies\n", "mkdocs.yml")
    edit(center, "hooks:\n", "hooks:\n  - fail.py\n", "mkdocs.yml")
    result = build(center)
    assert result.returncode == 1
    assert "Too late" in result.stderr
    assert written(center / "site") == before
    (center / "mkdocs.yml").write_text(settings)
    built(center)
    assert written(center / "site") == before  # else whoever uploads what is new has much to do


def test_what_others_take_out_of_the_site_meanwhile_is_made_again(center: Path) -> None:
    (center / "remove.py").write_text(REMOVE)
    expected = tree(center / "site")
    edit(center, "hooks:\n", "hooks:\n  - remove.py\n", "mkdocs.yml")
    assert built(center) == expected


def test_a_link_in_the_place_of_a_folder_makes_way(center: Path, tmp_path: Path) -> None:
    expected = tree(center / "site")
    folder = center / "site/policies/cookie-policy"
    folder.rename(tmp_path / "elsewhere")
    kept = tree(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert built(center) == expected
    assert not folder.is_symlink()
    assert tree(tmp_path / "elsewhere") == kept

"""What happens to the site and to the build while the host renders its own pages."""

from __future__ import annotations

from pathlib import Path

from commands import build, built, tree
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


def test_build_that_fails_at_last_leaves_all_files_alone(project: Path) -> None:
    built(project)
    before = states(project / "site")
    settings = (project / "mkdocs.yml").read_text()
    (project / "fail.py").write_text(FAIL)
    edit(project, "site_name: Help Center\n", "site_name: Policies\n", "mkdocs.yml")
    edit(project, "hooks:\n", "hooks:\n  - fail.py\n", "mkdocs.yml")
    result = build(project)
    assert result.returncode == 1
    assert "Too late" in result.stderr
    assert states(project / "site") == before
    (project / "mkdocs.yml").write_text(settings)
    built(project)
    assert states(project / "site") == before  # else whoever uploads what is new has much to do


def test_what_others_take_out_of_the_site_meanwhile_is_made_again(project: Path) -> None:
    (project / "remove.py").write_text(REMOVE)
    expected = built(project)
    edit(project, "hooks:\n", "hooks:\n  - remove.py\n", "mkdocs.yml")
    assert built(project) == expected


def test_a_link_in_the_place_of_a_folder_makes_way(project: Path, tmp_path: Path) -> None:
    expected = built(project)
    folder = project / "site/policies/cookie-policy"
    folder.rename(tmp_path / "elsewhere")
    kept = tree(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert built(project) == expected
    assert not folder.is_symlink()
    assert tree(tmp_path / "elsewhere") == kept


def states(site: Path) -> dict[str, int]:
    """Return when each file of a site was written."""
    return {path: (site / path).stat().st_mtime_ns for path in tree(site)}

"""Pages of the archive are filled in while the host still renders, which may fail or take long."""

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
WAIT = """
import time
from pathlib import Path

from mkdocs.exceptions import PluginError


def on_post_page(output, page, config):
    if page.url == "policies/terms-of-service/":  # the last one
        for _ in range(600):
            if list(Path(".cache").rglob("rendered-*/cookie-policy 0/*")):
                break
            time.sleep(0.1)
        else:
            raise PluginError("Nothing was filled in meanwhile")
        # then
"""


def prepare(project: Path, then: str = "") -> None:
    """Have all pages changed, and the host do something when those of the archive are filled in."""
    (project / "wait.py").write_text(WAIT.replace("# then", then))
    edit(project, "site_name: Help Center\n", "site_name: Policies\n", "mkdocs.yml")
    edit(project, "hooks:\n", "hooks:\n  - wait.py\n", "mkdocs.yml")


def test_pages_are_filled_in_while_the_host_renders(project: Path) -> None:
    before = built(project)
    prepare(project)
    after = built(project)
    page = "policies/cookie-policy/versions/2025-02-10.v1/index.html"
    assert after.keys() == before.keys()
    assert b"Policies" in after[page]
    assert after[page] != before[page]


def test_build_that_fails_at_last_leaves_all_files_alone(project: Path) -> None:
    built(project)
    before = states(project / "site")
    settings = (project / "mkdocs.yml").read_text()
    prepare(project, 'raise PluginError("Too late")')
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

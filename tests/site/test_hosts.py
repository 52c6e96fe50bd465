"""The same articles under every host and theme; `gazette build` takes the host that is there."""

from __future__ import annotations

import re
import sys
from itertools import product
from pathlib import Path
from subprocess import CompletedProcess

import lxml.html
import pytest

from commands import GAZETTE, PROJECT, run, tree

MATERIALX = PROJECT / ".venv" / "themes"
"""Where `make test` installs MaterialX: its package has the name of Material's, and comes first."""
COMBINATIONS = sorted(product(("mkdocs", "properdocs"), ("material", "materialx")))
ABSENT = "import sys; sys.modules.update(dict.fromkeys({!r}))"
"""What makes Python find none of some packages, as if they were not installed."""


def build_with(project: Path, host: str, theme: str) -> CompletedProcess[str]:
    """Build a project under a host and a theme; without MaterialX here the test is skipped."""
    command = [sys.executable, "-m", host, "build", "--strict", "--config-file", "mkdocs.yml"]
    if theme == "material":
        return run(command, project)
    if not MATERIALX.is_dir():
        pytest.skip("MaterialX is not here: make test installs it.")
    use_materialx(project / "mkdocs.yml")
    return run(["env", f"PYTHONPATH={MATERIALX}", *command], project)


def use_materialx(config: Path) -> None:
    """Name the theme in a configuration, and the search that needs no program beside Python."""
    text = config.read_text("utf-8").replace("  name: material\n", "  name: materialx\n")
    text = text.replace("  - search\n", "  - search:\n      provider: lunr\n")
    config.write_text(text, "utf-8")


def articles(site: Path) -> dict[str, list[str]]:
    """Return the articles of every page, spaces between lines apart, by the path of the page."""
    pages = (path for path in sorted(site.rglob("*.html")))
    return {
        path.relative_to(site).as_posix(): [
            re.sub(r"\s*\n\s*", "\n", lxml.html.tostring(article, encoding="unicode")).strip()
            for article in lxml.html.fromstring(path.read_bytes()).iter("article")
        ]
        for path in pages
    }


@pytest.mark.parametrize(("host", "theme"), COMBINATIONS)
def test_articles_are_the_same_under_every_host_and_theme(
    project: Path, built: Path, host: str, theme: str
) -> None:
    result = build_with(project, host, theme)
    assert result.returncode == 0, result.stderr
    theme_version = next(
        re.finditer(r'content="mkdocs-(.*)"', (project / "site/index.html").read_text("utf-8"))
    )[1]
    assert ("ProperDocs" in theme_version, "materialx-" in theme_version) == (
        host == "properdocs",
        theme == "materialx",
    )
    expected = articles(built)
    assert sum(map(len, expected.values())) >= len(expected) > 30
    assert articles(project / "site") == expected


def test_gazette_build_makes_the_same_site_and_says_nothing_of_hosts(
    project: Path, built: Path
) -> None:
    result = run(["env", "-u", "NO_MKDOCS_2_WARNING", *GAZETTE, "build"], project / "docs")
    assert result.returncode == 0, result.stderr
    assert tree(project / "site") == tree(built)
    for name in ("Material", "Zensical", "MkDocs 2", "ProperDocs"):
        assert name not in result.stdout + result.stderr


def test_gazette_builds_and_checks_where_only_properdocs_is_installed(
    project: Path, built: Path, tmp_path: Path
) -> None:
    without = absent(tmp_path, "mkdocs")
    result = run([*without, *GAZETTE, "build"], project)
    assert result.returncode == 0, result.stderr
    assert "properdocs.yml" not in result.stderr
    assert articles(project / "site") == articles(built)
    result = run([*without, *GAZETTE, "check"], project)
    assert (result.returncode, result.stderr) == (0, "")


def test_without_any_host_a_sentence_says_what_to_install(project: Path, tmp_path: Path) -> None:
    result = run([*absent(tmp_path, "mkdocs", "properdocs"), *GAZETTE, "build"], project)
    message = "gazette: Neither MkDocs nor ProperDocs is installed. Run: pip install mkdocs\n"
    assert (result.returncode, result.stdout, result.stderr) == (2, "", message)


def absent(folder: Path, *packages: str) -> list[str]:
    """Return what stands before a command that is to find none of some packages."""
    (folder / "absent").mkdir()
    (folder / "absent" / "sitecustomize.py").write_text(ABSENT.format(packages), "utf-8")
    return ["env", f"PYTHONPATH={folder / 'absent'}"]


def test_what_strict_builds_refuse_is_built_where_that_is_asked_for(project: Path) -> None:
    page = project / "docs" / "about.md"
    page.write_text("# About\n\n[Nowhere](nowhere.md)\n", "utf-8")
    assert run([*GAZETTE, "build"], project).returncode == 1
    assert run([*GAZETTE, "build", "--no-strict"], project).returncode == 0
    assert (project / "site/about/index.html").is_file()

"""News fragments and the changelog are well-formed."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from commands import PROJECT

NEWS = PROJECT / "hooks" / "news"
SETTINGS = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
KINDS = [kind["directory"] for kind in SETTINGS["tool"]["towncrier"]["type"]]
FRAGMENTS = sorted(path for path in NEWS.iterdir() if path.name != "README.md")
RELEASE = re.compile(r"^## (\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d)$", re.M)


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: str(path.name))
def test_a_fragment_says_what_changed_in_sentences(path: Path) -> None:
    assert re.fullmatch(rf"\+[a-z0-9-]+\.({'|'.join(KINDS)})\.md", path.name)
    text = path.read_text("utf-8")
    assert re.fullmatch(r"[A-Z`“].*[.:]\n", text, re.S), "Whole sentences, and a line break behind"
    assert not re.search(r"(?m)^#|[ \t]$|\n\n\n", text), "No headings: the changelog has its own"


def test_the_guide_of_fragments_names_every_kind() -> None:
    guide = (NEWS / "README.md").read_text("utf-8")
    assert re.findall(r"`([a-z]+)`", guide.partition("`KIND` is")[2].partition(".")[0]) == KINDS


def test_the_changelog_begins_with_the_version_that_is_stated() -> None:
    changelog = (PROJECT / "CHANGELOG.md").read_text("utf-8")
    _, marker, releases = changelog.partition(SETTINGS["tool"]["towncrier"]["start_string"])
    assert marker
    versions = RELEASE.findall(releases)
    assert versions[0][0] == SETTINGS["project"]["version"]
    assert versions == sorted(versions, key=lambda release: release[1], reverse=True)
    headings = set(re.findall(r"^### (.*)$", releases, re.M))
    assert headings <= {kind.title() for kind in KINDS}


def test_fragments_are_put_together_as_a_section() -> None:
    command = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9"]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "## 9.9.9 - " in result.stdout
    for path in FRAGMENTS:
        assert path.read_text("utf-8").strip().partition("\n")[0] in result.stdout

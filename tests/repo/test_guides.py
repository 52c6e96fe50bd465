"""README and guides: their links lead somewhere, and every command works as it is written."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import click
import pytest
import yaml

from commands import FIXED
from gazette.cli import main
from gazette.settings import BLOCK, HelpCenter
from workflows import program, ready_make

PROJECT = Path(__file__).parents[2]
GUIDES = sorted((PROJECT / "hooks/guides").glob("*.md"))
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *GUIDES]
FOR_PROJECTS = [PROJECT / "README.md", *GUIDES]
"""These speak of a help center that `gazette init` made, the others of this repository."""
RUN = ("README.md", "editors.md", "publishers.md", "applications.md")
"""The pages with commands to type, in the order in which somebody reads them."""
FOREIGN = ("pip", "aws")
"""Programs that reach out into the world: here something stands in for them."""
MAX_WORDS = 700
SHELL = re.compile(r"^```sh\n(.*?)^```", re.M | re.S)


def headings(page: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of a page."""
    lines = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def code(page: Path) -> str:
    """Return all that a page shows as code, a line for each."""
    text = page.read_text("utf-8")
    blocks = re.findall(r"^ *```\w*\n(.*?)^ *```", text, re.M | re.S)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_and_headings(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} links {link}"
        assert not anchor or anchor in headings(target), f"{page.name} links {link}"


def test_the_readme_is_short() -> None:
    assert len((PROJECT / "README.md").read_text("utf-8").split()) < MAX_WORDS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist_with_their_options(page: Path) -> None:
    for word, options in re.findall(r"(?<![\w/.-])gazette ([a-z]+)([^\n`]*)", code(page)):
        command = main.get_command(click.Context(main), word)
        assert command, word
        known = {
            name for option in command.params for name in (*option.opts, *option.secondary_opts)
        }
        assert set(re.findall(r"--[a-z-]+", options)) <= known, f"gazette {word}{options}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_words_of_make_exist(page: Path) -> None:
    makefiles = []
    if page not in FOR_PROJECTS or page.name in ("README.md", "costs.md"):
        makefiles.append(PROJECT / "Makefile")
    if page in FOR_PROJECTS and page.name != "costs.md":
        makefiles.append(PROJECT / "hooks/gazette/starter/Makefile")
    known = {
        word
        for file in makefiles
        for word in re.findall(r"^([a-z]+):", file.read_text("utf-8"), re.M)
    }
    assert set(re.findall(r"\bmake ([a-z]+)", code(page))) <= known


def test_the_settings_that_are_shown_are_all_there_are() -> None:
    text = (PROJECT / "hooks/guides/publishers.md").read_text("utf-8")
    [block] = re.findall(r"^```yaml\n(.*?)^```", text, re.M | re.S)
    shown = yaml.safe_load(block)["extra"]["help_center"]
    assert set(shown) == {setting.name for setting in fields(HelpCenter)}
    BLOCK.validate_python(shown)


def test_nothing_for_developers_is_published() -> None:
    docs = {path.relative_to(PROJECT / "docs").parts[0] for path in (PROJECT / "docs").rglob("*")}
    assert docs == {"assets", "index.md", "policies"}


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Stand-ins for what reaches out into the world, and a make that finds its `.venv` made."""
    folder = tmp_path / "bin"
    for name in FOREIGN:
        program(folder / name, "#!/bin/sh\n")
    ready_make(folder)
    return folder


def test_commands_work_in_the_order_they_are_read(tmp_path: Path, programs: Path) -> None:
    """All answers to what `gazette init` asks are its own suggestions."""
    pages = [page for name in RUN for page in FOR_PROJECTS if page.name == name]
    blocks = [block for page in pages for block in SHELL.findall(page.read_text("utf-8"))]
    assert len(blocks) >= len(RUN)
    path = os.pathsep.join([str(programs), str(Path(sys.executable).parent), os.environ["PATH"]])
    result = subprocess.run(
        ["bash", "-ec", "\n".join(blocks)],
        cwd=tmp_path,
        env={**os.environ, **FIXED, "PATH": path},
        input="\n" * 20,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    assert (tmp_path / "acme/site/index.html").is_file()
    assert (tmp_path / "acme/docs/policies/refund-policy.md").is_file()

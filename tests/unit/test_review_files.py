"""What surrounds a review calls commands that exist, with options they have."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml

from gazette.cli import main
from gazette.model import Metadata
from gazette.review.review_comment import MARKER

PROJECT = Path(__file__).parents[2]
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
GITLAB = PROJECT / ".github/examples/gitlab-ci.yml"
PRE_COMMIT = [PROJECT / ".pre-commit-config.yaml", PROJECT / ".pre-commit-hooks.yaml"]
CALL = re.compile(r"(?<![\w`])gazette (?P<word>[a-z]+)(?P<options>[^\n|>&;]*)")


@pytest.mark.parametrize("path", [*WORKFLOWS, GITLAB, *PRE_COMMIT], ids=lambda path: path.name)
def test_every_command_that_is_called_exists_with_its_options(path: Path) -> None:
    text = re.sub(r"^\s*#.*$", "", path.read_text("utf-8"), flags=re.M)
    for call in CALL.finditer(text):
        command = main.get_command(click.Context(main), call["word"])
        assert command, call[0]
        options = {
            name for option in command.params for name in (*option.opts, *option.secondary_opts)
        }
        assert set(re.findall(r"--[a-z-]+", call["options"])) <= options, call[0]


@pytest.mark.parametrize("path", [*WORKFLOWS, GITLAB], ids=lambda path: path.name)
def test_every_word_of_make_exists(path: Path) -> None:
    words = re.findall(r"\bmake ([a-z]+)$", path.read_text("utf-8"), flags=re.M)
    targets = re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text("utf-8"), flags=re.M)
    assert set(words) <= set(targets)


def test_each_place_that_keeps_the_comment_finds_it_by_the_same_mark() -> None:
    assert MARKER in (PROJECT / ".github/workflows/review-comment.yml").read_text("utf-8")
    assert MARKER in GITLAB.read_text("utf-8")


def test_the_hooks_before_a_commit_are_the_same() -> None:
    config, hooks = (yaml.safe_load(path.read_text("utf-8")) for path in PRE_COMMIT)
    (local,), (offered,) = config["repos"][0]["hooks"], hooks
    assert local["id"] == offered["id"]
    assert local["files"] == offered["files"]
    assert local["entry"] == f".venv/bin/{offered['entry']}"
    for path in ("docs/policies/a.md", "versions/a/b.md", "mkdocs.yml"):
        assert re.search(local["files"], path)


def test_the_template_speaks_of_keys_that_exist() -> None:
    text = (PROJECT / ".github/pull_request_template.md").read_text("utf-8")
    keys = set(re.findall(r"`([a-z_]+)`", text))
    assert keys
    assert keys <= set(Metadata.model_fields)


def test_the_example_of_owners_names_what_is_there() -> None:
    lines = (PROJECT / ".github/examples/CODEOWNERS").read_text("utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    for pattern, *owners in rules:
        assert pattern == "*" or (PROJECT / pattern.strip("/")).exists()
        assert owners
        assert all(owner.startswith("@example/") for owner in owners)

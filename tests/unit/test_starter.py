"""What a new project begins with: this repository has the same files, to the byte."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
STARTER = PROJECT / "hooks/gazette/starter"
SHARED = ("dot-gitattributes", "dot-gitlab-ci.yml", "dot-github", "dot-vscode", "hooks", "versions")
"""What of the starter this repository has, too: the rest speaks of the engine here."""
ELSEWHERE = {".gitlab-ci.yml": ".github/examples/gitlab-ci.yml"}
"""Where this repository keeps a file that a project has somewhere else."""


def shared_files() -> list[Path]:
    return sorted(
        path
        for name in SHARED
        for path in [STARTER / name, *(STARTER / name).rglob("*")]
        if path.is_file() and path.suffix != ".pyc"
    )


def place(path: Path) -> Path:
    """Where this repository keeps the same file."""
    name = path.relative_to(STARTER).as_posix().replace("dot-", ".", 1)
    return PROJECT / ELSEWHERE.get(name, name)


@pytest.mark.parametrize(
    "path", shared_files(), ids=lambda path: path.relative_to(STARTER).as_posix()
)
def test_this_repository_has_the_files_of_a_new_project(path: Path) -> None:
    if os.environ.get("GAZETTE_GOLDEN") == "write":
        place(path).parent.mkdir(parents=True, exist_ok=True)
        place(path).write_bytes(path.read_bytes())
    assert place(path).read_bytes() == path.read_bytes(), (
        f"Change {path.relative_to(PROJECT)}, then write the other anew: "
        "GAZETTE_GOLDEN=write .venv/bin/pytest tests/unit/test_starter.py"
    )

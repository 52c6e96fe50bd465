"""What an editor does to the sample policies."""

from __future__ import annotations

from pathlib import Path

POLICY = "docs/policies/cookie-policy.md"


def edit(project: Path, old: str, new: str, path: str = POLICY) -> None:
    """Replace what stands in a file of the project."""
    text = (project / path).read_text("utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new, 1), "utf-8")


def release(project: Path) -> None:
    """Post a new version of the Cookie Policy."""
    edit(project, "version: 2026-07-15.v1", "version: 2026-11-20.v1")
    edit(project, "updated: 2026-07-15", "updated: 2026-11-20")
    (project / POLICY).write_text((project / POLICY).read_text() + "\nOne more paragraph.\n")

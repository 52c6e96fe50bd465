"""Which commands run the code that `mkdocs.yml` names, and which never do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from gazette.cli import main
from repositories import Project

CONFIG = """\
site_name: Help
hooks: [hook.py]
markdown_extensions:
  - toc:
      slugify: !!python/name:named_in_settings.slugify
extra:
  help_center:
    support: '#'
"""
TRACE = "from pathlib import Path\n\nPath({!r}).touch()\n"
SLUGIFY = "\n\ndef slugify(text, separator):\n    return text\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with a hook and a function among its settings, each of which leaves a file."""
    project = Project(tmp_path / "project").init()
    project.put("mkdocs.yml", CONFIG)
    project.put("hook.py", TRACE.format(str(tmp_path / "hook-ran")))
    project.put("named_in_settings.py", TRACE.format(str(tmp_path / "function-ran")) + SLUGIFY)
    project.put("docs/index.md", "# Home\n")
    project.put("old.md", "# Fees\n\nPay in 30 days.\n")
    project.put("new.md", "# Fees\n\nPay in 14 days.\n")
    monkeypatch.chdir(project.root)
    monkeypatch.syspath_prepend(project.root)
    monkeypatch.delitem(sys.modules, "named_in_settings", raising=False)
    return project


def files_after(project: Project, *words: str) -> list[str]:
    """Return the files that a command left beside the project."""
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return sorted(path.name for path in project.root.parent.glob("*-ran"))


@pytest.mark.parametrize(
    "words", [("diff", "old.md", "new.md"), ("import", "new.md", "--dry-run")], ids=" ".join
)
def test_texts_are_looked_at_without_running_code(project: Project, words: tuple[str, ...]) -> None:
    assert files_after(project, *words) == []


def test_other_commands_load_the_settings_and_so_run_code(project: Project) -> None:
    assert files_after(project, "status") == ["function-ran", "hook-ran"]

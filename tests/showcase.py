"""The sample help center with other scripts, renamed and retired policies, what is to come."""

from __future__ import annotations

import shutil
from pathlib import Path

from commands import build, copy_project
from editing import edit
from repositories import Project

STEPS = Path(__file__).parent / "showcase"
"""A folder for each day on which policies were posted; what a later one lacks was retired then."""

FOOT = "    imprint: imprint/\n    licence: https://example.com/licence/\n"
"""Settings that name what else stands at the foot of pages."""
SENTENCE = "Whoever is authorized to represent the company is named in the register of companies. "
IMPRINT = f"""\
# Imprint

NanoIP, 1 Example Street.

<details><summary>Who represents us</summary>
{SENTENCE * 3}
</details>

> [!NOTE]
> {SENTENCE * 3}

<figure>
<blockquote>The register is open to everybody.</blockquote>
<figcaption>{SENTENCE * 3}</figcaption>
</figure>
"""
"""A page of the company's own."""


def show_everything(folder: Path) -> Path:
    """Copy this project into `folder`, and post there what the folders of the showcase hold."""
    project = Project(copy_project(folder))
    edit(folder, "    support:", f"{FOOT}    support:", "mkdocs.yml")
    project.put("docs/imprint.md", IMPRINT)
    held: set[str] = set()
    for step in sorted(STEPS.iterdir()):
        files = {file.name for file in step.iterdir()}
        for name in held - files:
            (project.policies / name).unlink()
        shutil.copytree(step, project.policies, dirs_exist_ok=True)
        project.commit(step.name.partition("-")[2])
        held = files
    return folder


def built_showcase(folder: Path) -> Path:
    """Build that help center in `folder`, and return its site."""
    result = build(show_everything(folder))
    assert result.returncode == 0, result.stderr
    return folder / "site"

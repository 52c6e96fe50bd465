"""What a host that ignores `hooks:` makes of a project: every page has to say so.

Zensical reads `mkdocs.yml` and knows no hooks. It is installed from the package index into an
environment of its own, and renders this project and one that `gazette init` has just written:

    PYTHONPATH=hooks:tests .venv/bin/python -m bench.without_engine
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from commands import PROJECT, left_out
from gazette.authoring.new_project import project_files, write_project
from gazette.authoring.project_answers import ProjectAnswers

PACKAGE = "zensical==0.0.73"
GUARD = "Built without its archive: do not publish."
ANSWERS = ProjectAnswers("Acme", "https://help.acme.test/", "mailto:a@acme.test", "en", ("Terms",))
TODAY = date(2026, 11, 23)
ALONE = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
FEWEST_PAGES = 3
"""Home, policy, and the page for addresses that do not exist."""


def main() -> None:
    """Render both projects; end with 1 where a page does not say how it was made."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = _installed(folder / "venv")
        shutil.copytree(PROJECT, folder / "this", ignore=left_out(PROJECT))
        files = project_files(ANSWERS, TODAY, "0", ci="none", has_policy=True)
        write_project(folder / "new", files)
        faults = [fault for name in ("this", "new") for fault in _faults(program, folder / name)]
    print("\n".join(faults) or f"{PACKAGE}: every page says that it was built without its archive.")
    sys.exit(1 if faults else 0)


def _installed(venv: Path) -> Path:
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    pip = [str(venv / "bin/python"), "-m", "pip", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", PACKAGE], check=True, env=ALONE)
    return venv / "bin/zensical"


def _faults(program: Path, project: Path) -> list[str]:
    """Return what is wrong with the site that the program makes of a project."""
    result = subprocess.run(
        [program, "build"], cwd=project, capture_output=True, check=False, env=ALONE
    )
    pages = sorted((project / "site").rglob("*.html"))
    if result.returncode == 0 and len(pages) < FEWEST_PAGES:
        return [f"{project.name}: {len(pages)} pages, too few to tell anything"]
    return [
        f"{page.relative_to(project.parent)} says nothing"
        for page in pages
        if GUARD not in page.read_text("utf-8")
    ]


if __name__ == "__main__":
    main()

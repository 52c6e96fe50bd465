"""`mike`, in an environment of its own: it is measured against, and no part of this project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from bench import sites
from bench.histories import Text
from bench.measure import seconds
from commands import git

SAME = ("mkdocs", "mkdocs-material", "markdown")


def install(folder: Path) -> Path:
    """Install `mike` and what this project builds with into `folder`; return its programs."""
    programs = folder / "bin"
    if not (programs / "mike").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        pinned = [f"{name}=={version(name)}" for name in SAME]
        pip = [str(programs / "python"), "-m", "pip", "install", "-qq", "mike", *pinned]
        subprocess.run(pip, check=True)
    return programs


def make_site(folder: Path) -> Path:
    """Make the plain site that is published."""
    site = sites.empty(folder / "mike")
    sites.write_config(site)
    git(site, "init", "-q", "-b", "main")
    git(site, "config", "user.name", "Editor")
    git(site, "config", "user.email", "editor@example.com")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "Start")
    return site


def publish(programs: Path, site: Path, steps: Sequence[Sequence[Text]]) -> float:
    """Publish one version of the site after the other and return the seconds it all took."""
    shutil.rmtree(site / "docs/policies", ignore_errors=True)
    (site / "docs/policies").mkdir()
    git(site, "update-ref", "-d", "refs/heads/gh-pages")
    taken = 0.0
    for number, texts in enumerate(steps, 1):
        for text in texts:
            (site / f"docs/policies/{text.slug}.md").write_bytes(text.data)
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        taken += seconds([str(programs / "mike"), "deploy", f"v{number}"], site, PATH=path)
    return taken

"""A build that does not come to its end leaves the old site as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.measure import session
from commands import FIXED, build, tree
from editing import edit, release

PATIENCE = 60.0


def test_what_the_old_site_held_is_swept_away(project: Path) -> None:
    assert build(project).returncode == 0
    site = project / "site"
    expected = tree(site)
    for stray in ("stray.html", "policies/cookie-policy/versions/2000-01-01.v1/index.html"):
        (site / stray).parent.mkdir(parents=True, exist_ok=True)
        (site / stray).write_text("stray")
    (site / ".nojekyll").write_text("")  # hidden files at the top are whoever's put them there
    assert build(project).returncode == 0
    assert tree(site) == {**expected, ".nojekyll": b""}
    assert not (site / "policies/cookie-policy/versions/2000-01-01.v1").exists()


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
@pytest.mark.parametrize("fault", ["a theme without slots", "a policy without a title"])
def test_failing_build_keeps_the_old_site(project: Path, fault: str, program: str) -> None:
    assert build(project, program).returncode == 0
    before = tree(project / "site")
    release(project)
    if fault == "a policy without a title":
        edit(project, "title: Cookie Policy\n", "")
    else:
        edit(project, "    - toc.follow\n", "    - toc.integrate\n", "mkdocs.yml")
    result = build(project, program)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert tree(project / "site") == before
    assert rendered(project) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_build_keeps_the_old_site(project: Path, number: signal.Signals) -> None:
    assert build(project).returncode == 0
    before = tree(project / "site")
    shutil.rmtree(project / ".cache")
    release(project)
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    running = subprocess.Popen(
        command, cwd=project, env={**os.environ, **FIXED}, start_new_session=True
    )
    until(lambda: any((project / ".cache").rglob("??/*")))
    if number is signal.SIGINT:
        os.killpg(running.pid, number)  # as a terminal does
    else:
        running.send_signal(number)
    running.wait(PATIENCE)
    until(lambda: not at_work(running.pid))
    assert number is signal.SIGKILL or rendered(project) == []
    if tree(project / "site") != before:  # it came to its end before
        assert running.returncode == 0
    assert build(project).returncode == 0


def rendered(project: Path) -> list[Path]:
    """Return the folders in which pages wait for their place."""
    return list((project / ".cache").rglob("rendered-*"))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def at_work(leader: int) -> list[int]:
    """Return the processes of a session that still run."""
    return [one for one in session(leader) if "Z" not in state(one)]


def state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"

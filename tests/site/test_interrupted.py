"""A build that does not come to its end leaves the old site as it was.

Cut short while it puts the new one in place, it is put right by the next build.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bench.kills import Kills
from bench.measure import session
from commands import BUILD, FIXED, build, built, built_anew, tree
from editing import edit, release

PATIENCE = 60.0


def test_what_the_old_site_held_is_swept_away(center: Path) -> None:
    site = center / "site"
    expected = tree(site)
    for stray in ("stray.html", "policies/cookie-policy/versions/2000-01-01.v1/index.html"):
        (site / stray).parent.mkdir(parents=True, exist_ok=True)
        (site / stray).write_text("stray")
    (site / ".nojekyll").write_text("")  # hidden files at the top are whoever's put them there
    assert build(center).returncode == 0
    assert tree(site) == {**expected, ".nojekyll": b""}
    assert not (site / "policies/cookie-policy/versions/2000-01-01.v1").exists()


FAULTS = {
    "a theme without slots": (
        ("mkdocs.yml", "    - toc.follow\n", "    - toc.integrate\n"),
        "has no table of contents above its text",
    ),
    "a policy without a title": (
        ("docs/policies/cookie-policy.md", "title: Cookie Policy\n", ""),
        "cookie-policy.md",
    ),
    "a page of the theme that is left out": (
        ("mkdocs.yml", "hooks:\n", "hooks:\n  - out.py\n"),
        "was not rendered: a plugin or a hook leaves it out",
    ),
    "a file in the place of the site's folder": (
        ("mkdocs.yml", "theme:\n", "site_dir: README.md\ntheme:\n"),
        "README.md, where the help center is to stand, is no folder",
    ),
}
LEAVE_OUT = """
from mkdocs.plugins import event_priority


@event_priority(-200)
def on_files(files, config):
    files.remove(files.get_file_from_path("policies/gazette-slot.en/index.md"))
"""


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_failing_build_keeps_the_old_site(center: Path, program: str) -> None:
    """Whatever stopped the builds before, the next one publishes what a first one would."""
    before = built(center, program)
    release(center)
    (center / "out.py").write_text(LEAVE_OUT)
    for fault, ((path, old, new), message) in FAULTS.items():
        sound = (center / path).read_text()
        edit(center, old, new, path)
        result = build(center, program)
        assert result.returncode == 1, fault
        assert message in result.stderr, fault
        assert "Traceback" not in result.stderr, fault
        assert tree(center / "site") == before, fault
        assert rendered(center) == [], fault
        (center / path).write_text(sound)
    assert built(center, program) == built_anew(center, program)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_interrupted_build_keeps_the_old_site(
    center: Path, released: Path, number: signal.Signals
) -> None:
    before = tree(center / "site")
    shutil.rmtree(center / ".cache")
    release(center)
    command = [*BUILD, "--strict", "--quiet"]
    running = subprocess.Popen(
        command, cwd=center, env={**os.environ, **FIXED}, start_new_session=True
    )
    until(lambda: any((center / ".cache").rglob("??/*")))
    if number is signal.SIGINT:
        os.killpg(running.pid, number)  # as a terminal does
    else:
        running.send_signal(number)
    running.wait(PATIENCE)
    until(lambda: not at_work(running.pid))
    assert number is signal.SIGKILL or rendered(center) == []
    if tree(center / "site") != before:  # it came to its end before
        assert running.returncode == 0
    assert built(center) == tree(released / "site")


def test_whoever_is_killed_mixes_no_sites(tmp_path: Path) -> None:
    """At many points of a build, most of them in the swap; bench.kills kills at far more."""
    kills = Kills(tmp_path)
    points = (2, 15, 30, 40, *range(45, 72), 75, 85, 95, 99)
    outcomes = kills.outcomes_of_steps(sorted({kills.steps * point // 100 for point in points}))
    assert "mixed" not in outcomes
    assert {"old", "repaired", "new"} == {*outcomes}
    assert kills.outcome_of_step(kills.steps * 57 // 100) == "repaired"
    assert kills.goes_on()


def test_parts_of_killed_writers_are_cleared(center: Path) -> None:
    part = center / "versions/cookie-policy/.0a.part"
    part.write_bytes(b"half")
    built(center)
    assert not part.exists()


def rendered(project: Path) -> list[Path]:
    """Return the folders in which pages wait to be put into the site."""
    return list((project / ".cache").rglob("staging-*"))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def at_work(leader: int) -> list[int]:
    """Return the processes of a session that still run."""
    return [member for member in session(leader) if "Z" not in state(member)]


def state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return "Z"

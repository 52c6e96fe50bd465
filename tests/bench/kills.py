"""Kill builds at random points, and look at the site that each leaves.

A small project is built, several of its policies are changed, and it is built again and again from
the same state; each of these builds is killed at another point, before a call that changes a file
or after a while. The site is then the old or the new one, or the next build repairs it before
anything else: a mixture must never stay.

    PYTHONPATH=hooks:tests python -m bench.kills --points 200
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from commands import FIXED, build, copy_project, tree
from editing import edit, release
from gazette.build.staging import repair

OUTCOMES = ("old", "new", "repaired", "mixed")
STEPS = "KILLS_STEPS"
EXTRA = "docs/extra.md"
COUNTER = """
import os
import signal
import sys

STEPS = {"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.chmod"}
process = os.getpid()
last = int(os.environ["KILLS_STEPS"])
steps = 0


def count(event, arguments):
    global steps
    if event in STEPS and os.getpid() == process:
        if steps == last:
            os.kill(process, signal.SIGKILL)
        steps += 1
        if last < 0:
            with open(os.environ["KILLS_LOG"], "w") as file:
                file.write(str(steps))


sys.addaudithook(count)
"""
"""What every process of a build loads first: the steps of the build itself are counted."""


class Kills:
    """A project before and after its policies were changed, to be built and killed in between."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = folder / "project"
        self.start = folder / "start"
        self.log = folder / "steps"
        (folder / "counter").mkdir()
        (folder / "counter/sitecustomize.py").write_text(COUNTER)
        copy_project(self.project)
        (self.project / EXTRA).write_text("# An extra page\n")
        self._must(build(self.project))
        self.old = tree(self.project / "site")
        change(self.project)
        shutil.copytree(self.project, self.start, symlinks=True)
        assert self._run(-1).wait() == 0
        self.steps = int(self.log.read_text())
        self.new = tree(self.project / "site")

    def outcome_of_step(self, step: int) -> str:
        """Kill a build before its `step`th change of a file, and tell what became of the site."""
        self._reset()
        self._run(step).wait()
        return self._outcome()

    def outcome_of_delay(self, seconds: float) -> str:
        """Kill a build with all its processes after a while, and tell what became of the site."""
        self._reset()
        running = self._run(10**9)
        time.sleep(seconds)
        if running.poll() is None:
            running.kill()
        running.wait()
        return self._outcome()

    def goes_on(self) -> bool:
        """Tell whether the next build makes the new site, and leaves nothing beside it."""
        self._must(build(self.project))
        left = [*(self.project / ".cache").rglob("staging-*"), *self.project.rglob(".*.part")]
        return tree(self.project / "site") == self.new and left == []

    def _reset(self) -> None:
        shutil.rmtree(self.project)
        shutil.copytree(self.start, self.project, symlinks=True)

    def _run(self, step: int) -> subprocess.Popen[bytes]:
        counted = {
            STEPS: str(step),
            "KILLS_LOG": str(self.log),
            "PYTHONPATH": str(self.folder / "counter"),
        }
        return subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
            cwd=self.project,
            env={**os.environ, **FIXED, **counted},
            stderr=subprocess.DEVNULL,
        )

    def _outcome(self) -> str:
        site = tree(self.project / "site")
        if site in (self.old, self.new):
            return "old" if site == self.old else "new"
        repair([self.project / ".cache/gazette", self.project / "site/.gazette"])
        return "repaired" if tree(self.project / "site") in (self.old, self.new) else "mixed"

    def _must(self, result: subprocess.CompletedProcess[str]) -> None:
        assert result.returncode == 0, result.stderr


def change(project: Path) -> None:
    """Post a version of one policy, begin another, take a page out, and change every page."""
    release(project)
    fresh = "---\ntitle: {0}\nversion: 2026-11-20.v1\nupdated: 2026-11-20\n---\n# {0}\n\nText.\n"
    (project / "docs/policies/refunds.md").write_text(fresh.format("Refunds"))
    (project / EXTRA).unlink()
    edit(project, "support@example.com", "legal@example.com", "mkdocs.yml")


def main() -> int:
    """Try the points that were asked for; return 1 if a mixture stayed."""
    parser = argparse.ArgumentParser(prog="kills", description=__doc__)
    parser.add_argument("--points", type=int, default=200, help="how many builds are killed; 200")
    parser.add_argument("--seed", type=int, default=12)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="gazette-kills-") as folder:
        kills = Kills(Path(folder))
        for point in range(options.points):
            if point % 4:
                name = f"step {chance.randrange(kills.steps)}"
                outcome = kills.outcome_of_step(int(name.split()[1]))
            else:
                name = f"{chance.uniform(0.3, 3.0):.3f} s"
                outcome = kills.outcome_of_delay(float(name.split()[0]))
            if not kills.goes_on():
                outcome = "mixed"
            outcomes[outcome] += 1
            print(f"{name}: {outcome}", file=sys.stderr)
    print(", ".join(f"{outcomes[name]} {name}" for name in OUTCOMES), f"({kills.steps} steps)")
    return int(outcomes["mixed"] > 0)


if __name__ == "__main__":
    sys.exit(main())

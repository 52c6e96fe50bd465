"""Kill builds and imports at many points, and look at what each leaves.

A small project is built, several of its policies are changed, and it is built again and again from
the same state; each of these builds is killed at another point, before a call that changes a file
or after a while. The site is then the old or the new one, or the next build repairs it before
anything else: a mixture must never stay. Imports are killed, ended or interrupted before each of
their changes of a file; then the next command sees a project without them, or with all of them.

    PYTHONPATH=hooks:tests python -m bench.kills --points 200
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

from commands import BUILD, FIXED, build, copy_folder, copy_project, tree
from editing import edit, release
from gazette.build.staging import repair
from gazette.files import locked
from gazette.imports import import_plan
from gazette.imports.batch import without_progress
from gazette.record.placing import FOLDER, finish_placing
from repositories import TODAY, Project

CHANGES = frozenset({"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir", "os.chmod"})
SIGNALS = signal.SIGKILL, signal.SIGTERM, signal.SIGINT
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
folder = os.environ["KILLS_FOLDER"]
kept = {name for name in os.listdir(folder) if name.isdecimal()}
steps = 0


def count(event, arguments):
    global steps
    if event in STEPS and os.getpid() == process:
        if steps == last:
            os.kill(process, signal.SIGKILL)
        if str(steps) in kept:
            os.system(f"cp -a .cache site versions {folder}/{steps}")
        steps += 1
        if last < 0:
            with open(f"{folder}/steps", "w") as file:
                file.write(str(steps))


sys.addaudithook(count)
"""
"""What every process of a build loads first: the steps of the build itself are counted, and what
a build changes is copied at each for which there is a folder."""


class Kills:
    """A project before and after its policies were changed, to be built and killed in between."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.project = folder / "project"
        self.start = folder / "start"
        (folder / "counter").mkdir()
        (folder / "counter/sitecustomize.py").write_text(COUNTER)
        copy_project(self.project)
        (self.project / EXTRA).write_text("# An extra page\n")
        self._must(build(self.project))
        self.old = tree(self.project / "site")
        change(self.project)
        copy_folder(self.project, self.start)
        assert self._run(-1).wait() == 0
        self.steps = int((folder / "steps").read_text())
        self.new = tree(self.project / "site")

    def outcome_of_step(self, step: int) -> str:
        """Kill a build before its `step`th change of a file, and tell what became of the site."""
        self._reset()
        self._run(step).wait()
        return self._outcome()

    def outcomes_of_steps(self, steps: Sequence[int]) -> list[str]:
        """Tell what would become of the site if a build were killed before each of these changes.

        What stands on the disk then is what whoever is killed leaves: it is copied, and the build
        goes on, so that all of them take one.
        """
        self._reset()
        for step in steps:
            (self.folder / str(step)).mkdir()
        assert self._run(10**9).wait() == 0
        outcomes = []
        for step in steps:
            for name in (".cache", "site", "versions"):
                shutil.rmtree(self.project / name)
                (self.folder / str(step) / name).rename(self.project / name)
            outcomes.append(self._outcome())
        return outcomes

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
        copy_folder(self.start, self.project)

    def _run(self, step: int) -> subprocess.Popen[bytes]:
        counted = {
            STEPS: str(step),
            "KILLS_FOLDER": str(self.folder),
            "PYTHONPATH": str(self.folder / "counter"),
        }
        return subprocess.Popen(
            [*BUILD, "--strict", "--quiet"],
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


class ImportKills:
    """A help center, and an import of a repository into it that is killed again and again."""

    def __init__(self, folder: Path) -> None:
        self.project = Project(folder / "project").init()
        self.project.post("terms", "2026-01-01.v1")
        self.project.post("terms", "2026-02-01.v1", summary="More.", body="We keep it.\n")
        self.project.build()
        request = import_plan.Request(_repository(folder / "source").root, with_history=True)
        settings = self.project.settings
        batch = import_plan.gather(settings, request, TODAY, without_progress)
        planned = import_plan.plan(settings, batch, force=False)
        files = tuple(
            replace(file, read=partial(bytes, file.read())) for file in planned.unarchived.files
        )
        self._plan = replace(planned, unarchived=replace(planned.unarchived, files=files))
        self.start = folder / "start"
        shutil.copytree(self.project.root, self.start)
        self.old = self._tree()
        self._write()
        self.new = self._tree()

    def outcome(self, step: int, number: signal.Signals) -> str:
        """End an import before its `step`th change of a file; tell what the next command sees.

        That is empty where the import has no such step.
        """
        shutil.rmtree(self.project.root)
        shutil.copytree(self.start, self.project.root)
        if _ends(self._write, step, number):
            return ""
        waiting = self.project.root / FOLDER
        if waiting.is_dir():
            with locked(waiting):  # until all threads of what was killed are gone
                pass
        finish_placing(self.project.root)
        present = self._tree()
        is_whole = present in (self.old, self.new) and not tree(waiting)
        return "mixed" if not is_whole else "old" if present == self.old else "new"

    def goes_on(self) -> bool:
        """Tell whether the same import brings in all of it now."""
        self._write()
        return self._tree() == self.new

    def _write(self) -> None:
        import_plan.write(self.project.settings, self._plan, TODAY)

    def _tree(self) -> dict[str, bytes]:
        folders = self.project.root / "docs", self.project.versions
        return {
            f"{folder.name}/{path}": data
            for folder in folders
            for path, data in tree(folder).items()
        }


def _repository(folder: Path) -> Project:
    """Return a repository of two policies with versions, and of one that was removed."""
    source = Project(folder).init()
    for day in range(1, 5):
        for name in ("privacy", "returns", "cookies"):
            source.put(f"{name}.md", f"# {name.title()}\n\n{day} days.\n")
        source.commit(f"2026-03-0{day}")
    (folder / "cookies.md").unlink()
    source.commit("2026-03-05")
    return source


def _ends(act: Callable[[], object], step: int, number: signal.Signals) -> bool:
    """Act in a process of its own that gets a signal before a change; tell whether it ended."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    steps = count()

    def kill(event: str, _: object) -> None:
        if event in CHANGES and next(steps) == step:
            os.kill(os.getpid(), number)

    code = 1
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.addaudithook(kill)
        act()
        code = int(next(steps) > step)
    finally:
        os._exit(code)


def import_outcomes(folder: Path, every: int = 1) -> Counter[str]:
    """Kill an import before every change of a file, or every so many; count the outcomes."""
    kills = ImportKills(folder)
    outcomes: Counter[str] = Counter()
    for at in count(step=every):
        for number in SIGNALS if every == 1 else SIGNALS[at // every % 3 :][:1]:
            outcome = kills.outcome(at, number)
            if not outcome:
                return outcomes
            outcomes[outcome if kills.goes_on() else "mixed"] += 1
    return outcomes


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
    with tempfile.TemporaryDirectory(prefix="gazette-kills-") as folder:
        imports = import_outcomes(Path(folder))
    print(", ".join(f"{imports[name]} {name}" for name in OUTCOMES), "(imports)")
    return int(outcomes["mixed"] + imports["mixed"] > 0)


if __name__ == "__main__":
    sys.exit(main())

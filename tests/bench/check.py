"""How long `gazette check` takes, against a build and against Python's start.

usage: PYTHONPATH=tests python -m bench.check CENTER

CENTER is a help center in git whose changes are all committed; it is copied, built and edited in
the copy. Seconds are those that processors worked, so that other programs do not count. Targets:
the whole of it takes no longer than a build; one changed policy against a base takes less than a
second beyond Python's start. Exits with 1 when one is missed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.measure import worked
from commands import git

ROUNDS = 5
CHECK = [sys.executable, "-c", "from gazette.cli import main; main()", "check"]
BUILD = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
START = [sys.executable, "-c", "pass"]


def seconds(command: list[str], folder: Path, rounds: int = ROUNDS) -> float:
    """Return the median of so many rounds; what the command says of the policies is no matter."""
    taken = []
    for _ in range(rounds):
        start = worked()
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        taken.append(worked() - start)
        if done.returncode > 1:
            raise SystemExit(done.stderr.decode())
    return median(taken)


def main() -> None:
    """Measure, print a line for each figure, and fail where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path)
    source = parser.parse_args().project.resolve()
    with tempfile.TemporaryDirectory() as temporary:
        project = Path(temporary) / "project"
        git(source, "clone", "--quiet", str(source), str(project))
        build = seconds(BUILD, project, 1)
        whole = seconds(CHECK, project)
        largest = max(project.glob("docs/policies/*.md"), key=lambda file: file.stat().st_size)
        largest.write_text(largest.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
        of_an_edit = seconds([*CHECK, "--base", "HEAD"], project) - seconds(START, project)
    print(f"build                           {build:6.2f} s")
    print(f"check, the whole help center    {whole:6.2f} s   target: a build")
    print(
        f"check --base, the largest text  {of_an_edit:6.2f} s   target: 1 s beyond Python's start"
    )
    raise SystemExit(whole > build or of_an_edit >= 1)


if __name__ == "__main__":
    main()

"""How long reading a history takes, against `git log --raw` over the same commits.

usage: python tests/bench/history.py REPOSITORY [FOLDER OF THE POLICIES]

Both run in turn, and the medians are compared. Finding the version in each text is told apart: it
is a matter of `git cat-file`, needed only for texts that the archive does not hold yet.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from gazette.history import Texts, open_repository, read_history, walk
from gazette.lives import slug_of

ROUNDS = 9


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def git_log(repository: Path) -> None:
    command = ["git", "-C", str(repository), "log", "--raw", "HEAD"]
    subprocess.run(command, stdout=subprocess.PIPE, check=True)


def walked(policies: Path, folder: str) -> None:
    repository = open_repository(policies)
    assert repository, f"No repository around {policies}."
    walk(repository, lambda path: slug_of(path, folder) is not None, Texts(repository))


def main(repository: Path, folder: str) -> None:
    policies = repository / folder
    taken = [
        (seconds(lambda: git_log(repository)), seconds(lambda: walked(policies, f"{folder}/")))
        for _ in range(ROUNDS)
    ]
    log, walking = (median(column) for column in zip(*taken, strict=True))
    whole = seconds(lambda: read_history(policies))
    count = ["git", "-C", str(repository), "rev-list", "--count", "HEAD"]
    commits = subprocess.run(count, capture_output=True, text=True, check=True).stdout.strip()
    print(f"{commits} commits: git log --raw {log:.3f} s, walked {walking:.3f} s")
    print(f"ratio {walking / log:.2f}; with every version read from git {whole:.3f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2] if len(sys.argv) > 2 else "docs/policies")

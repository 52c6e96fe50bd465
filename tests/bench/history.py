"""How long reading a history takes, against `git log --raw` over the same commits.

usage: python tests/bench/history.py REPOSITORY [DOCS]

Both run in turn, and the medians are compared. Finding the version in each text is told apart: it
is a matter of `git cat-file`, needed only for texts that the archive does not hold yet. Where there
is a help center (a `mkdocs.yml`), gathering it is told too: without a cache, and again with it.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from gazette.build.cache import Cache
from gazette.host_config import read_settings
from gazette.record.commits import commits, line_of
from gazette.record.git_texts import GitTexts, open_repository
from gazette.record.history import read_history, tracks_of
from gazette.record.metadata_index import MetadataIndex
from gazette.record.policies import gather
from gazette.settings import Settings
from gazette.text.markdown_settings import DEFAULT
from gazette.text.slugs import slug_below

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
    tracks_of(
        commits(line_of(repository), {}),
        lambda path: slug_below(path, folder) is not None,
        GitTexts(str(repository.working_tree_dir)),
    )


def read(docs: Path) -> None:
    settings = Settings(project=docs.parent, docs=docs, site_url="", support="#", markdown=DEFAULT)
    read_history(settings, MetadataIndex({}, "metadata", lambda data: ()), {})


def gathered(project: Settings) -> str:
    """Tell how long gathering takes at first, and again when nothing changed."""
    with TemporaryDirectory() as folder:
        store = Cache(Path(folder))
        first = seconds(lambda: gather(project, date.today(), store))
        again = [seconds(lambda: gather(project, date.today(), store)) for _ in range(ROUNDS)]
        register = gather(project, date.today(), store)
    versions = sum(len(policy.versions) for policy in register.policies)
    archived = versions - len(register.unarchived.files)
    return (
        f"{len(register.policies)} policies, {versions} versions ({archived} archived or in docs): "
        f"gathered in {first:.2f} s, again in {median(again):.2f} s"
    )


def main(repository: Path, docs: str) -> None:
    folder = f"{docs}/policies/"
    taken = [
        (
            seconds(lambda: git_log(repository)),
            seconds(lambda: walked(repository / folder, folder)),
        )
        for _ in range(ROUNDS)
    ]
    log, walking = (median(column) for column in zip(*taken, strict=True))
    whole = seconds(lambda: read(repository / docs))
    if (repository / "mkdocs.yml").is_file():
        print(gathered(read_settings(repository / "mkdocs.yml")))
    count = ["git", "-C", str(repository), "rev-list", "--count", "HEAD"]
    number = subprocess.run(count, capture_output=True, text=True, check=True).stdout.strip()
    print(f"{number} commits: git log --raw {log:.3f} s, walked {walking:.3f} s")
    print(f"ratio {walking / log:.2f}; with every version read from git {whole:.3f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2] if len(sys.argv) > 2 else "docs")

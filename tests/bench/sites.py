"""The sites that are measured, each in a folder that later runs find again.

center   a help center whose policies were committed version by version
bare     the same texts in force, with an empty archive and a history of one commit
plain    every version of every policy as an ordinary page of MkDocs and Material
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import yaml

from bench.measure import seconds
from commands import LEFT_OUT, PROJECT, copy_project, git

START = "refs/tags/bench-start"
BUILD = [sys.executable, "-m", "mkdocs", "build"]
BUNDLES = {
    "company": ("37signals-policies.bundle",),
    "large": ("platform-terms.bundle", "--versions", "20"),
    "huge": ("platform-terms.bundle",),
}
VERSION = re.compile(rb"^version: (\S+)$", re.M)
TODAY = "2026-11-23"  # of `commands.FIXED`


@dataclass(frozen=True)
class Text:
    """One version of a policy as it was committed, `time` in seconds since 1970."""

    slug: str
    version: str
    time: int
    data: bytes


def from_corpus(size: str, corpus: Path, folder: Path) -> Path:
    """Make the center of this size from a real history, unless it stands in `folder` already."""
    center = folder / "center"
    if not center.exists():
        scratch = _empty(folder / "scratch")
        bundle, *options = BUNDLES[size]
        git(scratch, "clone", "-q", str(corpus / "history" / bundle), "source")
        copy_project(scratch / "project")
        tool = corpus.parent / "tools/history_site.py"
        seconds([sys.executable, str(tool), "source", "project", "out", *options], scratch)
        git(scratch / "out", "update-ref", START, "HEAD")
        (scratch / "out").rename(center)
        shutil.rmtree(scratch)
    return center


def make_bare(center: Path, folder: Path) -> Path:
    """Make the site with the same texts in force and nothing before them."""
    bare = _empty(folder / "bare")
    reset(center)
    shutil.copytree(center, bare, ignore=LEFT_OUT, dirs_exist_ok=True)
    git(bare, "init", "-q", "-b", "main")
    git(bare, "add", "-A")
    git(bare, "commit", "-q", "-m", "Start")
    return bare


def make_plain(folder: Path, texts: Iterable[Text]) -> Path:
    """Make the plain site with a page for each of `texts`, in no navigation and no search."""
    plain = _empty(folder / "plain")
    _write_config(plain, not_in_nav="/policies/")
    for text in texts:
        page = plain / "docs/policies" / text.slug / f"{text.version}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_bytes(text.data.replace(b"---\n", b"---\nsearch:\n  exclude: true\n", 1))
    return plain


def reset(center: Path) -> None:
    """Make a center as cold as it can be: no cache, no site, and nothing in `versions/` yet.

    The code is then that of this project as it stands, whatever the center was made with.
    """
    git(center, "reset", "-q", "--hard", START)
    git(center, "clean", "-q", "-ffdx", "--exclude=__pycache__")
    refresh(center)


def refresh(center: Path) -> None:
    """Bring all but the policies and their record up to what stands in this project."""
    shutil.copytree(PROJECT / "hooks", center / "hooks", ignore=LEFT_OUT, dirs_exist_ok=True)
    shutil.copy2(PROJECT / "mkdocs.yml", center)
    ignored = shutil.ignore_patterns("policies")
    shutil.copytree(PROJECT / "docs", center / "docs", ignore=ignored, dirs_exist_ok=True)


def keep_archive(center: Path) -> None:
    """Commit what a build archived, as the workflow that publishes does."""
    git(center, "add", "-A", "versions")
    git(center, "commit", "-q", "-m", "Archive")


def publish(center: Path, number: int) -> None:
    """Commit the next version of the policy with the longest record, one sentence changed."""
    file = longest_record(center)
    edit(file, number, f"Sentence {number} of an update.")
    git(center, "commit", "-q", "-m", f"Update {number}", "--", str(file))


def edit(file: Path, number: int, words: str) -> None:
    """Write `words` at the end of a policy, as version `number` of today."""
    data = re.sub(
        rb"(?m)^version: .*$",
        b"version: %s.v%d" % (TODAY.encode(), number),
        file.read_bytes(),
        count=1,
    )
    data = re.sub(rb"(?m)^updated: .*$", f"updated: {TODAY}".encode(), data, count=1)
    data = re.sub(rb"\n+Sentence \d+ of an update\.\n\Z", b"\n", data)
    file.write_bytes(data.rstrip() + f"\n\n{words}\n".encode())


def longest_record(center: Path) -> Path:
    """Return the policy with the most versions: the one that costs most to update."""
    counts = {
        file: len(list((center / "versions" / file.stem).glob("*.md")))
        for file in sorted(center.glob("docs/policies/*.md"))
    }
    return max(counts, key=counts.__getitem__)


def published(center: Path) -> Iterator[Text]:
    """Yield every version that was committed before the benchmark began, oldest first."""
    log = git(
        center,
        "log",
        "--reverse",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--format=%ct",
        START,
        "--",
        "docs/policies",
    )
    moment = 0
    with subprocess.Popen(
        ["git", "-C", str(center), "cat-file", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin
        assert process.stdout
        for line in log.splitlines():
            if not line.startswith(":"):
                moment = int(line or moment)
                continue
            _, _, _, text_id, kind, path = line.split()
            if kind != "D":
                data = _ask(process.stdin, process.stdout, text_id)
                found = VERSION.search(data)
                assert found, f"{path} was committed without a version."
                yield Text(Path(path).stem, found[1].decode(), moment, data)


def _ask(questions: IO[bytes], answers: IO[bytes], text_id: str) -> bytes:
    questions.write(f"{text_id}\n".encode())
    questions.flush()
    size = int(answers.readline().split()[2])
    return answers.read(size + 1)[:-1]


def _write_config(folder: Path, **more: object) -> None:
    """Write a `mkdocs.yml` like this project's, without hooks, overrides and their styles."""
    config = yaml.safe_load((PROJECT / "mkdocs.yml").read_text("utf-8"))
    for key in ("hooks", "extra_css", "extra", "validation"):
        config.pop(key, None)
    del config["theme"]["custom_dir"]
    quiet = dict.fromkeys(("not_found", "absolute_links", "unrecognized_links"), "ignore")
    config |= {"validation": {"links": quiet, "nav": {"omitted_files": "ignore"}}, **more}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
    shutil.copytree(PROJECT / "docs/assets", folder / "docs/assets")
    (folder / "docs/index.md").write_text("# Help Center\n", "utf-8")


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder

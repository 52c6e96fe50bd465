"""Texts to measure with: the folder that GAZETTE_CORPUS or an argument names."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Iterator
from pathlib import Path

from gazette.text.frontmatter import body_of


def parser(description: str | None) -> ArgumentParser:
    """Return the parser of a command line that may name the corpus folder first."""
    parser = ArgumentParser(description=description, formatter_class=RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", help="the corpus folder, else GAZETTE_CORPUS")
    return parser


def folder(named: str | None) -> Path:
    """Return the corpus folder, or leave with a sentence when there is none."""
    named = named or os.environ.get("GAZETTE_CORPUS", "")
    if not named or not (Path(named) / "pairs").is_dir():
        sys.exit("Name the corpus folder: as the first argument, or in GAZETTE_CORPUS.")
    return Path(named)


def body(path: Path) -> str:
    return body_of(path.read_bytes().decode("utf-8"))


def pairs(below: Path) -> Iterator[tuple[str, str, str]]:
    """Yield name, old and new body of every pair in a folder of pairs."""
    for pair in sorted(below.iterdir()):
        if (pair / "old.md").exists():
            yield pair.name, body(pair / "old.md"), body(pair / "new.md")


def histories(clone: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield every Markdown file of a clone with all its texts, oldest first."""
    log = _git(clone, "log", "--reverse", "--raw", "--no-abbrev", "--no-renames", "--format=")
    blobs: dict[str, list[str]] = {}
    for line in log.decode("utf-8", "surrogateescape").splitlines():
        facts, _, path = line.partition("\t")
        if facts.startswith(":") and path.endswith(".md"):
            new = facts.split()[3]
            if new.strip("0"):
                blobs.setdefault(path, []).append(new)
    for path, versions in sorted(blobs.items()):
        yield path, [_text(clone, blob) for blob in versions]


def _text(clone: Path, blob: str) -> str:
    return body_of(_git(clone, "cat-file", "blob", blob).decode("utf-8", "replace"))


def _git(clone: Path, *arguments: str) -> bytes:
    done = subprocess.run(["git", "-C", str(clone), *arguments], capture_output=True, check=True)
    return done.stdout


def clone_of(bundle: Path, into: Path) -> Path:
    """Unpack a bundled history."""
    clone = into / bundle.stem
    subprocess.run(["git", "clone", "-q", "--bare", str(bundle), str(clone)], check=True)
    return clone

"""The versions of policies as they stand in git, one commit each: read, chosen from, written."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from commands import git

VERSION = re.compile(rb"^version: (\S+)$", re.M)


@dataclass(frozen=True)
class Text:
    """One version of a policy; `time` is when it was posted, in seconds since 1970."""

    slug: str
    version: str
    time: int
    data: bytes


def read(repository: Path, revision: str) -> Iterator[Text]:
    """Yield every version up to `revision`, oldest first."""
    log = git(
        repository,
        *("log", "--reverse", "--raw", "--no-abbrev", "--no-renames", "--format=%ct"),
        *(revision, "--", "docs/policies"),
    )
    process = subprocess.Popen(
        ["git", "-C", str(repository), "cat-file", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    moment = 0
    with process:
        assert process.stdin
        assert process.stdout
        for line in filter(None, log.splitlines()):
            if not line.startswith(":"):
                moment = int(line)
                continue
            _, _, _, text_id, kind, path = line.split()
            if kind != "D" and (data := _ask(process.stdin, process.stdout, text_id)):
                yield Text(Path(path).stem, _version(data, path), moment, data)


def commit(repository: Path, texts: Iterable[Text]) -> None:
    """Commit `texts` on top of the branch `main`, each on its own, and check them out."""
    importer = subprocess.Popen(
        ["git", "-C", str(repository), "fast-import", "--quiet", "--force"], stdin=subprocess.PIPE
    )
    assert importer.stdin
    for number, text in enumerate(texts):
        path = f"docs/policies/{text.slug}.md"
        message = f"{path}: {text.version}"
        parent = "from refs/heads/main^0\n" if number == 0 else ""
        head = (
            "commit refs/heads/main\n"
            f"committer Editor <editor@example.com> {max(text.time, 0)} +0000\n"
            f"data {len(message)}\n{message}\n{parent}"
            f"M 100644 inline {path}\ndata {len(text.data)}\n"
        )
        importer.stdin.write(head.encode() + text.data + b"\n")
    importer.stdin.close()
    assert importer.wait() == 0, "git fast-import failed."
    git(repository, "checkout", "-q", "-f", "main")


def newest_half(texts: Iterable[Text]) -> list[Text]:
    """Return the newer half of the versions of every policy, in the same order."""
    by_policy = _by_policy(texts)
    kept = (
        text for versions_of in by_policy.values() for text in versions_of[len(versions_of) // 2 :]
    )
    return sorted(kept, key=lambda entry: entry.time)  # stable: one policy's versions stay in order


def first_versions(texts: Iterable[Text], policies: int, versions: int) -> list[list[Text]]:
    """Return the first versions of as many policies: all first ones, all second ones, and so on.

    Only policies with that many versions count.
    """
    by_policy = _by_policy(texts)
    long = [history[:versions] for history in by_policy.values() if len(history) >= versions][
        :policies
    ]
    return [list(step) for step in zip(*long, strict=True)]


def _by_policy(texts: Iterable[Text]) -> dict[str, list[Text]]:
    by_policy: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        by_policy[text.slug].append(text)
    return {slug: by_policy[slug] for slug in sorted(by_policy)}


def _ask(questions: IO[bytes], answers: IO[bytes], text_id: str) -> bytes:
    questions.write(f"{text_id}\n".encode())
    questions.flush()
    size = int(answers.readline().split()[2])
    return answers.read(size + 1)[:-1]


def _version(data: bytes, path: str) -> str:
    match = VERSION.search(data)
    assert match, f"{path} was committed without a version."
    return match[1].decode()

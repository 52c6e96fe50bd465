"""A whole collection of policies: brought in with its history, built, weighed.

usage: python -m bench.scale [--policies N] [--versions M] [--of OF] [--history REPOSITORY]
                             [--folder FOLDER]

Unless a REPOSITORY of Markdown is given, one is generated: a folder for each service with its
documents, a commit for each version. For the import and for the build it prints seconds, seconds
of processor time, and the most memory of all processes together; then the bytes of the site, and
what all of it comes to for OF versions. A FOLDER keeps everything; what stands there already of
collection, import and site is not made again. What it takes to start counts with the rest: OF is
told well from a tenth of it or more.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, NamedTuple

from bench import generated, sites, weights
from bench.measure import Usage, usage_of
from commands import BUILD, GAZETTE, git
from gazette.text.frontmatter import body_of

DOCUMENTS = ("Terms of Service", "Privacy Policy", "Community Guidelines", "Imprint")
COLLECTION = 877, 40_625
"""The policies and versions of the largest public collection."""


class Blob(NamedTuple):
    """A text that git was given: when it was posted, where it stands, its mark."""

    time: int
    path: str
    mark: int


def shape_of(policies: int, versions: int) -> generated.Shape:
    """Return the shape of platforms' terms with so many policies, about so many versions in all."""
    shape = replace(generated.PLATFORM, policies=policies)
    factor = versions / sum(generated.spread(shape.versions, policies))
    return replace(shape, versions=[max(1, round(count * factor)) for count in shape.versions])


def make_collection(folder: Path, shape: generated.Shape) -> Path:
    """Make a repository of this shape; of its texts no more than one policy's are held at once."""
    git(sites.empty(folder), "init", "-q", "-b", "main")
    command = ["git", "-C", str(folder), "fast-import", "--quiet"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as importer:
        assert importer.stdin
        for blob in sorted(_blobs(importer.stdin, shape)):
            message = f"Record {blob.path}\n"
            head = (
                "commit refs/heads/main\n"
                f"committer Recorder <recorder@example.com> {blob.time} +0000\n"
                f"data {len(message)}\n{message}"
                f'M 100644 :{blob.mark} "{blob.path}"\n'
            )
            importer.stdin.write(head.encode())
        importer.stdin.close()
    assert importer.returncode == 0, "git fast-import failed."
    git(folder, "checkout", "-q", "-f", "main")
    return folder


def _blobs(importer: IO[bytes], shape: generated.Shape) -> list[Blob]:
    """Give git all texts, policy by policy."""
    blobs: list[Blob] = []
    for number, texts in enumerate(generated.policies(shape)):
        service, document = divmod(number, len(DOCUMENTS))
        path = f"Service {service + 1}/{DOCUMENTS[document]}.md"
        for text in texts:
            data = body_of(text.data.decode()).encode()
            blobs.append(Blob(text.time, path, len(blobs) + 1))
            importer.write(f"blob\nmark :{len(blobs)}\ndata {len(data)}\n".encode() + data + b"\n")
    return blobs


def run(folder: Path, collection: Path) -> Iterator[tuple[str, Usage]]:
    """Bring a collection into a center in `folder`, and build it; yield what it took."""
    center = folder / "center"
    if not center.exists():
        sites.make_from(center, ())
        yield "import", usage_of([*GAZETTE, "import", str(collection), "--git"], center)
        git(center, "add", "-A")
        git(center, "commit", "-q", "-m", "Bring in the collection")
    if not (center / "site").exists():
        yield "build", usage_of(BUILD, center)


def described(what: str, usage: Usage) -> str:
    """Return a line of the table."""
    return (
        f"{what:8}{usage.seconds:10,.1f} s {usage.worked:10,.1f} s of processors"
        f"{usage.memory / 1e6:10,.0f} MB of memory"
    )


def counts(center: Path) -> tuple[int, int, int]:
    """Return the policies and versions of a center, and the bytes of their texts."""
    standing = list(center.glob("docs/policies/*.md"))
    texts = [*standing, *center.glob("versions/*/*.md")]
    retired = len(list(center.glob("versions/*/*.retired")))
    return len(standing) + retired, len(texts), sum(text.stat().st_size for text in texts)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure a collection."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policies", type=int, default=88)
    parser.add_argument("--versions", type=int, default=4_062)
    parser.add_argument("--of", type=int, default=COLLECTION[1], metavar="OF")
    parser.add_argument("--history", type=Path, metavar="REPOSITORY")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="gazette-scale-") as scratch:
        folder = (asked.folder or Path(scratch)).resolve()
        collection = asked.history.resolve() if asked.history else folder / "collection"
        if not collection.exists():
            make_collection(collection, shape_of(asked.policies, asked.versions))
        taken = dict[str, Usage]()
        for what, usage in run(folder, collection):
            print(described(what, usage), flush=True)
            taken[what] = usage
        policies, versions, texts = counts(folder / "center")
        size = weights.size_of(folder / "center/site")
        print(f"{policies:,} policies, {versions:,} versions of {texts / 1e6:,.0f} MB")
        print(f"site    {size / 1e6:10,.0f} MB, {size / texts:.1f} times the texts")
        worked = sum(usage.worked for usage in taken.values()) / versions * asked.of / 3600
        print(f"{asked.of:,} versions: {worked:.1f} hours of processors, ", end="")
        print(f"{size / versions * asked.of / 1e9:.1f} GB")


if __name__ == "__main__":
    main()

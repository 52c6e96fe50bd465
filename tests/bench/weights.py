"""What a built help center weighs: how many bytes each kind of file takes, and each version.

`PYTHONPATH=hooks:tests python -m bench.weights SITE [--pages N]` prints a table of all kinds of
files, heaviest first, and how the versions and updates compare with what they may weigh; with
`--pages`, the N that are most over it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

from recovery import sections_of, with_blocks

VERSION = r"\d{4}-\d\d-\d\d\.v\d+"
KINDS = {
    rf"policies/.*/versions/{VERSION}/index\.html": "versions: pages",
    rf"policies/.*/versions/{VERSION}/[^/]*\.json": "versions: records",
    rf"policies/.*/versions/{VERSION}/[^/]*\.md": "versions: Markdown",
    rf"policies/.*/versions/{VERSION}/.*": "versions: attachments",
    r"policies/.*/versions/index\.html": "archives",
    rf"policies/.*/changes/{VERSION}/index\.html": "changes: pages",
    rf"policies/.*/changes/{VERSION}/.*": "changes: records",
    rf"policies/.*/since/{VERSION}/index\.html": "since: pages",
    rf"policies/.*/since/{VERSION}/.*": "since: records",
    r"policies/.*/(on|since|compare)/.*": "on, since a day, compare",
    r"policies/.*/sections/.*/feed\.xml": "feeds of sections",
    r"policies/.*/sections/.*": "lives of sections",
    r"policies/.*/versions\.json": "lists of versions",
    r"policies/.*/feed\.xml": "feeds",
    r"policies/.*/timemap[^/]*": "TimeMaps",
    r"policies/.*": "texts in force",
    r"assets/.*": "assets",
    r"search/.*": "search",
    r".*": "home and others",
}
"""Kinds of files, by what their paths below the site look like; the first that fits counts."""
TEXTS = 3
"""A page may weigh so many times the text that it is about, and a fixed part beside that."""
VERSION_BYTES, UPDATE_BYTES = 15_000, 10_000
POLICY_BYTES = 40_000
"""What pages of a policy may weigh that are there once: its archive, the day, the comparison."""


class Kind(NamedTuple):
    """Files of a kind: how many, their bytes together, and those of the heaviest."""

    name: str
    files: int
    total: int
    heaviest: int


class Weight(NamedTuple):
    """What stands at an address, beside what it may weigh."""

    address: str
    size: int
    limit: int

    @property
    def share(self) -> float:
        """The size as a part of the limit."""
        return self.size / self.limit


def kinds(site: Path) -> list[Kind]:
    """Return all kinds of files in a site, those that weigh most first."""
    sizes: dict[str, list[int]] = defaultdict(list)
    for path in site.rglob("*"):
        if path.is_file() and not path.relative_to(site).parts[0].startswith("."):
            sizes[kind_of(path.relative_to(site).as_posix())].append(path.stat().st_size)
    rows = (
        Kind(name, len(sizes_of), sum(sizes_of), max(sizes_of)) for name, sizes_of in sizes.items()
    )
    return sorted(rows, key=lambda kind: -kind.total)


def kind_of(path: str) -> str:
    """Return the kind of the file at this path of the site."""
    return next(name for pattern, name in KINDS.items() if re.fullmatch(pattern, path))


def versions(site: Path) -> Iterator[Weight]:
    """Yield what each version takes with its page, record and Markdown."""
    for source in _sources(site):
        yield _weight(site, source.parent, source.stat().st_size, VERSION_BYTES)


def further_versions(site: Path) -> Iterator[Weight]:
    """Yield the same of the versions that replaced another one."""
    for source in _sources(site):
        if json.loads(source.with_suffix(".json").read_bytes())["previous"]:
            yield _weight(site, source.parent, source.stat().st_size, VERSION_BYTES)


def _sources(site: Path) -> Iterator[Path]:
    sources = sorted(site.glob("policies/**/versions/*/*.md"))
    return (source for source in sources if source.stem == source.parent.name)


def policies(site: Path) -> Iterator[Weight]:
    """Yield what each policy takes for all versions, but for its text in force and its redlines."""
    for record in sorted(site.glob("policies/**/versions.json")):
        folder = record.parent
        texts = [path.stat().st_size for path in folder.glob("versions/*/*.md")]
        others = sum(size_of(path) for path in not_of_versions(folder))
        limit = TEXTS * sum(texts) + VERSION_BYTES * len(texts) + POLICY_BYTES
        yield Weight(address_of(site, folder), size_of(folder) - others, limit)


def not_of_versions(folder: Path) -> Iterator[Path]:
    """Yield what stands below the address of a policy and is not of its versions."""
    yield folder / "index.html"
    yield folder / "changes"
    yield from (path for path in folder.glob("since/*") if path.is_dir())


def archives(site: Path) -> dict[str, int]:
    """Return the bytes of everything of each policy but its text in force."""
    return {
        record.parent.relative_to(site / "policies").as_posix(): size_of(record.parent)
        - size_of(record.parent / "index.html")
        for record in site.glob("policies/**/versions.json")
    }


def count(site: Path) -> int:
    """Return how many versions stand in a site."""
    return sum(1 for _ in _sources(site))


def updates(site: Path, kind: str) -> Iterator[Weight]:
    """Yield what each redline takes; `kind` is the folder of those of updates or since versions."""
    archives: dict[Path, Archive] = {}
    for record in sorted(site.glob(f"policies/**/{kind}/*/*.json")):
        folder = record.parents[2] / "versions"
        archive = archives.setdefault(folder, Archive(folder))
        yield _weight(site, record.parent, changed_text(archive, record), UPDATE_BYTES)


@dataclass(frozen=True)
class Archive:
    """The records of the versions of a policy, in the folder where they are published."""

    folder: Path

    def sections(self, version: str) -> list[dict[str, Any]]:
        """Return the sections of a version, in the order of the text."""
        record = json.loads((self.folder / version / f"{version}.json").read_bytes())
        return sections_of(record)

    @cached_property
    def lengths(self) -> dict[str, list[int]]:
        """The bytes of the words of each block of all sections, by the digests of these.

        Each section stands in one record.
        """
        return {
            section["digest"]: [_length(block) for block in section["blocks"]]
            for folder in self.folder.iterdir()
            if (folder / f"{folder.name}.json").exists()
            for section in self.sections(folder.name)
            if "blocks" in section
        }

    def text(self, version: str) -> dict[int, list[int]]:
        """Return the bytes of the words of the blocks of a version, by the index of the section."""
        lengths = self.lengths
        return {section["index"]: lengths[section["digest"]] for section in self.sections(version)}


def _length(block: dict[str, Any]) -> int:
    return sum(len(words.encode()) for words in block.get("cells", [block.get("text")]))


def changed_text(archive: Archive, record: Path) -> int:
    """Return the bytes of the text of all sections that a redline shows as changed.

    That is the new text of a section, or the old text of one that was removed, and what was struck.
    """
    redline = with_blocks(json.loads(record.read_bytes()), partial(_since, record.parents[1]))
    old, new = archive.text(redline["old"]), archive.text(redline["new"])
    changed = [section for section in redline["sections"] if "blocks" in section]
    shown = {section["new"]["index"] for section in changed if section["new"]}
    gone = {section["old"]["index"] for section in changed if not section["new"]}
    struck = (
        _struck(block, old.get(section["old"]["index"], []) if section["old"] else [])
        for section in changed
        if section["new"]
        for block in section["blocks"]
    )
    kept = sum(sum(new.get(index, [])) for index in shown)
    return kept + sum(sum(old.get(index, [])) for index in gone) + sum(struck)


def _struck(block: dict[str, Any], old: list[int]) -> int:
    """Return the bytes of the words that a block strikes, or that those do to which it refers.

    `old` are the bytes of the blocks of the section in the old text.
    """
    if block["status"] == "removed" and "count" in block:
        return sum(old[block["old"] :][: block["count"]])
    return sum(len(words.encode()) for kind, words in block.get("runs", ()) if kind == "-")


def _since(folder: Path, version: str) -> dict[str, Any]:
    redline: dict[str, Any] = json.loads((folder / version / f"{version}.json").read_bytes())
    return redline


def size_of(folder: Path) -> int:
    """Return the bytes of a file, or of all files in a folder."""
    if folder.is_file():
        return folder.stat().st_size
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def address_of(site: Path, folder: Path) -> str:
    """Return the address at which a folder of the site is published."""
    return f"/{folder.relative_to(site).as_posix()}/"


def _weight(site: Path, folder: Path, text: int, more: int) -> Weight:
    return Weight(address_of(site, folder), size_of(folder), TEXTS * text + more)


def table(site: Path) -> str:
    """Return the table of all kinds of files in a site."""
    rows = kinds(site)
    total = Kind("all", sum(row.files for row in rows), sum(row.total for row in rows), 0)
    lines = [f"{'kind':28}{'files':>8}{'MB':>10}{'kB each':>10}{'heaviest':>10}"]
    lines += (
        f"{row.name:28}{row.files:8,}{row.total / 1e6:10.2f}{row.total / row.files / 1e3:10.1f}"
        f"{row.heaviest / 1e3:10.1f}"
        for row in (*rows, total)
    )
    return "\n".join(lines)


def budgets(site: Path, most: int) -> Iterator[str]:
    """Yield how versions and updates compare with what they may weigh, and the heaviest of them."""
    measured = {
        "versions": versions(site),
        "versions that replaced another": further_versions(site),
        "policies without redlines and text in force": policies(site),
        "redlines of updates": updates(site, "changes"),
        "redlines since versions": updates(site, "since"),
    }
    for name, weights in measured.items():
        ordered = sorted(weights, key=lambda weight: -weight.share)
        if not ordered:
            continue
        over = sum(weight.share > 1 for weight in ordered)
        yield f"{name}: {len(ordered):,}, {over:,} over; heaviest {ordered[0].share:.2f} times"
        for weight in ordered[:most]:
            yield f"  {weight.share:6.2f} {weight.size:9,} of {weight.limit:9,} {weight.address}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what a site weighs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--pages", type=int, default=0, metavar="N")
    asked = parser.parse_args(arguments)
    print(table(asked.site), *budgets(asked.site, asked.pages), sep="\n")


if __name__ == "__main__":
    main()

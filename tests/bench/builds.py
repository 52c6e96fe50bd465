"""How long builds take, against what else could be done: the targets as one table.

All that is compared is measured in turn, in one run, on one machine; figures are medians.

cold     no cache, no site, and nothing archived yet: every version is read from git
warm     the site was built before, its archive is committed, nothing or one policy changed
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import version
from itertools import count
from pathlib import Path

from bench import measure, sites
from bench.rows import Figure, Row, table, write_between

TIMES, SECONDS = "{:.2f} times", "{:.2f} s"
WARM = Row(
    "Warm build, nothing changed, against the same site without archive and history",
    TIMES,
    1.15,
    {"huge": 1.3},
)
UPDATED = Row("Warm build after one policy was updated: more than that", SECONDS, 1.0)
PER_THOUSAND = Row("Growth of a warm build per 1,000 archived versions", SECONDS)
COLD = Row("Cold build, against plain MkDocs rendering the same texts", TIMES, 0.5)
MEMORY = Row("Peak memory of all processes, cold", "{:.0f} MB", 1000)


@dataclass(frozen=True)
class Bench:
    """One size of site in its folder, and how often everything is measured."""

    size: str
    folder: Path
    corpus: Path | None
    repeat: int

    @cached_property
    def center(self) -> Path:
        """The help center of this size, with all its versions in git."""
        assert self.corpus
        return sites.from_corpus(self.size, self.corpus, self.folder)

    @cached_property
    def plain(self) -> Path:
        """The plain site that has a page for every version."""
        return sites.make_plain(self.folder, sites.published(self.center))

    def cold(self) -> float:
        """Return the seconds of a cold build."""
        sites.reset(self.center)
        return measure.seconds(sites.BUILD, self.center)

    def figure(self, row: Row, value: float, made_of: str = "") -> Figure:
        """Return a figure of this size."""
        return Figure(row, self.size, value, made_of)

    def against(self, row: Row, own: float, other: float) -> Figure:
        """Return how many times as long as something else it took."""
        return self.figure(row, own / other, f"{own:.2f} s : {other:.2f} s")


def cold(bench: Bench) -> Iterator[Figure]:
    """Everything from nothing, beside plain pages of the same texts."""
    plain = bench.plain
    taken = measure.medians(
        bench.repeat,
        {"center": bench.cold, "plain": lambda: measure.seconds(sites.BUILD, plain)},
    )
    yield bench.against(COLD, taken["center"], taken["plain"])


def warm(bench: Bench) -> Iterator[Figure]:
    """Builds after builds, beside a site that has nothing to remember."""
    center, bare = bench.center, sites.make_bare(bench.center, bench.folder)
    bench.cold()
    archived = len(list(center.glob("versions/*/*.md")))
    sites.keep_archive(center)
    numbers = count(1)

    def build(site: Path) -> float:
        return measure.seconds(sites.BUILD, site)

    def update() -> float:
        sites.publish(center, next(numbers))
        return build(center)

    for site in (bare, bare, center):
        build(site)
    actions = {"bare": lambda: build(bare), "warm": lambda: build(center), "updated": update}
    taken = measure.medians(bench.repeat, actions)
    yield bench.against(WARM, taken["warm"], taken["bare"])
    more = taken["updated"] - taken["warm"]
    yield bench.figure(UPDATED, more, f"{taken['updated']:.2f} s")
    grown = (taken["warm"] - taken["bare"]) / archived * 1000
    yield bench.figure(PER_THOUSAND, grown, f"{archived} archived")


def memory(bench: Bench) -> Iterator[Figure]:
    """What all processes of a cold build hold together, measured once."""
    sites.reset(bench.center)
    yield bench.figure(MEMORY, measure.peak_memory(sites.BUILD, bench.center) / 1e6)


GROUPS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "warm": warm,
    "cold": cold,
    "memory": memory,
}


def run(bench: Bench, groups: list[str]) -> Iterator[Figure]:
    """Measure these groups at one size, telling each figure as it comes."""
    for name in groups:
        for figure in GROUPS[name](bench):
            print(f"{bench.size}: {figure.row.what}: {figure.text()}", file=sys.stderr, flush=True)
            yield figure


def circumstances(repeat: int) -> str:
    """Return when and with what everything was measured, as a sentence."""
    programs = {"MkDocs": "mkdocs", "Material": "mkdocs-material", "Gazette": "gazette"}
    versions = ", ".join(f"{name} {version(package)}" for name, package in programs.items())
    return (
        f"Measured on {datetime.now(UTC).date()} with Python {platform.python_version()}, "
        f"{versions}, on {os.cpu_count()} processors; medians of {repeat} rounds.\n\n"
    )


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    corpus = os.environ.get("GAZETTE_CORPUS")
    parser.add_argument("--size", action="append", choices=list(sites.BUNDLES))
    parser.add_argument("--only", action="append", choices=list(GROUPS))
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--corpus", type=Path, default=corpus and Path(corpus))
    parser.add_argument("--folder", type=Path, help="keep the sites there, for later runs")
    parser.add_argument("--write", type=Path, help="write the table into this file, between marks")
    return parser.parse_args()


def main() -> int:
    """Measure what was asked for; tell it, and 1 when a target was missed."""
    asked = options()
    corpus = asked.corpus and asked.corpus.resolve()
    with tempfile.TemporaryDirectory(prefix="gazette-bench-") as scratch:
        folder = (asked.folder or Path(scratch)).resolve()
        figures = [
            figure
            for size in asked.size or ["company"]
            for figure in run(
                Bench(size, folder / size, corpus, asked.repeat), asked.only or list(GROUPS)
            )
        ]
    text = circumstances(asked.repeat) + table(figures)
    print(text)
    if asked.write:
        write_between(asked.write, text)
    return int(any(one.missed for one in figures))


if __name__ == "__main__":
    sys.exit(main())

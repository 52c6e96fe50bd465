"""How long builds take, against what else could be done: the targets as one table.

All that is compared is measured in turn, in one run, on one machine; figures are medians.

cold     no cache, no site, and nothing archived yet: every version is read from git
warm     the site was built before and its archive is committed; nothing changed, or one policy
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import sites
from bench.measure import WATCH, CommandError, worked
from bench.measurements import GROUPS, Bench
from bench.rows import Figure, table, write_between


def run(bench: Bench, groups: list[str]) -> Iterator[Figure]:
    """Measure these groups at one size, telling each figure as it comes."""
    for name in (name for name in GROUPS if name in groups):
        try:
            for figure in GROUPS[name](bench):
                print(f"{bench.size}: {figure.row.what}: {figure.text()}", file=sys.stderr)
                yield figure
        except CommandError as error:
            print(f"{bench.size}: {name} cannot be measured: {error}", file=sys.stderr)
            bench.failed.append(name)


def circumstances(benches: list[Bench]) -> str:
    """Return when, with what and on what everything was measured, as two sentences."""
    programs = {"MkDocs": "mkdocs", "Material": "mkdocs-material", "Gazette": "gazette-help-center"}
    versions = ", ".join(f"{name} {version(package)}" for name, package in programs.items())
    return (
        f"Measured on {datetime.now(UTC).date()} with Python {platform.python_version()}, "
        f"{versions}, on {os.cpu_count()} processors; medians of {benches[0].repeat} rounds"
        f"{' of processor time' if WATCH.now is worked else ''}. "
        f"{'; '.join(map(described, benches))}.\n\n"
    )


def described(bench: Bench) -> str:
    """Return what the site of this size is made of."""
    sizes = [len(text.data) for text in bench.texts()]
    policies = len(list(bench.project.glob("docs/policies/*.md")))
    return (
        f"*{bench.size}*: {policies} policies, {len(sizes):,} versions, "
        f"{sum(sizes) / 1e6:.0f} MB of Markdown, a {'real' if bench.real else 'generated'} history"
    )


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    corpus = os.environ.get("GAZETTE_CORPUS")
    again = "may be given again"
    parser.add_argument("--size", action="append", choices=sites.SIZES, help=f"company; {again}")
    parser.add_argument("--only", action="append", choices=list(GROUPS), help=f"all; {again}")
    parser.add_argument("--repeat", type=int, default=5, help="how many rounds; 5")
    parser.add_argument(
        "--corpus",
        type=Path,
        default=corpus and Path(corpus),
        help="the folder of real histories, else GAZETTE_CORPUS; generated ones without it",
    )
    parser.add_argument("--folder", type=Path, help="keep the sites there, for later runs")
    parser.add_argument(
        "--cpu",
        action="store_true",
        help="count seconds of processor time, all but those of a preview: on a busy machine",
    )
    parser.add_argument("--write", type=Path, help="write the table into this file, between marks")
    return parser.parse_args()


def main() -> int:
    """Measure what was asked for; return 1 when a target was missed or could not be tried."""
    asked = options()
    if asked.cpu:
        WATCH.now = worked
    corpus = asked.corpus and asked.corpus.resolve()
    with tempfile.TemporaryDirectory(prefix="gazette-bench-") as scratch:
        folder = (asked.folder or Path(scratch)).resolve()
        kind = "real" if corpus else "generated"
        benches = [
            Bench(size, folder / kind / size, corpus, asked.repeat)
            for size in asked.size or ["company"]
        ]
        figures = [result for bench in benches for result in run(bench, asked.only or list(GROUPS))]
        sites.clear(folder)
        text = circumstances(benches) + table(figures)
    print(text)
    if asked.write:
        write_between(asked.write, text)
    return int(any(result.missed for result in figures) or any(result.failed for result in benches))


if __name__ == "__main__":
    sys.exit(main())

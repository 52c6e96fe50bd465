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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from importlib.metadata import version
from itertools import count
from pathlib import Path
from statistics import median

from bench import histories, measure, mike, preview, reader, sites
from bench.history import git_log, walked
from bench.measure import medians, seconds
from bench.rows import Figure, Row, table, write_between
from gazette.history import read_history

Actions = dict[str, Callable[[], float]]
TIMES, SECONDS, MEGABYTES = "{:.2f} times", "{:.2f} s", "{:.0f} MB"
KILOBYTES, MILLISECONDS = "{:.0f} kB", "{:.0f} ms"

WARM = Row(
    "Warm build, nothing changed, against the same site without archive and history",
    TIMES,
    1.15,
    {"huge": 1.3},
)
UPDATED = Row(
    "Warm build after an update of the policy with most versions: more than that", SECONDS, 1.0
)
GROWN = Row("Growth of a warm build per 1,000 archived versions", SECONDS)
COLD = Row("Cold build, against plain MkDocs rendering the same texts", TIMES, 0.5)
DOUBLED = Row("Cold build, against that of the newer half of every policy's versions", TIMES, 2.0)
MIKE = Row(
    "The 10 first versions of 10 policies in one build, against `mike` one after the other",
    TIMES,
    0.2,
)
STEPS = Row("The same, with a build after each of the 10", TIMES)
HISTORY = Row("Reading the history, against `git log --raw`", TIMES, 1.5)
STATED = Row("The same, with the version of every text", TIMES)
SAVED = Row(
    "Saved edit to reloaded page, against plain MkDocs with only the texts in force", TIMES, 1.5
)
MEMORY = Row("Peak memory of all processes, cold", MEGABYTES, 1000)
WEIGHT = Row("A policy page of 10 sections, all that is transferred", KILOBYTES, 150)
PAINT = Row("The longest redline: first paint", MILLISECONDS)
LOADING = Row("The longest redline: longest task while it loads", MILLISECONDS)
SCROLLING = Row("The longest redline: longest task while it is scrolled through", MILLISECONDS)


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
        return sites.make_center(self.folder, self.size, self.corpus)

    @cached_property
    def settled(self) -> Path:
        """The same, built, with its archive committed."""
        cold_build(self.center)
        sites.settle(self.center)
        return self.center

    def texts(self) -> Iterator[histories.Text]:
        """Yield every version, oldest first."""
        return histories.read(self.center, sites.START)

    def figure(self, row: Row, value: float, made_of: str = "") -> Figure:
        """Return a figure of this size."""
        return Figure(row, self.size, value, made_of)

    def against(self, row: Row, own: float, other: float) -> Figure:
        """Return how many times as long as something else it took."""
        return self.figure(row, own / other, f"{own:.2f} s : {other:.2f} s")


def build(site: Path) -> float:
    """Return the seconds of a build."""
    return seconds(sites.BUILD, site)


def cold_build(center: Path, revision: str = sites.START) -> float:
    """Return the seconds of a build from nothing."""
    sites.reset(center, revision)
    return build(center)


def cold(bench: Bench) -> Iterator[Figure]:
    """Everything from nothing, beside plain pages of the same texts and half of the versions."""
    plain = sites.make_plain(bench.folder, bench.texts())
    half = sites.make_from(bench.folder / "half", histories.newest_half(bench.texts()))
    actions: Actions = {
        "center": partial(cold_build, bench.center),
        "plain": partial(build, plain),
        "half": partial(cold_build, half),
    }
    taken = medians(bench.repeat, actions)
    yield bench.against(COLD, taken["center"], taken["plain"])
    yield bench.against(DOUBLED, taken["center"], taken["half"])


def memory(bench: Bench) -> Iterator[Figure]:
    """What all processes of a cold build hold together, measured once."""
    sites.reset(bench.center)
    yield bench.figure(MEMORY, measure.peak_memory(sites.BUILD, bench.center) / 1e6)


def publishing(bench: Bench) -> Iterator[Figure]:
    """Ten versions of ten policies, beside `mike`."""
    steps = histories.first_versions(bench.texts(), 10, 10)
    center = sites.make_from(bench.folder / "ten", [text for step in steps for text in step])
    site, programs = mike.make_site(bench.folder), mike.install(bench.folder.parent / "mike-venv")

    def one_after_the_other() -> float:
        sites.reset(center)
        return sum(publish(center, sum(map(len, steps[number:]))) for number in range(1, 11))

    actions: Actions = {
        "once": partial(cold_build, center),
        "mike": partial(mike.publish, programs, site, steps),
        "steps": one_after_the_other,
    }
    taken = medians(bench.repeat, actions)
    yield bench.against(MIKE, taken["once"], taken["mike"])
    yield bench.against(STEPS, taken["steps"], taken["mike"])


def publish(center: Path, still_to_come: int) -> float:
    """Return the seconds of the build after what was published so far."""
    sites.go_to(center, f"{sites.START}~{still_to_come}")
    return build(center)


def history(bench: Bench) -> Iterator[Figure]:
    """What was published, as git tells it, beside git telling it."""
    sites.reset(bench.center)
    policies = bench.center / "docs/policies"
    actions: dict[str, Callable[[], object]] = {
        "log": partial(git_log, bench.center),
        "walk": partial(walked, policies, "docs/policies/"),
        "all": partial(read_history, policies),
    }
    taken = medians(
        bench.repeat,
        {name: partial(measure.seconds_of, action) for name, action in actions.items()},
    )
    yield bench.against(HISTORY, taken["walk"], taken["log"])
    yield bench.against(STATED, taken["all"], taken["log"])


def warm(bench: Bench) -> Iterator[Figure]:
    """Builds after builds, beside a site that has nothing to remember."""
    bare = sites.make_bare(bench.folder, bench.center)
    center = bench.settled
    archived = len(list(center.glob("versions/*/*.md")))
    numbers = count(1)

    def update() -> float:
        sites.publish(center, next(numbers))
        return build(center)

    for site in (bare, bare, center):
        build(site)
    actions: Actions = {
        "bare": partial(build, bare),
        "warm": partial(build, center),
        "updated": update,
    }
    taken = medians(bench.repeat, actions)
    yield bench.against(WARM, taken["warm"], taken["bare"])
    more = taken["updated"] - taken["warm"]
    yield bench.figure(UPDATED, more, f"{taken['updated']:.2f} s")
    grown = (taken["warm"] - taken["bare"]) / archived * 1000
    yield bench.figure(GROWN, grown, f"{archived} archived")


def saved(bench: Bench) -> Iterator[Figure]:
    """What an editor waits for: the time from the saved file to the page that shows it."""
    center = bench.settled
    sites.restore(center)
    present = sites.make_present(bench.folder, center)
    name = sites.longest_record(center).stem
    numbers = count(1)

    def edit(site: Path, running: preview.Preview) -> float:
        words = sites.sentence(next(numbers))
        file = site / f"docs/policies/{name}.md"
        action = partial(sites.type_into, file, 1, words)
        return running.seconds_until_shown(f"policies/{name}/", action, words)

    with preview.previews(center, present) as (own, plain):
        actions = {"own": partial(edit, center, own), "plain": partial(edit, present, plain)}
        taken = medians(bench.repeat, actions)
    sites.restore(center)
    yield bench.against(SAVED, taken["own"], taken["plain"])


def readers(bench: Bench) -> Iterator[Figure]:
    """What pages cost who reads them."""
    site = bench.settled / "site"
    page, sections = reader.page_of_sections(site, 10)
    loaded = reader.weight(site, page)
    parts = ", ".join(f"{kind} {size / 1000:.0f} kB" for kind, size in sorted(loaded.items()))
    yield bench.figure(WEIGHT, loaded.total() / 1000, f"{sections} sections: {parts}")
    redline, size = reader.largest_redline(site)
    rounds = [reader.responsiveness(site, redline) for _ in range(bench.repeat)]
    for row, kind in ((PAINT, "paint"), (LOADING, "loading"), (SCROLLING, "scrolling")):
        made_of = f"{size / 1000:,.0f} kB of HTML" if row is PAINT else ""
        yield bench.figure(row, median(one[kind] for one in rounds), made_of)


GROUPS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "cold": cold,
    "memory": memory,
    "mike": publishing,
    "history": history,
    "warm": warm,
    "saved": saved,
    "readers": readers,
}
"""What can be measured, in this order: from `warm` on, the site that was built stays."""


def run(bench: Bench, groups: list[str]) -> Iterator[Figure]:
    """Measure these groups at one size, telling each figure as it comes."""
    for name in (name for name in GROUPS if name in groups):
        for figure in GROUPS[name](bench):
            print(f"{bench.size}: {figure.row.what}: {figure.text()}", file=sys.stderr, flush=True)
            yield figure


def circumstances(benches: list[Bench]) -> str:
    """Return when, with what and on what everything was measured, as two sentences."""
    programs = {"MkDocs": "mkdocs", "Material": "mkdocs-material", "Gazette": "gazette"}
    versions = ", ".join(f"{name} {version(package)}" for name, package in programs.items())
    return (
        f"Measured on {datetime.now(UTC).date()} with Python {platform.python_version()}, "
        f"{versions}, on {os.cpu_count()} processors; medians of {benches[0].repeat} rounds. "
        f"{'; '.join(map(described, benches))}.\n\n"
    )


def described(bench: Bench) -> str:
    """Return what the site of this size is made of."""
    sizes = [len(text.data) for text in bench.texts()]
    policies = len(list(bench.center.glob("docs/policies/*.md")))
    real = bench.corpus and bench.size in sites.BUNDLES
    return (
        f"*{bench.size}*: {policies} policies, {len(sizes):,} versions, "
        f"{sum(sizes) / 1e6:.0f} MB of Markdown, {'a real' if real else 'a generated'} history"
    )


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="make bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    corpus = os.environ.get("GAZETTE_CORPUS")
    several = f"may be given more than once; {{}} without it: {', '.join(sites.SIZES)}"
    parser.add_argument("--size", action="append", choices=sites.SIZES, help=several)
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
        benches = [
            Bench(size, folder / size, corpus, asked.repeat) for size in asked.size or sites.SIZES
        ]
        figures = [one for bench in benches for one in run(bench, asked.only or list(GROUPS))]
        text = circumstances(benches) + table(figures)
    print(text)
    if asked.write:
        write_between(asked.write, text)
    return int(any(one.missed for one in figures))


if __name__ == "__main__":
    sys.exit(main())

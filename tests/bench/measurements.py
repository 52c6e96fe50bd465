"""What is measured, group by group: each function is told the site and yields its figures.

All that is compared is measured in turn; figures are medians.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from statistics import median

from bench import histories, measure, mike, preview, reader, sites, targets, weights
from bench.measure import medians, seconds
from bench.rows import Figure, Row
from commands import BUILD, GAZETTE
from gazette.record.commits import commits, line_of
from gazette.record.git_texts import GitTexts, open_repository
from gazette.record.history import read_history, tracks_of
from gazette.record.metadata_index import MetadataIndex
from gazette.settings import Settings
from gazette.text.markdown_settings import DEFAULT
from gazette.text.slugs import slug_below

DOUBLED_SIZES = ("small", "company")
"""The sizes of site of which another with twice as many policies is built."""
Actions = dict[str, Callable[[], float]]


@dataclass(frozen=True)
class Bench:
    """One size of site in its folder, and how often everything is measured."""

    size: str
    folder: Path
    corpus: Path | None
    repeat: int
    failed: list[str] = field(default_factory=list)

    @property
    def real(self) -> bool:
        """Whether its history is one that people wrote."""
        return bool(self.corpus) and self.size in sites.BUNDLES

    @cached_property
    def project(self) -> Path:
        """The help center of this size, with all its versions in git."""
        return sites.make_center(self.folder, self.size, self.corpus)

    @cached_property
    def settled(self) -> Path:
        """The same, built, with its archive committed."""
        cold_build(self.project)
        sites.settle(self.project)
        return self.project

    def texts(self) -> Iterator[histories.Text]:
        """Yield every version, oldest first."""
        return histories.read(self.project, sites.START)

    def figure(self, row: Row, value: float, made_of: str = "") -> Figure:
        """Return a figure of this size."""
        return Figure(row, self.size, value, made_of)

    def against(self, row: Row, present: float, other: float, more: str = "") -> Figure:
        """Return how many times as long as something else it took."""
        return self.figure(row, present / other, f"{present:.2f} s : {other:.2f} s{more}")


def build(site: Path) -> float:
    """Return the seconds of a build."""
    return seconds(BUILD, site)


def cold_build(project: Path) -> float:
    """Return the seconds of a build from nothing."""
    sites.reset(project)
    return build(project)


def anew(plain: Path) -> float:
    """Return the seconds of a build of a plain site, which remembers nothing, into no site."""
    sites.set_aside(plain, "site")
    return build(plain)


def cold(bench: Bench) -> Iterator[Figure]:
    """Everything from nothing, beside plain pages of the same texts and half of the versions."""
    plain = sites.make_plain(bench.folder, bench.texts())
    newest = histories.newest_half(bench.texts())
    half = sites.make_from(bench.folder / "half", newest)
    counted = f"; {sum(1 for _ in bench.texts())} : {len(newest)} versions"
    del newest
    actions: Actions = {
        "project": partial(cold_build, bench.project),
        "plain": partial(anew, plain),
        "half": partial(cold_build, half),
    }
    taken = medians(bench.repeat, actions)
    yield bench.against(targets.COLD, taken["project"], taken["plain"])
    yield bench.against(targets.DOUBLED, taken["project"], taken["half"], counted)


def memory(bench: Bench) -> Iterator[Figure]:
    """What all processes of a cold build hold together, measured once."""
    sites.reset(bench.project)
    yield bench.figure(targets.MEMORY, measure.peak_memory(BUILD, bench.project) / 1e6)


def publishing(bench: Bench) -> Iterator[Figure]:
    """Ten versions of ten policies, beside `mike`."""
    steps = histories.first_versions(bench.texts(), 10, 10)
    project = sites.make_from(bench.folder / "ten", [text for step in steps for text in step])
    site, programs = (
        mike.make_site(bench.folder),
        mike.install(bench.folder.parent.parent / "mike-venv"),
    )

    def one_after_the_other() -> float:
        sites.reset(project)
        return sum(publish(project, sum(map(len, steps[number:]))) for number in range(1, 11))

    actions: Actions = {
        "once": partial(cold_build, project),
        "mike": partial(mike.publish, programs, site, steps),
        "steps": one_after_the_other,
    }
    taken = medians(bench.repeat, actions)
    yield bench.against(targets.MIKE, taken["once"], taken["mike"])
    yield bench.against(targets.STEPS, taken["steps"], taken["mike"])


def publish(project: Path, still_to_come: int) -> float:
    """Return the seconds of the build after what was published so far."""
    sites.go_to(project, f"{sites.START}~{still_to_come}")
    return build(project)


def history(bench: Bench) -> Iterator[Figure]:
    """What was published, as git tells it, beside git telling it."""
    sites.reset(bench.project)
    policies = bench.project / "docs/policies"
    actions: dict[str, Callable[[], object]] = {
        "log": partial(git_log, bench.project),
        "walk": partial(walked, policies, "docs/policies/"),
        "all": partial(read, bench.project / "docs"),
    }
    taken = medians(
        bench.repeat,
        {name: partial(measure.seconds_of, action) for name, action in actions.items()},
    )
    yield bench.against(targets.HISTORY, taken["walk"], taken["log"])
    yield bench.against(targets.STATED, taken["all"], taken["log"])


def git_log(repository: Path) -> None:
    """Have git tell the history of a repository."""
    command = ["git", "-C", str(repository), "log", "--raw", "HEAD"]
    subprocess.run(command, stdout=subprocess.PIPE, check=True)


def walked(policies: Path, folder: str) -> None:
    """Walk the history of policies in this folder of their repository, without their versions."""
    repository = open_repository(policies)
    assert repository, f"No repository around {policies}."
    tracks_of(
        commits(line_of(repository), {}),
        lambda path: slug_below(path, folder) is not None,
        GitTexts(str(repository.working_tree_dir)),
    )


def read(docs: Path) -> None:
    """Read the history with the version that every text states, keeping nothing."""
    settings = Settings(project=docs.parent, docs=docs, site_url="", support="#", markdown=DEFAULT)
    read_history(settings, MetadataIndex({}, "metadata", lambda data: ()), {})


def warm(bench: Bench) -> Iterator[Figure]:
    """Builds after builds, beside a site that has nothing to remember."""
    bare = sites.make_bare(bench.folder, bench.project)
    project = bench.settled
    archived = len(list(project.glob("versions/*/*.md")))
    numbers = count(1)

    def update() -> float:
        sites.publish(project, next(numbers))
        return build(project)

    for site in (bare, bare, project):
        build(site)
    actions: Actions = {
        "bare": partial(build, bare),
        "warm": partial(build, project),
        "updated": update,
    }
    taken = medians(bench.repeat, actions)
    yield bench.against(targets.WARM, taken["warm"], taken["bare"])
    more = taken["updated"] - taken["warm"]
    yield bench.figure(targets.UPDATED, more, f"{taken['updated']:.2f} s")
    grown = (taken["warm"] - taken["bare"]) / archived * 1000
    yield bench.figure(targets.GROWN, grown, f"{archived} archived")


def check(bench: Bench) -> Iterator[Figure]:
    """`gazette check` of everything, beside a build without a cache, and of one text that changed.

    It is no matter what it finds.
    """
    project = bench.settled

    def uncached() -> float:
        sites.set_aside(project, "site", ".cache")
        return build(project)

    def checked(*options: str) -> float:
        return seconds([*GAZETTE, "check", *options], project, accepted=(0, 1))

    def edited() -> float:
        largest = max(project.glob("docs/policies/*.md"), key=lambda file: file.stat().st_size)
        sites.type_into(largest, 1, sites.sentence(1))
        taken = checked("--base", "HEAD")
        sites.restore(project)
        return taken

    taken = medians(
        bench.repeat,
        {
            "build": uncached,
            "check": checked,
            "edit": edited,
            "python": partial(seconds, [sys.executable, "-c", "pass"], project),
        },
    )
    yield bench.against(targets.CHECK, taken["check"], taken["build"])
    yield bench.figure(targets.CHECK_EDIT, taken["edit"] - taken["python"])


def saved(bench: Bench) -> Iterator[Figure]:
    """What an editor waits for: the time from the saved file to the page that shows it."""
    project = bench.settled
    sites.restore(project)
    present = sites.make_present(bench.folder, project)
    name = sites.longest_record(project).stem
    numbers = count(1)

    def edit(site: Path, running: preview.Preview) -> float:
        words = sites.sentence(next(numbers))
        file = site / f"docs/policies/{name}.md"
        action = partial(sites.type_into, file, 1, words)
        return running.seconds_until_shown(f"policies/{name}/", action, words)

    with preview.previews(project, present) as (engine, plain):
        actions = {"own": partial(edit, project, engine), "plain": partial(edit, present, plain)}
        taken = medians(bench.repeat, actions)
    sites.restore(project)
    yield bench.against(targets.SAVED, taken["own"], taken["plain"])


def readers(bench: Bench) -> Iterator[Figure]:
    """What pages cost who reads them."""
    site = bench.settled / "site"
    page, sections = reader.page_of_sections(site, 10)
    loaded = reader.weight(site, page)
    parts = ", ".join(f"{kind} {size / 1000:.0f} kB" for kind, size in sorted(loaded.items()))
    yield bench.figure(targets.WEIGHT, loaded.total() / 1000, f"{sections} sections: {parts}")
    redline, size = reader.largest_redline(site)
    rounds = [reader.responsiveness(site, redline) for _ in range(bench.repeat)]
    made_of = f"{size / 1000:,.0f} kB of HTML"
    yield bench.figure(targets.PAINT, median(times["paint"] for times in rounds), made_of)
    for row, kind in ((targets.LOADING, "loading"), (targets.SCROLLING, "scrolling")):
        longest = median(times[kind] for times in rounds)
        yield bench.figure(row, longest, "" if longest else "none over 50 ms")


def weight(bench: Bench) -> Iterator[Figure]:
    """What the site weighs: in all, for each version and redline, and with twice as many."""
    site = bench.settled / "site"
    print(weights.table(site), file=sys.stderr)
    total = sum(kind.total for kind in weights.kinds(site))
    yield bench.figure(targets.SITE, total / 1e6)
    for row, measured in (
        (targets.VERSION, weights.versions(site)),
        (targets.POLICY, weights.policies(site)),
        (targets.REDLINE, weights.updates(site, "changes")),
        (targets.SINCE, weights.updates(site, "since")),
    ):
        ordered = sorted(measured, key=lambda weight: weight.share)
        if ordered:
            over = sum(weight.share > 1 for weight in ordered)
            yield bench.figure(row, ordered[-1].share, f"{over} of {len(ordered)} over")
    if bench.size in DOUBLED_SIZES:
        yield from doubled_weight(bench)


def doubled_weight(bench: Bench) -> Iterator[Figure]:
    """What pages weigh with twice as many policies, and with half as many versions."""
    texts = list(bench.texts())
    twins = [replace(text, slug=f"{text.slug}-twin") for text in texts]
    wide = sites.make_from(bench.folder / "wide", sorted([*texts, *twins], key=lambda t: t.time))
    half = sites.make_from(bench.folder / "half", histories.newest_half(texts))
    for project in (wide, half):
        cold_build(project)
    site = bench.settled / "site"
    archives = [weights.archives(folder / "site") for folder in (bench.settled, wide, half)]
    slug = max(archives[0], key=lambda slug: archives[0][slug])
    more = archives[1][slug] - archives[0][slug]
    yield bench.figure(targets.MORE_POLICIES, more / 1000, f"{archives[0][slug]:,} bytes: {slug}")
    per_version = [
        sum(archive.values()) / weights.count(folder)
        for archive, folder in ((archives[0], site), (archives[2], half / "site"))
    ]
    yield bench.figure(targets.MORE_VERSIONS, per_version[0] / per_version[1])


GROUPS: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "cold": cold,
    "memory": memory,
    "mike": publishing,
    "history": history,
    "warm": warm,
    "check": check,
    "saved": saved,
    "readers": readers,
    "weight": weight,
}
"""What can be measured, in this order: from `warm` on, the site that was built stays."""

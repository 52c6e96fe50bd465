"""Count how many of the anchors that a site ever published arrive, and print some to be read.

usage: arrivals.py SITE [--sample NUMBER] [--seed NUMBER]

SITE is a built site with real history, as `python -m bench.builds` leaves. Every anchor of every
version, of a section in its record or of a place inside one on its page, with every section that
had it, is looked up on the page of its policy. The sample holds
anchors that lead on to a section with another heading, as many of each policy as there are: both
headings and how both texts begin.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html

from gazette.text.document import title_key
from recovery import sections_of

ARRIVES = ("stays", "named", "led on", "merged", "removed", "choice")
"""What can become of an anchor, apart from being lost."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LETTERS = 300
"""So much of a text is printed."""

Record = dict[str, Any]


class Use(NamedTuple):
    """An anchor with a section that had it, and the last version in which it did."""

    policy: str
    anchor: str
    version: str
    section: Record


class Fate(NamedTuple):
    """What becomes of a link to an anchor, one of ARRIVES or "lost", and where it leads."""

    use: Use
    what: str
    target: Record | None


class Policy:
    """A published policy: its records and its page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        record = json.loads((folder / "versions.json").read_text("utf-8"))
        self.versions = [entry["version"] for entry in reversed(record["versions"])]
        self.shown = record["in_force"] or self.versions[-1]
        self.records = {version: self._sections(version) for version in self.versions}
        self.present = {section["anchor"]: section for section in self.records[self.shown]}
        page = html.parse(str(folder.parents[1] / record["address"] / "index.html"))
        self.elements = {element.get("id"): element for element in page.iter() if element.get("id")}

    def _sections(self, version: str) -> list[Record]:
        path = self.folder / "versions" / version / f"{version}.json"
        return sections_of(json.loads(path.read_text("utf-8")))

    def uses(self) -> Iterator[Use]:
        """Yield every anchor with every section that ever had it, where it had it last.

        What was a place inside a section may be the anchor of its heading later, or the reverse.
        """
        uses: dict[tuple[str, str], Use] = {}
        for version, sections in self.records.items():
            outer = ((section["anchor"], section) for section in sections if section["anchor"])
            for anchor, section in (*outer, *self._inner_anchors(version, sections)):
                use = Use(self.folder.name, anchor, version, section)
                uses[anchor, section["id"]] = use
        yield from uses.values()

    def _inner_anchors(self, version: str, sections: list[Record]) -> Iterator[tuple[str, Record]]:
        """Yield the ids on the page of a version that are not of sections, with their sections.

        What stands behind the last words of a section counts for the next one.
        """
        by_anchor = {section["anchor"]: section for section in sections}
        page = html.parse(str(self.folder / "versions" / version / "index.html"))
        section, waiting = by_anchor.get(""), list[str]()
        for text in page.xpath("//*[@class='gz-text']"):
            for element in text.iter("*"):
                section = by_anchor.get(element.get("id"), section)
                names = {element.get("id"), element.get("name")} - {None, "", *by_anchor}
                waiting += sorted(name for name in names if not name.startswith(("__", "gz-")))
                if section and ((element.text or "").strip() or element.tag == "img"):
                    yield from ((name, section) for name in waiting)
                    waiting = []
        if section:
            yield from ((name, section) for name in waiting)

    def fate(self, use: Use) -> Fate:
        """Return what becomes of a link to the anchor that a section had."""
        element = self.elements.get(use.anchor)
        section_id = use.section["id"]
        if element is None:
            return Fate(use, "lost", None)
        if use.anchor in self.present:
            if self.present[use.anchor]["id"] == section_id:
                return Fate(use, "stays", self.present[use.anchor])
            line = element.getnext()
            is_named = line is not None and line.get("class") == "gz-had"
            links = line.xpath(".//a/@href") if is_named else []
            return Fate(use, "named" if _leads(links, use) else "lost", self.present[use.anchor])
        if element.get("class") != "gz-old":
            return Fate(use, "stays", None)
        return self._led_on(use, element)

    def _led_on(self, use: Use, line: Any) -> Fate:
        links = line.xpath(".//a/@href")
        if not _leads(links, use):
            return Fate(use, "lost", None)
        if line.getparent().get("class") == "gz-gone":
            return Fate(use, "removed" if len(links) == 2 else "choice", None)
        target = self._section_below(line)
        if target is None:
            return Fate(use, "lost", None)
        return Fate(use, "led on" if target["id"] == use.section["id"] else "merged", target)

    def _section_below(self, line: Any) -> Record | None:
        """Return the section before whose heading a line stands, or the opening."""
        others = (element for element in line.itersiblings() if element.tag != "span")
        following = (element for element in others if element.get("class") != "gz-old")
        below = next(following, None)
        if below is not None and below.tag in HEADINGS:
            return self.present.get(below.get("id"))
        return self.present.get("")

    def words(self, section: Record) -> str:
        """Return how the text of a section begins."""
        wordings = self.records[section["wording"]]
        blocks: list[Record] = next(
            (other["blocks"] for other in wordings if other["digest"] == section["digest"]), []
        )
        texts = (block.get("text") or " | ".join(block.get("cells", ())) for block in blocks[1:])
        return " ".join(texts)[:LETTERS]


def _leads(links: list[str], use: Use) -> bool:
    """Tell whether a line names the version of a use, or the life of its section."""
    return any(f"versions/{use.version}/" in link for link in links)


def sample(fates: list[tuple[Policy, Fate]], most: int, seed: int) -> list[tuple[Policy, Fate]]:
    """Return redirected anchors, one of every policy in turn, chosen by the seed."""
    redirected = [(policy, fate) for policy, fate in fates if _has_other_heading(fate)]
    random.Random(seed).shuffle(redirected)
    by_policy: dict[str, list[tuple[Policy, Fate]]] = defaultdict(list)
    for policy, fate in redirected:
        by_policy[fate.use.policy].append((policy, fate))
    turns = zip_longest(*by_policy.values())
    return [entry for turn in turns for entry in turn if entry][:most]


def _has_other_heading(fate: Fate) -> bool:
    if fate.what not in ("led on", "merged") or fate.target is None:
        return False
    return title_key(fate.use.section["heading"]) != title_key(fate.target["heading"])


def printed(number: int, fate: Fate, policy: Policy) -> str:
    """Return a redirected anchor with both sections, to be read."""
    assert fate.target is not None
    use = fate.use
    return (
        f"{number}. {use.policy} #{use.anchor} of {use.version} ({fate.what})\n"
        f"   OLD {use.section['heading']}\n       {policy.words(use.section)}\n"
        f"   NEW {fate.target['heading']}\n       {policy.words(fate.target)}\n"
    )


def main() -> None:
    """Count, print the table and the sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--sample", type=int, default=200)
    parser.add_argument("--seed", type=int, default=16)
    arguments = parser.parse_args()
    fates: list[tuple[Policy, Fate]] = []
    for record in sorted(arguments.site.glob("policies/*/versions.json")):
        policy = Policy(record.parent)
        fates += [(policy, policy.fate(use)) for use in policy.uses()]
    counts = Counter(fate.what for _, fate in fates)
    arriving = sum(counts[what] for what in ARRIVES)
    for what in (*ARRIVES, "lost"):
        print(f"{what:10} {counts[what]:6}")
    print(
        f"{arriving} of {len(fates)} anchors arrive: {100 * arriving / max(len(fates), 1):.2f} %\n"
    )
    for _, fate in fates:
        if fate.what == "lost":
            print(f"LOST {fate.use.policy} #{fate.use.anchor} of {fate.use.version}")
    for number, (policy, fate) in enumerate(sample(fates, arguments.sample, arguments.seed), 1):
        print(printed(number, fate, policy))


if __name__ == "__main__":
    main()

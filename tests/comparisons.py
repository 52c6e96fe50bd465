"""Versions compared by the page `compare/` in a browser, from what is published of a policy."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page as Tab

from commands import PROJECT
from gazette.model import Policy
from gazette.site.compare_messages import messages_file
from gazette.site.outputs import Page
from gazette.text.document import Document
from gazette.text.tokens import OBJECT, fold
from published import SETTINGS, html, published, tree

ASSETS = PROJECT / "hooks/gazette/theme/assets"
HEAD = '<!doctype html><html lang="{}"><meta charset="utf-8"><title>Page</title><body>'
COMPARE = """async ([archive, versions, pairs]) => {
  const scripts = new URL("/assets/javascripts/", location);
  const { Records, comparison, shown } = await import(new URL("compare.js", scripts));
  const { redlineOf } = await import(new URL("compare/marks.js", scripts));
  const { loadMessages } = await import(new URL("compare/sentences.js", scripts));
  await loadMessages(document.querySelector(".gz-compare form"));
  const pages = { old: "../old/", new: "../new/" };
  const records = new Records(new URL(archive, location));
  await Promise.all(versions.map((version) => records.load(version)));
  const results = [];
  for (const [from, to] of pairs) {
    const start = performance.now();
    const compared = await comparison(records, versions, from, to);
    const isExact = shown(compared, pages).matches(".gz-redline");
    const milliseconds = performance.now() - start;
    results.push([isExact, redlineOf(compared.changes, pages).outerHTML, milliseconds]);
  }
  return results;
}"""


class Compared(NamedTuple):
    """What a browser makes of a pair of versions, and the milliseconds that it took.

    `is_exact` says whether it would show it, `html` holds words that it would hide, too.
    """

    is_exact: bool
    html: str
    milliseconds: float

    @property
    def sections(self) -> dict[str, str]:
        """The status of each section in which words are marked, by its id."""
        return statuses(self.html)


def publish(policy: Policy, folder: Path) -> None:
    """Write what is published of a policy, its pages without what a theme puts around them."""
    shutil.copytree(ASSETS, folder / "assets", dirs_exist_ok=True)
    head = HEAD.format(policy.lang or "en")
    messages = messages_file(SETTINGS.language_of(policy))
    for address, output in {**published(policy), messages.address: messages}.items():
        if isinstance(output, Page):
            path = folder / address / "index.html"
            data = f"{head}{html(output)}".encode()
        else:
            path, data = folder / address, output.content()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def compare(
    tab: Tab, address: str, policy: Policy, pairs: Iterable[tuple[str, str]]
) -> list[Compared]:
    """Compare pairs of versions, on the page that does it of the site at `address`."""
    tab.goto(f"{address}policies/{policy.slug}/compare/")
    versions = [str(version.id) for version in policy.versions[::-1]]
    archive = f"/policies/{policy.slug}/versions/"
    results = tab.evaluate(COMPARE, [archive, versions, [list(pair) for pair in pairs]])
    return [Compared(*result) for result in results]


def statuses(page: str) -> dict[str, str]:
    """Return the status of each section in which words are marked, by its id."""
    sections = tree(page).xpath("//section[contains(@class, 'gz-section')][.//ins or .//del]")
    return {section.get("id"): _status(section) for section in sections}


def _status(section: Any) -> str:
    (name,) = (name for name in section.classes if name != "gz-section")
    return str(name).removeprefix("gz-")


def faults(page: str, old: Document, new: Document) -> list[str]:
    """Return what a comparison does not show exactly, found without its own script."""
    wrong = []
    for side, left_out, text, other in (("old", "ins", old, new), ("new", "del", new, old)):
        shown = _recovered(page, side, left_out)
        same = {tuple(_words(section.blocks)) for section in other.sections}
        for section in filter(lambda section: section.blocks, text.sections):
            expected = {
                f"{section.index}.{at}.{cell}": words
                for at, cells in enumerate(_words(section.blocks))
                for cell, words in enumerate(cells)
            }
            shown_here = {place: fold(shown.pop(place)) for place in expected if place in shown}
            if shown_here != expected if shown_here else tuple(_words(section.blocks)) not in same:
                wrong.append(
                    f"{side} {section.name}: {set(shown_here.items()) ^ set(expected.items())}"
                )
        wrong += [f"{side} {place}" for place in shown]
    return wrong


def _words(blocks: Sequence[Any]) -> list[tuple[str, ...]]:
    return [
        tuple("" if cell.text == OBJECT else fold(cell.text) for cell in block.cells)
        for block in blocks
    ]


def _recovered(page: str, side: str, left_out: str) -> dict[str, str]:
    """Return the words of one side by their places; those that stand twice are no words."""
    shown = tree(page)
    for element in shown.xpath(f"//{left_out} | //gz-s | //*[@class='gz-note']"):
        element.drop_tree()
    holders = shown.xpath(f"//*[@data-{side}]")
    counts = Counter(holder.get(f"data-{side}") for holder in holders)
    words = {holder.get(f"data-{side}"): holder.text_content() for holder in holders}
    return {place: text if counts[place] == 1 else "?" for place, text in words.items()}

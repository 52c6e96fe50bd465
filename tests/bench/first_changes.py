"""Is the first change on the first screen? Pages of changes, as a desktop shows them.

usage: first_changes.py [CORPUS] [--pairs NUMBER] [--folder FOLDER]

Builds a help center in which each policy has the old and the new text of a real pair, and measures
in Chromium where its first mark and its first changed section begin on the page of the update, and
on that of all changes since the old text. With a FOLDER the help center stays there for later runs.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import real_texts, sites
from bench.histories import Text
from bench.measure import seconds
from commands import BUILD
from visits import DESKTOP, running_browser, served

OLD, NEW = "2024-01-01.v1", "2024-07-01.v1"
FIRST = """
() => {
    const top = (selector) => {
        const places = [...document.querySelectorAll(selector)]
            .map((element) => element.getBoundingClientRect())
            .filter((box) => box.height);
        return places.length ? Math.min(...places.map((box) => box.top)) + scrollY : null;
    };
    return [top(".gz-section :is(ins, del, .gz-note)") ?? top(".gz-section"), top(".gz-section")];
}
"""
"""Where the first mark and the first changed section begin, in pixels from the top of the page."""


def texts(corpus: Path, number: int) -> Iterator[Text]:
    """Yield both texts of so many pairs, spread over all of them."""
    pairs = list(real_texts.pairs(corpus / "pairs"))
    for name, *bodies in pairs[:: max(1, len(pairs) // number)]:
        for release, (version, body) in enumerate(zip((OLD, NEW), bodies, strict=True)):
            front = (
                f"---\ntitle: Policy {name}\nversion: {version}\nupdated: {version[:10]}\n"
                f"summary: What changed.\n---\n{body}"
            )
            moment = (1704110400, 1719835200)[release]
            yield Text(f"policy-{name}", version, moment, front.encode())


def tops(site: Path) -> Iterator[tuple[str, float, float]]:
    """Yield pages with changes, with where their first mark and first changed section begin."""
    pages = [*site.glob(f"policies/*/changes/{NEW}/"), *site.glob(f"policies/*/since/{OLD}/")]
    with running_browser() as browser, served(site) as address:
        tab = browser.new_page(viewport=DESKTOP)
        for page in sorted(pages):
            path = page.relative_to(site).as_posix()
            tab.goto(f"{address}{path}/")
            mark, section = tab.evaluate(FIRST)
            if section is not None:
                yield path, mark, section


def main() -> None:
    """Build, measure, name the pages whose first mark is below the first screen."""
    parser = real_texts.parser(__doc__)
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        project = (asked.folder or Path(scratch)) / "center"
        if project.exists():
            sites.refresh(project)
        else:
            sites.make_from(project, texts(real_texts.folder(asked.corpus), asked.pairs))
        seconds([*BUILD, "-q"], project)
        places = list(tops(project / "site"))
    screen = DESKTOP["height"]
    for path, mark, section in places:
        if mark >= screen:
            print(f"{mark:7.0f} {section:7.0f} {path}")
    marks = sum(mark < screen for _, mark, _ in places)
    sections = sum(section < screen for _, _, section in places)
    print(f"first mark on the first screen: {marks} of {len(places)} pages (target: all)")
    print(f"first changed section there: {sections}")


if __name__ == "__main__":
    main()

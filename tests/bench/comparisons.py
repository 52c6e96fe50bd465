"""Is every comparison in the browser exact, how readable, and how long does it take?

usage: comparisons.py [CORPUS] [--history FOLDER]

Compares all pairs of real texts as the page `compare/` does, and prints figures beside targets;
with --history instead the first and the last of the Markdown files in a folder, such as the
archive of a policy, as two of so many versions. It needs Chromium. Leaves with 1 when a target is
missed.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser

from bench import real_texts
from comparisons import Compared, compare, faults, publish, statuses
from gazette.model import Policy, Status
from gazette.text.frontmatter import body_of
from gazette.text.reader import read_document
from published import policy, version
from visits import running_browser, served

MOST_MILLISECONDS = 1000
MARK = re.compile(r"<(?:ins|del)>")
Result = tuple[str, str, str, Compared, str]


def history(texts: list[str]) -> Policy:
    """Return a policy whose versions have these texts, the last in force."""
    days = (date(2001, 1, 1) + timedelta(days=at) for at in range(len(texts)))
    ids = [f"{day}.v1" for day in days]
    *earlier, last = zip(ids, texts, strict=True)
    old = (version(name, text) for name, text in earlier)
    return policy(*old, version(*last, Status.IN_FORCE))


def compared_pairs(browser: Browser, folder: Path) -> Iterator[Result]:
    """Yield the name, the texts, the comparison and the redline of every pair of real texts."""
    for name, old, new in real_texts.pairs(folder):
        yield name, old, new, *compared(browser, [old, new])


def compared(browser: Browser, texts: list[str]) -> tuple[Compared, str]:
    """Return the comparison of the first of some texts with the last, and the last redline.

    The browser forgets what it loaded: the next site may stand at the same address.
    """
    terms = history(texts)
    ends = str(terms.versions[0].id), str(terms.versions[-1].id)
    with tempfile.TemporaryDirectory() as scratch:
        publish(terms, Path(scratch))
        redline = Path(scratch) / f"policies/terms/changes/{ends[1]}/index.html"
        context = browser.new_context()
        with served(Path(scratch)) as address:
            (result,) = compare(context.new_page(), address, terms, [ends])
        context.close()
        return result, redline.read_text("utf-8")


def report(results: Iterator[Result]) -> bool:
    """Print what is not exact, and the figures; return whether targets are met."""
    figures: Counter[str] = Counter()
    inexact, times = 0, []
    for name, old, new, result, redline in results:
        wrong = faults(result.html, read_document(old), read_document(new))
        if wrong or not result.is_exact:
            inexact += 1
            print(f"{name}: {'; '.join(wrong[:3]) or 'the page itself says that it is not'}"[:300])
        built = statuses(redline)
        differing = result.sections.items() ^ built.items()
        figures["pairs with other statuses"] += bool(differing)
        figures["other statuses"] += len({section for section, _ in differing})
        figures["sections"] += len(built)
        figures["marks"] += len(MARK.findall(result.html))
        figures["marks of redlines"] += len(MARK.findall(redline))
        times.append(result.milliseconds)
    print(f"comparisons {len(times)}  inexact {inexact} (target 0)")
    print(
        "beside built redlines:", *(f"{what} {count}" for what, count in figures.items()), sep="  "
    )
    slowest = max(times)
    print(f"milliseconds: all {sum(times):.0f}, slowest {slowest:.0f} (below {MOST_MILLISECONDS})")
    return not inexact and slowest < MOST_MILLISECONDS


def main() -> None:
    """Compare in a browser, and say how well."""
    parser = real_texts.parser(__doc__)
    parser.add_argument("--history", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    with running_browser() as browser:
        if asked.history:
            files = sorted(asked.history.glob("*.md"))
            texts = [body_of(file.read_text("utf-8")) for file in files]
            name = f"{len(texts)} versions, first and last"
            results = iter([(name, texts[0], texts[-1], *compared(browser, texts))])
        else:
            results = compared_pairs(browser, real_texts.folder(asked.corpus) / "pairs")
        is_met = report(results)
    sys.exit(not is_met)


if __name__ == "__main__":
    main()

"""Does any text run a program or load something from elsewhere? Real payloads, a real browser.

`PYTHONPATH=hooks:tests python -m bench.payloads FOLDER` reads lists of payloads from FOLDER: a
`.txt` holds one a line, a `.json` or `.mjs` holds strings or objects with `payload`. Together with
those of `hostile.py` each becomes a policy: body, title, description, category and summary. The
project is built in batches, in which every page is opened in Chromium, its links are clicked and
its elements pointed at. Printed is what ran, what was loaded from another host, and what `check`
and a strict build refuse, in bodies and in front matter; what neither refuses is shown as its
letters, or is Markdown and HTML that may stand in a text. For comparison: what runs of the same
text without any of this.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import markdown

import hostile
from commands import BUILD, GAZETTE, copy_project, git, run
from gazette.text.bounds import excesses
from gazette.text.markdown_settings import DEFAULT_EXTENSIONS
from visits import Seen, Visitor, running_browser, served, visitor

BATCH = 100
"""So many policies in a project: all of them stand in the navigation of each page."""
VERSIONS = ("2026-10-01.v1", "2026-10-02.v1")
FRONT_LINES = 8
"""How many lines the front matter of each policy has, its dashes included."""
OBJECT = re.compile(r'"payload"\s*:\s*("(?:[^"\\]|\\.)*")')
SEARCHES = ("?q=script", "?q=alert", "?q=onerror", "?q=img")
"""Addresses that open the search with its results."""
BARE_TAG = re.compile(r"</?[a-z]+\s*/?>", re.I)
"""A tag that says nothing: where it may stand, its letters do not show."""

Payload = tuple[str, str]
"""The name of a policy, and what stands in it."""


class Part(NamedTuple):
    """The front matter or the body of a policy."""

    policy: str
    is_front: bool


def read_lists(folder: Path, most: int) -> list[str]:
    """Return the payloads of all lists in a folder, at most so many of each, evenly chosen."""
    chosen: dict[str, None] = {}
    for path in sorted(folder.iterdir()):
        payloads = [payload for payload in _payloads(path) if payload.strip()]
        step = max(1, len(payloads) // most)
        chosen |= dict.fromkeys(payloads[::step][:most])
        print(f"{path.name}: {len(payloads)} payloads, {len(payloads[::step][:most])} taken")
    return list(chosen)


def _payloads(path: Path) -> Sequence[str]:
    text = path.read_text("utf-8", errors="replace")
    if path.suffix in (".mjs", ".js"):
        return [json.loads(match) for match in OBJECT.findall(text)]
    if path.suffix == ".json":
        entries = json.loads(text)
        return [entry if isinstance(entry, str) else entry["payload"] for entry in entries]
    return [line for line in text.split("\n") if not line.startswith("#")]


def in_a_line(payload: str) -> str:
    """Return what of a payload can be the value of a key."""
    line = "".join(letter for letter in " ".join(payload.split()) if letter.isprintable())
    return line[:200] or "x"


def write_batch(project: Path, payloads: Iterable[Payload], version: str) -> None:
    """Write the policies of a batch: names and payloads, all of the same version."""
    folder = project / "docs" / "policies"
    shutil.rmtree(folder)
    folder.mkdir()
    for name, payload in payloads:
        value = json.dumps(in_a_line(payload), ensure_ascii=False)
        front = "".join(f"{key}: {value}\n" for key in ("title", "description", "category"))
        front += f"version: {version}\nupdated: {version[:10]}\nsummary: {value}\n"
        text = f"---\n{front}---\n\n# {name}\n\nOf {version}.\n\n{payload}\n"
        (folder / f"{name}.md").write_text(text, "utf-8", errors="replace")
    git(project, "add", "-A")
    git(project, "commit", "-qm", version)


def refused(project: Path, payloads: Sequence[Payload]) -> tuple[set[Part], set[Part]]:
    """Write two versions of each policy; return what `check` and a strict build refuse of them."""
    for name in ("versions", "site", ".cache", ".git"):
        shutil.rmtree(project / name, ignore_errors=True)
    git(project, "init", "-q", "-b", "main")
    for version in VERSIONS:
        write_batch(project, payloads, version)
    findings = json.loads(run([*GAZETTE, "check", "--format", "json"], project).stdout)
    checked = "".join(f"{finding['path']}:{finding['line']}:\n" for finding in findings)
    strict = run([*BUILD, "--strict"], project)
    return named(checked), named(strict.stderr) if strict.returncode else set()


def named(output: str) -> set[Part]:
    """Return the parts of policies whose lines an output names."""
    lines = re.findall(r"docs/policies/(p\d+)\.md:(\d+):", output)
    return {Part(policy, int(line) <= FRONT_LINES) for policy, line in lines}


def addresses(site: Path) -> Iterator[str]:
    """Yield the pages of a built site, below its address, of each kind that shows a text."""
    for page in sorted(site.rglob("*.html")):
        path = page.relative_to(site).as_posix()
        if not re.search(r"/(since|sections|on|compare)/", path):
            yield path.removesuffix("index.html")


def unreadable(site: Path) -> list[str]:
    """Return the feeds, records and indexes of a site that are no XML or JSON."""
    wrong = []
    for path in sorted(site.rglob("*")):
        try:
            if path.suffix == ".xml":
                ElementTree.parse(path)
            elif path.suffix == ".json":
                json.loads(path.read_bytes())
        except (ElementTree.ParseError, ValueError) as error:
            wrong.append(f"{path.relative_to(site)}: {error}")
    return wrong


@dataclass
class Results:
    """What came of all payloads; `shown` are the parts that nothing refuses, and how they show."""

    by_check: set[Part] = field(default_factory=set)
    when_strict: set[Part] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)
    shown: dict[Part, str] = field(default_factory=dict)
    builds: int = 0

    def add_batch(self, project: Path, payloads: Sequence[Payload], reader: Visitor) -> None:
        """Build a batch strictly and as it comes, and open its pages."""
        self._refuse(project, payloads)
        readable = [payload for payload in payloads if not excesses(payload[1])]
        if len(readable) < len(payloads):  # texts beyond the bounds stop any build
            self._refuse(project, readable)
        built = run(BUILD, project)
        self.builds += 1
        if built.returncode:
            self.failures.append(built.stderr)
            return
        self.failures += unreadable(project / "site")
        with served(project / "site") as address:
            for path in [*addresses(project / "site"), *SEARCHES]:
                reader.visit(address + path)
                if match := re.fullmatch(r"policies/(p\d+)/", path):
                    self._classify(match[1], dict(payloads)[match[1]], reader)

    def _refuse(self, project: Path, payloads: Sequence[Payload]) -> None:
        by_check, when_strict = refused(project, payloads)
        self.by_check |= by_check
        self.when_strict |= when_strict

    def _classify(self, policy: str, payload: str, reader: Visitor) -> None:
        """Tell of what is not refused whether the page shows its letters."""
        parts = {
            True: (in_a_line(payload), ".md-header__topic:last-child"),
            False: (payload, ".gz-text"),
        }
        for is_front, (text, selector) in parts.items():
            part = Part(policy, is_front)
            if part not in self.by_check:
                shown = _letters(BARE_TAG.sub("", text)) in _letters(reader.words(selector))
                self.shown[part] = "its letters" if shown else "Markdown"


def _letters(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace() and letter.isprintable())


def baseline(payloads: Sequence[Payload], folder: Path, reader: Visitor) -> None:
    """Open each payload as Python-Markdown alone renders it, and as a title that is not escaped."""
    for name, payload in payloads:
        html = markdown.markdown(payload, extensions=list(DEFAULT_EXTENSIONS))
        for kind, content in (("body", html), ("front", f"<h1>{in_a_line(payload)}</h1>")):
            page = f"<!doctype html><html><body><article>{content}</article></body></html>"
            (folder / f"{name}.{kind}.html").write_text(page, "utf-8", errors="replace")
    with served(folder) as address:
        for file in sorted(folder.iterdir()):
            reader.visit(address + file.name)


def parts_of(notes: Iterable[str]) -> set[Part]:
    """Return the parts of policies that notes on pages of the baseline are about."""
    matches = (re.search(r"/(p\d+)\.(front|body)\.html", note) for note in notes)
    return {Part(match[1], match[2] == "front") for match in matches if match}


def main() -> int:
    """Run all payloads; 0 when nothing ran, nothing was loaded and all that would is refused."""
    parser = argparse.ArgumentParser(description=__doc__, prog="bench.payloads")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=400, help="payloads of each list")
    parser.add_argument("--own", type=int, default=10_000, help="so many of our own at most")
    options = parser.parse_args()
    listed = read_lists(options.folder, options.most)
    written = [*hostile.texts(), *hostile.values()]
    written = written[:: max(1, len(written) // options.own)]
    payloads = [(f"p{number:04}", text) for number, text in enumerate([*listed, *written])]
    print(f"{len(listed)} payloads of lists, {len(written)} own")
    seen, without, results = Seen(), Seen(), Results()
    with tempfile.TemporaryDirectory() as temporary, running_browser() as browser:
        project = copy_project(Path(temporary) / "project")
        for start in range(0, len(payloads), BATCH):
            with visitor(browser, seen) as reader:
                results.add_batch(project, payloads[start : start + BATCH], reader)
            for note in sorted(seen.ran | seen.loaded)[:20]:
                print(" ", note)
            print(f"{len(seen.ran)} ran, {len(seen.loaded)} loaded, {seen.pages} pages", flush=True)
        (Path(temporary) / "alone").mkdir()
        with visitor(browser, without) as reader:
            baseline(payloads, Path(temporary) / "alone", reader)
    return _report(dict(payloads), without, seen, results)


def _report(texts: dict[str, str], without: Seen, seen: Seen, results: Results) -> int:
    for note in sorted(seen.ran | seen.loaded)[:40]:
        print(note, *(repr(texts[name]) for name in re.findall(r"\bp\d{4}\b", note)))
    for failure in results.failures:
        print(failure[-2000:])
    passed = 0
    for is_front, kind in ((False, "bodies"), (True, "front matter")):
        dangerous = {
            part for part in parts_of(without.ran | without.loaded) if part.is_front == is_front
        }
        letters = {part for part, how in results.shown.items() if how == "its letters"}
        through = dangerous - (results.by_check & results.when_strict) - letters
        passed += len(through)
        for part in sorted(through):
            print("let pass in", kind, repr(texts[part.policy]))
        for part in sorted(dangerous & letters - results.by_check):
            print("shown as letters in", kind, repr(texts[part.policy]))
        by_check = [part for part in results.by_check if part.is_front == is_front]
        shown = Counter(how for part, how in results.shown.items() if part.is_front == is_front)
        print(
            f"{len(texts)} in {kind}: {len(dangerous)} run or load as Markdown alone renders them, "
            f"{len(dangerous - through - letters)} of them refused, {len(dangerous & letters)} "
            f"shown as letters; {len(by_check)} refused in all; the rest shows as {dict(shown)}"
        )
    print(f"{seen.pages} pages: {len(seen.ran)} run, {len(seen.loaded)} load from elsewhere")
    print(f"{results.builds} builds, {len(results.failures)} failed or hold what cannot be read")
    return int(bool(seen.ran or seen.loaded or passed or results.failures))


if __name__ == "__main__":
    sys.exit(main())

"""A real company's policies with their real history, built as a help center."""

from __future__ import annotations

import hashlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from markdown_it import MarkdownIt

from commands import GAZETTE, build, copy_project, run
from gazette.model import Slug
from gazette.site import addresses
from gazette.text.sanitizer import sanitize
from reading import page
from recovery import runs_of, sections_of

WORD = re.compile(r"\w+")
POLICIES, VERSIONS = 45, 339
LINK_WARNING = re.compile(
    r"Doc file '[^']*' contains (?:a|an) (?:unrecognized |absolute )?(?:relative )?link"
)

pytestmark = pytest.mark.xdist_group("company")


@pytest.fixture(scope="module")
def company(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The help center made from the history, built strictly, and the lines the build printed."""
    folder = tmp_path_factory.mktemp("company")
    project = copy_project(folder / "project")
    bundle = corpus / "history/37signals-policies.bundle"
    for command in (
        ["git", "clone", "-q", str(bundle), "source"],
        [
            sys.executable,
            str(corpus.parent / "tools/history_site.py"),
            "source",
            str(project),
            "out",
        ],
    ):
        done = run(command, folder)
        assert done.returncode == 0, done.stderr
    run(
        [*GAZETTE, "check", "--fix"],
        folder / "out",
    )
    start = time.perf_counter()
    result = build(folder / "out")
    seconds = time.perf_counter() - start
    pages = sum(1 for _ in (folder / "out/site").rglob("index.html"))
    print(f"{POLICIES} policies, {VERSIONS} versions, {seconds:.1f} s, {pages} pages")
    return folder / "out", result.stderr.splitlines()


def versions(site: Path) -> list[dict[str, str]]:
    records = [
        json.loads(path.read_text()) for path in sorted(site.glob("policies/*/versions.json"))
    ]
    return [version for record in records for version in record["versions"]]


def visible(element: Any) -> list[str]:
    return WORD.findall(" ".join(element.itertext()))


OF_THE_SITE = ("a.headerlink", "span.gz-missing", "p.gz-left-out", "div.gz-mark")
"""What the site itself says in a text."""


def own_words(site: Path, address: str) -> list[str]:
    """The words of a published text, without what the site itself says in it."""
    (text,) = page(site, address).xpath("//div[@class='gz-text']")
    names = (name.split(".") for name in OF_THE_SITE)
    added = "|".join(f".//{tag}[@class='{name}']" for tag, name in names)
    for logged in text.xpath(added):
        logged.drop_tree()
    return visible(text)


def test_only_links_that_the_texts_break_are_reported(company: tuple[Path, list[str]]) -> None:
    _, lines = company
    logged = [
        line for line in lines if line.startswith(("WARNING", "ERROR")) or "Traceback" in line
    ]
    assert [line for line in logged if not LINK_WARNING.search(line)] == []


def test_every_version_stands_at_its_address(company: tuple[Path, list[str]]) -> None:
    project, _ = company
    site = project / "site"
    every = versions(site)
    assert len({entry["policy"] for entry in every}) == POLICIES
    assert len(every) == VERSIONS
    github = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for entry in every:
        source = (site / entry["source"]).read_bytes()
        assert hashlib.sha256(source).hexdigest() == entry["sha256"]
        body = re.sub(r"\A---\n.*?\n---\n", "", source.decode(), flags=re.S)
        rendered = sanitize(github.render(body)).html
        expected = visible(html.fromstring(f"<div>{rendered}</div>"))
        assert own_words(site, entry["address"]) == expected, entry["address"]


def test_archive_is_complete(company: tuple[Path, list[str]]) -> None:
    project, _ = company
    for sums in sorted(project.glob("versions/*/SHA256SUMS")):
        check = run(["sha256sum", "--check", "--strict", "--quiet", sums.name], sums.parent)
        assert check.returncode == 0, check.stdout
    kept = {path.stem for path in project.glob("versions/*/*.md")}
    assert len(list(project.glob("versions/*/*.md"))) == VERSIONS - POLICIES
    assert kept


def words_referred_to(site: Path, change: dict[str, Any], side: str) -> Iterator[str]:
    """Yield the words of one side that a published redline refers to in the records of versions."""
    for entry in change["sections"]:
        whole = [
            {"status": "unchanged", "new": 0, "count": None, "at": at}
            for at in range(entry.get("count", 1))
        ]
        for block in entry.get("blocks", whole):
            other = {"-": "added", "+": "removed"}[side]
            if "count" in block and block["status"] != other:
                text = "old" if "old" in block else "new"
                index = entry[text]["index"] + block.get("at", 0)
                blocks = section_blocks(site, change, text, index)
                for kept in blocks[block[text] :][: block["count"]]:
                    yield " ".join(kept.get("cells", [kept.get("text")]))


def section_blocks(site: Path, change: dict[str, Any], text: str, index: int) -> Any:
    """Return the blocks of a section of the `old` or `new` text from the record of its wording."""
    sections = sections_of(record(site, {**change, "version": change[text]}))
    section = next(candidate for candidate in sections if candidate["index"] == index)
    same = sections_of(record(site, {**change, "version": section["wording"]}))
    return next(
        candidate["blocks"] for candidate in same if candidate["digest"] == section["digest"]
    )


def new_words(
    site: Path, change: dict[str, Any], section: dict[str, Any], block: dict[str, Any]
) -> str:
    """Return the words of a block in the new text, to which a published redline refers."""
    if "new" not in block:
        return ""
    wording = section_blocks(site, change, "new", section["new"]["index"])[block["new"]]
    return "\n".join(wording.get("cells", [wording.get("text")]))


def record(site: Path, entry: dict[str, Any]) -> dict[str, Any]:
    """Return the record of a version of a policy."""
    folder = site / addresses.version(Slug(entry["policy"]), entry["version"])
    content: dict[str, Any] = json.loads((folder / f"{entry['version']}.json").read_text("utf-8"))
    return content


def test_every_update_has_an_exact_redline(company: tuple[Path, list[str]]) -> None:
    project, _ = company
    site = project / "site"
    texts = {(entry["policy"], entry["version"]): entry for entry in versions(site)}
    updates = [entry for entry in texts.values() if entry["previous"]]
    assert len(updates) == VERSIONS - POLICIES
    for entry in updates:
        assert (site / entry["changes"] / "index.html").exists()
        change = json.loads((site / entry["changes"] / f"{entry['version']}.json").read_text())
        for side, version in (("-", entry["previous"]), ("+", entry["version"])):
            runs = [
                text
                for section in change["sections"]
                for block in section.get("blocks", ())
                if "runs" in block
                for kind, text in runs_of(block, new_words(site, change, section, block))
                if kind in ("=", side)
            ]
            runs += words_referred_to(site, change, side)
            address = texts[entry["policy"], version]["address"]
            missing = Counter(own_words(site, address)) - Counter(WORD.findall(" ".join(runs)))
            assert not missing, (entry["changes"], side, missing)

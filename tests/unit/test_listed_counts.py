"""Counts add up: what is counted above a redline and elsewhere is what its page lists."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.language import ENGLISH
from gazette.model import Status
from gazette.site.updates import counted
from labelled import GOLD, read_parts
from published import context_of, policy, published, text, tree, version

STATUSES = ("amended", "added", "removed")
LIST = "//nav[@class='gz-jump']"
PAIRS = sorted(GOLD.glob("*.md"))
SENTENCES = (
    *("A fee is due each month.", "You pay by card.", "Tools are lent for a week.", "Be kind."),
    *("Courts decide where you live.", "We keep records for a year.", "Parcels are kept safe."),
)
HEADINGS = ("Fees", "Tools", "Law", "Records", "Opening", "Part", "Part 2", "Fees 2", "")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text of some sections, numbered or not, some without a heading of their own."""
    is_numbered = draw(st.booleans())
    parts = []
    for at, heading in enumerate(draw(st.lists(st.sampled_from(HEADINGS), max_size=6)), start=1):
        words = draw(st.lists(st.sampled_from(SENTENCES), max_size=4))
        number = f"{at}. " if is_numbered else ""
        level = "#" * draw(st.integers(2, 3))
        parts.append(f"{level} {number}{heading}" if heading else "")
        parts += words
    return "\n\n".join(parts) + "\n"


def disagreements(old: str, new: str) -> list[str]:
    """Return where counts are not those of what the pages of an update list."""
    terms = policy(version("2026-01-05.v1", old), version("2026-02-05.v1", new, Status.IN_FORCE))
    site = published(terms)
    _, (update,) = context_of(terms)
    changes = tree(site["policies/terms/changes/2026-02-05.v1/"])
    badges = listed(changes)
    wrong = [f"changes: {fault}" for fault in wrong_head(changes)]
    if Counter(dict(update.counts)) != badges:
        wrong.append(f"update {update.counts}, listed {badges}")
    row = tree(site["policies/terms/versions/"]).findtext(".//p[@class='gz-entry__counts']")
    if row != counted(ENGLISH, update):
        wrong.append(f"row {row}")
    record = json.loads(text(site["policies/terms/versions.json"]))["versions"][0]
    if record["counts"] != badges:
        wrong.append(f"record {record['counts']}, listed {badges}")
    wrong += wrong_record(site["policies/terms/changes/2026-02-05.v1/2026-02-05.v1.json"], changes)
    since = tree(site["policies/terms/since/2026-01-05.v1/"])
    wrong += [f"since: {fault}" for fault in wrong_head(since)]
    wrong += wrong_record(site["policies/terms/since/2026-01-05.v1/2026-01-05.v1.json"], since)
    return wrong


def listed(page: Any) -> Counter[str]:
    """Count the badges in the list of changed sections."""
    return Counter(badge.text for badge in page.xpath(f"{LIST}//gz-b"))


def wrong_head(page: Any) -> list[str]:
    """Return what the counts at the top of a page say otherwise than its list and its sections."""
    sentence = page.find(".//p[@class='gz-counts']").text_content()
    counts = Counter({word: int(num) for num, word in re.findall(r"(\d+) (\w+)", sentence)})
    items = page.xpath(f"{LIST}//li")
    unchanged = len(page.xpath("//details[@class='gz-quiet']/ul/li/a[@class='gz-page']"))
    unchanged += sum(p.text_content().startswith("Unchanged: ") for p in page.xpath("//p"))
    badges = listed(page)
    wrong = [f"{counts[name]} {name}" for name in STATUSES if counts[name] != badges[name]]
    if counts["changed"] != len(items) - sum(badges[name] for name in STATUSES):
        wrong.append(f"{counts['changed']} changed in other ways")
    if items and counts["unchanged"] != unchanged:
        wrong.append(f"{counts['unchanged']} unchanged, folded {unchanged}")
    if len(items) != len(page.xpath("//section")):
        wrong.append(f"{len(items)} listed of {len(page.cssselect('.gz-section'))}")
    ids = page.xpath("//@id")
    return wrong + [f"id {repeated}" for repeated, count in Counter(ids).items() if count > 1]


def wrong_record(file: Any, page: Any) -> list[str]:
    """Return what a record counts otherwise than the page beside it."""
    counts: Counter[str] = Counter()
    flags: Counter[str] = Counter()
    changed = 0
    for section in json.loads(text(file))["sections"]:
        counts[section["status"]] += section.get("count", 1)
        flags.update(section.get("flags", ()))
        changed += "blocks" in section
    badges = listed(page)
    wrong = [name for name in STATUSES if counts[name] != badges[name]]
    wrong += [name for name in ("moved", "split", "merged") if flags[name] != badges[name]]
    wrong += ["listed"] if changed != len(page.xpath(f"{LIST}//li")) else []
    return [f"record: {name}" for name in wrong]


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_counts_are_those_of_the_list(path: Any) -> None:
    _, before, after, _ = read_parts(path)
    assert disagreements(before, after) == []


@settings(max_examples=40)
@given(texts(), texts())
def test_counts_of_any_texts_are_those_of_the_list(old: str, new: str) -> None:
    assert disagreements(old, new) == []


def test_ids_are_unique_where_parts_and_headings_could_have_the_same() -> None:
    old = "Begin.\n\n## Opening\n\nWe open at nine.\n\n## Part\n\n" + "\n\n".join(SENTENCES)
    new = (
        "Begin here.\n\n## Opening\n\nWe open at ten.\n\n## Part\n\n"
        + "\n\n".join(SENTENCES[:3])
        + "\n\n## Part 2\n\n"
        + "\n\n".join(SENTENCES[3:])
        + "\n\nNothing else.\n"
    )
    assert disagreements(old, new) == []
    assert disagreements(new, old) == []

"""Everything that changed since a version, put together from redlines of sections."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gazette.forms import redline_folds
from gazette.forms.since_html import SHOWN
from gazette.model import Policy, Status
from gazette.site.outputs import File, Page
from gazette.text import comparison
from gazette.text.redline import Redline
from published import SETTINGS, html, policy, published, text, tree, version
from recovery import Blocks, blocks_of, counted, misread, recovered, shown, with_blocks

SINCE = "policies/terms/since/2026-01-01.v1/"
LONG = "The supplier keeps the records of every order for two years and then destroys all of them."
OTHER = "Whoever wants to know more about the orders of a month asks the office in the same month."


def history(*bodies: str) -> Policy:
    """Return a policy of these texts, the last one in force."""
    last = len(bodies) - 1
    return policy(
        *(
            version(
                f"2026-01-{number + 1:02}.v1",
                body,
                Status.IN_FORCE if number == last else Status.SUPERSEDED,
                (),
                summary="Changed.",
            )
            for number, body in enumerate(bodies)
        )
    )


def since_record(site: Mapping[str, Page | File], first: str) -> dict[str, Any]:
    """Return the record of everything that changed since this version."""
    record: dict[str, Any] = json.loads(text(site[f"policies/terms/since/{first}/{first}.json"]))
    return record


def since(terms: Policy, store: dict[str, bytes] | None = None) -> dict[str, Any]:
    """Return the record of everything that changed since the first version."""
    site, first = published(terms, store=store), terms.versions[0].id
    record = since_record(site, str(first))
    for side in ("old", "new"):
        version = f"policies/terms/versions/{record[side]}/{record[side]}.json"
        sections = json.loads(text(site[version]))["sections"]
        headings = {section["index"]: section["heading"] for section in sections}
        for side_of in (section[side] for section in record["sections"] if section[side]):
            side_of["heading"] = headings[side_of["index"]]
    return record


def names(record: dict[str, Any]) -> list[tuple[str, tuple[str, ...], str, str]]:
    """Return the changed sections: status, flags, old and new heading."""
    return [
        (
            section["status"],
            tuple(section["flags"]),
            *((side or {"heading": ""})["heading"] for side in (section["old"], section["new"])),
        )
        for section in record["sections"]
        if "blocks" in section
    ]


def test_what_happened_step_by_step_is_one_change() -> None:
    first = f"## Fees\n\nA fee is due.\n\n## Records\n\n{LONG}\n"
    second = first.replace("## Fees", "## Prices")
    third = second.replace("A fee is due.", "A fee is due in May.")
    assert names(since(history(first, second, third))) == [
        ("amended", ("renamed",), "Fees", "Prices")
    ]


def test_what_was_changed_back_is_no_change() -> None:
    first = f"## Fees\n\nA fee is due.\n\n## Records\n\n{LONG}\n"
    assert names(since(history(first, first.replace("due", "asked for"), first))) == []


def test_a_section_that_was_dropped_and_came_back_is_none() -> None:
    first = f"## Fees\n\nA fee is due.\n\n## Records\n\n{LONG}\n"
    assert names(since(history(first, "## Fees\n\nA fee is due.\n", first))) == []


def test_a_split_section_stands_with_each_part() -> None:
    first = f"## Records\n\n{LONG}\n\n{OTHER}\n"
    second = f"## Records\n\n{LONG}\n\n## Questions\n\n{OTHER}\n"
    third = second + "\n## Law\n\nThe law applies.\n"
    assert names(since(history(first, second, third))) == [
        ("unchanged", ("split",), "Records", "Records"),
        ("amended", ("renamed", "split"), "Records", "Questions"),
        ("added", (), "", "Law"),
    ]


def test_a_part_of_which_nothing_stayed_is_removed_and_added() -> None:
    first = f"## Records\n\n{LONG}\n\n{OTHER}\n"
    second = f"## Records\n\n{LONG}\n\n## Questions\n\n{OTHER}\n"
    third = f"## Records\n\n{LONG}\n\n## Questions\n\nNobody may ask anything.\n"
    assert names(since(history(first, second, third))) == [
        ("amended", (), "Records", "Records"),
        ("added", (), "", "Questions"),
    ]


@pytest.mark.parametrize("full_redlines", [0, 20])
def test_recent_pages_tell_which_paragraphs_went_to_another_section(full_redlines: int) -> None:
    first = f"## Fees\n\nA fee is due.\n\n{OTHER}\n\n## Records\n\n{LONG}\n"
    last = f"## Fees\n\nA fee is due.\n\n## Records\n\n{LONG}\n\n{OTHER}\n"
    site = published(history(first, first, last), replace(SETTINGS, full_redlines=full_redlines))
    page = html(site["policies/terms/since/2026-01-01.v1/"])
    assert ("This paragraph stood in" in page) is bool(full_redlines)
    assert ("A paragraph that stood here is now" in page) is bool(full_redlines)


def test_links_to_a_section_with_another_anchor_are_the_same_links() -> None:
    first = "## 1. Fees\n\nA fee, see [the law](#2-law).\n\n## 2. Law\n\nThe law applies.\n"
    last = (
        "## 1. Fees\n\nA fee, see [the law](#3-law).\n\n## 2. Notices\n\nWe write.\n\n"
        "## 3. Law\n\nThe law applies.\n"
    )
    assert (
        names(since(history(first, last)))
        == [
            ("added", (), "", "2. Notices"),
            ("unchanged", ("renumbered",), "2. Law", "3. Law"),
        ]
        or names(since(history(first, last)))[0][0] == "unchanged"
    )
    assert "link changed" not in html(
        published(history(first, last))["policies/terms/since/2026-01-01.v1/"]
    )


def test_formatting_level_and_link_targets_are_no_secret() -> None:
    first = "## Fees\n\nA *fee* is [due](https://a.example/).\n\n## Law\n\nThe law.\n\n3. item\n"
    last = "## Fees\n\nA fee is [due](https://b.example/).\n\n### Law\n\nThe law.\n\n4. item\n"
    page = html(published(history(first, first, last))["policies/terms/since/2026-01-01.v1/"])
    for words in ("https://b.example/", "heading level 2 became 3", "was item 3, is now item 4"):
        assert words in page.lower()


def test_what_stayed_or_changed_leads_on_to_the_text_in_force() -> None:
    """The page is made anew with every text that comes into force."""
    first = "## Fees\n\nA fee is due.\n\n## Law\n\nThe law.\n"
    site = published(history(first, first.replace("A fee", "Some fee")))
    page = tree(html(site["policies/terms/since/2026-01-01.v1/"]))
    assert page.xpath("//a[@class='gz-there']/@href") == ["../../#fees"]
    assert page.xpath("//p[@class='gz-quiet']/a/@href") == ["../../#law"]


def test_words_that_cannot_be_compared_stand_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    first = f"## Fees\n\nA fee is due.\n\n## Records\n\n{LONG}\n"
    terms = history(first, first.replace("a fee", "fees"), first.replace("A fee", "Some fee"))
    store: dict[str, bytes] = {}
    published(terms, store=store)
    for key in list(store):
        if b" > " in store[key].partition(b"\t[")[0] and b"\t[" in store[key]:
            del store[key]
    monkeypatch.setattr(comparison, "redline", lambda *_: Redline(()))
    page = html(published(terms, store=store)["policies/terms/since/2026-01-01.v1/"])
    assert "cannot be shown word by word.</strong> The redline lacks block 1" in page
    assert shown(page, "old") == counted(["Fees A fee is due."])
    assert shown(page, "new") == counted(["Fees Some fee is due."])


def test_long_sections_lead_to_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    first = f"## Fees\n\nA [fee](fees.md) is due.\n\n## Records\n\n{LONG}\n"
    terms = history(first, first.replace("due", "due now").replace(LONG, OTHER))
    monkeypatch.setattr("gazette.forms.since_rows.MOST_CHARACTERS", 600)
    site = published(terms)
    page = tree(site["policies/terms/since/2026-01-01.v1/"])
    assert page.xpath("//section[@id='change-fees']//ins")
    assert page.xpath("//section[@id='change-records']//a/@href") == [
        "../../versions/2026-01-01.v1/#records",
        "../../#records",
    ]
    assert page.xpath("//a[starts-with(@href, '../../compare/')]/@href") == [
        "../../compare/?from=2026-01-01.v1&to=2026-01-02.v1"
    ]
    record = json.loads(text(site["policies/terms/since/2026-01-01.v1/2026-01-01.v1.json"]))
    assert record["sections"][1]["blocks"] == [
        {"status": "removed", "old": 0, "count": 2},
        {"status": "added", "new": 0, "count": 2},
    ]


def test_blocks_that_a_record_before_has_stand_there_alone() -> None:
    first = f"## Fees\n\n{LONG}\n\n## Law\n\nThe law.\n"
    second = first.replace("The law.", "The law applies.")
    last = second.replace("two years", "three years")
    site = published(history(first, second, last))
    (fees, _), (again, *_) = (
        since_record(site, name)["sections"] for name in ("2026-01-01.v1", "2026-01-02.v1")
    )
    assert ["-", "two"] in fees["blocks"][1]["runs"]
    assert again == {**fees, "blocks": {"since": "2026-01-01.v1", "section": 0}}


def test_only_the_first_of_what_matters_stands_on_a_page() -> None:
    sections = (f"## {n}. Fees\n\nA fee of €{n} is due.\n\n" for n in range(20, 40))
    first = "".join(sections)
    page = tree(html(published(history(first, first.replace("€", "€1")))[SINCE]))
    assert len(page.xpath("//ul[@class='gz-highlights']/li")) == SHOWN
    (note,) = page.xpath("//ul[@class='gz-highlights']/following-sibling::p[1]/text()")
    assert note.startswith(f"These are the first {SHOWN} of the changes")


def test_a_block_that_several_merged_sections_have_stands_under_its_own() -> None:
    first = f"asks\n\n{LONG}\n\n{LONG}\n\n## 1. Dues\n\nasks\n\n{OTHER}\n\nasks\n"
    terms = history("", first, f"{LONG}\n\n{OTHER}\n")
    site, (_, old, new) = published(terms), (str(member.id) for member in terms.versions)
    records = {
        name: json.loads(text(site[f"policies/terms/versions/{name}/{name}.json"]))
        for name in (old, new)
    }
    record = json.loads(text(site[f"policies/terms/since/{old}/{old}.json"]))
    assert misread(record, blocks_of(old, records), blocks_of(new, records)) == []
    assert "cannot be shown" not in html(site[f"policies/terms/since/{old}/"])


WORDS = ("fee", "law", "must pay", "may not", "30 days", "the “office”", "`code`", "*mark*")
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
BLOCK = st.one_of(
    SENTENCE,
    st.sampled_from([LONG, OTHER]),
    SENTENCE.map(lambda words: f"- {words}\n- two"),
    SENTENCE.map(lambda words: f"| a | b |\n|-|-|\n| {words} | c |"),
)
HEADING = st.sampled_from(["", "## 1. Fees", "## Fees", "### Law", "## 2. Records", "## 個人情報"])
SECTION = st.tuples(HEADING, st.lists(BLOCK, max_size=3).map("\n\n".join)).map("\n\n".join)
BODY = st.lists(SECTION, max_size=5).map("\n\n".join)


def folded(
    record: dict[str, Any], side: str, indexes: set[int], old: Blocks, new: Blocks
) -> Counter[str]:
    """Count the words of these sections of a side that went on in sections that read the same."""
    parts = [
        part
        for part in record["sections"]
        if "blocks" in part and part["status"] == "unchanged" and part[side]
    ]
    recovered_words = recovered({"sections": parts}, old, new)[side == "new"]
    return sum((recovered_words[index] for index in indexes), Counter[str]())


@patch.object(redline_folds, "LINKED_CHARACTERS", 10_000)  # what is folded stands in the text
@settings(max_examples=60)
@example(
    [
        f"## 1. Fees\n\n- must pay law\n- two\n\n{LONG}",
        f"## Fees\n\n## 1. Fees\n\n- must pay law\n- two\n\n{LONG}",
        f"{LONG}\n\n- fee\n- two",
    ]
)
@example([f"## 1. Fees\n\n{LONG}\n\nfee", f"\n\n{LONG}\n\n## 1. Fees\n\nfee"])
@example([f"## 1. Fees\n\n{LONG}\n\nfee", f"\n\n{LONG}\n\nfee\n\n## 1. Fees\n\nfee"])
@example(["", f"## Fees\n\n{LONG}", "## Law\n\n## Fees", f"## Fees\n\n{LONG}\n\n" * 2])
@given(st.lists(BODY, min_size=2, max_size=4))
def test_both_texts_can_be_recovered_since_every_version(bodies: list[str]) -> None:
    terms = history(*bodies)
    site = published(terms)
    ids = [str(member.id) for member in terms.versions]
    records = {
        name: json.loads(text(site[f"policies/terms/versions/{name}/{name}.json"])) for name in ids
    }
    new = blocks_of(ids[-1], records)
    for name in ids[:-1]:
        page = f"policies/terms/since/{name}/"
        record = with_blocks(since_record(site, name), partial(since_record, site))
        old = blocks_of(name, records)
        assert misread(record, old, new) == []
        assert isinstance(site[page], Page)
        changed = [
            section
            for section in record["sections"]
            if "blocks" in section and section["status"] != "unchanged"
        ]
        for side, texts in (("old", old), ("new", new)):
            indexes = {section[side]["index"] for section in changed if section[side]}
            words = sum((counted(texts[index]) for index in indexes), Counter[str]())
            titles = sum((counted(texts[index][:1]) for index in indexes if index), Counter[str]())
            # A heading may be shown as a label alone, and that of an opening is a label; what a
            # section has in common with one that reads the same is folded with that.
            seen = shown(html(site[page]), side) + folded(record, side, indexes, old, new)
            assert words - titles <= seen
            assert shown(html(site[page]), side, headings=False) <= words

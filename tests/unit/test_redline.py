"""Redlines: what they say of every kind of block, and that they are exact."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import html5lib  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.forms import redline_html, redline_json, redline_markdown, redline_terminal
from gazette.forms.blocks_json import words_of
from gazette.text.english import ENGLISH
from gazette.text.highlights import highlights
from gazette.text.judgement import Judge
from gazette.text.proof import prove
from gazette.text.reader import read_document
from gazette.text.redline import BlockStatus, Redline, SectionChange, redline
from gazette.text.wording import Op
from recovery import runs_of

SENTENCE = "The supplier keeps the records of every order for two years and then destroys them."
OTHER = "Claims are made in writing within thirty days of the delivery or they are lost for good."


def compared(old: str, new: str) -> Redline:
    before, after = read_document(old), read_document(new)
    change = redline(before, after)
    prove(change, before, after)
    return change


def lines_of(change: Redline) -> list[str]:
    """Every changed block in one line: its status, and its words with their marks."""
    lines = []
    for section in change.sections:
        for block in section.blocks:
            if block.status is not BlockStatus.UNCHANGED:
                words = [
                    "".join(
                        f"{run.op.value if run.op is not Op.KEPT else ''}{run.text}"
                        for run in cell.runs
                    )
                    for cell in block.cells
                ]
                notes = [f"({n.kind.value}: {n.text}: {n.old} > {n.new})" for n in block.notes]
                lines.append(" ".join([block.status.value, " | ".join(words), *notes]).strip())
    return lines


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Same.", "Same.", []),
        ("Pay in 30 days.", "Pay in 14 days.", ["amended Pay in -30+14 days."]),
        ("- one is here\n- two is here", "- one is here", ["removed -two is here"]),
        (
            "1. first one\n2. second one",
            "1. new one here\n2. first one\n3. second one",
            ["added +new one here"],
        ),
        (
            "| Key | Days |\n|-|-|\n| Fee | 30 |\n| Tax | 7 |",
            "| Key | Days |\n|-|-|\n| Tax | 7 |\n| Fee | 14 |",
            ["moved", "moved Fee | -30+14"],
        ),
        (
            "| Key | Days |\n|-|-|\n| Fee | 30 |",
            "| Key | Why | Days |\n|-|-|-|\n| Fee | Costs | 30 |",
            [
                "amended Key | +Why | Days (column-added: Why:  > )",
                "amended Fee | +Costs | 30",
            ],
        ),
        (
            "See [it](a.md) now.",
            "See [it](b.md) now.",
            ["amended See it now. (link-target: it: a.md > b.md)"],
        ),
        ("It is **so**.", "It is so.", ["amended It is so. (formatting: so: bold > plain)"]),
        ("**So it is**.", "**So it is.**", []),
        ("About fees and costs", "fees and costs", ["amended -About fees and costs"]),
        ("“Quoted” and café", '"Quoted" and cafe\u0301', []),
        ("A ![seal](a.png) here", "A ![seal](b.png) here", ["amended A -\ufffc+\ufffc here"]),
        (
            "Term\n:   old meaning here",
            "Term\n:   new meaning here",
            ["amended -old+new meaning here"],
        ),
        ("> He said yes", "> He said no", ["amended He said -yes+no"]),
        ("    if a: b", "    if a: c", ["amended if a: -b+c"]),
        (
            "!!! note\n    Take great care",
            "!!! note\n    Take little care",
            ["amended Take -great+little care"],
        ),
        ("個人情報を守る", "個人情報は守る", ["amended 個人情報-を+は守る"]),
    ],
)
def test_what_changed(old: str, new: str, expected: list[str]) -> None:
    assert lines_of(compared(old, new)) == expected


def test_a_block_moved_to_another_section_says_so_at_both_places() -> None:
    change = compared(
        f"# One\n\n{SENTENCE}\n\nStays in one.\n\n# Two\n\nStays in two.",
        f"# One\n\nStays in one.\n\n# Two\n\nStays in two.\n\n{SENTENCE}",
    )
    moved = [b for s in change.sections for b in s.blocks if b.status is BlockStatus.MOVED]
    places = [
        [side.heading if side else None for side in (b.moved_from, b.moved_to)] for b in moved
    ]
    assert places == [[None, "Two"], ["One", None]]
    assert [len(b.cells) for b in moved] == [0, 1]


def test_rows_that_share_no_column_are_not_one_row() -> None:
    change = compared(
        "| Name | Why |\n|-|-|\n| sid | keeps the session of a visitor |",
        "| From | Of | Kept |\n|-|-|-|\n| us | keeps the session of a visitor | a day |",
    )
    assert [line.split()[0] for line in lines_of(change)] == [
        "removed",
        "removed",
        "added",
        "added",
    ]


def test_the_end_of_a_change_is_spoken_where_kept_words_follow() -> None:
    html = redline_html.render(
        compared("Pay now.\n\nThe fee is ten euros", "Pay us now.\n\nThe fee is eleven francs")
    ).partition('id="redline"')[2]
    assert "<ins><gz-s>inserted: </gz-s>us<gz-s> end of insertion</gz-s></ins> now" in html
    assert "ten euros</del> <ins><gz-s>inserted: </gz-s>eleven francs</ins></p>" in html


def test_neighbours_that_came_or_went_whole_are_spoken_of_once_with_their_number() -> None:
    old = "Bring:\n\n- a pen\n- a lamp\n\nThen come.\n\nPay.\n\nGo home.\n\nSleep."
    new = "Bring:\n\n- a pen\n- some *ink*\n- an eraser\n- blotting paper\n- a lamp\n\nThen come."
    html = redline_html.render(compared(old, new)).partition('id="redline"')[2]
    assert "<ins><gz-s>inserted passages (3): </gz-s>some <em>ink</em></ins>" in html
    assert "<ins>an eraser</ins>" in html
    assert "<ins>blotting paper</ins>" in html
    assert "<del><gz-s>deleted passages (3): </gz-s>Pay.</del>" in html
    assert "<p><del>Go home.</del></p>" in html
    assert "<p><del>Sleep.</del></p>" in html


def test_rows_that_came_whole_are_spoken_of_once_whatever_their_cells() -> None:
    head = "| Name | Why |\n|-|-|\n| sid | keeps a session |"
    rows = "".join(f"\n| own{n} | counts visits of kind {n} |" for n in range(3))
    html = redline_html.render(compared(head, head + rows)).partition('id="redline"')[2]
    assert html.count("<gz-s>") == 1
    assert html.count("<ins>") == 6
    assert "<td><ins><gz-s>inserted passages (3): </gz-s>own0</ins></td>" in html


def test_two_neighbours_each_speak_for_themselves_and_so_does_what_has_a_note() -> None:
    html = redline_html.render(compared("Pay.", "Pay.\n\nGo home.\n\nSleep."))
    assert html.partition('id="redline"')[2].count("<gz-s>inserted: </gz-s>") == 2
    heads = "The shop is open from nine in the morning until six in the evening on all days."
    noted = f"{OTHER} Guests of the house read here that {SENTENCE[:50]} and much besides."
    added = f"Go home.\n\nSleep.\n\n{noted}\n\nEat.\n\nDrink."
    html = redline_html.render(compared(f"{heads} {SENTENCE}", f"{heads}\n\n{added}"))
    assert "these words stood elsewhere" in html
    assert html.partition('id="redline"')[2].count("<gz-s>inserted: </gz-s>") == 5


def test_deleted_words_are_set_apart_from_the_words_behind_them() -> None:
    html = redline_html.render(compared("**Fees**<br>Pay at once.", "Pay at once."))
    html = html.partition('id="redline"')[2]
    assert "end of deletion</gz-s></del>Pay" in html
    assert "<br>" in html.partition("</del>Pay")[0].rpartition("<del>")[2]


def test_a_section_without_a_heading_is_called_by_its_first_words() -> None:
    change = compared(f"# \n\n{SENTENCE}", f"# \n\n{SENTENCE} {OTHER}")
    for shown in (redline_html.render(change), redline_markdown.render(change, ENGLISH)):
        assert "“The supplier keeps the records of …”" in shown


def test_a_change_of_form_that_several_blocks_share_is_reported_once() -> None:
    words = ("first duty", "second duty", "third duty")
    old, new = (
        "\n\n".join(f"{mark}The {word}{mark} holds." for word in words) for mark in ("", "*")
    )
    html = redline_html.render(compared(old, new))
    assert html.count("was plain, is now italic") == 1
    assert "3 times: was plain, is now italic" in html
    assert all(f"<li>“The {word}”</li>" in html for word in words)


def test_many_changed_links_of_a_section_are_reported_in_one_list() -> None:
    old, new = (
        "\n\n".join(f"Read [page {at}](https://{host}/{at}) as well." for at in range(5))
        for host in ("old.example", "new.example")
    )
    html = redline_html.render(compared(old, new))
    assert html.count("gz-note") == 1
    assert "<summary>5 links changed</summary>" in html
    assert all(f"<code>https://new.example/{at}</code>" in html for at in range(5))


def test_a_part_of_a_split_section_says_whose_text_it_holds_and_no_more() -> None:
    change = compared(
        f"# 1. Terms\n\n{SENTENCE}\n\n{OTHER}",
        f"# 1. Terms\n\n{SENTENCE}\n\n# 2. Claims\n\n{OTHER}",
    )
    html = redline_html.render(change)
    assert "<gz-b>split</gz-b>" in html
    assert "1. Terms → 2. Claims" in html
    assert "<gz-b>renamed</gz-b>" not in html
    assert "number 1 became" not in html


def test_a_line_that_became_a_heading_or_was_one_stays() -> None:
    line = f"# Terms\n\n{SENTENCE}\n\n**Claims and complaints**\n\n{OTHER}"
    heading = line.replace("**Claims and complaints**", "## Claims and complaints")
    for old, new, kinds in (
        (line, heading, "paragraph, is now a heading"),
        (heading, line, "heading, is now a paragraph"),
    ):
        change = compared(old, new)
        (only,) = lines_of(change)
        assert only.startswith("amended Claims and complaints (layout")
        assert "formatting" not in only
        assert f"Was a {kinds}" in redline_html.render(change)


def test_a_move_within_a_section_names_no_section() -> None:
    change = compared(
        f"# Terms\n\n{SENTENCE}\n\nFirst.\n\nSecond.\n\n{OTHER}",
        f"# Terms\n\nFirst.\n\nSecond.\n\n{OTHER}\n\n{SENTENCE}",
    )
    html = redline_html.render(change)
    assert "that stood here is now elsewhere in this section: “The supplier keeps" in html
    assert "This paragraph stood elsewhere in this section" in html


def test_columns_that_changed_places_are_compared_under_their_headers() -> None:
    change = compared(
        "| Key | Days | Why |\n|-|-|-|\n| Fee | 30 | Costs |",
        "| Key | Why | Days |\n|-|-|-|\n| Fee | Costs | 14 |",
    )
    assert lines_of(change) == [
        "amended Key | Why | Days (column-moved: :  > )",
        "amended Fee | Costs | -30+14",
    ]


def table_html(*rows: str) -> str:
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (  # A cell that covered two rows covers one: the row below it has a cell more.
            ('<td rowspan="2">Barn</td><td>Hay</td><td>9 bales</td>', "<td>Oats</td><td>4</td>"),
            ("<td>Barn</td><td>Hay</td><td>9 bales</td>", "<td>Barn</td><td>Oats</td><td>4</td>"),
            ["amended Barn | Hay | 9 bales (cell-span: Barn: 2 > 1)", "amended +Barn | Oats | 4"],
        ),
        (  # In a row below it, cells stand under their own headers.
            ('<td rowspan="2">Barn</td><td>Hay</td><td>9</td>', "<td>Oats</td><td>4</td>"),
            ('<td rowspan="2">Barn</td><td>Hay</td><td>9</td>', "<td>Oats</td><td>5</td>"),
            ["amended Oats | -4+5"],
        ),
        (  # A cell over all columns.
            ('<td colspan="3">Closed on Mondays</td>',),
            ('<td colspan="3">Closed on Fridays</td>',),
            ["amended Closed on -Mondays+Fridays"],
        ),
    ],
)
def test_cells_that_span_others_keep_the_columns_of_the_rest(
    old: tuple[str, ...], new: tuple[str, ...], expected: list[str]
) -> None:
    header = "<th>Place</th><th>Feed</th><th>Store</th>"
    change = compared(table_html(header, *old), table_html(header, *new))
    assert [line for line in lines_of(change) if line.startswith("amended")] == expected


def test_boilerplate_that_stands_twice_never_moves() -> None:
    change = compared(
        f"# A\n\n{SENTENCE}\n\n# B\n\n{SENTENCE}\n\n# C\n\ntext",
        f"# A\n\n# B\n\n# C\n\ntext\n\n{SENTENCE}",
    )
    assert all(b.moved_from is None for s in change.sections for b in s.blocks)


def test_a_link_that_leads_to_the_same_section_as_before_is_no_news() -> None:
    old = f"See [what you pay](#fees).\n\n# Fees\n\n{SENTENCE}\n\n# Law\n\n{OTHER}"
    new = old.replace("# Fees", "# Charges")
    assert lines_of(compared(old, new.replace("#fees", "#charges")))[0].startswith(
        "amended -Fees+Ch"
    )
    assert "link-target" in lines_of(compared(old, new.replace("#fees", "#law")))[0]


def test_an_empty_cell_is_a_cell_in_json() -> None:
    change = compared("| a | b |\n| - | - |\n|  | x |", "| a | b |\n| - | - |\n|  | y |")
    row = json.loads(redline_json.render(change, ENGLISH))["sections"][0]["blocks"][-1]
    assert row["runs"][0][1] == "\n"


def test_a_number_written_before_a_paragraph_is_no_amount() -> None:
    assert not highlights(
        compared(f"11.4\\. {SENTENCE}", f"12.3\\. {SENTENCE}"), Judge(ENGLISH)
    ).entries


# ---- every kind of block, in any mixture ----

INLINE = st.sampled_from(
    [
        "plain words here",
        "**bold** words",
        "a [link](x.md)",
        "a [link](y.md)",
        "`code here`",
        "30 days",
        "must pay",
        "x < y & z",
        "“curly”",
        '"straight"',
        "数据保护",
        "ข้อมูล",
        "שלום",
        "👩‍⚖️",
        "e\u0301t",
        "é",
        "![img](a.png)",
        "*[odd",
        "<b>raw</b>",
        "a\\*b",
        "_it_ is",
        "line  \nbreak",
    ]
)
TEXT = st.lists(INLINE, min_size=1, max_size=5).map(" ".join)
BLOCK = st.one_of(
    TEXT,
    TEXT.map(lambda t: f"## {t}".replace("\n", " ")),
    TEXT.map(lambda t: f"- {t}\n- two\n    - {t}"),
    TEXT.map(lambda t: f"1. {t}\n2. two\n\n    more"),
    TEXT.map(lambda t: f"> {t}"),
    TEXT.map(lambda t: f"| a | b |\n|-|-|\n| {t} | c |".replace("  \n", " ")),
    TEXT.map(lambda t: f"Term\n:   {t}"),
    TEXT.map(lambda t: f"!!! note\n    {t}"),
    TEXT.map(lambda t: f"    {t}"),
    TEXT.map(lambda t: f"```\n{t}\n```"),
    st.just("A note[^1]\n\n[^1]: told"),
    st.just("<div>raw <p>html</p></div>"),
)


def plain(block: dict[str, Any]) -> dict[str, Any] | str:
    """Return a block of a redline; only its words where nothing happened to it."""
    is_kept = block["status"] in ("unchanged", "added", "removed") and not block["notes"]
    return "".join(text for _, text in block["runs"]) if is_kept else block


def put_together(change: SectionChange, published: dict[str, Any]) -> Iterator[Any]:
    """Yield the blocks of a section, those that a published redline refers to by their words."""
    new, old = (side.blocks if side else () for side in (change.new, change.old))
    whole = {"new": 0, "count": len(new)}
    for block in published.get("blocks", [whole]):
        if "count" in block:
            texts, first = (old, block["old"]) if "old" in block else (new, block["new"])
            yield from (text.text for text in texts[first:][: block["count"]])
        else:
            words = words_of(new[block.pop("new")]) if "new" in block else ""
            yield {"notes": [], **block, "runs": [[*run] for run in runs_of(block, words)]}


BODY = st.lists(BLOCK, max_size=6).map("\n\n".join)


@settings(max_examples=150)
@given(BODY, BODY)
def test_every_redline_is_exact_and_every_form_renders(old: str, new: str) -> None:
    change = compared(old, new)
    record = json.loads(redline_json.render(change, ENGLISH))
    published = json.loads(redline_json.published(change, {}, highlights(change, Judge(ENGLISH))))
    listed = [section for section in published["sections"] for _ in range(section.get("count", 1))]
    entries = record["highlights"]["entries"]
    for entry, lean in zip(entries, published["highlights"]["entries"], strict=True):
        assert published["sections"][lean.pop("section")] is listed[entry["section"]]
        left_out = {"section", *(["runs"] if entry["blocks"] else [])}
        assert lean == {name: entry[name] for name in entry if name not in left_out}
        blocks = record["sections"][entry["section"]]["blocks"]
        assert all(blocks[at]["status"] != "unchanged" for at in entry["blocks"])
    for section, whole, lean in zip(change.sections, record["sections"], listed, strict=True):
        assert [*put_together(section, lean)] == [plain(block) for block in whole["blocks"]]
    html5lib.HTMLParser(strict=True).parseFragment(redline_html.render(change))
    assert redline_markdown.render(change, ENGLISH)
    assert "\x1b" not in redline_terminal.render(change, ENGLISH, colour=False, width=96)


def test_a_row_goes_on_in_its_own_table_whatever_another_repeats() -> None:
    old = "## Ours\n\n| Key | Years |\n|-|-|\n| Bills of buyers | 10 |\n| Deeds | 6 |"
    new = "## Ours\n\n| Key | Years |\n|-|-|\n| Deeds | 6 |\n| Bills of buyers | 8 |"
    theirs = "\n\n## Theirs\n\n| Key | Years |\n|-|-|\n| Bills of buyers | 10 |"
    ours, added = compared(old, new + theirs).sections
    moved = [block for block in ours.blocks if block.status is BlockStatus.MOVED and block.new]
    assert [[run.text for cell in block.cells for run in cell.runs] for block in moved] == [
        ["Bills of buyers", "10", "8"]
    ]
    assert {block.status for block in added.blocks} == {BlockStatus.ADDED}


@settings(max_examples=50)
@given(BODY)
def test_a_text_against_itself_has_no_changes(body: str) -> None:
    assert compared(body, body).changed == ()

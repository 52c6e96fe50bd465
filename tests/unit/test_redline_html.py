"""A redline as HTML: what surrounds its sections."""

from __future__ import annotations

import re

import html5lib  # type: ignore[import-untyped]
import pytest

from gazette.forms import redline_html
from gazette.text.reader import read_document
from gazette.text.redline import redline


def rendered(old: str, new: str) -> str:
    return redline_html.render(redline(read_document(old), read_document(new)))


def test_very_many_changed_sections_are_listed_in_two_parts() -> None:
    old = "\n\n".join(f"## Part {n}\n\nIt costs {n} euros a month." for n in range(1, 51))
    html = rendered(old, old.replace("euros", "dollars"))
    jumps = html[html.index('<nav class="gz-jump"') : html.index("</nav>")]
    shown, _, more = jumps.rpartition("<details>")
    assert len(re.findall(r'href="#change-', shown)) == 30
    assert "<summary>20 more changed sections</summary>" in more
    assert len(re.findall(r'href="#change-', more)) == 20


def test_the_next_word_is_a_unit_only_when_it_can_be_one() -> None:
    months = rendered("Kept for 6 months.", "Kept for 9 months.")
    assert re.search(r"6 months</del>.*9 months</ins>", months)
    days = rendered("Kept for 30 Tage.", "Kept for 14 Tage.")
    assert re.search(r"30 Tage</del>.*14 Tage</ins>", days)
    dates = rendered("Changed 12/08/2025 See the archive.", "Changed 04/13/2026 See the archive.")
    assert re.search(r"12/08/2025</del>.*04/13/2026</ins>", dates)


def test_an_image_beside_its_like_is_shown_as_inserted_or_deleted() -> None:
    single, double = "A map: ![Map](map.png)", "A map: ![Map](map.png) ![Map](map.png)"
    image = '<img alt="Map" src="map.png">'
    assert f"<ins><gz-s>inserted: </gz-s>{image}" in rendered(single, double)
    assert f"<del><gz-s>deleted: </gz-s>{image}" in rendered(double, single)


def test_an_empty_item_and_an_empty_row_are_reported() -> None:
    head, last = "| A | B |\n|-|-|\n", "| 1 | 2 |\n"
    old = f"1. Pay.\n2. Send.\n\n{head}{last}"
    new = f"1. Pay.\n2.\n3. Send.\n\n{head}|  |  |\n{last}"
    for html, event in ((rendered(old, new), "added"), (rendered(new, old), "removed")):
        assert f"An empty list item was {event}" in html
        assert f"An empty table row was {event}" in html


LONG = [
    f"Part {number}. {'The supplier keeps the records of every order. ' * 3}"
    for number in "123456789"
]


def folded(old: str, new: str, page: str = "../new/") -> str:
    before, after = read_document(old), read_document(new)
    return redline_html.render(redline(before, after), "../old/", page)


def test_unchanged_blocks_between_changes_are_folded_to_a_link() -> None:
    body = "# Terms\n\n" + "\n\n".join(LONG)
    html = folded(body, body.replace("Part 5", "Part V"))
    assert html.count('<a class="gz-page" href="../new/#terms">Unchanged passages: 3</a>') == 2
    assert [number for number in "123456789" if f"Part {number}." in html] == ["4", "6"]
    assert "\0" not in html
    assert all(f"Part {number}." in folded(body, f"{body}\n\nMore.", "") for number in "123456789")


LEADS = re.compile(r'<details class="gz-lead"><summary>([^<]*)</summary>(.*?)</details>', re.S)


def test_unchanged_words_before_the_first_change_are_folded_and_stay_in_the_page() -> None:
    body = f"# Terms\n\n{LONG[0]}\n\n{LONG[1]}\n\n{' '.join(LONG)}\n\n{LONG[2]}"
    html = folded(body, body.replace("Part 9", "Part IX").replace("Part 3", "Part III"))
    html5lib.HTMLParser(strict=True).parseFragment(html)
    (blocks, words), (beginning, sentences) = LEADS.findall(html)
    assert blocks == "Unchanged passages: 2"
    assert [word for word in words.split() if word in ("1.", "2.")] == ["1.", "2."]
    assert beginning == "Unchanged beginning"
    assert "Part 2." in sentences
    kept = html[html.index("</details>", html.index(sentences)) :].partition("<del>")[0]
    assert len(re.sub(r"<[^>]*>", "", kept).strip()) <= 140


def test_a_part_of_unchanged_code_before_its_first_change_is_folded_line_by_line() -> None:
    code = "\n".join(f"    {text}" for text in LONG)
    html = folded(f"# Terms\n\n{code}", f"# Terms\n\n{code.replace('Part 4', 'Part IV')}")
    [(_, lines)] = LEADS.findall(html)
    assert lines.strip().startswith("<pre>")
    assert lines.count("\n") >= 2


def test_unchanged_rows_before_the_first_changed_row_are_folded_below_their_headers() -> None:
    rows = "\n".join(f"| {text} | c |" for text in LONG)
    old = f"# Terms\n\n| a | b |\n|-|-|\n{rows}"
    html = folded(old, old.replace("Part 5", "Part V"))
    html5lib.HTMLParser(strict=True).parseFragment(html)
    [(number, words)] = LEADS.findall(html)
    assert number == "Unchanged passages: 4"
    assert words.count("<tr>") == 4
    assert html.index("<th>") < html.index(words) < html.index("<gz-s>") < html.index("Part 6")
    spanned = "<table><tr><td rowspan=2>{}</td><td>x</td></tr><tr><td>{}</td></tr>"
    spanned += "<tr><td>{}</td><td>y</td></tr></table>"
    new = spanned.format(*LONG[:2], "Part III.")
    assert not LEADS.search(folded(spanned.format(*LONG[:3]), new))


def test_lists_begin_again_behind_what_is_folded() -> None:
    body = "# Terms\n\n" + "\n".join(f"{number}. {text}" for number, text in enumerate(LONG, 1))
    html = folded(body, body.replace("Part 1", "Part I").replace("Part 9", "Part IX"))
    html5lib.HTMLParser(strict=True).parseFragment(html)
    assert html[html.index("</nav>") :].count("<ol>") == 2
    assert html.index("Part 2") < html.index("Unchanged passages: 5") < html.index("Part 8")
    assert '<li value="8">' in html


@pytest.mark.parametrize(
    "texts",
    [
        "| a | b |\n|-|-|\n" + "\n".join(f"| {text[:7]} | c |" for text in LONG),
        "<details><summary>More</summary>\n\n" + "\n\n".join(LONG) + "\n\n</details>",
        "\n\n".join(text[:20] for text in LONG),
    ],
)
def test_short_tables_and_what_opens_and_short_texts_are_shown_whole(texts: str) -> None:
    html = folded(f"# Terms\n\n{texts}", f"# Terms\n\n{texts.replace('Part 5', 'Part V')}")
    assert "Unchanged passages" not in html


def test_folded_entries_of_what_matters_first_stand_together_by_their_sections() -> None:
    """A long list names each section once, in the order of its first entry."""
    kept = [f"## Part {part}\n\nThis is part {part}." for part in "ABC"]
    more = "You must pay {0} euros.\n\nWe may end it within {0} days.\n\nYou can appeal {0} times."
    longer = [f"{part}\n\n{more.format(10 + n)}" for n, part in enumerate(kept)]
    html = folded("# Terms\n\n" + "\n\n".join(kept), "# Terms\n\n" + "\n\n".join(longer))
    start = html.index('id="what-matters-first"')
    matters = html[start : html.index('id="redline"')]
    html5lib.HTMLParser(strict=True).parseFragment(html)
    rest = matters.partition("</summary>")[2]
    names = re.findall(r'<a href="#change-([^"]*)">', rest)
    assert sorted(names) == ["part-a", "part-b", "part-c"]
    assert rest.count("<b>") > len(names)


def test_words_that_lead_up_to_a_list_stand_before_its_first_folded_entry_alone() -> None:
    duties = ("pay {} euros for a lamp", "come within {} days", "bring {} copies of your pass")
    body = (
        "# Terms\n\nWho hires a bicycle from us has to accept that they must:\n\n- {}\n- {}\n- {}"
    )
    old, new = (
        body.format(*(duty.format(number + n) for n, duty in enumerate(duties)))
        for number in (10, 20)
    )
    html = folded(old, new)
    matters = html[html.index('id="what-matters-first"') : html.index('id="redline"')]
    rest = matters.partition("</summary>")[2]
    assert rest.count("<b>") == 2
    assert rest.count("</b> Who hires a bicycle from us has to accept that they must: ") == 1
    assert rest.count("</b> … ") == 1


def test_changes_of_an_entry_between_which_no_words_stay_are_spoken_as_one() -> None:
    towns = "\n".join(f"- {town}" for town in ("Lund", "Malmö", "Ystad"))
    old = "# Terms\n\nYou must pay a fee of 5 euros if you live in:\n\n- Kiruna"
    html = folded(old, f"{old}\n{towns}")
    matters = html[html.index('id="what-matters-first"') : html.index('id="redline"')]
    assert "<ins><gz-s>inserted: </gz-s>Lund</ins> <ins>Malmö</ins> <ins>Ystad</ins>" in matters


def test_links_that_came_or_went_are_named_so() -> None:
    plain = "# Terms\n\nRead our rules and the law of your land before you hire a bicycle."
    linked = plain.replace("our rules", "[our rules](https://a.example/)")
    assert "“our rules”: link to <code>https://a.example/</code> added" in folded(plain, linked)
    assert "“our rules”: link to <code>https://a.example/</code> removed" in folded(linked, plain)


def test_a_redline_without_a_change_lists_no_section() -> None:
    text = "# Terms\n\nPay.\n\n## Law\n\nThe law applies."
    html = folded(text, text)
    assert "No section changed." in html
    assert "../new/" not in html
    assert "../new/#law" in folded(text, text.replace("Pay", "Come"))

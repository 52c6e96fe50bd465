"""Texts as rows of tokens: what is one token, how it is compared, and what stands around it."""

from __future__ import annotations

import pytest

from gazette.text.comparison import compare
from gazette.text.reader import read_document
from gazette.text.tokens import LINE, OBJECT, fold, read_inline, words_as_written, words_of
from gazette.text.wording import Op


def keys(html: str) -> list[str]:
    return list(read_inline(html).keys)


@pytest.mark.parametrize(
    "token",
    [
        "word", "don't", "mother-in-law", "1st", "12.50", "1,000,000", "10:30", "5 %", "100%",
        "30€", "30 €", "$ 5", "$1,000.50", "US$ 20", "€12", "£3.5", "¥100", "₹7",
        "2'500'000", "2 500", "2 500,75", "70％", "７０",
        "U.S.", "e.g.", "p.m.",
        "January 5, 2026", "Jan. 5 2026", "5 March 2026", "5th of", "3rd Sept. 2026", "2026-01-05",
        "2026/1/5", "05.01.2026", "5/1/2026", "december 24th, 2026",
        "Section 4", "section 4.2", "Articles 12(a)(ii)", "clause 3(b)", "Annex 2", "§ 4",
        "§§ 4.1a", "Appendix 7", "Paragraph 9.9.9",
        "https://example.com/a?b=1&c", "http://a.example/(x", "www.example.com",
        "HTTPS://A.EXAMPLE/b",
        "first.last+tag@mail.example.org", "naïve", "Straße", "Ελλάδα", "Россия", "עברית",
        "हिन्दी", "தமிழ்",
        "👩‍⚖️", "🇩🇪", "👍🏽", "1️⃣", "☎", "→",
    ],
)  # fmt: skip
def test_one_token(token: str) -> None:
    html = token.replace("&", "&amp;")
    expected = [fold(token)] if token != "5th of" else ["5th", "of"]
    assert keys(html) == expected
    assert keys(f"so {html} it") == ["so", *expected, "it"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("a,b", ["a", ",", "b"]),
        ("in 2031 400 of 12 40", ["in", "2031", "400", "of", "12", "40"]),
        ("2’500.75 or 2\u202f500\u00a0€", ["2'500.75", "or", "2 500 €"]),
        ("5'6", ["5", "'", "6"]),
        ("か\u3099き", ["が", "き"]),
        ("(a)", ["(", "a", ")"]),
        ("a - b", ["a", "-", "b"]),
        ("-a- 'b'", ["-", "a", "-", "'", "b", "'"]),
        ("a_b", ["a", "_", "b"]),
        ("end. Next", ["end", ".", "Next"]),
        ("5. Fees", ["5", ".", "Fees"]),
        ("1,5, and", ["1,5", ",", "and"]),
        ("January  5,\n 2026 or 5  %", ["January 5, 2026", "or", "5 %"]),
        ("in May 2026", ["in", "May", "2026"]),
        ("see Section b", ["see", "Section", "b"]),
        ("Section 4th", ["Section", "4th"]),
        ("intersection 4", ["intersection", "4"]),
        ("go to https://a.example/b, now", ["go", "to", "https://a.example/b", ",", "now"]),
        ("(www.a.example)", ["(", "www.a.example", ")"]),
        ("a@b", ["a", "@", "b"]),
        ("“x” and ‘y’", ['"', "x", '"', "and", "'", "y", "'"]),
        ("個人X情", ["個", "人", "X", "情"]),
        ("XXL サイズ 数", ["XXL", "サ", "イ", "ズ", "数"]),
        ("ที่X นี่XL", ["ที่", "X", "นี่", "XL"]),
        ("ភាសា XL", ["ភា", "សា", "XL"]),
        ("မြန်မာ", ["မြ", "န်", "မာ"]),
        ("👍X 👍🏽XX →X", ["👍", "X", "👍🏽", "XX", "→", "X"]),
        ("🇩🇪🇫🇷X", ["🇩🇪", "🇫🇷", "X"]),
        ("👩‍⚖️X👩", ["👩‍⚖️", "X", "👩"]),
        ("نَصّ XX", ["نَصّ", "XX"]),
        ("5\u0301X 12天", ["5\u0301X", "12", "天"]),
        ("수수료 30일", ["수수료", "30일"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("’", "'"), ("‘", "'"), ("ʼ", "'"), ("‛", "'"),
        ("“", '"'), ("”", '"'), ("„", '"'), ("‟", '"'),
        ("‑", "-"), ("‐", "-"), ("–", "–"), ("«", "«"),
        ("a\u00a0b", "a b"), ("a\u202fb", "a b"), ("a\u00adb", "ab"),
        ("a\u200bb", "ab"), ("\ufeffa", "a"), ("a\u200cb", "ab"), ("a\u200db", "ab"),
        ("می\u200cروم", "می\u200cروم"), ("می\u200c روم", "می روم"), ("क्\u200dष", "क्\u200dष"),
        ("e\u0301", "é"), (" é  é\n", "é é"), ("A’s “b”", "A's \"b\""),
        ("plain  ascii", "plain  ascii"),
    ],
)  # fmt: skip
def test_text_as_it_is_compared(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Fee’s due, 30 days!", ["The", "Fee", "s", "due", "30", "days"]),
        ("個人の XXL", ["個", "人", "の", "XXL"]),
        ("ที่ ABC", ["ท", "ABC"]),
        ("…", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert [word for word in words_as_written(text) if word.isalnum()] == words
    assert words_of(text) == [word.casefold() for word in words_as_written(text)]
    (block,) = read_document(text).sections[0].blocks
    assert block.words == tuple(words_of(text))


# ---- where a token stands, and what stands around it ----


def test_places_of_tokens_in_the_visible_text() -> None:
    inline = read_inline("Pay  <b>now</b>, or<br>go")
    assert inline.text == f"Pay  now, or{LINE}go"
    assert [inline.text[x:y] for x, y in zip(inline.starts, inline.ends, strict=True)] == [
        "Pay", "now", ",", "or", "go",
    ]  # fmt: skip
    assert [inline.spaced(at) for at in range(5)] == [False, True, False, True, True]
    assert read_inline(" Pay").spaced(0)


def test_elements_around_a_token() -> None:
    inline = read_inline('a <a href="x.md" id="i" name="n"><em>b</em> c</a> <b class="k">d</b> e')
    link = ("a", ' href="x.md"')
    assert [inline.marks(at) for at in range(5)] == [
        (),
        (link, ("em", "")),
        (link,),
        (("b", ' class="k"'),),
        (),
    ]
    assert list(inline.turns(0, 5)) == [0, 1, 2, 3, 4]
    assert list(inline.turns(2, 4)) == [2, 3]
    assert list(inline.turns(2, 2)) == []
    assert list(read_inline("a b <b>c d e</b> f").turns(0, 6)) == [0, 2, 5]
    assert list(read_inline("a <b>b</b>c d").turns(0, 3)) == [0, 1, 2]
    assert list(read_inline("<b>a b c</b>d e").turns(0, 4)) == [0, 2, 3]
    assert list(read_inline("<b>a b</b>c d").turns(0, 3)) == [0, 1, 2]
    assert read_inline("plain").spans == ((0, 5, ()),)


def test_what_nobody_sees_is_no_white_space() -> None:
    inline = read_inline("so \u200b(it)\u200b is")
    assert [inline.gap(at) for at in range(5)] == ["", " ", "", "", " "]


@pytest.mark.parametrize("tag", ["hr", "img", "input"])
def test_what_is_no_text_is_a_token(tag: str) -> None:
    inline = read_inline(f"before<{tag}>behind")
    assert inline.text == f"before{OBJECT}behind"
    assert [key for key in inline.keys if tag not in key] == ["before", "behind"]


def test_pieces_of_the_text_between_two_places() -> None:
    inline = read_inline("one <b>two</b> three")
    bold = (("b", ""),)
    assert list(inline.pieces(0, 13)) == [("one ", ()), ("two", bold), (" three", ())]
    assert list(inline.pieces(2, 6)) == [("e ", ()), ("tw", bold)]
    assert list(inline.pieces(5, 6)) == [("w", bold)]
    assert list(inline.pieces(3, 3)) == []


def test_an_image_is_compared_by_its_address_and_description() -> None:
    def image(source: str, words: str) -> str:
        return f'See <img src="{source}" alt="{words}"> here'

    seen, same, other, renamed = (
        keys(image(*of)) for of in (("a", "x"), ("a", "x"), ("b", "x"), ("a", "y"))
    )
    assert len(seen) == 3
    assert seen == same
    assert seen != other
    assert seen != renamed
    assert keys(f"<b>{image('a', 'x')}</b>") == seen


def test_signs_written_by_their_names() -> None:
    assert keys("a &amp; b &lt;c&gt;") == ["a", "&", "b", "<", "c", ">"]
    assert keys("<!-- nothing -->a") == ["a"]


def test_a_number_before_signs_is_a_word_of_its_own() -> None:
    assert words_of("90天内。90日以内") == ["90", "天", "内", "90", "日", "以", "内"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<ul><li>ponies</li><li>carts</li></ul>", "ponies carts"),
        ("<p>ponies</p><p>carts</p>", "ponies carts"),
        ("ponies<br>carts", "ponies carts"),
        ('ponies<sup><a class="footnote-ref" href="#fn:1">1</a></sup>', "ponies 1"),
        ("po<b>nies</b>", "ponies"),
        ("m<sup>2</sup>", "m2"),
    ],
)
def test_words_stand_apart_where_a_reader_sees_a_border(html: str, expected: str) -> None:
    cells = read_document(f"<table><tr><td>{html}</td></tr></table>").sections[0].blocks[0].cells
    assert cells[0].text == expected
    assert keys(html) == expected.split()


@pytest.mark.parametrize(
    ("old", "new", "marks"),
    [
        ("Within １４ days pay ５．５％.", "Within 14 days pay 5.5%.", set()),
        ("Pay ￥１，０００ at １０：３０.", "Pay ￥1,000 at 10:30.", set()),
        ("２０２５年１月１日から５０　％です。", "2025年1月1日から50 %です。", set()),
        ("５．５ and 3．4 ％", "5.5 and 3．4 ％", set()),
        ("料金は１００円です。", "料金は120円です。", {"１００", "120"}),
    ],
)
def test_full_width_figures_are_the_same_as_plain_ones(old: str, new: str, marks: set[str]) -> None:
    change = compare(read_document(old), read_document(new))
    runs = [run for s in change.sections for b in s.blocks for c in b.cells for run in c.runs]
    assert {run.text for run in runs if run.op is not Op.KEPT} == marks

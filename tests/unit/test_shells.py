"""Pages filled into a shell of the theme."""

from __future__ import annotations

import json
import re

import pytest

from gazette.build.shell_script import split_script
from gazette.build.shells import ADDRESSES, fill, folded_frame, read_shell
from gazette.errors import GazetteError
from gazette.site.outputs import Page
from published import policy, version

ADDRESS = ADDRESSES[-1]
RENDERED = f"""<title>gazette-slot-title - Help</title>
<meta name="description" content="gazette-slot-description">
<meta name="robots" content="gazette-slot-robots">
<link rel="canonical" href="https://help.example.com/{ADDRESS}">
<a href="#gazette-slot-title">Skip</a>
<a href="#gazette-slot-policy" class="md-nav__link">gazette-slot-policy</a>
<a href="#gazette-slot-archive" class="md-nav__link">All versions</a>
<details class="gz-toc"><summary>Contents</summary><ul><li class="md-nav__item">
  <a href="#gazette-slot-anchor" class="md-nav__link">gazette-slot-heading</a>
</li></ul></details>
<article><h1 id="gazette-slot-title">gazette-slot-title</h1>
<h2 id="gazette-slot-anchor">gazette-slot-heading</h2>
<p>gazette-slot-end</p></article>
<footer></footer>"""
HEADER = """<head><title>gazette-slot-title - 🛟 A&amp;B</title><script>scope = 1</script></head>
<input class="t" id="__search"><header><nav>
<div class="t" data-md-component="header-topic"><b>gazette-slot-title</b></div>
<form class="o" data-md-component="palette"><input></form>
<script>var palette = 1</script>
<label class="md-header__button i" for="__search"><svg></svg></label>
<div class="s" data-md-component="search"><div>Search</div></div>
<div class="source"></div>
</nav></header>
<label class="md-nav__title" for="__drawer">Help</label>
<footer><div></div></footer>
<button data-md-component="top">Top</button>
<div class="d" data-md-component="dialog"><div></div></div>
<script id="__config" type="application/json">{"base": "."}</script>
<script src="bundle.js"></script>"""


def page(**changed: object) -> Page:
    values: dict[str, object] = {
        "address": "policies/terms/versions/2026-03-31.v1/",
        "policy": policy(version("2026-03-31.v1", title="Terms & fees")),
        "title": "Terms & fees",
        "description": 'All "fees"',
        "article": "<h1>Terms</h1>",
        "contents": (("fees", "1. Fees"), ("end", "2. <End>")),
        "canonical": "policies/terms/",
    }
    return Page(**{**values, **changed})  # type: ignore[arg-type]


def held(code: str) -> list[str]:
    """Return what the script of a shell puts into pages: parts and marks."""
    return re.findall(r"^  const (?:parts|marks) = (.*);$", code, re.M)


def test_every_slot_is_filled_and_escaped() -> None:
    filled = fill(read_shell(ADDRESS, RENDERED), page(indexed=True))
    assert "gazette-slot" not in filled
    assert "<title>Terms &amp; fees - Help</title>" in filled
    assert "<link rel=canonical href=https://help.example.com/policies/terms/>" in filled
    assert "<a href=#gz-title>Skip</a>" in filled
    assert "<article><h1>Terms</h1></article>" in filled
    assert filled.index("href=#fees") < filled.index("href=#end")
    assert "2. &lt;End&gt;" in filled


@pytest.mark.parametrize(
    ("name", "quoted"), [("gebühren", "geb%C3%BChren"), ("a%41", "a%2541"), ("a&b", "a%26b")]
)
def test_the_address_for_search_engines_is_quoted(name: str, quoted: str) -> None:
    canonical = f"policies/terms/sections/{name}/"
    filled = fill(read_shell(ADDRESS, RENDERED), page(canonical=canonical, indexed=True))
    assert f"href=https://help.example.com/policies/terms/sections/{quoted}/>" in filled


def test_marks_without_a_text_and_frames_around_that_of_a_link_are_left_out() -> None:
    announce = '<div data-md-component="announce">\n</div>'
    rendered = RENDERED.replace("<a ", f'<meta name="generator" content="x">{announce}<a ', 1)
    for text in ("gazette-slot-policy", "gazette-slot-heading"):
        framed = f' class="md-nav__link">\n<span class="md-ellipsis">\n{text}\n</span>\n</a>'
        rendered = rendered.replace(f' class="md-nav__link">{text}</a>', framed)
    bare = read_shell(ADDRESS, RENDERED)
    assert fill(read_shell(ADDRESS, rendered), page()) == fill(bare, page())
    spoken = announce.replace("\n", "<p>Closed today</p>")
    filled = fill(read_shell(ADDRESS, rendered.replace(announce, spoken)), page())
    assert "<div data-md-component=announce><p>Closed today</div>" in filled


def test_entries_of_the_table_of_contents_have_their_classes_from_a_script() -> None:
    filled = fill(read_shell(ADDRESS, RENDERED), page())
    assert "<ul><li><a href=#fees>1. Fees</a><li><a href=#end>2." in filled
    other = RENDERED.replace("<details", "<p")  # the script knows the list by its own class
    assert "<li class=md-nav__item><a href=#fees class=md-nav__link>1. Fees" in fill(
        read_shell(ADDRESS, other), page()
    )


@pytest.mark.parametrize(("colour", "is_kept"), [("custom", False), ("indigo", True)])
def test_a_page_is_marked_with_colours_of_the_theme_alone(colour: str, is_kept: bool) -> None:
    body = f'<body dir="ltr" data-md-color-primary="{colour}" data-md-color-accent="{colour}">'
    filled = fill(read_shell(ADDRESS, body + RENDERED), page())
    kept = f" data-md-color-primary={colour} data-md-color-accent={colour}" if is_kept else ""
    assert filled.startswith(f"<body dir=ltr{kept}>")


def test_an_empty_table_of_contents_is_left_out() -> None:
    filled = fill(read_shell(ADDRESS, RENDERED), page(contents=()))
    assert "Contents" not in filled
    assert "<ul>" not in filled
    other = RENDERED.replace("<details", "<p")
    assert "<ul>" in fill(read_shell(ADDRESS, other), page(contents=()))


def test_search_engines_alone_learn_the_address_of_a_page() -> None:
    shell = read_shell(ADDRESS, RENDERED)
    assert "canonical" not in fill(shell, page())
    for is_indexed in (True, False):
        assert 'content="All &quot;fees&quot;"' in fill(shell, page(indexed=is_indexed))


@pytest.mark.parametrize(("indexed", "robots"), [(True, "index"), (False, "noindex")])
def test_robots(indexed: bool, robots: str) -> None:
    filled = fill(read_shell(ADDRESS, RENDERED), page(indexed=indexed))
    assert f"<meta name=robots content={robots}>" in filled


def test_navigation_leads_to_the_policy_and_its_archive() -> None:
    filled = fill(read_shell(ADDRESS, RENDERED), page())
    assert "<a href=../../ aria-current=true class=md-nav__link>Terms &amp; fees<" in filled
    assert "<a href=../ class=md-nav__link>All versions<" in filled
    archive = fill(read_shell(ADDRESS, RENDERED), page(address="policies/terms/versions/"))
    assert "<a href=./ aria-current=page class=md-nav__link>All versions<" in archive


def test_text_that_speaks_of_slots_stays_as_it_is() -> None:
    filled = fill(read_shell(ADDRESS, RENDERED), page(article="<b>gazette-slot-title</b>"))
    assert "<b>gazette-slot-title</b>" in filled


def test_a_theme_without_slots_is_refused_with_what_to_change() -> None:
    with pytest.raises(GazetteError, match="table of contents"):
        read_shell(ADDRESS, RENDERED.replace("md-nav__item", "other"))


def test_white_space_that_counts_stays() -> None:
    shell = "<p title='a  b'>a\n\n b   c</p>  <pre>\n  x</pre><!--  -->\n\n<b>x</b>\n <i>y</i>\n"
    filled = fill(read_shell(ADDRESS, f"{shell}<div>  <a>z</a>\n</div>  \n{RENDERED}"), page())
    assert filled.startswith(
        "<p title='a  b'>a\nb c <pre>\n  x</pre><!--  -->\n<b>x</b>\n<i>y</i>"
        "<div><a>z</a></div><title>"
    )


def test_lines_around_a_text_are_folded() -> None:
    text = "<article>\n\n  <pre>\n  x</pre>\n</article>"
    assert folded_frame(f"<nav>\n\n   <a>x</a>\n  </nav>{text}  \n") == (
        f"<nav>\n<a>x</a>\n</nav>{text}\n"
    )


@pytest.mark.parametrize("frame", ["<pre>\n  x</pre>", "<script>`\n  x`</script>"])
def test_a_frame_whose_lines_may_count_stays(frame: str) -> None:
    for page_ in (f"{frame}\n  <article></article>", f"<article></article>\n  {frame}"):
        assert folded_frame(page_) == page_
    assert folded_frame("<p>\n  x</p>") == "<p>\n  x</p>"


def test_what_only_scripts_use_is_in_a_script_that_puts_it_back() -> None:
    slim, script = split_script(ADDRESS, HEADER)
    assert script is not None
    for part in (
        "scope",
        "palette",
        "Search",
        "Help",
        "Top",
        "dialog",
        "footer",
        "__config",
    ):
        assert part not in slim
    assert b"gazette-slot" not in script.content
    code = script.content.decode()
    parts, marks = held(code)
    assert marks == "[]"
    assert code.index("scope = 1") < code.index(parts) < code.index("var palette = 1")
    for place, part in enumerate(json.loads(parts)):
        slim = slim.replace(
            f'<i id="gz-{place}"></i>', part.replace("{own title}", "gazette-slot-title")
        )
    slim, count = re.subn(r'<script src="(\.\./)+assets/[^"]*"></script>', "", slim)
    assert count == 1
    expected = HEADER.replace("<script>scope = 1</script>", "")
    expected = expected.replace("<script>var palette = 1</script>", "")
    assert slim == expected
    assert "slice(0, document.title.length - 9)" in code  # as scripts count: 🛟 is two letters


def test_the_picture_that_opens_the_navigation_is_in_the_script() -> None:
    label = '<label class="n" for="__drawer">\n <svg><path/></svg></label>'
    slim, script = split_script(ADDRESS, HEADER.replace("<nav>", f"<nav>{label}"))
    assert script is not None
    assert re.search(r'<label class="n" for="__drawer"><i id="gz-\d"></i></label>', slim)
    assert "<svg><path/></svg>" in script.content.decode()


def test_a_footer_with_a_text_stays() -> None:
    page_ = HEADER.replace("<footer><div></div>", "<footer><div><a href='x'></a></div>")
    assert "<footer><div><a href='x'></a></div></footer>" in split_script(ADDRESS, page_)[0]


def test_marks_that_only_scripts_look_for_are_in_the_script_with_their_classes() -> None:
    marked = (
        '<main class="a b" data-md-component="main">',
        '<i class="c" data-md-component="c"><i class="c">',
        '<div class="d" data-md-component="side" data-md-type="toc" >',
        '<ul class="e" data-md-scrollfix>',
    )
    slim, script = split_script(ADDRESS, HEADER + "".join(marked))
    assert script is not None
    assert slim.endswith(f'<main class="a b">{marked[1]}<div class="d"><ul class="e">')
    _, marks = held(script.content.decode())
    assert json.loads(marks) == [
        ["a b", [["data-md-component", "main"]]],
        ["d", [["data-md-component", "side"], ["data-md-type", "toc"]]],
        ["e", [["data-md-scrollfix", ""]]],
    ]


def test_pages_without_contents_keep_their_room() -> None:
    side = '<div class="md-sidebar md-sidebar--secondary"><div class="w"><div class="i"><nav>'
    framed = RENDERED.replace("<details", f"{side}<details").replace(
        "</details>\n<article>", "</details></nav></div></div></div>\n<article>"
    )
    shell = read_shell(ADDRESS, framed)
    lean = side.replace('"w"', "w").replace('"i"', "i")
    assert f"{lean}<details" in fill(shell, page())
    assert fill(shell, page()).count("</nav></div></div></div>") == 1
    empty = fill(shell, page(contents=()))
    assert '<div class="md-sidebar--secondary md-sidebar"></div>' in empty
    assert "<nav>" not in empty


@pytest.mark.parametrize("absent", ["</header>", "__config"])
def test_a_page_with_another_header_stays_as_it_is(absent: str) -> None:
    other = HEADER.replace(absent, "x")
    assert split_script(ADDRESS, other) == (other, None)


def test_a_script_that_may_need_those_before_it_keeps_them() -> None:
    asking = "<script>ask(scope)</script>"
    slim, script = split_script(ADDRESS, HEADER.replace("</head>", f"{asking}</head>"))
    assert script is not None
    assert slim.partition("</title>")[2].startswith(f"<script>scope = 1</script>{asking}</head>")
    assert "scope" not in script.content.decode()


def test_a_theme_without_search_and_palette_keeps_its_settings_in_a_script() -> None:
    bare = "<header></header><script id='x'></script>"
    settings = '<script id="__config" type="application/json">{}</script>'
    slim, script = split_script(ADDRESS, bare + settings)
    assert script is not None
    assert settings not in slim
    assert json.dumps([settings]) in script.content.decode()

"""Pages that open without a server: every link inside the site names a file."""

from __future__ import annotations

import pytest

from gazette.site.file_links import with_file_links

PLAIN = "<p>The folder <code>policies/</code>, and <b title='a/'>no link</b>.</p>"


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("policies/terms/", "policies/terms/index.html"),
        ("../", "../index.html"),
        ("..", "../index.html"),
        (".", "./index.html"),
        ("./", "./index.html"),
        ("../..", "../../index.html"),
        ("../fees/#3-refunds", "../fees/index.html#3-refunds"),
        ("versions/?page=2#top", "versions/index.html?page=2#top"),
        ("../a&amp;b/", "../a&amp;b/index.html"),
    ],
)
def test_a_link_to_a_folder_names_the_page_in_it(link: str, file: str) -> None:
    for quote in ('"', "'"):
        page = f"<a class='x > y' href={quote}{link}{quote} title={quote}a > b/{quote}>Read</a>"
        assert with_file_links(page) == page.replace(f"={quote}{link}", f"={quote}{file}")


@pytest.mark.parametrize(
    "link",
    [
        "#section",
        "",
        "?q=x",
        "terms.md",
        "feed.xml",
        "../assets/logo.svg",
        "index.html",
        "https://help.example.com/policies/",
        "//cdn.example.com/x/",
        "mailto:support@example.com",
        "/policies/",
    ],
)
def test_other_links_stay(link: str) -> None:
    page = f'<a href="{link}">Read</a>'
    assert with_file_links(page) == page


def test_pages_that_lead_on_lead_to_a_file() -> None:
    page = '<meta http-equiv="refresh" content="0; url=../prices/">'
    assert with_file_links(page) == page.replace("prices/", "prices/index.html")


def test_other_elements_that_lead_to_pages_are_read_as_well() -> None:
    page = '<FORM ACTION="search/"><link rel="prev" href="../"><iframe src=terms/></iframe></FORM>'
    assert with_file_links(page) == (
        '<FORM ACTION="search/index.html"><link rel="prev" href="../index.html">'
        "<iframe src=terms/index.html></iframe></FORM>"
    )


def test_what_is_no_link_stays() -> None:
    assert with_file_links(PLAIN) == PLAIN
    assert with_file_links('<a href="unclosed/') == '<a href="unclosed/'

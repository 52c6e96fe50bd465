"""What moved says from where, and its old place is marked; both lead to each other."""

from __future__ import annotations

from typing import Any

import pytest

from gazette.model import Status
from published import html, policy, published, tree, version

SECTIONS = {
    "Fees": "A fee of three coins is due each month, and nobody pays twice for it.",
    "Tools": "Hammers and saws are lent for a week to members. Bring them back.",
    "Law": "Courts decide where you live.",
    "Records": "We keep records of every loan for a year and then delete them.",
}
CARETAKER = "The caretaker opens the workshop at nine on working days and at ten on Saturdays."


def text(order: str, **more: str) -> str:
    parts = [f"## {name}\n\n{SECTIONS[name]}\n\n{more.get(name, '')}" for name in order.split()]
    return "\n\n".join(["Begin.", *parts]) + "\n"


def pages(old: str, new: str) -> list[Any]:
    """Return the pages of changes and of everything since, parsed."""
    terms = policy(version("2026-01-05.v1", old), version("2026-02-05.v1", new, Status.IN_FORCE))
    site = published(terms)
    names = ("changes/2026-02-05.v1/", "since/2026-01-05.v1/")
    return [tree(html(site[f"policies/terms/{name}"])) for name in names]


def arrives(page: Any, link: Any) -> Any:
    """Return the element that a link on the page leads to."""
    (element,) = page.xpath("//*[@id=$id]", id=link.get("href")[1:])
    return element


@pytest.mark.parametrize(
    ("order", "stood", "line", "behind"),
    [
        (
            "Records Fees Tools Law",
            {"change-records": "stood after Law"},
            "Records stood here. Now it stands after the opening.",
            "Law",
        ),
        (
            "Tools Law Records Fees",
            {"change-fees": "stood after the opening"},
            "Fees stood here. Now it stands after Records.",
            "Opening",
        ),
    ],
)
def test_a_section_that_moved_leads_to_where_it_stood_and_back(
    order: str, stood: dict[str, str], line: str, behind: str
) -> None:
    for page in pages(text("Fees Tools Law Records"), text(order)):
        origins = page.xpath("//span[@class='gz-origin']/a")
        sections = [origin.getparent().getparent().getparent().get("id") for origin in origins]
        assert dict(zip(sections, (o.text for o in origins), strict=True)) == stood
        for origin, section in zip(origins, sections, strict=True):
            mark = arrives(page, origin)
            assert mark.text_content() == line
            assert arrives(page, mark.find("a")).get("id") == section
            assert behind in mark.getprevious().text_content()


def test_the_first_section_of_a_text_without_an_opening_stood_at_the_beginning() -> None:
    old, new = (text(order).removeprefix("Begin.\n\n") for order in ("Law Fees", "Fees Law"))
    for page in pages(old, new):
        words = [origin.text for origin in page.xpath("//span[@class='gz-origin']/a")]
        lines = [line.text_content() for line in page.xpath("//p[starts-with(@id, 'from-')]")]
        assert (words, lines) in (
            (["stood after Law"], ["Fees stood here. Now it stands at the beginning."]),
            (["stood at the beginning"], ["Law stood here. Now it stands after Fees."]),
        )


def test_a_block_that_moved_leads_to_where_it_stood_and_back() -> None:
    old = text("Fees Tools Law", Fees=CARETAKER)
    new = text("Fees Tools Law", Law=CARETAKER)
    for page in pages(old, new):
        notes = page.xpath("//div[@class='gz-note']")
        words = [note.text_content() for note in notes]
        assert words == [
            "A paragraph that stood here is now in Law: “The caretaker opens the workshop at …”",
            "This paragraph stood in Fees",
        ]
        gone, come = (note.find("a") for note in notes)
        assert arrives(page, gone) is come
        assert arrives(page, come) is gone


def test_a_block_that_moved_within_its_section_leads_to_where_it_stood() -> None:
    blocks = [f"Shelf {at} holds tools that only the caretaker may lend out." for at in "ABCD"]
    old = "## Shelves\n\n" + "\n\n".join(blocks)
    new = "## Shelves\n\n" + "\n\n".join([*blocks[1:], blocks[0]])
    for page in pages(old, new):
        gone, come = page.xpath("//div[@class='gz-note']/a")
        assert arrives(page, gone) is come
        assert arrives(page, come) is gone
        assert "elsewhere in this section" in gone.text_content()


def test_nothing_leads_to_words_for_which_a_page_has_no_room() -> None:
    filler = "\n\n".join(f"Rule {at} of the long list says something else." for at in range(900))
    old = text("Fees Tools Law", Fees=CARETAKER)
    new = text("Fees Tools Law", Law=f"{CARETAKER}\n\n{filler}")
    for page in pages(old, new):
        links = page.xpath("//div[@class='gz-redline']//a[starts-with(@href, '#')]")
        assert [arrives(page, link).tag for link in links]

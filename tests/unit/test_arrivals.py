"""Every anchor that a policy ever published leads on from the page of its text in force."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from typing import Any

import pytest

from gazette.model import Policy, Slug, Status
from gazette.site.fragments import Fragments
from gazette.site.heading_lines import Lines
from gazette.site.present_text import present_lines
from gazette.site.section_lives import section_lives
from lending import DESK, GUESTS, lending
from published import DAY, SETTINGS, html, policy, published, tree, version
from reading import words


def lines_of(terms: Policy) -> tuple[Lines, str]:
    """Return the lines on the page of a policy, and its text with them."""
    fragments = Fragments({}, SETTINGS.markdown, terms)
    lines = present_lines(SETTINGS, terms, fragments)
    return lines, lines.around(fragments.text(terms.shown).html())


def page(terms: Policy) -> Any:
    return tree(lines_of(terms)[1])


def line(terms: Policy, anchor: str) -> Any:
    """Return the line that whoever follows a link to an anchor sees."""
    [element] = page(terms).xpath(f"//*[@id='{anchor}']")
    assert element.get("class") == "gz-old"
    return element


def heading_below(element: Any) -> str:
    return str(element.xpath("following::h2[1]/@id")[0])


def test_all_anchors_of_all_versions_stand_once_on_the_page() -> None:
    terms = lending()
    anchors = section_lives(
        terms, Fragments({}, SETTINGS.markdown, terms), SETTINGS.markdown
    ).anchors
    ids = page(terms).xpath("//@id")
    assert sorted(set(ids)) == sorted(ids)
    assert set(anchors) <= set(ids)
    assert len(anchors) == 15


def test_an_old_anchor_leads_to_its_successor() -> None:
    element = line(lending(), "3-fines")
    assert words(element) == (
        "You followed a link to section 3 of version 2025-01-05.v1. It is now section 2. "
        "See what changed."
    )
    assert element.xpath(".//a/@href") == ["versions/2025-01-05.v1/#3-fines", "sections/3-fines/"]
    assert heading_below(element) == "2-late-returns"


def test_the_last_version_that_had_the_anchor_is_named() -> None:
    assert "section 3 of version 2025-02-05.v1" in words(line(lending(), "3-late-returns"))


def test_sections_are_distinguished_by_their_headings_where_numbers_are_equal() -> None:
    assert "section 1 of version 2025-02-05.v1. It is now “1. Loans and members”." in words(
        line(lending(), "1-loans")
    )
    assert "“Räume” of version 2025-02-05.v1. It is now “Rooms”." in words(line(lending(), "räume"))


def test_a_section_that_was_merged_leads_to_what_took_it_in() -> None:
    element = line(lending(), "2-members")
    assert "section 2 of version 2025-02-05.v1. It is now section 1." in words(element)
    assert heading_below(element) == "1-loans-and-members"


def test_a_removed_section_leads_to_the_end_with_its_last_wording() -> None:
    element = line(lending(), "guests")
    assert words(element) == (
        "You followed a link to “Guests” of version 2025-01-05.v1. It was removed on "
        f"5 February 2025. It said: “{GUESTS}” Read its history."
    )
    assert element.getparent().get("class") == "gz-gone"
    assert element.xpath("following::h2") == []


def test_an_anchor_in_use_leads_to_itself_and_names_the_others() -> None:
    [heading] = page(lending()).xpath("//*[@id='contact']")
    assert heading.tag == "h2"
    element = heading.getnext()
    assert element.get("class") == "gz-had"
    assert words(element) == (
        "Other sections had this address before: “Contact” of version 2025-01-05.v1, "
        "now “Writing to us”."
    )
    assert element.xpath(".//a/@href") == ["versions/2025-01-05.v1/#contact", "#writing-to-us"]


def test_an_anchor_no_longer_used_that_several_had_leads_to_a_choice() -> None:
    element = line(lending(), "fees")
    assert words(element) == (
        "Several sections had this address: “Fees” of version 2025-01-05.v1, now “Charges”; "
        "“Fees” of version 2025-02-05.v1, now “Deposits”."
    )
    assert element.getparent().get("class") == "gz-gone"


def test_an_opening_takes_what_became_of_a_section() -> None:
    terms = policy(
        version("2026-01-05.v1", f"# Terms\n\n{DESK}\n\n## Law\n\nThe law.\n"),
        version("2026-02-01.v1", f"{DESK}\n\n## Law\n\nThe law.\n", Status.IN_FORCE),
    )
    assert "“Terms” of version 2026-01-05.v1. It is now the opening." in words(line(terms, "terms"))
    assert heading_below(line(terms, "terms")) == "law"


def charges(now: str, before: str = "") -> Policy:
    """Return a policy whose fees are called charges, with what stands below them now and before."""
    older = version("2026-01-05.v1", f"## Fees\n\nTwelve euro.\n{before}")
    newer = f"## Charges\n\nTwelve euro.\n{now}"
    stated = {"Charges": "Fees"}
    return policy(older, version("2026-02-01.v1", newer, Status.IN_FORCE, continues=stated))


def test_an_anchor_that_the_text_gives_to_something_else_is_left_alone() -> None:
    before, now = "The law applies.", "<p id='fees'>The law applies.</p>"
    terms = charges(f"\n## Law\n\n{now}\n", f"\n## Law\n\n{before}\n")
    assert page(terms).xpath("//*[@id='fees']")[0].get("class") is None


def test_an_anchor_of_a_version_to_come_leads_to_its_section_today() -> None:
    terms = lending()
    first, second, third = terms.versions
    today = replace(second, status=Status.IN_FORCE)
    later = replace(third, status=Status.UPCOMING)
    terms = replace(terms, versions=(first, today, later), in_force=today)
    assert "“Rooms” of version 2025-03-05.v1" in words(line(terms, "rooms"))
    assert heading_below(line(terms, "rooms")) == "räume"
    assert page(terms).xpath("//*[@id='1-loans']")[0].tag == "h2"


def test_an_anchor_that_only_a_version_to_come_has_says_so() -> None:
    first = version("2026-01-05.v1", "## Fees\n\nTwelve euro.\n", Status.IN_FORCE)
    body = f"## Fees\n\nTwelve euro.\n\n## Guests\n\n{GUESTS}\n"
    terms = policy(first, version("2026-12-01.v1", body, Status.UPCOMING))
    assert "“Guests” of version 2026-12-01.v1. The text in force does not have it." in words(
        line(terms, "guests")
    )


def test_the_page_of_a_retired_policy_takes_all_anchors() -> None:
    """Those of its last text lead into it: it is shown, with the days on which it was in force."""
    terms = replace(lending(), retired=DAY, in_force=None)
    pages = published(terms)
    shown = tree(pages["policies/lending/"])
    for posted in terms.versions:
        text = tree(pages[f"policies/lending/versions/{posted.id}/"])
        anchors = text.xpath("//*[self::h1 or self::h2 or self::h3]/@id")
        assert anchors
        assert set(anchors) <= set(shown.xpath("//@id"))
    assert shown.xpath("//*[@class='gz-old']")
    assert "It was in force from" in words(shown.xpath("//aside")[0])


def test_lines_escape_what_headings_say() -> None:
    old = "## <b>&\"'</b> & more\n\nTwelve euro is the fee that everybody pays.\n"
    terms = policy(
        version("2026-01-05.v1", old),
        version("2026-02-01.v1", "## Fees\n\nAll else.\n", Status.IN_FORCE),
    )
    text = lines_of(terms)[1]
    assert "<b>" not in text
    assert "&amp;lt;" not in text


def many(count: int) -> Policy:
    """A policy whose sections were all renamed at each of its updates."""
    topics = ("loans", "fines", "halls", "rooms", "lamps", "doors", "desks", "books")
    bodies = [
        "\n".join(
            f"## {at + 1}. {word} the {topic} of part {place}\n\n"
            f"Whoever asks for {topic} gets {topic} number {at} until evening, unless all "
            f"{topic} are taken.\n"
            for at, topic in enumerate(topics)
        )
        for place, word in enumerate(["Using", "Giving", "Sharing", "Lending"][:count])
    ]
    texts = [
        version(f"2026-0{at + 1}-05.v1", body, Status.SUPERSEDED) for at, body in enumerate(bodies)
    ]
    return policy(*texts[:-1], replace(texts[-1], status=Status.IN_FORCE))


def test_an_old_anchor_costs_at_most_150_bytes_on_the_way() -> None:
    lines, text = lines_of(many(4))
    bare = Lines({}, lines.after).around(plain(many(4)))
    anchors = text.count('class="gz-old"')
    assert anchors == 24
    cost = len(gzip.compress(text.encode())) - len(gzip.compress(bare.encode()))
    assert cost / anchors <= 150


def plain(terms: Policy) -> str:
    return Fragments({}, SETTINGS.markdown, terms).text(terms.shown).html()


@pytest.mark.parametrize("name", ["old", "lending"])
def test_links_lead_on_from_the_present_name_of_a_policy(name: str) -> None:
    terms = replace(lending(), slug=Slug("loans"), former_slugs=(Slug(name),))
    assert line(terms, "3-fines").xpath(".//a/@href")[1] == "sections/3-fines/"
    moved = html_of(published(terms)[f"policies/{name}/sections/3-fines/index.html"])
    assert "../../../loans/sections/3-fines/" in moved
    assert "javascripts/moved.js" in moved


def html_of(output: Any) -> str:
    return str(output.content().decode())


def test_version_pages_have_no_lines_for_old_anchors() -> None:
    site = published(lending())
    assert "gz-old" not in html(site["policies/lending/versions/2025-03-05.v1/"])


def test_an_anchor_of_an_earlier_engine_leaves_an_id_of_the_text_alone() -> None:
    text = '## 1. Сборы\n\nTwelve euro.\n\n## Law\n\n<i id="1">First</i> the law.\n'
    site = published(policy(version("2026-01-05.v1", text, Status.IN_FORCE)))
    [place] = tree(site["policies/terms/versions/2026-01-05.v1/"]).xpath("//*[@id='1']")
    assert place.tag == "i"


WITH_PLACES = """The terms of the desk and of those who come to it.

## Loans

You may take six books home.
{: #limit }

<a id="oldplace"></a>Bring them back within four weeks, or tell us before.[^1]

- eggs
- bread
{: #list }

<p id="raw">Nobody else may read what you took home with you.</p>

## Rooms

> ### Quoted heading
>
> Rooms for groups are booked at the desk.

- #### In a list

    A booking ends when nobody comes in time.

<details id="more"><summary>More</summary>

### Inside details

Ask the caretaker.

</details>

## Prices

| a | b |
|---|---|
| <span id="cell">x</span> | y |

[^1]: Or write to us.
"""
PLACES = {
    "limit": "loans",
    "oldplace": "loans",
    "fnref:1": "loans",
    "list": "loans",
    "raw": "loans",
    "quoted-heading": "spaces",
    "in-a-list": "spaces",
    "more": "spaces",
    "inside-details": "spaces",
    "cell": "prices",
    "fn:1": "prices",
}
"""The ids that the text above gives to places in its sections, and where the one below has them."""


def without_places(text: str) -> str:
    """Return the text above with other headings inside its sections, and no ids."""
    text = re.sub(r'\n\{: #.*|<a id.*?</a>| id=".*?"|\[\^1\](?!:)', "", text)
    text = text.replace("[^1]: Or write to us.", "").replace("## Rooms", "## Spaces")
    for heading, other in (("Quoted", "Cited"), ("In a", "On a"), ("Inside", "Within")):
        text = text.replace(heading, other)
    return text


def with_places() -> Policy:
    old = version("2026-01-05.v1", WITH_PLACES)
    return policy(old, version("2026-02-01.v1", without_places(WITH_PLACES), Status.IN_FORCE))


@pytest.mark.parametrize(("anchor", "section"), PLACES.items())
def test_an_anchor_inside_a_section_leads_to_the_section(anchor: str, section: str) -> None:
    element = line(with_places(), anchor)
    assert "of version 2026-01-05.v1. It is now" in words(element)
    assert element.xpath(".//a/@href")[0] == f"versions/2026-01-05.v1/#{anchor}"
    assert heading_below(element) == section


def test_anchors_inside_sections_are_those_of_the_published_page() -> None:
    site = published(with_places())
    text = tree(site["policies/terms/versions/2026-01-05.v1/"]).xpath("//*[@class='gz-text']")[0]
    headings = {"loans", "rooms", "prices"}
    assert {*text.xpath(".//@id")} == {*PLACES} | headings


def test_an_anchor_inside_a_section_that_is_gone_leads_to_its_last_wording() -> None:
    gone = without_places(WITH_PLACES).partition("## Spaces")[0]
    old = version("2026-01-05.v1", WITH_PLACES)
    terms = policy(old, version("2026-02-01.v1", gone, Status.IN_FORCE))
    element = line(terms, "quoted-heading")
    assert "It was removed on 1 February 2026" in words(element)
    assert element.getparent().get("class") == "gz-gone"


def test_an_anchor_that_was_inside_several_sections_leads_to_a_choice() -> None:
    fees, law = ("The fee is twelve euro a year.", "The law of the town applies to all.")
    first = f"## Fees\n\n{fees}\n{{: #it }}\n\n## Law\n\n{law}\n"
    second = f"## Fees\n\n{fees}\n\n## Law\n\n{law}\n{{: #it }}\n"
    third = second.replace("\n{: #it }", "")
    texts = [version(f"2026-0{at}-05.v1", text) for at, text in enumerate((first, second), 1)]
    terms = policy(*texts, version("2026-03-05.v1", third, Status.IN_FORCE))
    assert words(line(terms, "it")) == (
        "Several sections had this address: “Fees” of version 2026-01-05.v1, now this section; "
        "“Law” of version 2026-02-05.v1, now this section."
    )


def test_an_anchor_inside_a_section_that_the_text_still_has_leads_there() -> None:
    old = version("2026-01-05.v1", WITH_PLACES)
    newer = WITH_PLACES.replace("six books", "ten books")
    terms = policy(old, version("2026-02-01.v1", newer, Status.IN_FORCE))
    assert "gz-old" not in lines_of(terms)[1]


def test_a_heading_with_the_anchor_of_another_place_names_its_section() -> None:
    old = version("2026-01-05.v1", WITH_PLACES)
    newer = f"{without_places(WITH_PLACES)}\n## Limit\n\n{GUESTS}\n"
    terms = policy(old, version("2026-02-01.v1", newer, Status.IN_FORCE))
    [heading] = page(terms).xpath("//*[@id='limit']")
    assert heading.tag == "h2"
    assert "“Loans” of version 2026-01-05.v1" in words(heading.getnext())


def test_an_anchor_that_code_speaks_of_arrives() -> None:
    terms = charges('\n    <p id="fees">\n')
    assert heading_below(line(terms, "fees")) == "charges"


def test_an_anchor_inside_a_section_costs_at_most_150_bytes_on_the_way() -> None:
    lines, text = lines_of(with_places())
    bare = Lines({}, lines.after).around(plain(with_places()))
    cost = len(gzip.compress(text.encode())) - len(gzip.compress(bare.encode()))
    assert cost / (len(PLACES) + 1) <= 150

"""The pages of sections, the lines that lead there, and citations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from markupsafe import Markup

from gazette.model import Policy, Status
from gazette.record.section_record import written
from gazette.site import addresses, section_pages
from gazette.site.feed_contents import UpdateContents
from gazette.site.heading_lines import Lines
from gazette.site.outputs import Page
from gazette.site.section_pages import SectionPages
from gazette.text.section_ids import RecordedSection
from lending import FEES, FINES, GUESTS, lending
from published import (
    SETTINGS,
    attachment,
    context_of,
    html,
    policy,
    published,
    text,
    tree,
    version,
)
from reading import words


def life(section_id: str) -> Any:
    return tree(published(lending())[f"policies/lending/sections/{section_id}/"])


def test_a_life_is_shown_from_the_newest_wording_to_the_first() -> None:
    page = life("3-fines")
    assert [words(heading) for heading in page.xpath("//h2")] == [
        "Newest wording",
        "5 March 2025: amended, renumbered",
        "5 February 2025: amended, renamed",
        "First wording",
    ]
    (newest,) = page.xpath("//div[contains(@class, 'gz-wording')]")
    assert words(newest) == f"2. Late returns {FINES.replace('ten', 'twenty')}"
    (first,) = page.xpath("//h2[@id='first']/following-sibling::p[1]/a/@href")
    assert first == "../../versions/2025-01-05.v1/#3-fines"
    assert [words(mark) for mark in page.xpath("//p//del | //p//ins")][2:] == [
        "deleted: ten",
        "inserted: twenty end of insertion",
    ]
    assert page.xpath("//h1/text()") == ["2. Late returns: its history"]


def test_a_life_leads_to_its_versions_their_changes_and_the_text_in_force() -> None:
    links = life("3-fines").xpath("//a/@href")
    assert "../../#2-late-returns" in links
    for place in ("versions/2025-03-05.v1/#2-late-returns", "versions/2025-01-05.v1/#3-fines"):
        assert f"../../{place}" in links
    assert "../../changes/2025-02-05.v1/#change-3-late-returns" in links


def test_a_page_of_changes_has_the_places_that_lives_lead_to() -> None:
    site = published(lending())
    for page in (page for page in site.values() if isinstance(page, Page)):
        if "/sections/" not in page.address:
            continue
        for link in tree(page).xpath("//a/@href[contains(., 'changes/')]"):
            target, _, anchor = link.removeprefix("../../").partition("#")
            ids = tree(site[f"policies/lending/{target}"]).xpath("//@id")
            assert not anchor or anchor in ids, link


def test_a_section_that_was_removed_says_so_first() -> None:
    page = life("guests")
    assert words(page.xpath("//aside")[0]) == (
        "Version 2025-02-05.v1, which applies from 5 February 2025, removed this section. "
        "This is what it said last."
    )
    assert [words(heading) for heading in page.xpath("//h2")] == [
        "Last wording",
        "5 February 2025: removed",
    ]
    assert words(page).count(GUESTS) == 1


def test_a_sheet_says_which_version_changed_a_section_last() -> None:
    """A newer version that left the section as it was leaves its page as it was, too."""
    first = version("2026-01-05.v1", f"## Fees\n\n{FEES}\n", Status.IN_FORCE)
    second = version(
        "2026-02-01.v1", f"## Fees\n\n{FEES}\n\n## Guests\n\n{GUESTS}\n", Status.IN_FORCE
    )
    keys = set()
    for versions in ([first], [replace(first, status=Status.SUPERSEDED), second]):
        page = published(policy(*versions))["policies/terms/sections/fees/"]
        [sheet] = tree(page).xpath("//*[contains(@class, 'gz-sheet')]")
        assert words(sheet).startswith(f"As of version {first.id} Updated")
        assert isinstance(page, Page)
        keys.add(page.body and page.body.key)
    assert len(keys) == 1


def history_with_an_upcoming_removal() -> Policy:
    old = f"## Fees\n\n{FEES}\n\n## Guests\n\n{GUESTS}\n"
    return policy(
        version("2026-01-05.v1", old, Status.IN_FORCE),
        version("2026-02-01.v1", f"## Fees\n\n{FEES}\n", Status.UPCOMING),
    )


def test_a_merger_links_the_lives_that_took_part() -> None:
    kept, gone = life("1-loans"), life("2-members")
    assert "Took in 2. Members." in words(kept)
    assert kept.xpath("//a[text()='2. Members']/@href") == ["../2-members/"]
    assert "Its text went to 1. Loans and members." in words(gone)
    assert "removed this section" in words(gone)
    banner = gone.xpath("//aside")[0]
    assert words(banner).endswith("In the text in force it goes on in 1. Loans and members.")
    assert banner.xpath(".//a/@href")[-1] == "../../#1-loans-and-members"


def test_a_section_that_went_for_good_or_is_still_in_force_goes_on_nowhere() -> None:
    terms = history_with_an_upcoming_removal()
    page = tree(published(terms)["policies/terms/sections/guests/"])
    assert "removed this section" in words(page)
    assert page.xpath("//a[@href='../../#guests']")
    for shown in (page, life("guests")):
        assert "goes on" not in words(shown)


def test_a_policy_of_which_nothing_applies_yet_has_no_text_in_force_to_lead_to() -> None:
    old = f"## Fees\n\n{FEES}\n\n## Guests\n\n{GUESTS}\n"
    terms = policy(
        version("2026-01-05.v1", old, Status.UPCOMING),
        version("2026-02-01.v1", old.replace("## Guests\n\n", ""), Status.UPCOMING),
    )
    site = published(terms)
    for name in ("fees", "guests"):
        assert "text in force" not in words(tree(site[f"policies/terms/sections/{name}/"]))


def test_a_split_links_the_lives_that_took_part() -> None:
    joined = f"## Fees\n\n{FEES}\n\n{FINES}\n"
    apart = f"## Fees\n\n{FEES}\n\n## Fines\n\n{FINES}\n"
    site = published(
        policy(version("2026-01-05.v1", joined), version("2026-02-01.v1", apart, Status.IN_FORCE))
    )
    assert "Part of it became Fines." in words(tree(site["policies/terms/sections/fees/"]))
    assert "Text from Fees." in words(tree(site["policies/terms/sections/fines/"]))


def test_a_section_with_one_wording_shows_it_once() -> None:
    page = life("contact-2025-02-05.v1")
    assert len(page.xpath("//div[contains(@class, 'gz-wording')]")) == 1
    assert "with 1 wording since" in words(page)
    assert not page.xpath("//del | //section")


def test_pages_of_lives_give_no_id_twice() -> None:
    for address, output in published(lending()).items():
        if "/sections/" in address and isinstance(output, Page):
            ids = tree(output).xpath("//@id")
            assert len(ids) == len(set(ids)), address


def test_local_links_and_images_of_all_wordings_lead_on() -> None:
    image = attachment("policies/map.svg", b"<svg/>")
    old = "## Way\n\n![Map](map.svg) shows [how to come](law.md) to the hall.\n"
    terms = policy(
        version("2026-01-05.v1", old, attachments=(image,)),
        version("2026-02-01.v1", old.replace("to the hall", "here"), Status.IN_FORCE),
    )
    page = tree(published(terms, files={"policies/law.md": b""})["policies/terms/sections/way/"])
    sources, links = page.xpath("//img/@src"), page.xpath("//p/a/@href")
    assert sources == ["../../versions/2026-01-05.v1/policies/map.svg"]
    assert links.count("../../../law/") == 2
    assert "law.md" not in links


def test_a_text_that_is_shown_as_its_source_breaks_no_life() -> None:
    terms = policy(
        version("2026-01-05.v1", f"## Fees\n\n{FEES}\n"),
        version("2026-02-01.v1", "> " * 200 + "deep\n"),
        version("2026-03-01.v1", f"## Fees\n\n{FEES} No more.\n", Status.IN_FORCE),
    )
    page = tree(published(terms)["policies/terms/sections/fees/"])
    assert "No more." in words(page)
    assert [words(heading) for heading in page.xpath("//h2")][1:3] == [
        "1 March 2026: restored, amended",
        "1 February 2026: removed",
    ]


def test_the_redlines_of_long_lives_end_where_a_page_is_full(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(section_pages, "MAX_REDLINES", 100)
    page = life("3-fines")
    assert [section.getprevious().tag for section in page.xpath("//section")] == ["p"]
    [link] = page.xpath("//p[@class='gz-quiet']/a/@href")
    assert link == "../../changes/2025-02-05.v1/#change-3-late-returns"


def test_ids_that_were_joined_lead_to_the_life() -> None:
    context, _ = context_of(lending())
    lives = context.lives
    joined = lives.lives["3-fines"]._replace(other_ids=("late-100%",))
    several = lives._replace(lives={**lives.lives, "3-fines": joined})
    contents = UpdateContents(context.fragments, context.policy)
    pages = SectionPages(replace(context, lives=several), contents).pages(range(3))
    by_address = {output.address: output for output in pages}
    moved = by_address[addresses.Address("policies/lending/sections/late-100%/index.html")]
    assert "../3-fines/" in text(moved)
    assert "javascripts/moved.js" in text(moved)


def marks(page: Any) -> dict[str, tuple[str, str]]:
    """Return the line and the citation under each heading, by its anchor."""
    shown = {}
    for mark in page.xpath("//div[@class='gz-mark']"):
        heading = mark.getprevious()
        anchor = heading.get("id") if heading is not None else ""
        shown[anchor] = (words(mark.xpath("./a")[0]), words(mark.xpath("./details/p")[0]))
    return shown


def test_lines_under_headings_speak_as_of_their_version() -> None:
    site = published(lending())
    first, last = (
        marks(tree(site[f"policies/lending/versions/{name}/"]))
        for name in ("2025-01-05.v1", "2025-03-05.v1")
    )
    assert first["3-fines"][0] == "Last changed 5 January 2025 · 1 version"
    assert last["2-late-returns"][0] == "Last changed 5 March 2025 · 3 versions"
    assert last["charges"][0] == "Last changed 5 February 2025 · 2 versions"
    assert last["lending"][0] == "This part last changed 5 January 2025 · 1 version"


def test_lines_under_headings_never_change_when_versions_come() -> None:
    address = "policies/lending/versions/2025-01-05.v1/"
    texts = []
    for editions in (1, 2, 3):
        page = html(published(lending(editions))[address])
        texts.append(page[page.index('<div class="gz-text">') :].partition("<aside")[0])
        texts[-1] = texts[-1].partition("<dl")[0].strip()
    assert len(set(texts)) == 1
    assert "gz-mark" in texts[0]


def test_anchors_that_a_version_had_when_it_was_published_arrive_there() -> None:
    terms = lending(1)
    row = [RecordedSection("lending", "lending"), RecordedSection("1-loans", "_1")]
    later = [RecordedSection("lending", "lending"), RecordedSection("1-loans", "1-loans")]
    [first] = terms.versions
    first = replace(first, sections=(written(first.id, row), written(first.id, later)))
    terms = replace(terms, versions=(first,), in_force=first)
    page = tree(published(terms)["policies/lending/versions/2025-01-05.v1/"])
    [place] = page.xpath("//*[@id='_1']")
    assert place.getnext().get("id") == "1-loans"
    assert words(place) == ""


def test_citations_name_company_policy_version_section_and_its_permanent_address() -> None:
    settings = replace(SETTINGS, company="Acme")
    page = tree(published(lending(), settings)["policies/lending/versions/2025-02-05.v1/"])
    address = "https://help.example.com/policies/lending/versions/2025-02-05.v1/"
    cited = {anchor: citation for anchor, (_, citation) in marks(page).items()}
    assert cited["3-late-returns"] == (
        f"Acme, Lending, version 2025-02-05.v1, section 3, {address}#3-late-returns"
    )
    assert cited["charges"] == f"Acme, Lending, version 2025-02-05.v1, “Charges”, {address}#charges"


def test_citations_do_without_what_there_is_not() -> None:
    body = "Before all.\n\n## <i></i>\n\nWords.\n\n#### (b) Deep\n\nMore.\n"
    terms = policy(version("2026-01-05.v1", body, Status.IN_FORCE))
    page = tree(published(terms)["policies/terms/versions/2026-01-05.v1/"])
    address = "https://help.example.com/policies/terms/versions/2026-01-05.v1/"
    cited = [words(item) for item in page.xpath("//details/p")]
    assert cited[0] == f"Terms, version 2026-01-05.v1, opening, {address}"
    assert cited[1].startswith(f"Terms, version 2026-01-05.v1, {address}#")
    assert cited[-1] == f"Terms, version 2026-01-05.v1, “(b) Deep”, {address}#b-deep"


def test_pages_that_show_something_else_have_another_key() -> None:
    before = published(lending(2))
    others = [published(lending(3)), published(lending(2), replace(SETTINGS, company="Acme"))]
    changed = {
        address
        for other in others
        for address, page in before.items()
        if isinstance(page, Page) and html(page) != html(other[address])
        if page != other[address]
    }
    assert "policies/lending/sections/3-fines/" in changed
    assert "policies/lending/versions/2025-02-05.v1/" in changed
    for other in others:
        for address, page in before.items():
            if isinstance(page, Page) and page == other[address]:
                assert html(page) == html(other[address]), address


def test_every_heading_has_a_link_to_its_section() -> None:
    page = tree(published(lending())["policies/lending/versions/2025-02-05.v1/"])
    for heading in page.xpath("//div[@class='gz-text']/*[self::h1 or self::h2]"):
        assert heading.xpath("./a[@class='headerlink']/@href") == [f"#{heading.get('id')}"]


def test_links_at_headings_say_what_they_are_for_in_the_language_of_their_page_alone() -> None:
    """Settings have one language for all; a script says it in that of each page."""
    heading = '<h2 id="a">A<a class="headerlink" href="#a" title="Link to this section">¶</a></h2>'
    for text_of_page in (heading, Markup(heading)):
        shown = Lines({}, {}).around(text_of_page)
        assert shown == heading.replace(' title="Link to this section"', "")


def test_what_stands_under_a_heading_is_small() -> None:
    page = html(published(lending())["policies/lending/versions/2025-03-05.v1/"])
    sizes = [
        len(part.partition("</div>")[0]) + 22 + 6 for part in page.split('<div class="gz-mark')
    ]
    assert max(sizes[1:]) <= 320

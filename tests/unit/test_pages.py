"""The pages and files of one policy, planned with a plain dictionary as the store."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

import pytest
from markupsafe import Markup

from gazette.build.fragment_jobs import updates_of
from gazette.model import Policy, Return, Slug, Status, VersionId
from gazette.site.addresses import RESERVED_IN_POLICY
from gazette.site.articles import policy_page
from gazette.site.fragments import Fragments, body_of
from gazette.site.links import link_targets
from gazette.site.outputs import File, Page
from gazette.site.page_context import PageContext
from gazette.site.pages import render_fragments
from gazette.site.periods import timeline
from gazette.site.present_text import present_lines
from gazette.site.section_lives import section_lives
from gazette.text import comparison
from gazette.text.redline import Redline
from published import (
    DAY,
    SETTINGS,
    attachment,
    html,
    pages_of,
    policy,
    published,
    text,
    tree,
    version,
)

FIRST = "# Terms\n\n## 1. Fees\n\nA fee of €12 is due.\n\n## 2. Law\n\nThe law applies.\n"
SECOND = FIRST.replace("€12", "€14")
THIRD = SECOND + "\n## 3. Notices\n\nWe write to you.\n"


@pytest.fixture
def terms() -> Policy:
    return policy(
        version("2026-01-05.v1", FIRST),
        version("2026-02-01.v1", SECOND, summary="The fee rises."),
        version("2026-03-01.v1", THIRD, Status.IN_FORCE, summary="Notices."),
        version("2026-12-01.v1", FIRST, Status.UPCOMING, summary="The old terms again."),
    )


def test_every_version_has_its_pages_and_files(terms: Policy) -> None:
    addresses_found = {address.removeprefix("policies/terms/") for address in published(terms)}
    versions = [str(item.id) for item in terms.versions]
    expected = {
        "compare/",
        "versions/",
        "on/",
        "since/",
        "versions.json",
        "current.json",
        "feed.xml",
        "timemap.link",
    }
    for item in versions:
        expected |= {
            f"versions/{item}/",
            f"versions/{item}/{item}.md",
            f"versions/{item}/{item}.json",
        }
    for item in versions[1:]:
        expected |= {f"changes/{item}/", f"changes/{item}/{item}.json"}
    expected |= {f"since/{item}/{name}" for item in versions for name in ("", f"{item}.json")}
    for name in ("terms", "1-fees", "2-law", "3-notices"):
        expected |= {f"sections/{name}/", f"sections/{name}/feed.xml"}
    assert addresses_found == expected


def test_no_file_of_docs_takes_the_place_of_what_is_published(terms: Policy) -> None:
    below = (address.removeprefix("policies/terms/") for address in published(terms))
    assert {address.partition("/")[0] for address in below} <= RESERVED_IN_POLICY


def test_a_version_page_shows_its_text_and_where_it_stands(terms: Policy) -> None:
    site = published(terms)
    superseded = site["policies/terms/versions/2026-02-01.v1/"]
    assert isinstance(superseded, Page)
    assert "A fee of €14 is due." in html(superseded)
    assert "Superseded on" in html(superseded)
    assert superseded.contents == (("terms", "Terms"), ("1-fees", "1. Fees"), ("2-law", "2. Law"))
    assert not superseded.indexed
    assert superseded.canonical == superseded.address
    in_force = site["policies/terms/versions/2026-03-01.v1/"]
    assert isinstance(in_force, Page)
    assert in_force.indexed
    assert in_force.canonical == "policies/terms/"


def test_the_markdown_of_a_version_is_its_exact_bytes(terms: Policy) -> None:
    file = published(terms)["policies/terms/versions/2026-01-05.v1/2026-01-05.v1.md"]
    assert isinstance(file, File)
    assert file.content() == terms.versions[0].read()


def test_an_update_shows_what_changed_and_leads_to_both_texts(terms: Policy) -> None:
    page = published(terms)["policies/terms/changes/2026-02-01.v1/"]
    assert isinstance(page, Page)
    shown = tree(page)
    assert [item.text_content() for item in shown.xpath("//section//del")] == ["deleted: €12"]
    assert page.contents == ()  # the page itself lists what changed, once
    assert page.description == "The fee rises."
    links = shown.xpath("//h3/a/@href")
    assert links == ["../../versions/2026-02-01.v1/#1-fees"]


def test_changes_since_a_version_end_at_the_text_in_force(terms: Policy) -> None:
    page = html(published(terms)["policies/terms/since/2026-01-05.v1/"])
    assert "in 2 updates" in page
    assert "€14" in page
    assert "We write to you." in page
    assert [item.text_content() for item in tree(page).xpath("//section//del")] == ["deleted: €12"]


def test_a_redline_gives_each_changed_section_apart(terms: Policy) -> None:
    store: dict[str, bytes] = {}
    for _ in ("rendered", "stored"):
        fragments = Fragments(store, SETTINGS.markdown, terms)
        redline = fragments.redline(terms.versions[0], terms.versions[2])
        amended, added = redline.sections()
        assert (amended[:2], added[:2]) == ((2, 2), (None, 4))
        assert [tree(str(piece)).xpath("//section/@id") for *_, piece in (amended, added)] == [
            [anchor] for anchor, _ in redline.contents
        ]
        assert str(amended[2]).startswith("<section")
        assert str(amended[2]).endswith("</section>")


def test_nothing_has_changed_since_the_text_in_force(terms: Policy) -> None:
    site = published(terms)
    page = html(site["policies/terms/since/2026-03-01.v1/"])
    assert "Nothing has changed since" in page
    assert "gz-redline" not in page
    record = json.loads(text(site["policies/terms/since/2026-03-01.v1/2026-03-01.v1.json"]))
    unchanged = {"status": "unchanged", "old": {"index": 1}, "new": {"index": 1}, "count": 4}
    assert record["sections"] == [unchanged]


def test_pages_since_a_version_tell_what_will_change(terms: Policy) -> None:
    site = published(terms)
    whole = "See all that will have changed from version 2026-01-05.v1 to version 2026-12-01.v1"
    for item, more in (("2026-01-05.v1", [whole]), ("2026-03-01.v1", [])):
        shown = tree(site[f"policies/terms/since/{item}/"])
        (coming,) = shown.xpath("//div[contains(@class, 'gz-coming')]")
        assert [link.text_content() for link in coming.xpath("a")] == [
            *("version 2026-12-01.v1", "1. Fees", "3. Notices", "see what will change", *more),
        ]
        if more:
            compare = coming.xpath("a/@href")[-1]
            assert compare == "../../compare/?from=2026-01-05.v1&to=2026-12-01.v1"
        assert coming.xpath("time/@datetime") == ["2026-12-01"]
    upcoming = html(site["policies/terms/since/2026-12-01.v1/"])
    assert "applies from" in upcoming
    assert "gz-coming" not in upcoming


@pytest.mark.parametrize("count", [1, 2])
def test_no_link_of_a_policy_that_is_still_to_come_is_dead(count: int) -> None:
    days = ("2027-05-01", "2027-06-01")[:count]
    terms = policy(
        *(
            version(f"{day}.v1", body, Status.UPCOMING)
            for day, body in zip(days, (FIRST, SECOND), strict=False)
        )
    )
    site = published(terms)
    pages = {address: html(page) for address, page in site.items() if isinstance(page, Page)}
    pages["policies/terms/"] = policy_page(SETTINGS, terms, timeline(terms), Markup("Text."))
    dead = {
        (address, link)
        for address, page in pages.items()
        for link in map(str, tree(page).xpath("//a/@href"))
        for target in [urljoin(address, link).partition("#")[0].partition("?")[0]]
        if target.startswith("policies/") and target not in pages and target not in site
    }
    assert not dead
    upcoming = tree(pages[f"policies/terms/since/{days[-1]}.v1/"]).text_content()
    assert ("See what will change" in upcoming) == (count == 2)


def test_the_record_since_a_version_refers_to_the_words(terms: Policy) -> None:
    record = json.loads(
        text(published(terms)["policies/terms/since/2026-01-05.v1/2026-01-05.v1.json"])
    )
    assert (record["old"], record["new"]) == ("2026-01-05.v1", "2026-03-01.v1")
    assert [section["status"] for section in record["sections"]] == [
        *("unchanged", "amended", "unchanged", "added"),
    ]
    title, paragraph = record["sections"][1]["blocks"]
    assert title == {"status": "unchanged", "new": 0, "count": 1}
    assert ["-", "€12"] in paragraph["runs"]
    assert record["sections"][3]["blocks"] == [{"status": "added", "new": 0, "count": 2}]


@pytest.mark.parametrize("full_redlines", [0, 20])
def test_parts_and_a_filled_store_give_the_same_pages(terms: Policy, full_redlines: int) -> None:
    settings = replace(SETTINGS, full_redlines=full_redlines)
    store: dict[str, bytes] = {}
    whole = published(terms, settings, store)
    rendered = dict(store)
    again = published(terms, settings, store)
    assert store == rendered
    fragments = Fragments(store, settings.markdown, terms)
    everything = range(len(terms.versions))
    updates = updates_of(terms, render_fragments(terms, fragments, everything))
    lives = section_lives(terms, fragments, settings.markdown)
    context = PageContext(
        settings, terms, link_targets([], [terms], settings.own_site), fragments, lives
    )
    parts = [
        output
        for place in range(len(terms.versions))
        for output in pages_of(context, updates, range(place, place + 1))
    ]
    by_address: dict[str, Page | File] = {output.address: output for output in parts}
    for outputs in (again, by_address):
        assert outputs.keys() == whole.keys()
        for address, output in whole.items():
            other = outputs[address]
            assert other == output
            if isinstance(output, Page):
                assert html(other) == html(output)
            else:
                assert text(other) == text(output)
    assert context.fragments.used >= store.keys()


class CountingStore(dict[str, bytes]):
    """Counts how often each entry was put there."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def __setitem__(self, key: str, data: bytes) -> None:
        self.counts[key] += 1
        super().__setitem__(key, data)


def test_every_text_and_redline_is_rendered_once(terms: Policy) -> None:
    store = CountingStore()
    for output in published(terms, SETTINGS, store).values():
        assert html(output) if isinstance(output, Page) else text(output)
    assert set(store.counts.values()) == {1}


@pytest.mark.parametrize("lost", ["html", "json", "all"])
def test_what_the_store_loses_is_rendered_again(terms: Policy, lost: str) -> None:
    settings = SETTINGS
    store: dict[str, bytes] = {}
    before = published(terms, settings, store)
    whole = {address: html(page) for address, page in before.items() if isinstance(page, Page)}
    after = published(terms, settings, store)
    for key in list(store):
        if lost == "all" or key.endswith(f".{lost}"):
            del store[key]
    for address, page in after.items():
        if isinstance(page, Page):
            assert html(page) == whole[address]
        else:
            assert text(page) == text(before[address])


def test_a_store_that_keeps_nothing_gives_the_same_pages(terms: Policy) -> None:
    class Nothing(dict[str, bytes]):
        def __setitem__(self, key: str, data: bytes) -> None:
            pass

    settings = SETTINGS
    expected = published(terms, settings)
    for address, output in published(terms, settings, Nothing()).items():
        if isinstance(output, Page):
            assert html(output) == html(expected[address])


def test_attachments_and_links_lead_to_what_was_archived_or_is_published() -> None:
    image = attachment("policies/a map.svg", b"<svg/>")
    body = "[Law](law.md#top), [Old](privacy.md), [gone](gone.md), ![Map](a%20map.svg)\n"
    terms = policy(
        version("2026-01-05.v1", body, attachments=(image,)),
        version("2026-02-01.v1", body + "\nMore.\n", Status.IN_FORCE),
        former_slugs=("privacy",),
    )
    site = published(terms, files={"policies/law.md": b""})
    address = "policies/terms/versions/2026-01-05.v1/"
    page = html(site[address])
    assert 'href="../../../law/#top"' in page
    assert 'href="../../"' in page
    assert 'title="No longer published"' in page
    assert 'src="policies/a%20map.svg"' in page
    assert text(site[f"{address}policies/a map.svg"]) == "<svg/>"
    changes = html(site["policies/terms/changes/2026-02-01.v1/"])
    assert 'src="../../versions/2026-01-05.v1/policies/a%20map.svg"' in changes
    newer = html(site["policies/terms/versions/2026-02-01.v1/"])
    assert "Image no longer published: Map" in newer


def test_full_addresses_of_own_files_lead_to_what_was_archived() -> None:
    form, lost = (f"https://help.example.com/files/{name}.pdf" for name in ("form", "lost"))
    body = f"[Form]({form}) and [lost]({lost})\n"
    terms = policy(
        version("2026-01-05.v1", body, attachments=(attachment("files/form.pdf", b"form"),)),
        version("2026-02-01.v1", body + "\nMore.\n", Status.IN_FORCE),
    )
    site = published(terms)
    old = html(site["policies/terms/versions/2026-01-05.v1/"])
    assert 'href="files/form.pdf"' in old
    assert f'href="{lost}"' in old
    assert f'href="{form}"' in html(site["policies/terms/versions/2026-02-01.v1/"])
    changes = html(site["policies/terms/changes/2026-02-01.v1/"])
    assert 'href="../../versions/2026-01-05.v1/files/form.pdf"' in changes


def test_links_to_the_texts_stay_where_the_texts_have_links_of_their_own() -> None:
    body = "## Fees\n\nSee [Law](law.md).\n\n## Law\n\nThe law applies.\n"
    terms = policy(
        version("2026-01-05.v1", body),
        version("2026-02-01.v1", body.replace("See", "Read"), Status.IN_FORCE, summary="Read."),
    )
    site = published(terms, files={"policies/law.md": b""})
    places = {
        "changes/2026-02-01.v1/": "../../versions/2026-02-01.v1/",
        "since/2026-01-05.v1/": "../../",
    }
    for address, place in places.items():
        shown = tree(site[f"policies/terms/{address}"])
        links = shown.xpath("//p[@class='gz-quiet']/a/@href")
        assert f"{place}#law" in links
        assert not shown.xpath("//*[@class='gz-missing']")


def test_a_retired_policy_keeps_a_page() -> None:
    terms = policy(version("2026-01-05.v1", FIRST, Status.RETIRED), retired=DAY)
    page = published(terms)["policies/terms/"]
    assert isinstance(page, Page)
    assert "2026-11-01" in html(page)
    assert "2026-01-05.v1" in html(page)


@pytest.mark.parametrize("retired", [None, DAY])
def test_a_renamed_policy_loses_no_address(terms: Policy, retired: date | None) -> None:
    image = attachment("policies/map.svg", b"<svg/>")
    versions = (replace(terms.versions[0], attachments=(image,)), *terms.versions[1:])
    before = replace(terms, versions=versions, retired=retired)
    after = replace(before, slug=Slug("rules"), former_slugs=(Slug("agreement"), Slug("terms")))
    old, new = published(before), published(after)
    for name in ("agreement", "terms"):
        for address, output in old.items():
            former = address.replace("policies/terms/", f"policies/{name}/", 1)
            current = address.replace("policies/terms/", "policies/rules/", 1)
            if isinstance(output, File):
                assert text(new[former]) == text(new[current])
            else:
                assert_leads(new[f"{former}index.html"], former, current)
        assert_leads(new[f"policies/{name}/index.html"], f"policies/{name}/", "policies/rules/")


def assert_leads(page: Page | File, start: str, target: str) -> None:
    shown = tree(page)
    (link,) = shown.xpath("//p/a/@href")
    assert (
        urljoin(f"https://help.example.com/{start}", link) == f"https://help.example.com/{target}"
    )
    assert shown.xpath("//noscript/meta[@http-equiv='refresh']/@content") == [f"0; url={link}"]
    assert "javascripts/moved.js" in text(page)


def test_the_head_of_a_redline_names_what_the_metadata_says_otherwise() -> None:
    terms = policy(
        version("2026-01-05.v1", FIRST, category="Legal"),
        version("2026-02-01.v1", FIRST, Status.IN_FORCE, title="<Terms>", description="All of it"),
    )
    site = published(terms)
    page = "policies/terms/changes/2026-02-01.v1/"
    for address in (page, "policies/terms/since/2026-01-05.v1/"):
        assert tree(site[address]).xpath("//div[@class='gz-note']/text()") == [
            "The title was “Terms”, and is now “<Terms>”.",
            "The description was empty, and is now “All of it”.",
            "The category was “Legal”, and is now empty.",
        ]
    assert json.loads(text(site[f"{page}2026-02-01.v1.json"]))["metadata"] == [
        {"key": "title", "old": "Terms", "new": "<Terms>"},
        {"key": "description", "old": "", "new": "All of it"},
        {"key": "category", "old": "Legal", "new": ""},
    ]


def test_texts_stand_side_by_side_where_a_redline_cannot_be_proved(
    terms: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparison, "redline", lambda *_: Redline(()))
    old, new = terms.versions[:2]
    site = published(terms)
    page = html(site["policies/terms/changes/2026-02-01.v1/"])
    assert "cannot be shown word by word</strong> in Terms, from 2026-01-05.v1 to" in page
    assert "The redline lacks block 1" in page
    sources = tree(page).xpath("//section[@class='gz-source']/pre/text()")
    assert [source.strip() for source in sources] == [
        body_of(version).strip() for version in (old, new)
    ]
    record = json.loads(text(site["policies/terms/changes/2026-02-01.v1/2026-02-01.v1.json"]))
    assert record["unproved"].startswith("The redline lacks block 1")
    assert {section["status"] for section in record["sections"]} == {"removed", "added"}


def test_anchors_of_before_they_were_made_of_all_letters_arrive() -> None:
    body = "## Общие\n\nО пони.\n\n## Плата\n\nДо обеда.\n"
    versions = (
        version("2026-01-05.v1", body),
        version("2026-02-01.v1", body.replace("Плата", "Цена"), Status.IN_FORCE, summary="Цена."),
    )
    page = html(published(policy(*versions))["policies/terms/versions/2026-01-05.v1/"])
    for former, anchor in (("_1", "общие"), ("_2", "плата")):
        assert page.index(f'id="{former}"') < page.index(f'id="{anchor}"')
    fragments = Fragments({}, SETTINGS.markdown, policy(*versions))
    lines = present_lines(SETTINGS, policy(*versions), fragments)
    assert lines.before["общие"] == '<span id="_1"></span>'
    assert lines.before["цена"].count('id="_2"') == 1
    assert 'id="плата"' in lines.before["цена"]


@pytest.fixture
def after_withdrawal() -> dict[str, Page | File]:
    """What is published of a policy whose second version was withdrawn before the third came."""
    back = Return(date(2026, 2, 10), VersionId.parse(B), VersionId.parse(A))
    second = SECOND.replace("The law applies.", "No law applies.")
    third = FIRST.replace("€12", "€13") + "\n## 3. Notices\n\nWe write to you.\n"
    versions = (
        version(A, FIRST),
        version(B, second, Status.WITHDRAWN, summary="No law."),
        version(C, third, summary="The fee rises by one euro."),
        version(D, third.replace("13", "15"), Status.IN_FORCE, summary="The fee rises."),
    )
    return published(policy(*versions, returns=(back,)))


A, B, C, D = (f"2026-0{month}-05.v1" for month in range(1, 5))


def test_the_update_after_a_withdrawal_is_compared_with_what_applied_until_then(
    after_withdrawal: dict[str, Page | File],
) -> None:
    page = tree(after_withdrawal[f"policies/terms/changes/{C}/"])
    words = " ".join(page.text_content().split())
    assert f"From version {A} to version {C}. Version {B} was withdrawn." in words
    assert "A fee of deleted: €12 inserted: €13 end of insertion is due." in words
    assert "inserted: We write to you." in words
    assert "Unchanged: 2. Law" in words
    record = json.loads(text(after_withdrawal[f"policies/terms/changes/{C}/{C}.json"]))
    assert (record["old"], record["new"]) == (A, C)
    withdrawn = tree(after_withdrawal[f"policies/terms/changes/{B}/"])
    assert f"From version {A} to version {B}." in " ".join(withdrawn.text_content().split())
    assert "was withdrawn" not in withdrawn.text_content()


def test_whatever_tells_of_an_update_after_a_withdrawal_tells_of_the_same(
    after_withdrawal: dict[str, Page | File],
) -> None:
    versions = json.loads(text(after_withdrawal["policies/terms/versions.json"]))["versions"]
    related = [(entry["version"], entry["previous"], entry["next"]) for entry in versions]
    assert related == [(D, C, None), (C, A, D), (B, A, None), (A, None, C)]
    assert versions[1]["counts"] == {"amended": 1, "added": 1}
    feed = text(after_withdrawal["policies/terms/feed.xml"])
    entry = next(entry for entry in feed.split("<entry>") if f"changes/{C}/" in entry)
    assert "We write to you." in entry
    assert "law" not in entry
    since = tree(after_withdrawal[f"policies/terms/since/{A}/"])
    assert "in 2 updates" in since.text_content()
    assert since.xpath("//*[@class='gz-updates']/li/a/text()") == [C, D]
    for address, name in ((C, "Previous"), (B, "Next")):  # no page is out of reach
        page = tree(after_withdrawal[f"policies/terms/changes/{address}/"])
        other = B if address == C else C
        assert f"{name} {other}" in " ".join(page.text_content().split())


def test_the_life_of_a_section_goes_through_what_was_withdrawn(
    after_withdrawal: dict[str, Page | File],
) -> None:
    """Its links to what changed lead to places that are there."""
    page = tree(after_withdrawal["policies/terms/sections/2-law/"])
    words = " ".join(page.text_content().split())
    assert "deleted: Noinserted: The end of insertion law applies." in words
    assert "deleted: Theinserted: No end of insertion law applies." in words
    address = "https://x/policies/terms/sections/2-law/"
    links = [urljoin(address, link) for link in page.xpath("//a/@href") if "changes/" in link]
    assert [link.rpartition("/changes/")[2] for link in links] == [f"{C}/", f"{B}/#change-2-law"]
    changed = tree(after_withdrawal[f"policies/terms/changes/{B}/"])
    assert changed.xpath("//*[@id='change-2-law']")


def test_a_version_that_is_in_force_again_does_not_end_with_the_withdrawn_one() -> None:
    back = Return(date(2026, 3, 10), VersionId.parse(C), VersionId.parse(B))
    versions = version(A, FIRST), version(B, SECOND, Status.IN_FORCE)
    terms = policy(*versions, version(C, THIRD, Status.WITHDRAWN), returns=(back,))
    page = tree(published(terms)[f"policies/terms/changes/{B}/"])
    [badge] = page.xpath("//*[contains(@class, 'gz-badge--in-force')]")
    assert badge.text_content() == "in force since 10 March 2026"


def test_the_life_of_a_section_says_that_the_version_which_removed_it_was_withdrawn() -> None:
    back = Return(date(2026, 2, 10), VersionId.parse(B), VersionId.parse(A))
    first = version(A, FIRST, Status.IN_FORCE)
    second = version(B, FIRST.partition("## 2.")[0], Status.WITHDRAWN)
    page = tree(published(policy(first, second, returns=(back,)))["policies/terms/sections/2-law/"])
    words = " ".join(page.text_content().split())
    assert "which applies from" not in words
    assert "Newest wording Version 2026-01-05.v1 Updated 5 January 2026 2. Law" in words
    assert f"5 February 2026: removed Version {B} withdrawn All that changed" in words
    gone = version(C, second.text.partition("---\n# ")[2], Status.IN_FORCE)
    later = policy(replace(first, status=Status.SUPERSEDED), second, gone, returns=(back,))
    page = tree(published(later)["policies/terms/sections/2-law/"])
    words = " ".join(page.text_content().split())
    assert f"Version {C}, which applies from 5 March 2026, removed this section." in words


def test_a_section_that_only_withdrawn_versions_had_is_removed_by_none() -> None:
    back = Return(date(2026, 3, 10), VersionId.parse(C), VersionId.parse(A))
    versions = version(A, FIRST, Status.IN_FORCE), version(B, THIRD, Status.WITHDRAWN)
    terms = policy(*versions, version(C, SECOND, Status.WITHDRAWN), returns=(back,))
    page = tree(published(terms)["policies/terms/sections/3-notices/"])
    words = " ".join(page.text_content().split())
    assert "which applies from" not in words
    assert f"Newest wording Version {B} Updated 5 February 2026 withdrawn 3. Notices" in words


def test_no_update_led_from_a_withdrawn_version_back() -> None:
    back = Return(date(2026, 2, 10), VersionId.parse(B), VersionId.parse(A))
    versions = version(A, FIRST, Status.IN_FORCE), version(B, SECOND, Status.WITHDRAWN)
    page = tree(published(policy(*versions, returns=(back,)))[f"policies/terms/since/{B}/"])
    words = " ".join(page.text_content().split())
    assert f"From version {B} to version {A}. Version {B} was withdrawn." in words
    assert not page.xpath("//a[@href='#gz-updates']")
    assert "A fee of deleted: €14 inserted: €12 end of insertion is due." in words

"""Feeds: valid Atom for any text, with ids that a rename or a new domain never changes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin
from xml.etree import ElementTree as Tree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from feed_rules import faults
from gazette.model import Absence, Policy, Return, Slug, Status, Version, VersionId
from gazette.settings import BLOCK, Settings
from gazette.site.feed_contents import UpdateContents, contents_of
from gazette.site.feeds import (
    NEWEST,
    NEWEST_OF_SECTION,
    ROOM,
    ROOM_OF_ENTRY,
    policy_feed,
    site_feed,
)
from gazette.site.outputs import File, Page
from gazette.site.periods import timeline
from published import DAY, SETTINGS, fragments_of, policy, published, text, version, withdrawn

ATOM, TERMS = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/terms/}"
CONTENTS = contents_of(fragments_of)


def of_policy(terms: Policy, settings: Settings = SETTINGS) -> Tree.Element:
    return parsed(policy_feed(settings, terms, timeline(terms), CONTENTS), settings)


def of_site(policies: Sequence[Policy], settings: Settings = SETTINGS) -> Tree.Element:
    return parsed(site_feed(settings, policies, CONTENTS), settings)


def parsed(feed: Page | File, settings: Settings = SETTINGS) -> Tree.Element:
    """Return a feed that keeps to all rules."""
    data = text(feed).encode()
    assert [*faults(data, urljoin(settings.site_url, feed.address))] == []
    return Tree.fromstring(data)


def ids(feed: Tree.Element) -> list[str | None]:
    return [element.text for element in feed.iter(f"{ATOM}id")]


def texts(feed: Tree.Element, name: str) -> list[str | None]:
    return [entry.findtext(name) for entry in feed.findall(f"{ATOM}entry")]


def classes(feed: Tree.Element) -> list[str | None]:
    return [element.get("term") for element in feed.iter(f"{ATOM}category")]


@pytest.fixture
def terms() -> Policy:
    first = version("2026-01-05.v1")
    return policy(first, version("2026-02-01.v1", status=Status.IN_FORCE, summary="New fees."))


def test_entries_come_newest_first_and_say_what_changed(terms: Policy) -> None:
    feed = of_policy(terms)
    assert texts(feed, f"{ATOM}title") == [
        "Terms, version 2026-02-01.v1",
        "Terms, version 2026-01-05.v1",
    ]
    assert texts(feed, f"{ATOM}summary") == ["New fees.", "First version."]
    links = [entry.find(f"{ATOM}link") for entry in feed.findall(f"{ATOM}entry")]
    assert [link is not None and link.get("href") for link in links] == [
        "https://help.example.com/policies/terms/changes/2026-02-01.v1/",
        "https://help.example.com/policies/terms/versions/2026-01-05.v1/",
    ]


def test_ids_are_tags(terms: Policy) -> None:
    assert ids(of_policy(terms)) == [
        "tag:help.example.com,2026-01-01:policies/terms",
        "tag:help.example.com,2026-01-01:policies/terms/2026-02-01.v1",
        "tag:help.example.com,2026-01-01:policies/terms/2026-01-05.v1",
    ]
    assert ids(of_site([terms]))[0] == "tag:help.example.com,2026-01-01:policies"


def test_a_renamed_policy_keeps_its_ids(terms: Policy) -> None:
    first, second, third = Slug("terms"), Slug("rules"), Slug("agreement")
    original = {version.id: first for version in terms.versions}
    renamed = replace(terms, slug=second, former_slugs=(first,), original_slugs=original)
    assert ids(of_policy(renamed)) == ids(of_policy(terms))
    again = replace(renamed, slug=third, former_slugs=(second, first))
    assert ids(of_policy(again)) == ids(of_policy(terms))


def test_a_new_domain_keeps_the_ids_where_the_authority_is_set(terms: Policy) -> None:
    moved = replace(SETTINGS, site_url="https://example.org/", feed_authority="help.example.com")
    assert ids(of_policy(terms, moved)) == ids(of_policy(terms))
    since = replace(moved, feed_since=date(2020, 5, 1))
    assert ids(of_policy(terms, since))[0] == "tag:help.example.com,2020-05-01:policies/terms"


def test_a_domain_of_other_letters_is_an_authority(terms: Policy) -> None:
    settings = replace(SETTINGS, site_url="https://bücher.example/")
    assert ids(of_policy(terms, settings))[0] == (
        "tag:xn--bcher-kva.example,2026-01-01:policies/terms"
    )


def test_a_long_record_is_cut_and_an_empty_one_is_a_feed() -> None:
    versions = [version(f"2026-01-05.v{number}") for number in range(1, NEWEST + 3)]
    assert len(ids(of_policy(policy(*versions)))) == NEWEST + 1
    assert of_site([]).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_entries_say_their_class_and_their_day() -> None:
    ahead = policy(
        version("2026-01-05.v1", "Old.\n", effective=date(2025, 12, 1)),
        version("2026-02-01.v1", "Old.\n", Status.IN_FORCE, change="editorial"),
        version("2026-03-01.v1", "New.\n", Status.UPCOMING, effective=date(2026, 4, 1)),
    )
    feed = of_policy(ahead)
    assert classes(feed) == ["substantive", "editorial", "substantive"]
    assert texts(feed, f"{TERMS}valid") == ["2026-04-01", "2026-02-01", "2026-01-05"]
    assert texts(feed, f"{ATOM}summary")[0] == "Updated. It applies from 1 April 2026."


def test_coming_into_force_later_is_an_entry_of_that_day() -> None:
    terms = policy(
        version("2026-01-05.v1"),
        version("2026-02-01.v1", effective=date(2026, 3, 1)),
        version("2026-02-15.v1", status=Status.IN_FORCE),
        version("2026-04-01.v1", status=Status.UPCOMING, effective=date(2026, 5, 1)),
    )
    assert "in-force" not in classes(of_policy(terms))  # the second was overtaken, the last waits
    ahead = policy(
        version("2026-01-05.v1"),
        version("2026-02-01.v1", status=Status.IN_FORCE, effective=date(2026, 3, 1)),
    )
    feed = of_policy(ahead)
    assert classes(feed) == ["in-force", "substantive", "substantive"]
    assert ids(feed)[1] == ("tag:help.example.com,2026-01-01:policies/terms/2026-02-01.v1/in-force")
    assert texts(feed, f"{ATOM}updated")[0] == "2026-03-01T00:00:00Z"
    assert texts(feed, f"{ATOM}title")[0] == "Terms, version 2026-02-01.v1, is in force"


def test_a_version_that_applies_again_came_into_force_once() -> None:
    terms = policy(
        version("2026-01-05.v1", effective=date(2026, 1, 20)),
        version("2026-03-01.v1", status=Status.IN_FORCE, effective=date(2026, 4, 1)),
        absences=(Absence(date(2026, 2, 1), VersionId.parse("2026-01-05.v1")),),
    )
    feed = of_policy(terms)
    assert classes(feed) == ["in-force", "substantive", "retired", "in-force", "substantive"]
    assert texts(feed, f"{ATOM}updated")[3] == "2026-01-20T00:00:00Z"


def test_retirement_is_an_entry_that_names_the_last_version() -> None:
    last = VersionId.parse("2026-01-05.v1")
    terms = policy(
        version("2026-01-05.v1"),
        version("2026-06-01.v1", status=Status.RETIRED),
        absences=(Absence(date(2026, 3, 1), last),),
        retired=DAY,
    )
    feed = of_policy(terms)
    assert classes(feed) == ["retired", "substantive", "retired", "substantive"]
    assert [name and name.partition("terms/")[2] for name in ids(feed)[1:]] == [
        *("2026-06-01.v1/retired", "2026-06-01.v1", "2026-01-05.v1/retired", "2026-01-05.v1")
    ]
    assert texts(feed, f"{ATOM}updated")[0] == "2026-11-01T00:00:00Z"
    assert texts(feed, f"{ATOM}summary")[0] == "From 1 November 2026 on, it no longer applies."


FEES = """\
# Terms

## 1. Fees

A fee of €12 is due on the first day of each month, by card & transfer.

- [Prices](https://example.com/prices)

| Plan | Fee |
| ---- | --- |
| Free | €0  |

## 2. Notices

We write to you ahead.
"""
NEW_FEES = FEES.replace("€12", "€15").replace("/prices)", "/fees)").replace("€0 ", "€1 ")


def test_each_retirement_of_the_same_version_has_an_id_of_its_own() -> None:
    """A policy came back with the version it had left with; feed readers know entries by ids."""
    last = VersionId.parse("2026-01-05.v1")
    terms = replace(
        policy(version("2026-01-05.v1")),
        absences=(Absence(date(2026, 2, 1), last), Absence(date(2026, 3, 1), last)),
        retired=DAY,
    )
    start = "tag:help.example.com,2026-01-01:policies/terms/2026-01-05.v1"
    expected = [f"{start}/retired/{DAY}", f"{start}/retired/2026-03-01", f"{start}/retired", start]
    assert ids(of_policy(terms))[1:] == expected
    once = replace(terms, absences=terms.absences[:1], retired=None)
    assert ids(of_policy(once))[1:] == expected[2:]


def test_what_became_of_a_version_stands_before_its_posting_on_the_same_day() -> None:
    posted = version("2026-06-01.v1")
    retired = replace(policy(posted), retired=date(2026, 6, 1))
    assert classes(of_policy(retired)) == ["retired", "substantive"]
    assert classes(of_site([retired])) == ["retired", "substantive"]


def test_the_redline_is_the_content() -> None:
    moved = NEW_FEES.partition("## 2")[0] + "## 3. Law\n\nThe law of *Utopia* applies.\n"
    terms = policy(version("2026-01-05.v1", FEES), version("2026-02-01.v1", moved))
    feed = of_policy(terms)
    assert texts(feed, f"{ATOM}content") == [
        "<h3>1. Fees (amended)</h3>"
        "<p>A fee of <del>€12</del><ins>€15</ins> is due on the first day of each month, "
        "by card &amp; transfer.</p>"
        "<p>Prices<br>Prices: <del>https://example.com/prices</del> "
        "<ins>https://example.com/fees</ins></p>"
        "<p>Free | <del>€0</del><ins>€1</ins></p>"
        "<h3><del>2. Notices</del> (removed)</h3><p><del>We write to you ahead.</del></p>"
        "<h3><ins>3. Law</ins> (added)</h3><p><ins>The law of Utopia applies.</ins></p>",
        None,
    ]
    assert feed.find(f".//{ATOM}content").attrib == {"type": "html"}  # type: ignore[union-attr]
    assert texts(of_site([terms]), f"{ATOM}content") == texts(feed, f"{ATOM}content")


def test_long_words_that_stayed_are_left_out_between_changes() -> None:
    long = "one " + "word and another " * 40
    before = f"# Terms\n\nA {long} of a fee {long} is due {long}.\n"
    terms = policy(
        version("2026-01-05.v1", before),
        version("2026-02-01.v1", before.replace("A one", "No one").replace("a fee", "no fee")),
    )
    content = texts(of_policy(terms), f"{ATOM}content")[0] or ""
    assert (content.count(" … "), content.count("…")) == (1, 2)
    assert len(content) < 500


def test_redlines_that_have_no_room_are_not_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = []
    sections = UpdateContents.sections

    def loading(contents: UpdateContents, old: Version | None, update: Version) -> object:
        loaded.append(update.id)
        return sections(contents, old, update)

    monkeypatch.setattr(UpdateContents, "sections", loading)
    words = [f"# Terms\n\n{f'Words of part {at}. ' * 90}\n" for at in range(9)]
    versions = [version(f"2026-01-0{at}.v1", words[at]) for at in range(1, 9)]
    contents = texts(of_policy(policy(*versions)), f"{ATOM}content")
    assert 1 < sum(map(bool, contents)) < len(versions) - 2
    assert len(loaded) == sum(map(bool, contents)) + 1


def test_redlines_end_where_there_is_no_room() -> None:
    def body(words: str) -> str:
        sections = (f"## {at}. Part\n\n{words} {at}.\n" for at in range(1, 40))
        return "# Terms\n\n" + "\n".join(sections)

    words = [f"Words number {at} that are written for part" * 4 for at in range(9)]
    versions = [version(f"2026-01-0{at}.v1", body(words[at])) for at in range(1, 9)]
    contents = texts(of_policy(policy(*versions)), f"{ATOM}content")
    sizes = [len(content or "") for content in contents]
    assert ROOM_OF_ENTRY / 2 < sizes[0] < ROOM_OF_ENTRY + 200
    assert ROOM / 2 < sum(sizes) < ROOM + 200 * len(sizes)
    assert sizes[-2:] == [0, 0]
    assert re.search(
        r'<p><a href="https://help.example.com/policies/terms/changes/2026-01-08.v1/">'
        r"See the redline for \d\d more sections.</a></p>$",
        contents[0] or "",
    )


def test_a_section_has_a_feed_of_its_own() -> None:
    steps = [FEES, NEW_FEES, NEW_FEES.replace("1. Fees", "1. Prices"), FEES.partition("## 1")[0]]
    terms = policy(
        *(version(f"2026-0{at}-01.v1", body) for at, body in enumerate(steps, 1)),
        version("2026-05-01.v1", FEES, Status.IN_FORCE, effective=date(2026, 6, 1)),
    )
    site = published(terms)
    feed = parsed(site["policies/terms/sections/1-fees/feed.xml"])
    assert feed.findtext(f"{ATOM}title") == "Terms: 1. Fees"
    assert ids(feed) == [
        "tag:help.example.com,2026-01-01:policies/terms/sections/1-fees",
        *(
            f"tag:help.example.com,2026-01-01:policies/terms/2026-0{at}-01.v1/sections/1-fees"
            for at in (5, 4, 3)
        ),
    ]
    assert len(ids(feed)) == NEWEST_OF_SECTION + 1
    assert texts(feed, f"{ATOM}title")[1:] == [
        "1. Fees, version 2026-04-01.v1: removed",
        "1. Fees, version 2026-03-01.v1: amended, renamed",
    ]
    contents = texts(feed, f"{ATOM}content")
    assert (contents[0] or "").startswith("<h3><ins>1. Fees</ins> (added)</h3><p><ins>A fee")
    assert contents[2] == "<h3><del>1. Fees</del> <ins>1. Prices</ins> (amended, renamed)</h3>"
    assert (contents[1] or "").startswith(
        "<h3><del>1. Prices</del> (removed)</h3><p><del>A fee of €15"
    )
    notices = parsed(site["policies/terms/sections/2-notices/feed.xml"])
    assert texts(notices, f"{ATOM}content")[-1] is None


def test_every_page_names_its_feed(terms: Policy) -> None:
    for address, page in published(terms).items():
        if isinstance(page, Page):
            feeds = [link for link in page.head_relations if link.rel == "alternate"]
            section = address if "/sections/" in address else "policies/terms/"
            assert [link.address for link in feeds] == [f"{section}feed.xml"]


def test_feeds_and_entries_say_their_language(terms: Policy) -> None:
    german = policy(version("2026-01-05.v1", "Text.\n", Status.IN_FORCE, lang="de"), slug="agb")
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert of_policy(german).get(lang) == "de"
    feed = of_site([terms, german])
    assert feed.get(lang) == "en"
    languages = {entry.get(lang) for entry in feed.findall(f"{ATOM}entry")}
    assert languages == {"de", None}


def test_redlines_say_what_changed_beside_the_words_in_the_language_of_the_policy() -> None:
    before = "# Bedingungen\n\nWir melden uns **vorher**.\n"
    after = before.replace("**", "*")
    versions = (version("2026-01-05.v1", before, lang="de"),
                version("2026-02-01.v1", after, lang="de"))  # fmt: skip
    content = texts(of_policy(policy(*versions)), f"{ATOM}content")[0] or ""
    assert "<del>fett</del> <ins>kursiv</ins>" in content


CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")  # refused in front matter


@given(st.text(min_size=1), st.text())
def test_any_characters_give_a_valid_feed(title: str, summary: str) -> None:
    """Also control characters and lone surrogates, which XML cannot hold."""
    shown = version(
        "2026-01-05.v1",
        status=Status.IN_FORCE,
        title=f"Terms {CONTROL.sub('', title)}",
        summary=f"Changed: {CONTROL.sub('', summary)}",
    )
    terms = policy(shown)
    feed = of_policy(terms, replace(SETTINGS, name=f"Help {title}"))
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    kept = "".join(c for c in title if c.isalnum())
    words = "".join(c for c in entry.findtext(f"{ATOM}title") or "" if c.isalnum())
    assert words == f"Terms{kept}version20260105v1"


def test_version_ids_keep_the_entries_of_two_policies_apart(terms: Policy) -> None:
    other = replace(terms, slug=Slug("privacy"))
    entry_ids = ids(of_site([terms, other]))
    assert len(entry_ids) == len(set(entry_ids)) == 5
    assert VersionId.parse("2026-02-01.v1") == terms.newest.id


def test_the_authority_is_a_domain_or_an_e_mail_address() -> None:
    for authority in ("help.example.com", "help@example.com"):
        settings = BLOCK.validate_python({"support": "#", "feed_authority": authority})
        assert settings.feed_authority == authority
    for mistake in ("https://help.example.com/", "help example", "example.com,2026"):
        with pytest.raises(ValidationError, match="feed_authority"):
            BLOCK.validate_python({"support": "#", "feed_authority": mistake})


def test_a_withdrawal_is_an_entry_that_says_what_applies() -> None:
    feed = of_policy(withdrawn(version("2026-03-01.v1", status=Status.IN_FORCE)))
    assert classes(feed) == ["substantive", "withdrawn", "substantive", "substantive"]
    assert str(ids(feed)[2]).endswith(":policies/terms/2026-02-01.v1/withdrawn/2026-02-10")
    assert texts(feed, f"{ATOM}title")[1] == "Terms, version 2026-02-01.v1, was withdrawn"
    assert texts(feed, f"{ATOM}updated")[1] == "2026-02-10T00:00:00Z"
    summaries = texts(feed, f"{ATOM}summary")
    assert summaries[1] == "Version 2026-01-05.v1 has applied since 10 February 2026."
    ahead = of_policy(withdrawn(effective=date(2026, 2, 20)))
    assert texts(ahead, f"{ATOM}summary")[0] == (
        "Version 2026-01-05.v1 has applied since 5 January 2026."
    )


def test_what_is_in_force_after_it_was_withdrawn_is_an_entry_of_that_day() -> None:
    terms = withdrawn()
    first, second = terms.versions
    again = Return(date(2026, 2, 20), second.id, first.id)._replace(left=first.id, to=second.id)
    same_day = (again._replace(left=second.id, to=first.id), again)
    back = policy(
        replace(first, status=Status.SUPERSEDED),
        replace(second, status=Status.IN_FORCE),
        returns=(*terms.returns, again, *same_day),
    )
    feed = of_policy(back)
    assert classes(feed) == ["in-force", "withdrawn", "substantive", "substantive"]
    assert str(ids(feed)[1]).endswith("2026-02-01.v1/in-force/2026-02-20")

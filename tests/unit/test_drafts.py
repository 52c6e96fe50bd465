"""Drafts: what a preview says of a text that readers do not know."""

from __future__ import annotations

from dataclasses import replace

from gazette.language import ENGLISH
from gazette.model import Policy, Status, Version
from gazette.record.unreleased import Unreleased
from gazette.site.drafts import banner, draft_pages
from gazette.site.links import link_targets
from gazette.text.frontmatter import body_of
from gazette.text.reader import read_document
from gazette.text.redline import redline
from published import html, policy, tree, version

OLD = "## Fees\n\nA fee of €12 due.\n\n[Law](law.md)\n"
LONG = "".join(f"## Section {letter}\n\nWords of {letter}.\n\n" for letter in "ABCDEFGH")


def draft(old: Version | None, new: Version, *, stamped: bool = False) -> Unreleased:
    terms: Policy = policy(*(side for side in (old, new) if side))
    before, after = (read_document(body_of(side.text) if side else "") for side in (old, new))
    return Unreleased(terms, old, new, stamped, redline(before, after))


def test_a_new_policy_has_a_banner_and_no_redline() -> None:
    new = draft(None, version("2026-01-05.v1", OLD))
    assert "is new" in banner(ENGLISH, new).sentence
    assert list(draft_pages(ENGLISH, new, link_targets([], []))) == []


def test_an_edit_without_a_version_says_how_to_release_it() -> None:
    old = version("2026-01-05.v1", OLD)
    edited = draft(old, version("2026-01-05.v1", OLD.replace("€12", "€14")))
    assert "gazette release terms" in banner(ENGLISH, edited).sentence
    assert banner(ENGLISH, edited).counts == "1 section amended"
    assert banner(ENGLISH, edited).news == (("“Fees”", "“€12” becomes “€14”"),)
    (page,) = draft_pages(ENGLISH, edited, link_targets(["policies/law.md"], [edited.policy]))
    assert page.address == "policies/terms/draft/"
    assert page.contents == (("change-fees", "Fees"),)
    shown = tree(page)
    assert shown.xpath("//p//del/text()")[-1] == "€12"
    assert shown.xpath("//a[text()='Law']/@href") == ["../../law/"]
    assert not page.indexed


def test_a_stamped_draft_names_both_versions_and_links_them() -> None:
    old, new = version("2026-01-05.v1", OLD), version("2026-02-01.v1", OLD + "\nMore.\n")
    stamped = draft(old, replace(new, status=Status.UPCOMING), stamped=True)
    assert banner(ENGLISH, stamped).sentence == (
        "Version 2026-02-01.v1 is not published yet: readers know version 2026-01-05.v1."
    )
    (page,) = draft_pages(ENGLISH, stamped, link_targets([], [stamped.policy]))
    assert 'href="../versions/2026-02-01.v1/#fees"' in html(page)


def test_a_banner_lists_only_the_first_changes() -> None:
    old = version("2026-01-05.v1", LONG)
    new = LONG
    for letter in "ABCDEFGH":
        new = new.replace(f"Words of {letter}.", f"The words of {letter} are kept for {letter}.")
    shown = banner(ENGLISH, draft(old, version("2026-01-05.v1", new)))
    assert [what for what, _ in shown.news] == [f"“Section {letter}”" for letter in "ABCDEF"]
    assert shown.more == 2

"""In which sections of the present text an earlier section goes on."""

from __future__ import annotations

from gazette.model import Policy, Status
from gazette.site.fragments import Fragments
from gazette.site.section_lives import section_lives
from gazette.site.successors import Successors
from gazette.text.differences import Heading
from gazette.text.section_html import words_of
from lending import DEPOSIT, DESK, FEES, GUESTS, LOANS, MEMBERS, ROOMS
from published import SETTINGS, policy, version

BODY = {"Loans": LOANS, "Members": MEMBERS, "Guests": GUESTS, "Rooms": ROOMS, "Desk": DESK}
CLOSED = "This page cannot be shown at the moment. Please come back in an hour or so."


def text(sections: dict[str, str]) -> str:
    return "\n\n".join(f"## {heading}\n\n{words}" for heading, words in sections.items())


def history(*bodies: str) -> Policy:
    earlier = (version(f"2026-0{at}-05.v1", body) for at, body in enumerate(bodies[:-1], 1))
    return policy(*earlier, version("2026-09-05.v1", bodies[-1], Status.IN_FORCE))


def go_on(terms: Policy, anchor: str) -> list[str]:
    """Return the anchors of the sections in which the only one goes on that had an anchor."""
    fragments = Fragments({}, SETTINGS.markdown, terms)
    lives = section_lives(terms, fragments, SETTINGS.markdown)

    def excerpt(posted: object, section: Heading) -> str:
        [of_place] = [v for v in terms.versions if v is posted]
        return words_of(fragments.text(of_place).parts()[section.index])

    sections = fragments.text(terms.shown).sections
    [use] = lives.anchors[anchor]
    return [heading.anchor for heading in Successors(terms, lives, sections, excerpt).of(use)]


def test_what_was_merged_and_stands_apart_again_is_known_by_its_words() -> None:
    """Two sections lose their headings for a while, and get others, and more to say."""
    more = {
        "Desk": DESK,
        "Borrowing": f"{DEPOSIT} {LOANS}",
        "Visiting": f"{GUESTS} {FEES} {ROOMS}",
    }
    terms = history(text(BODY), "\n\n".join(BODY.values()), text(more))
    assert go_on(terms, "loans") == ["borrowing"]
    assert go_on(terms, "guests") == ["visiting"]
    assert go_on(terms, "rooms") == ["visiting"]


def test_what_was_merged_and_stands_apart_again_is_known_by_its_heading() -> None:
    """Where hardly a word stays, the heading tells, if no other section had or has it.

    Else the section is gone: what it had been merged into says something else now.
    """
    old = {"1. Loans": LOANS, "2. Guests": GUESTS, "3. Desk": DESK}
    new = {"Loans": LOANS, "Desk": DESK, "Guests": FEES}
    merged = "\n\n".join(old.values())
    assert go_on(history(text(old), merged, text(new)), "2-guests") == ["guests"]
    twice = f"{text(new)}\n\n## Guests\n\n{ROOMS}"
    assert go_on(history(text(old), merged, twice), "2-guests") == []


def test_what_was_removed_goes_on_where_most_of_its_words_stand_again() -> None:
    whole = f"## Rules\n\n{LOANS} {MEMBERS} {GUESTS} {ROOMS} {DESK}"
    assert go_on(history(text(BODY), CLOSED, whole), "guests") == ["rules"]


def test_some_words_are_not_enough_for_what_was_removed() -> None:
    """Of what went into another section they are, if hardly any others are left."""
    some = text({"Visiting": f"{FEES} {GUESTS[:48]} {DEPOSIT}", "Money": DESK})
    assert go_on(history(text({"Guests": GUESTS}), CLOSED, some), "guests") == []


def test_a_section_that_was_split_goes_on_in_all_parts_if_its_heading_went() -> None:
    whole = text({"Rules": f"{LOANS}\n\n{GUESTS}\n\n{ROOMS}", "Money": FEES})
    parts = {"Loans": LOANS, "Guests": GUESTS, "Rooms": ROOMS, "Money": FEES}
    assert go_on(history(whole, text(parts)), "rules") == ["loans", "guests", "rooms"]
    kept = {"Rules": LOANS, "Guests": GUESTS, "Money": FEES}
    assert go_on(history(whole, text(kept)), "rules") == ["rules"]


def test_nothing_goes_on_in_a_text_without_words() -> None:
    assert go_on(history(text(BODY), ""), "loans") == []

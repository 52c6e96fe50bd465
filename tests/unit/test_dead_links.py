"""Links of imported texts that lead nowhere, and how they are let pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from gazette.imports.batch import (
    Batch,
    ImportedPolicy,
    ImportedVersion,
    imported_version,
    policy_file,
)
from gazette.imports.dead_links import allow_dead_links
from gazette.imports.workers import MIN_TEXTS
from gazette.model import Digest, Metadata, Slug, Status, Version, VersionId, decoded, digest_of
from gazette.text.frontmatter import body_of
from gazette.text.markdown_settings import DEFAULT
from gazette.text.reader import Reader
from gazette.text.suppressions import without_allowed_links

START = '<a title="No longer published">'
VERSION = VersionId(date(2026, 3, 7), 1)
BODY = (
    "[A](fees.md) [B](gone.md) [C](#law) [D](#here)\n\n## Here\n\n[E](/top) "
    "[F](https://a.example) [G](fees.md#x)\n\n![H](../assets/a.png) ![I](map.png) [J] [K]\n\n"
    "[J]: lost.md"
)


def version_of(body: str, version: VersionId = VERSION) -> ImportedVersion:
    file = policy_file("T", version, body, note="Imported from a.html")
    return imported_version(version, partial(bytes, file))


def policy(slug: str, body: str) -> ImportedPolicy:
    return ImportedPolicy(Slug(slug), "a.html", (version_of(body),), images={"a.png": b"x"})


def test_dead_links_are_listed_and_let_pass(tmp_path: Path) -> None:
    batch = Batch((policy("terms", BODY), policy("fees", "Three.")))
    terms, fees = allow_dead_links(batch, tmp_path, DEFAULT).policies
    assert fees == batch.policies[1]
    text = decoded(terms.newest.read())
    assert text.split("\n")[2] == (
        "# gazette: allow broken-link in 2026-03-07.v1 at 9, 13, 15, 17: "
        "they lead to nothing in this help center"
    )
    assert [str(omission) for omission in terms.left_out] == [
        "terms.md: 6 dead links: “B” to gone.md (line 9), “C” to #law (line 9), “E” to /top "
        "(line 13), “G” to fees.md#x (line 13), “I” to map.png (line 15) and 1 more. This help "
        "center has nothing there: readers see the words alone. The remark at the top of the text "
        "names every line."
    ]
    lines = text.split("\n")
    assert "[B](gone.md)" in lines[8]
    assert "[E](/top)" in lines[12]


def test_tags_are_listed_by_their_words(tmp_path: Path) -> None:
    batch = Batch((policy("terms", 'See <a class="x" href="gone.md">our fees</a>.'),))
    (terms,) = allow_dead_links(batch, tmp_path, DEFAULT).policies
    assert terms.left_out[0].what == "1 dead link: “our fees” to gone.md (line 9)"


def test_dead_links_of_earlier_versions_are_listed_by_where_they_lead(tmp_path: Path) -> None:
    days = [VersionId(date(2026, 1, day), 1) for day in (1, 2, 3)]
    bodies = "[A](gone.md) [B](/x) [C](fees.md#old)", "[D](gone.md)\n\n[E](old.md)", "Now."
    versions = tuple(map(version_of, bodies, days))
    fees = replace(policy("fees", "Three."), anchors=frozenset({"old"}))
    old = replace(policy("old", "[F](gone.md) [G](#law)"), retired=date(2026, 4, 1))
    batch = Batch((ImportedPolicy(Slug("terms"), "a.md", versions), fees, old))
    terms, _, retired = allow_dead_links(batch, tmp_path, DEFAULT).policies
    places = [(omission.place, omission.what) for omission in terms.left_out]
    assert places == [
        (
            "Earlier versions of terms.md",
            f"2 dead links: to gone.md (line 9 of {days[1]} and 1 more place), "
            f"to /x (line 9 of {days[0]})",
        )
    ]
    lines = [decoded(version.read()).split("\n")[2] for version in terms.versions]
    assert lines[0].startswith(f"# gazette: allow broken-link in {days[0]} at 9: ")
    assert lines[1].startswith(f"# gazette: allow broken-link in {days[1]} at 9: ")
    assert lines[2] == "title: T"
    for version in terms.versions:
        assert digest_of(version.read()) == version.sha256
    assert [omission.what for omission in retired.left_out] == [
        f"2 dead links: to gone.md (line 9 of {VERSION}), to #law (line 9 of {VERSION})"
    ]


def test_many_texts_are_listed_on_all_cores(tmp_path: Path) -> None:
    days = [VersionId(date(2026, 1, 1), number) for number in range(1, MIN_TEXTS)]
    long = ImportedPolicy(Slug("terms"), "a.md", tuple(version_of(BODY, day) for day in days))
    batch = Batch((long, policy("fees", "[A](terms.md) [B](gone.md)"), policy("law", "Three.")))
    labels, done = [], [0]

    @contextmanager
    def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
        labels.append((label, length))
        yield done.append

    terms, fees, law = allow_dead_links(batch, tmp_path, DEFAULT, progress).policies
    assert labels == [("Listing dead links", MIN_TEXTS)]
    assert sum(done) == MIN_TEXTS
    few = Batch((long, policy("fees", "Three.")))
    alone = allow_dead_links(few, tmp_path, DEFAULT).policies[0]
    assert [version.read() for version in terms.versions] == [
        version.read() for version in alone.versions
    ]
    assert fees.left_out[0].what == "1 dead link: “B” to gone.md (line 9)"
    assert law == batch.policies[2]


def test_the_page_shows_their_words() -> None:
    text = (
        "---\n# gazette: allow broken-link in 2026-03-07.v1 at 8: why\ntitle: T\n"
        "version: 2026-03-07.v1\nupdated: 2026-03-07\n---\n\n[*A*](a.md) ![B](b.png)\n\n[C](c.md)\n"
    )
    shown = without_allowed_links(text, body_of(text))
    assert shown == f"\n{START}*A*</a> B\n\n[C](c.md)\n"
    later = text.replace("version: 2026-03-07.v1", "version: 2026-03-08.v1")
    assert without_allowed_links(later, body_of(later)) == body_of(later)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "[A][a] [a][] [a], [b] [B](b.md)\n\n[a]: gone.md",
            f"{START}A</a> {START}a</a> {START}a</a>, [b] [B](b.md)\n\n",
        ),
        ('See <a class="x" href="/gone">A</a>.\n\nB', f"See {START}A</a>.\n\nB"),
        ('See <img src="gone.png" alt="A"> B.\n\nB', "See A B.\n\nB"),
        ("`[A](gone.md)` [`A`](gone.md)\n\nB", f"`[A](gone.md)` {START}`A`</a>\n\nB"),
        ("[A]\n\n[a]: <gone.md> 'Our fees'\n\nB", f"{START}A</a>\n\n\n\nB"),
        ('[A]\n\n[a]: gone.md\n  "Fees"\nB', f"{START}A</a>\n\n\nB"),
    ],
)
def test_links_in_every_form_become_words(source: str, shown: str) -> None:
    line = 10 if "]: " in source else 8
    text = (
        f"---\n# gazette: allow broken-link in 2026-03-07.v1 at {line}: why\ntitle: T\n"
        f"version: 2026-03-07.v1\nupdated: 2026-03-07\n---\n\n{source}\n"
    )
    assert without_allowed_links(text, body_of(text)) == f"\n{shown}\n"


def test_versions_are_read_as_their_pages_show_them() -> None:
    """So the page of a version, its sections and its redlines lead nowhere, either."""
    data = (
        "---\n# gazette: allow broken-link in 2026-03-07.v1 at 8: why\ntitle: T\n"
        "version: 2026-03-07.v1\nupdated: 2026-03-07\n---\n\n[A](/a) [B](#b)\n"
    )
    metadata = Metadata(title="T", version=VERSION, updated=VERSION.day)
    path = f"versions/terms/{VERSION}.md"
    version = Version(metadata, Digest(""), path, Status.SUPERSEDED, data.encode)
    assert "href" not in Reader().read_version(version).html

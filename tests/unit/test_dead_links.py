"""Links of imported texts that lead nowhere, and how they are let pass."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from gazette.imports.batch import Batch, ImportedPolicy, imported_version, policy_file
from gazette.imports.dead_links import allow_dead_links
from gazette.model import Slug, VersionId, decoded
from gazette.text.frontmatter import body_of
from gazette.text.markdown_settings import DEFAULT
from gazette.text.suppressions import without_allowed_links

VERSION = VersionId(date(2026, 3, 7), 1)
BODY = (
    "[A](fees.md) [B](gone.md) [C](#law) [D](#here)\n\n## Here\n\n[E](/top) "
    "[F](https://a.example) [G](fees.md#x)\n\n![H](../assets/a.png) ![I](map.png)"
)


def policy(slug: str, body: str) -> ImportedPolicy:
    file = policy_file("T", VERSION, body, note="Imported from a.html")
    version = imported_version(VERSION, lambda: file)
    return ImportedPolicy(Slug(slug), "a.html", (version,), images={"a.png": b"x"})


def test_dead_links_are_listed_and_let_pass(tmp_path: Path) -> None:
    batch = Batch((policy("terms", BODY), policy("fees", "Three.")))
    terms, fees = allow_dead_links(batch, tmp_path, DEFAULT).policies
    assert fees == batch.policies[1]
    text = decoded(terms.newest.read())
    assert text.split("\n")[2] == (
        "# gazette: allow broken-link in 2026-03-07.v1 at 9, 13, 15: "
        "they lead to nothing in this help center"
    )
    places = [(omission.place, omission.what) for omission in terms.left_out]
    assert places == [
        ("Line 9 of terms.md", "The link of “B” to gone.md"),
        ("Line 9 of terms.md", "The link of “C” to #law"),
        ("Line 13 of terms.md", "The link of “E” to /top"),
        ("Line 13 of terms.md", "The link of “G” to fees.md#x"),
        ("Line 15 of terms.md", "The link of “I” to map.png"),
    ]
    lines = text.split("\n")
    assert "[B](gone.md)" in lines[8]
    assert "[E](/top)" in lines[12]


def test_the_page_shows_their_words() -> None:
    text = (
        "---\n# gazette: allow broken-link in 2026-03-07.v1 at 8: why\ntitle: T\n"
        "version: 2026-03-07.v1\nupdated: 2026-03-07\n---\n\n[*A*](a.md) ![B](b.png)\n\n[C](c.md)\n"
    )
    shown = without_allowed_links(text, body_of(text))
    assert shown == '\n<a title="No longer published">*A*</a> B\n\n[C](c.md)\n'
    later = text.replace("version: 2026-03-07.v1", "version: 2026-03-08.v1")
    assert without_allowed_links(later, body_of(later)) == body_of(later)

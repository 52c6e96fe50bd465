"""Front matter of other programs."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.imports.foreign_front_matter import front_matter_of


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ('---\ntitle: "Data: what we keep"\n---\n', "Data: what we keep"),
        ("---\ntitle: 'It''s yours'\n---\n", "It's yours"),
        ("---\ntitle: >-\n  Data that\n  we keep\n---\n", "Data that we keep"),
        ("---\ntitle: Data: what we keep\n---\n", "Data: what we keep"),
        ('+++\ntitle = "Data"\ndraft = false\n+++\n', "Data"),
        ("+++\nbroken\n+++\n", ""),
        ('{\n  "title": "Data"\n}\n', "Data"),
        ("---\nlayout: x\ntitle: Data\n...\n", "Data"),
        ("---\ntitle: Data &amp; you\n---\n", "Data & you"),
        ("", ""),
    ],
)
def test_title(front: str, title: str) -> None:
    read = front_matter_of(f"{front}\nText.\n")
    assert read.title == title
    assert read.body.strip() == "Text."


@pytest.mark.parametrize(
    ("front", "updated", "effective"),
    [
        ("---\ndate: 2024-02-01 10:00:00 +0100\n---\n", date(2024, 2, 1), None),
        (
            "---\ndate: 2020-01-01\nlast_modified_at: 2024-02-01T10:00\n---\n",
            date(2024, 2, 1),
            None,
        ),
        ("---\neffective-date: March 1, 2024\n---\n", None, date(2024, 3, 1)),
        ("+++\nlastmod = 2024-02-01\n+++\n", date(2024, 2, 1), None),
        ("---\nlast_update:\n  author: Ann\n  date: 2024-02-01\n---\n", date(2024, 2, 1), None),
        ('{\n  "date": "2024-02-01"\n}\n', date(2024, 2, 1), None),
    ],
)
def test_days(front: str, updated: date | None, effective: date | None) -> None:
    label = front_matter_of(front).label
    assert label
    assert (label.updated, label.effective) == (updated, effective)


def test_no_days() -> None:
    assert front_matter_of("---\ntitle: x\n---\n").label is None


@pytest.mark.parametrize("text", ["{\nText.\n}\n", "{\n" + "[" * 100_000 + "\n}\n", "{\n1\n}\n"])
def test_braces_that_state_nothing_are_text(text: str) -> None:
    assert front_matter_of(text).body == text

"""Versions are matched one after the other, however many there are."""

from __future__ import annotations

import gc
import weakref
from datetime import date

from gazette.model import Metadata, Status, Version, VersionId, digest_of
from gazette.record.matched_versions import matched_versions
from gazette.text.document import Document
from gazette.text.markdown_settings import DEFAULT


def version(number: int) -> Version:
    data = f"# Boats\n\n## Fees\n\nThe fee is {number} francs.\n".encode()
    day = date(2026, 1, number)
    metadata = Metadata(title="Boats", version=VersionId(day, 1), updated=day)
    return Version(
        metadata,
        digest_of(data),
        f"versions/boats/{day}.v1.md",
        Status.SUPERSEDED,
        lambda: data,
    )


def test_no_more_than_two_texts_are_held_at_once() -> None:
    known: list[weakref.ref[Document]] = []
    held = []
    for matched in matched_versions([version(number) for number in range(1, 8)], DEFAULT):
        known.append(weakref.ref(matched.document))
        del matched
        gc.collect()
        held.append(sum(document() is not None for document in known))
    assert held == [1, 2, 2, 2, 2, 2, 2]


def test_the_first_text_has_no_links_and_each_other_those_from_the_text_before() -> None:
    first, second = matched_versions([version(1), version(2)], DEFAULT)
    assert (first.links, first.update) == ((), ())
    assert [(link.old, link.new) for link in second.links] == [(1, 1), (2, 2)]

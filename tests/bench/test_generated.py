"""Generated histories are always the same, and have the shape of real ones."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bench.generated import SHAPES, Author, history, spread
from bench.histories import Text
from gazette.model import VersionId
from gazette.text.frontmatter import body_of


def by_policy(size: str) -> dict[str, list[Text]]:
    by_slug: dict[str, list[Text]] = defaultdict(list)
    for text in history(SHAPES[size]):
        by_slug[text.slug].append(text)
    return by_slug


def test_same_shape_gives_the_same_bytes() -> None:
    assert list(history(SHAPES["small"])) == list(history(SHAPES["small"]))


def test_versions_never_run_backwards() -> None:
    times = [text.time for text in history(SHAPES["company"])]
    assert times == sorted(times)
    for texts in by_policy("company").values():
        versions = [VersionId.parse(text.version) for text in texts]
        assert versions == sorted(set(versions))


@pytest.mark.parametrize(("size", "policies", "least", "most"), [("company", 45, 300, 380)])
def test_there_are_as_many_versions_as_in_real_histories(
    size: str, policies: int, least: int, most: int
) -> None:
    by_slug = by_policy(size)
    assert len(by_slug) == policies
    assert least <= sum(map(len, by_slug.values())) <= most


def test_most_edits_keep_most_of_the_text() -> None:
    kept = [
        len(set(old) & set(new)) / len(set(old) | set(new))
        for texts in by_policy("company").values()
        for old, new in zip(map(lines, texts), map(lines, texts[1:]), strict=False)
    ]
    kept.sort()
    assert kept[len(kept) // 2] > 0.7
    assert min(kept) < 1


def lines(text: Text) -> list[str]:
    return body_of(text.data.decode()).splitlines()


def test_spread_has_the_deciles() -> None:
    assert spread((2, 4, 8), 4) == [2, 3, 5, 7]
    assert spread((5, 5), 3) == [5, 5, 5]


def test_every_edit_leaves_a_policy() -> None:
    author = Author("seed")
    sections = author.policy(2000)
    for _ in range(300):
        author.edit(sections)
        assert sections
        assert sections[0].heading.startswith("#")
    assert all(section.source().strip() for section in sections)

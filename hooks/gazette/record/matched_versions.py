"""The versions of a policy, read and matched with each other where no build has done it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from gazette.model import Version
from gazette.text.differences import headings_of
from gazette.text.document import Document
from gazette.text.lineage import Link, match_sections
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import Reader
from gazette.text.section_ids import Headings
from gazette.text.section_links import SectionLink, matched_links


class MatchedVersions(NamedTuple):
    """The texts of versions with their headings, and the links from each text to the next.

    `updates` are those links as they are kept where the texts are not at hand.
    """

    documents: Sequence[Document]
    headings: Sequence[Headings]
    links: Sequence[Sequence[Link]]
    updates: Sequence[Sequence[SectionLink]]


def matched_versions(versions: Sequence[Version], markdown: MarkdownSettings) -> MatchedVersions:
    """Read all versions of a policy, oldest first, and match the sections of neighbours."""
    reader = Reader(markdown)
    documents = [reader.read_version(version) for version in versions]
    links = [
        match_sections(old, new, version.metadata.continues)
        for (old, new), version in zip(pairwise(documents), versions[1:], strict=True)
    ]
    updates = [
        matched_links(old, new, own)
        for (old, new), own in zip(pairwise(documents), links, strict=True)
    ]
    return MatchedVersions(documents, [*map(headings_of, documents)], links, updates)

"""The versions of a policy, read and matched with each other where no build has done it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from gazette.model import Version
from gazette.text.document import Document
from gazette.text.lineage import Link, match_sections
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import Reader
from gazette.text.section_links import SectionLink, matched_links


class MatchedVersion(NamedTuple):
    """The text of a version, and the links from the text before to it; none of the first.

    `update` are those links as they are kept where the texts are not at hand.
    """

    document: Document
    links: Sequence[Link]
    update: Sequence[SectionLink]


def matched_versions(
    versions: Iterable[Version], markdown: MarkdownSettings
) -> Iterator[MatchedVersion]:
    """Yield the versions of a policy, oldest first, matched with the one before.

    No more than two texts are held at once.
    """
    reader = Reader(markdown)
    before: Document | None = None
    for version in versions:
        document = reader.read_version(version)
        links: Sequence[Link] = ()
        update: Sequence[SectionLink] = ()
        if before:
            links = match_sections(before, document, version.metadata.continues)
            update = matched_links(before, document, links)
        yield MatchedVersion(document, links, update)
        before = document

"""Comparison: which sections became which, what changed in them, and the proof that it is all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from gazette.errors import RedlineError
from gazette.model import Continues, Policy, Version
from gazette.problems import UNPROVED_HINT
from gazette.text.document import Document
from gazette.text.lineage import Link, match_sections
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.proof import Proved, prove
from gazette.text.reader import Reader
from gazette.text.redline import Anchors, Redline, SectionComparer, redline, replaced_whole


class Comparer:
    """Compares versions of one policy: sections that several of them share are compared once."""

    def __init__(self) -> None:
        self._sections = SectionComparer()
        self._proved: Proved = set()

    def compare(
        self,
        old: Document,
        new: Document,
        links: Sequence[Link] | None = None,
        continues: Continues = (),
        anchors: Anchors = frozenset(),
    ) -> Redline:
        """Return the redline from `old` to `new`, proved; raises RedlineError when it is not exact.

        `links` are their matched sections when these are known already; `continues` is what an
        editor stated of them; `anchors` are as a Redline has them.
        """
        links = match_sections(old, new, continues) if links is None else links
        change = redline(old, new, links, self._sections, anchors)
        prove(change, old, new, self._proved)
        return change

    def compare_or_replace(
        self,
        old: Document,
        new: Document,
        links: Sequence[Link] | None = None,
        continues: Continues = (),
        anchors: Anchors = frozenset(),
    ) -> tuple[Redline, str]:
        """Return the redline from `old` to `new`, and why it could not be proved, if so.

        It then replaces the whole text, which is proved as well.
        """
        try:
            return self.compare(old, new, links, continues, anchors), ""
        except RedlineError as error:
            change = replaced_whole(old, new)
            prove(change, old, new)
            return change, str(error)


def compare_versions(
    policy: Policy, old: Version, new: Version, markdown: MarkdownSettings
) -> Redline:
    """Compare two versions of a policy by what its editors stated of them, see `compare`."""
    reader = Reader(markdown)
    documents = reader.read_version(old), reader.read_version(new)
    with named_redline(policy, old, new):
        return compare(*documents, continues=policy.continues(old, new))


@contextmanager
def named_redline(policy: Policy, old: Version | None, new: Version) -> Iterator[None]:
    """Have a RedlineError name the policy and the versions that are compared."""
    try:
        yield
    except RedlineError as error:
        step = f"{old.id} to {new.id}" if old else str(new.id)
        raise RedlineError(f"{policy.slug}, {step}: {error} {UNPROVED_HINT}") from None


def compare(
    old: Document,
    new: Document,
    links: Sequence[Link] | None = None,
    continues: Continues = (),
) -> Redline:
    """Compare two documents, see `Comparer.compare`; of more versions, use one `Comparer`."""
    return Comparer().compare(old, new, links, continues)

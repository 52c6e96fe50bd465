"""Links inside the help center: they lead somewhere, and where they led before."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from gazette.problems import Fix
from gazette.review.policy_text import Edit, Finding, PolicyText
from gazette.review.review import PolicyReview, docs_path
from gazette.text.document import Section
from gazette.text.links import target_of
from gazette.text.markdown_source import MarkdownLink

MAX_LOST_ANCHORS = 3
"""So many lost anchors get a finding each; a renumbering loses all of them."""
SIMILAR_FILE, SIMILAR_ANCHOR = 0.5, 0.6
"""How alike, by difflib, a name is to one that is offered: anchors often differ by a number."""


@dataclass(frozen=True)
class _SectionLink:
    """A link to a section of the policy `target`, and the anchor that section has now.

    `renamed` is None where the section still has its anchor, or is not known.
    """

    link: MarkdownLink
    anchor: str
    target: PolicyText
    renamed: str | None

    def finding(self, text: PolicyText, message: str) -> Finding:
        """Return the finding that the link should lead to the renamed anchor."""
        start = text.text.find(f"#{self.anchor}", self.link.target_start)
        is_written_so = 0 <= start - self.link.target_start <= len(self.link.target)
        place = start if is_written_so else self.link.target_start
        fix = Fix(len(self.anchor) + 1, f"#{self.renamed}") if is_written_so else None
        return text.finding(place, message, f"Write #{self.renamed}.", fix)


def broken_links(policy: PolicyReview) -> Iterator[Finding]:
    """Find links to files and sections of the help center that do not exist."""
    text = policy.text
    for link in text.links:
        path = _path(text, link)
        if path and not policy.exists(path):
            address = urlsplit(link.target).path
            message = f"The link leads to {address}, which does not stand in docs/."
            yield text.finding(link.target_start, message, _similar_file(policy, address))
    for section_link in _section_links(policy):
        if section_link.anchor not in section_link.target.anchors:
            yield _broken_section_link(text, section_link)


def misleading_links(policy: PolicyReview) -> Iterator[Finding]:
    """Find links to a section whose anchor another section has now."""
    for section_link in _section_links(policy):
        if section_link.renamed and section_link.anchor in section_link.target.anchors:
            name = _name(policy.text, section_link.target)
            message = f"The link to #{section_link.anchor} leads to another section of {name}"
            yield section_link.finding(policy.text, f"{message} than it did.")


def _path(text: PolicyText, link: MarkdownLink) -> str | None:
    """Return the path below `docs/` or the address of the site that is linked, if it is one."""
    if link.target.startswith("#"):
        return docs_path(text.slug)
    parts = urlsplit(link.target)
    if parts.path.startswith("/") and not parts.netloc:
        return parts.path
    return target_of(link.target)


def _similar_file(policy: PolicyReview, address: str) -> str:
    name = address.rpartition("/")[2]
    names = [f"{slug}.md" for slug in policy.review.texts if policy.target(docs_path(slug))]
    similar = difflib.get_close_matches(name, names, n=1, cutoff=SIMILAR_FILE)
    return (
        f"Did you mean {similar[0]}?" if similar else "Correct the address, or take the link out."
    )


def _section_links(policy: PolicyReview) -> Iterator[_SectionLink]:
    for link in policy.text.links:
        anchor = unquote(urlsplit(link.target).fragment)
        path = _path(policy.text, link)
        target = policy.target(path) if path and anchor else None
        if target:
            edit = policy.review.edits.get(target.slug)
            renamed = _renamed(edit, anchor) if edit else None
            yield _SectionLink(link, anchor, target, renamed)


def _broken_section_link(text: PolicyText, section_link: _SectionLink) -> Finding:
    anchor, renamed, target = section_link.anchor, section_link.renamed, section_link.target
    name = _name(text, target)
    if renamed:
        message = f"The section of {name} that was called #{anchor} is called #{renamed} now."
        return section_link.finding(text, message)
    similar = difflib.get_close_matches(anchor, sorted(target.anchors), n=1, cutoff=SIMILAR_ANCHOR)
    hint = f"Did you mean #{similar[0]}?" if similar else "Link to a heading that is there."
    message = f"No section of {name} is called #{anchor}."
    return text.finding(section_link.link.target_start, message, hint)


def _name(text: PolicyText, target: PolicyText) -> str:
    return "this policy" if target.path == text.path else target.path


def _renamed(edit: Edit, anchor: str) -> str | None:
    """Return the new anchor of the section that had `anchor` before, None if it kept it."""
    old = next(
        (section for section in edit.old.document.sections if section.anchor == anchor), None
    )
    successors = edit.successors(old) if old and old.index else []
    if not successors or any(section.anchor == anchor for section in successors):
        return None
    return successors[0].anchor if successors[0].index else None


def lost_anchors(policy: PolicyReview) -> Iterator[Finding]:
    """Find sections whose address readers may have kept and that is gone."""
    edit = policy.edit
    if edit is None or policy.text.slug in policy.review.released:
        return
    lost = [
        (section.anchor, successor)
        for section in edit.old.document.sections
        if section.anchor and section.anchor not in edit.new.anchors
        if (successor := _successor(edit, section))
    ]
    for count, (anchor, successor) in enumerate(lost[:MAX_LOST_ANCHORS], 1):
        rest = len(lost) - count if count == MAX_LOST_ANCHORS else 0
        also = f" (and {rest} more of this policy)" if rest else ""
        message = f"Links to #{anchor}{also} no longer lead to this section."
        hint = f"Keep the old address: add {{: #{anchor} }} behind the heading."
        yield edit.new.finding(edit.new.heading_starts[successor.index], message, hint)


def _successor(edit: Edit, section: Section) -> Section | None:
    return next((successor for successor in edit.successors(section) if successor.index), None)

"""Which section continues which: what editors state of it is right, and asked for in doubt."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator

from gazette.review.policy_text import Edit, Finding, PolicyText
from gazette.review.review import PolicyReview
from gazette.review.rules.headings import SIMILAR_HEADING
from gazette.text.document import Document, Section
from gazette.text.lineage import doubtful_links
from gazette.text.stated_lineage import named, stated_links


def unknown_continued(policy: PolicyReview) -> Iterator[Finding]:
    """Find headings in `continues` that the text, or the text before it, does not have.

    What the version before states in the same words is about another step.
    """
    text = policy.text
    stated = text.metadata.continues if text.metadata else ()
    if stated and policy.edit and _is_left_over(policy.edit):
        message = "`continues` is still that of the version before: it is about another step."
        yield text.finding(_place(text), message, "Take it out, or write what this one continues.")
        return
    for name, former in stated:
        if named(text.document, name) is None:
            yield _finding(text, name, "This text", text.document)
        if policy.edit is None:
            continue
        for old in former:
            if named(policy.edit.old.document, old) is None:
                yield _finding(text, old, "The text before this one", policy.edit.old.document)


def _is_left_over(edit: Edit) -> bool:
    old, new = edit.old.metadata, edit.new.metadata
    if old is None or new is None or old.version == new.version:
        return False
    return old.continues == new.continues


def _place(text: PolicyText) -> int:
    return max(text.text.find("continues:", 0, text.start), 0)


def _finding(text: PolicyText, name: str, which: str, document: Document) -> Finding:
    headings = [section.heading for section in document.sections[1:] if section.heading]
    nearest = difflib.get_close_matches(name, headings, n=1, cutoff=SIMILAR_HEADING)
    hint = f"Did you mean {_quoted(nearest[0])}?" if nearest else "Write a heading or its anchor."
    again = [heading for heading in headings if heading.casefold() == name.casefold()]
    message = f"`continues`: {which} has no section {_quoted(name)}."
    if len(again) > 1:
        message = f"`continues`: {which} has {len(again)} sections {_quoted(name)}."
        anchors = [s.anchor for s in document.sections if s.heading in again]
        hint = f"Name one of them by its anchor: {', '.join(anchors)}."
    elif not nearest and which != "This text":
        hint += " If it was said of an earlier version, take it out."
    start = _place(text)
    place = text.text.find(name, start, text.start)
    return text.finding(place if place >= 0 else start, message, hint)


def doubtful_sections(policy: PolicyReview) -> Iterator[Finding]:
    """Find sections of a proposal of which only an editor knows whether they are the same."""
    edit = policy.proposed_edit
    if edit is None:
        return
    old, new = edit.old.document, edit.new.document
    continues = edit.new.metadata.continues if edit.new.metadata else ()
    stated = stated_links(old, new, continues).new
    for link in doubtful_links(old, new, edit.links):
        if link.old is None or link.new is None or link.new in stated:
            continue
        before, after = old.sections[link.old], new.sections[link.new]
        line = f"continues: {{{_name(after, new)}: {_name(before, old)}}}"
        if link.flags:
            message = f"{_quoted(after.name)} counts as what became of {_quoted(before.name)}."
            hint = f"If not, write continues: {{{_name(after, new)}: []}}; if so, {line}."
        else:
            message = f"{_quoted(after.name)} counts as new, {_quoted(before.name)} as removed."
            hint = f"If it is the same section under another heading, write {line}."
        yield edit.new.finding(edit.new.heading_starts[after.index], message, hint)


def _quoted(name: str) -> str:
    return f"“{name}”"


def _name(section: Section, document: Document) -> str:
    """Return the name of a section as the front matter can hold it."""
    name = section.heading if named(document, section.heading) is section else section.anchor
    return json.dumps(name, ensure_ascii=False)

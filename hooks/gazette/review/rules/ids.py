"""Ids: each names one place of a text, and a link with it leads there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gazette.review.policy_text import Finding, PolicyText
from gazette.review.review import PolicyReview
from gazette.text.link_places import repeated_ids
from gazette.text.markup_places import id_places

NOTE = re.compile(r"fn(?P<sign>ref)?\d*:(?P<name>.+)", re.S)
"""The id of a note, or of a sign that leads to it."""


def duplicate_ids(policy: PolicyReview) -> Iterator[Finding]:
    """Find ids that a text gives to several places: links lead to one of them only.

    What is published under its version stays as it is until the next one.
    """
    text = policy.text
    if policy.is_published:
        return
    known = _published_with_its_version(policy)
    repeated = [name for name in repeated_ids(text.document.html) if name not in known]
    given = id_places(text.body) if repeated else {}
    for name in repeated:
        yield from _findings(text, name, _places(text, name, given))


def _published_with_its_version(policy: PolicyReview) -> Sequence[str]:
    """Return the ids that the published text of the same version gives to several places."""
    edit = policy.edit
    if edit is None:
        return ()
    old, new = edit.old.legible_metadata, edit.new.legible_metadata
    is_same = old and new and old.version == new.version
    return repeated_ids(edit.old.document.html) if is_same else ()


def _places(text: PolicyText, name: str, given: Mapping[str, Sequence[int]]) -> list[int]:
    """Return where a text gives an id, each line of a heading once."""
    places = [text.start + place for place in given.get(name, ())]
    lines = set(map(text.line_of, places))
    for section in text.document.sections[1:]:
        start = text.heading_starts[section.index]
        if section.anchor == name and text.line_of(start) not in lines:
            places.append(start)
    if note := NOTE.fullmatch(name):
        end = "(?!:)" if note["sign"] else ":"
        sign = re.search(rf"\[\^{re.escape(note['name'])}\]{end}", text.body)
        places += [text.start + sign.start()] if sign else []
    return sorted(places)


def _findings(text: PolicyText, name: str, places: Sequence[int]) -> Iterator[Finding]:
    """Yield a finding for each place behind the first; one for the text where none is known."""
    hint = (
        f"Leave the id to the place that links mean, and give the other one another: {name}-2. "
        f"That of a heading is written behind it: {{: #{name}-2 }}."
    )
    links = f"links to #{name} lead to one place only."
    if len(places) < 2:
        message = f"The text gives the id “{name}” to several places: {links}"
        yield text.finding(places[0] if places else text.start, message, hint)
    for place in places[1:]:
        line, first = text.line_of(place), text.line_of(places[0])
        where = "twice on this line" if line == first else f"here and on line {first}"
        message = f"The id “{name}” is given {where}: {links}"
        yield text.finding(place, message, hint)

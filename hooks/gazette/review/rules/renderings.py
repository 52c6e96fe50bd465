"""What GitHub shows otherwise than the site, and what both show otherwise than it is meant."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise

from gazette.problems import Fix
from gazette.review.policy_text import Finding, PolicyText
from gazette.review.review import PolicyReview
from gazette.text import github_reading
from gazette.text.anchors import common_length
from gazette.text.github_reading import ShownBlock, SiteOnly
from gazette.text.markdown_blocks import link_names
from gazette.text.markdown_source import normalized_label, without_code
from gazette.text.numbers import written

LETTERS_BEFORE, LETTERS_SHOWN = 24, 60
EMPTY = ShownBlock(-1, (), "", "", ())
SITE_ONLY = {
    "admonition": ("a box", "Write a quote that begins with > [!NOTE]."),
    "details": ("a box that opens", "Write <details> and <summary>."),
    "tabbed": ("tabs", "Write sections with headings."),
    "blocks": ("a block", "Write a quote that begins with > [!NOTE], or a section with a heading."),
    "footnote": ("", ""),
    "abbr": ("the meaning of abbreviations", "Write it out where the text first uses it."),
    "deflist": ("terms with definitions", "Write a list with bold terms."),
    "attributes": ("no braces", "Keep them only where they are needed."),
    "contents": ("a table of contents", "Leave it out: every page has one at its side."),
}
ALERT = re.compile(r"!!! ?(note|tip|important|warning|caution)[ \t]*\Z", re.IGNORECASE)
FORMATS = {
    "strong": "bold",
    "b": "bold",
    "em": "italic",
    "i": "italic",
    "code": "code",
    "del": "struck",
    "br": "a line break",
    "img": "an image",
}
FOOTNOTE = re.compile(r"(?<!\\)\[\^(?P<label>[^\]\s]+)\](?P<definition>:)?")
REFERENCE = re.compile(r"(?<![\\!\]])\[(?P<words>[^\[\]\n]+)\]\[(?P<label>[^\[\]\n]*)\]")
LOOSE_MARKS = re.compile(
    r"(?<![\\\w*_])(\*\*\*?|__?)(?P<before>\s*)(?P<words>[^\s*_](?:[^*_]*[^\s*_])?)(?P<after>\s*)\1(?![*_])"
)
EMPTY_MARKS = re.compile(r"(?<![\\*_])(\*\*|__)(?:\s|\\(?=\n))+\1[ \t]*\Z")
"""Marks around nothing, where a paragraph ends."""
ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d+[.)])[ \t]")
CLAUSE = re.compile(
    r"\s{0,3}(?:\((?P<closed>[A-Za-z]{1,4}|\d{1,2})\)|(?P<open>[a-z]{1,4})[.)])\s+\S"
)
STANDS_ALONE = re.compile(r"\s*(?:#{1,6}\s|[|<]|(?:[-*_=]\s*){3,}$)|.*(?:  |\\|<br ?/?>)$|.*\|")
CONTAINED = re.compile(r"\s*(?:>|[-*+]\s|\d+[.)]\s)|\s+\S")
ROMAN = tuple(written(value, "i") for value in range(1, 16))


def renders_differently(policy: PolicyReview) -> Iterator[Finding]:
    """Find what a review on GitHub shows otherwise than readers will see it."""
    text = policy.text
    if text.is_beyond_bounds:
        return
    yield from _differences(text)
    yield from _undefined_footnotes(text)
    yield from _undefined_references(text)
    yield from _joined_clauses(text)


def _differences(text: PolicyText) -> Iterator[Finding]:
    """Find the blocks that differ, and what only the site knows."""
    first_line = text.line_of(text.start)
    body, parts = github_reading.without_site_only(
        text.body, text.reader.markdown.extensions, text.document.html
    )
    yield from _site_only(text, [part for part in parts if SITE_ONLY[part.kind][0]])
    last_line = 0
    on_site, github = _shown(body, text), github_reading.github_blocks(body)
    for shown, on_github in github_reading.differences(on_site, github):
        if on_github and on_github.line >= 0:
            last_line = on_github.line
        here, there = _described(shown, on_github), _described(on_github, shown)
        message = f"The site shows {here}; GitHub shows {there}."
        line = first_line + _line_of(body, last_line, shown, on_github)
        place, fix = _marks_at_words(text, line)
        if fix:
            yield text.finding(place, message, "Set the marks right beside the words.", fix)
        else:
            yield Finding(line, message, "Write it so that both show the same.")


def _shown(body: str, text: PolicyText) -> list[ShownBlock]:
    document = text.document if body == text.body else text.reader.read(body)
    return github_reading.shown_blocks(
        block for section in document.sections for block in section.blocks
    )


def _site_only(text: PolicyText, parts: list[SiteOnly]) -> Iterator[Finding]:
    """Find what only the site knows: the first of each kind, and all that has a fix."""
    lines = text.body.split("\n")
    starts = [text.start, *accumulate((len(line) + 1 for line in lines), initial=text.start)][1:]
    rewritten = _rewritten(text, lines, parts)
    named: set[str] = set()
    for part in parts:
        if part.kind not in named or part in rewritten:
            if part not in rewritten:
                named.add(part.kind)
            what, hint = SITE_ONLY[part.kind]
            signs = " ".join(part.signs.split())
            dots = "…" if len(signs) > LETTERS_SHOWN else ""
            message = f"The site shows {what}; GitHub shows “{signs[:LETTERS_SHOWN]}{dots}”."
            length = min(starts[part.end], len(text.text)) - starts[part.first]
            fix = Fix(length, rewritten[part]) if part in rewritten else None
            yield text.finding(starts[part.first], message, hint, fix)


def _rewritten(text: PolicyText, lines: list[str], parts: list[SiteOnly]) -> Mapping[SiteOnly, str]:
    """Return what both show alike for each part for which there is such a form.

    Nothing where the site would then show anything otherwise than it does.
    """
    rewritten: dict[SiteOnly, str] = {}
    for part in parts:
        if part.kind == "contents":
            rewritten[part] = ""
        alert = _alert(lines, part) if part.kind == "admonition" else ""
        if alert and _letters(_shown(alert, text)) == _letters(github_reading.github_blocks(alert)):
            rewritten[part] = alert
    changed = [*lines]
    for part, new in rewritten.items():
        changed[part.first : part.end] = [new.rstrip("\n"), *[""] * (part.end - part.first - 1)]
    if rewritten and _letters(_shown("\n".join(changed), text)) != _letters(
        _shown(text.body, text)
    ):
        return {}
    return rewritten


def _letters(blocks: list[ShownBlock]) -> list[tuple[object, ...]]:
    return [block.shown for block in blocks]


def _alert(lines: list[str], part: SiteOnly) -> str:
    """Return a box as GitHub's alert, empty where its title is its own."""
    kind = ALERT.match(lines[part.first])
    words = textwrap.dedent("\n".join(lines[part.first + 1 : part.end])).strip("\n")
    if kind is None:
        return ""
    quote = [f"> [!{kind[1].upper()}]", *(f"> {line}".rstrip() for line in words.split("\n"))]
    before = [""] if part.first and lines[part.first - 1].strip() else []
    after = [""] if lines[part.end : part.end + 1] and lines[part.end].strip() else []
    return "\n".join([*before, *quote, *after, ""])


def _marks_at_words(text: PolicyText, line: int) -> tuple[int, Fix | None]:
    """Set bold and italic marks beside the words of a paragraph, where both then show it alike.

    The site goes on to show the same words.
    """
    lines = text.text.split("\n")
    first = last = line - 1
    while first > 0 and lines[first - 1].strip() and not ITEM.match(lines[first]):
        first -= 1
    while (
        last < len(lines) and lines[last].strip() and not (last >= line and ITEM.match(lines[last]))
    ):
        last += 1
    old = "\n".join(lines[first:last])
    new = LOOSE_MARKS.sub(r"\g<before>\1\g<words>\1\g<after>", EMPTY_MARKS.sub("", old))
    if new == old:
        return 0, None
    before, after = (_shown(textwrap.dedent(source), text) for source in (old, new))
    if _letters(after) != _letters(github_reading.github_blocks(textwrap.dedent(new))) or (
        [block.text for block in after] != [block.text for block in before]
    ):
        return 0, None
    start = common_length(old, new)
    end = common_length(old[start:][::-1], new[start:][::-1])
    place = sum(len(row) + 1 for row in lines[:first]) + start
    return place, Fix(len(old) - start - end, new[start : len(new) - end])


def _described(block: ShownBlock | None, other: ShownBlock | None) -> str:
    """Say what a reader sees of a block where it differs from the other."""
    if block is None:
        return "nothing here"
    if other is None or block.text != other.text:
        start = common_length(block.text, other.text if other else "")
        start = max(0, block.text.rfind(" ", 0, max(0, start - LETTERS_BEFORE)) + 1)
        shown = block.text[start : start + LETTERS_SHOWN]
        dots = "…" if len(block.text) > start + LETTERS_SHOWN else ""
        return f"“{'…' if start else ''}{shown}{dots}”"
    if (block.around, block.tag) != (other.around, other.tag):
        return f"“{block.text[:LETTERS_BEFORE]}” as {_place_of(block)}"
    formats = (FORMATS.get(name, name) for name in block.format)
    return f"“{block.text[:LETTERS_BEFORE]}” with {', '.join(formats) or 'no format'}"


def _place_of(block: ShownBlock) -> str:
    names = {"li": "an item", "blockquote": "a quote", "tr": "a row", "pre": "code", "p": "text"}
    around = [f"item {number}" if number else names.get(tag, "") for tag, number, _ in block.around]
    heading = f"a heading of level {block.tag[1]}" if re.match(r"h\d", block.tag) else ""
    parts = [heading or names.get(block.tag, "text"), *filter(None, reversed(around))]
    return " in ".join(dict.fromkeys(parts))


def _line_of(body: str, line: int, shown: ShownBlock | None, on_github: ShownBlock | None) -> int:
    """Return the line, from that of its block on, where the first words that differ stand."""
    text = (on_github or shown or EMPTY).text
    start = common_length(text, shown.text) if shown else 0
    start = len(re.sub(r"\w+\Z", "", text[:start]))
    following = body.split("\n")[line:]
    for word in re.findall(r"\w{2,}", text[start:])[:1] or re.findall(r"\w{2,}", text)[-1:]:
        return line + next((n for n, row in enumerate(following) if word in row), 0)
    return line


def _undefined_footnotes(text: PolicyText) -> Iterator[Finding]:
    """Find footnotes that are nowhere defined, defined twice, or that nothing refers to."""
    notes = list(FOOTNOTE.finditer(github_source(text)))
    definitions = [note for note in notes if _begins_line(text, note) and note["definition"]]
    labels = {note["label"]: note for note in reversed(definitions)}
    by_name = {normalized_label(label): note for label, note in labels.items()}
    used = {normalized_label(note["label"]) for note in notes if note not in definitions}
    for note in notes:
        first = labels.get(note["label"])
        other = by_name.get(normalized_label(note["label"]))
        if first is None and other:
            message = f"The site shows {note[0]}, GitHub the footnote of line "
            message += f"{text.line_of(other.start())}, whose name is {other['label']}."
            fix = Fix(len(note["label"]), other["label"])
            yield text.finding(note.start("label"), message, f"Write {other['label']}.", fix)
        elif first is None:
            message = (
                f"The footnote {note[0]} is nowhere defined: the site and GitHub show its brackets."
            )
            hint = f"Define it on a line of its own: [^{note['label']}]: its words."
            yield text.finding(note.start(), message, hint)
        elif note in definitions and note is not first:
            line = text.line_of(first.start())
            message = f"The footnote is defined a second time; line {line} defines it first."
            yield text.finding(note.start(), message, "Keep one definition, or number it anew.")
        elif note is first and normalized_label(note["label"]) not in used:
            message = "Nothing refers to this footnote: GitHub does not show it."
            yield text.finding(note.start(), message, f"Write [^{note['label']}] where it belongs.")


def github_source(text: PolicyText) -> str:
    """Return the text with blanks instead of the front matter and code; places stay."""
    return without_code(text.body_in_place)


def _begins_line(text: PolicyText, match: re.Match[str]) -> bool:
    start = text.text.rfind("\n", 0, match.start()) + 1
    return not text.text[start : match.start()].strip(" >")


def _undefined_references(text: PolicyText) -> Iterator[Finding]:
    """Find links by names that are nowhere defined."""
    references = list(REFERENCE.finditer(text.prose))
    defined = {normalized_label(name) for name in link_names(text.body)} if references else set()
    for match in references:
        label = text.text[slice(*match.span("label" if match["label"] else "words"))]
        if normalized_label(label) not in defined and not label.startswith("^"):
            source = text.text[match.start() : match.end()]
            message = f"The link “{source}” leads nowhere: the site and GitHub show its brackets."
            hint = f"Write its address behind it, or on a line of its own: [{label}]: address"
            anchor = _anchor(text, label)
            if anchor:
                hint = f"Write the link to the section of this name: (#{anchor})."
                place = match.start("label") - 1
                yield text.finding(
                    place, message, hint, Fix(len(match["label"]) + 2, f"(#{anchor})")
                )
            else:
                yield text.finding(match.start(), message, hint)


def _anchor(text: PolicyText, name: str) -> str:
    """Return where both lead to the one section of this name, empty where there is no such place.

    GitHub makes anchors of headings by rules of its own.
    """
    heading = normalized_label(name)
    sections = [s for s in text.document.sections[1:] if normalized_label(s.heading) == heading]
    anchor = sections[0].anchor if len(sections) == 1 else ""
    is_same = anchor and github_reading.github_anchor(sections[0].heading) == anchor
    return anchor if is_same else ""


def _joined_clauses(text: PolicyText) -> Iterator[Finding]:
    """Find clauses on lines of their own that run together in a paragraph."""
    place = 0
    for paragraph in re.split(r"(\n[ \t]*\n)", text.prose):
        lines = paragraph.split("\n")
        clauses = {n: match for n, line in enumerate(lines) if (match := CLAUSE.match(line))}
        if _are_numbered(list(clauses.values())):
            starts = [place + sum(len(line) + 1 for line in lines[:n]) for n in clauses]
            for (n, clause), start in zip(clauses.items(), starts, strict=True):
                if n and not STANDS_ALONE.match(lines[n - 1]):
                    shown = clause[0].split()[0]
                    message = f"“{shown}” begins a line, but is shown behind the words above it."
                    hint = "Set a blank line before each clause, or write them as a list."
                    fix = None if CONTAINED.match(lines[0]) else Fix(0, "\n")
                    yield text.finding(start, message, hint, fix)
        place += len(paragraph)


def _are_numbered(clauses: list[re.Match[str]]) -> bool:
    """Tell whether these are two clauses or more, of which each follows the one before."""
    marks = [(clause["closed"] or clause["open"]).lower() for clause in clauses]
    return len(marks) > 1 and any(_follows(*pair) for pair in pairwise(marks))


def _follows(mark: str, following: str) -> bool:
    if mark.isdigit() and following.isdigit():
        return int(following) == int(mark) + 1
    if mark in ROMAN[:-1] and following == ROMAN[ROMAN.index(mark) + 1]:
        return True
    return len(mark) == len(following) == 1 and ord(following) == ord(mark) + 1

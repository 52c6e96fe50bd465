"""Front matter rewritten key by key: every other byte stays, comments and line ends too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from gazette.text.frontmatter import FENCE, FrontMatter, normalized

LINE_END = re.compile(r"\r\n|\r|\n")
COMMENT = re.compile(r"[ \t]*(#.*)?$")


@dataclass(frozen=True)
class _Entry:
    """One key with its value: `start` is where its line begins, `end` where the next thing does.

    The value alone stands from `value_start` to `value_end`. All are places in the raw text.
    """

    key: str
    start: int
    value_start: int
    value_end: int
    end: int
    quote: str


def with_values(text: str, facts: Mapping[str, str | None]) -> str:
    """Return `text` with these values in its front matter; None takes a key out.

    A key that is new comes behind those that precede it in the model. The front matter has to be
    valid YAML, and what is rewritten there one text, no list.
    """
    for key, value in facts.items():
        text = _with(text, key, value)
    return text


def _with(text: str, key: str, value: str | None) -> str:
    entries = {one.key: one for one in _entries(text)}
    entry = entries.get(key)
    if value is None:
        return _without(text, entry) if entry else text
    if entry:
        gap = " " if text[entry.value_start - 1] == ":" else ""
        written = gap + _written(value, entry.quote)
        return f"{text[: entry.value_start]}{written}{text[entry.value_end :]}"
    order = list(FrontMatter.model_fields)
    before = [one.end for name, one in entries.items() if _place(name, order) < order.index(key)]
    at = max(before, default=min(one.start for one in entries.values()))
    return f"{text[:at]}{key}: {_written(value, '')}{_line_end(text)}{text[at:]}"


def _place(key: str, order: list[str]) -> int:
    return order.index(key) if key in order else len(order)


def _without(text: str, entry: _Entry) -> str:
    """Take a key out; a comment behind its value stays, on a line of its own."""
    comment = COMMENT.search(text[entry.value_end : entry.end].rstrip("\r\n"))
    kept = f"{comment[1]}{_line_end(text)}" if comment and comment[1] else ""
    return text[: entry.start] + kept + text[entry.end :]


def _entries(text: str) -> Iterator[_Entry]:
    plain = normalized(text)
    fence = FENCE.match(plain)
    node = yaml.compose(fence[1], Loader=yaml.SafeLoader) if fence else None
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("There is no front matter to write in.")
    lines = _line_starts(text)
    for key, value in node.value:
        first, last = value.start_mark, value.end_mark
        is_block = last.column == 0 and last.line > first.line  # it ends where the next line starts
        end = lines[last.line + (1 if is_block else 2)]
        value_end = lines[last.line + 1] + last.column
        yield _Entry(
            key.value,
            start=lines[key.start_mark.line + 1],
            value_start=lines[first.line + 1] + first.column,
            value_end=len(text[:end].rstrip("\r\n")) if is_block else value_end,
            end=end,
            quote=value.style if getattr(value, "style", None) in ("'", '"') else "",
        )


def _line_starts(text: str) -> list[int]:
    """Return where each line of the raw text begins, a byte order mark left out of the first."""
    return [int(text.startswith("\ufeff")), *(found.end() for found in LINE_END.finditer(text))]


def _line_end(text: str) -> str:
    found = LINE_END.search(text)
    return found[0] if found else "\n"


def _written(value: str, quote: str) -> str:
    """Return a value as YAML that reads as exactly this text, in the quotes that stood there."""
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    if quote == '"' or not _is_plain(value):
        return json.dumps(value, ensure_ascii=False)
    return value


def _is_plain(value: str) -> bool:
    try:
        node = yaml.compose(f"key: {value}\n", Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    return (
        isinstance(node, yaml.MappingNode)
        and len(node.value) == 1
        and isinstance(node.value[0][1], yaml.ScalarNode)
        and node.value[0][1].value == value
        and "\n" not in value
    )

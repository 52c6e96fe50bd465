"""Front matter: the YAML above a policy, found, read with the line of each key, and rewritten."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from gazette.model import Continues, Metadata, StatedContinues, VersionId
from gazette.problems import Code, Fix, Problem, printable
from gazette.text.bounds import excesses, front_matter_excesses
from gazette.text.frontmatter_faults import FIRST_LINE, ValueFaults, no_front_matter, unreadable

FENCED_BLOCK = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M)
TITLE_LINE = re.compile(r"^title:[ \t]*(.*)(?:\n([ \t]))?", re.M)
PLAIN_TITLE = re.compile(r"(?![>|&*!?%@`\"'{\[#])(?:(?![ \t]#|:[ \t]).)+")
BLOCK_STYLES = (">", "|")  # their last line end is no part of a value
CUT_OFF = re.compile(r"[ \t]+(#\S.*)")
VERSION_LINE = re.compile(r"^version:[ \t]*([\"']?)(\S+?)\1[ \t]*(?:#.*)?$", re.M)
KEY_LINE = re.compile(r"^(\w+):[ \t]*[\"']?([^\n#\"']*?)[\"']?[ \t]*(?:#.*)?$", re.M)
LINE_END = re.compile(r"\r\n|\r|\n")
YAML_TAGS = "tag:yaml.org,2002:"
PLAIN_TAGS = frozenset(
    YAML_TAGS + kind
    for kind in ("bool", "float", "int", "merge", "null", "seq", "str", "timestamp", "value")
)
COMMENT = re.compile(r"[ \t]*(#.*)?$")
FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # same values, other messages
MOST_BLOCKS_END_BEFORE = 8192  # characters: looking only so far is faster than through long texts

CONTINUES: TypeAdapter[Continues] = TypeAdapter(StatedContinues)
Pairs = Sequence[tuple[yaml.ScalarNode, yaml.Node]]


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the front matter, for editors that check while typing."""
    return {"$schema": "http://json-schema.org/draft-07/schema#", **Metadata.model_json_schema()}


def normalized(text: str) -> str:
    """Return `text` without byte order mark, every line ended by a line feed alone."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def block_of(text: str) -> str | None:
    """Return the YAML between the two lines `---` at the top of `text`, None without them."""
    beginning = text[: text.rfind("\n", 0, MOST_BLOCKS_END_BEFORE) + 1]
    fenced = FENCED_BLOCK.match(normalized(beginning)) or FENCED_BLOCK.match(normalized(text))
    return fenced[1] if fenced else None


def body_of(text: str) -> str:
    """Return what stands below the front matter of `text`; all of it where there is none."""
    text = normalized(text)
    fenced = FENCED_BLOCK.match(text)
    return text[fenced.end() :] if fenced else text


def first_line_of(text: str, body: str) -> int:
    """Return the line of `text` on which its `body`, all that stands last, begins; from 1."""
    return normalized(text).count("\n") - body.count("\n") + 1


def stated_version(text: str) -> VersionId | None:
    """Return the version that the front matter of `text` states, None where none is legible.

    Reads that one line only: history asks it of every text there ever was.
    """
    line = VERSION_LINE.search(block_of(text) or "")
    try:
        return VersionId.parse(line[2]) if line else None
    except ValueError:
        return None


def stated_title(text: str) -> str:
    """Return the title that the front matter of `text` states, empty where none is legible.

    Mostly reads that one line only: history asks it of many texts.
    """
    block = block_of(text) or ""
    line = TITLE_LINE.search(block)
    if line and not line[2] and PLAIN_TITLE.fullmatch(line[1]):
        return line[1].strip()
    title = _legible(block).get("title") if line else ""
    return " ".join(title.split()) if isinstance(title, str) else ""


def stated_values(text: str) -> dict[str, str]:
    """Return the values of one line in the front matter of `text`, without quotes or comments."""
    return dict(KEY_LINE.findall(block_of(text) or ""))


def stated_continues(text: str) -> Continues:
    """Return which sections the front matter says to continue others, as far as it is legible."""
    value = _legible(block_of(text) or "").get("continues", ())
    try:
        return CONTINUES.validate_python(value)
    except ValidationError:
        return ()


def stated_language(text: str) -> str:
    """Return the language that the front matter names, as far as it is legible."""
    value = _legible(block_of(text) or "").get("lang", "")
    return value if isinstance(value, str) else ""


def line_of(text: str, key: str) -> int:
    """Return the line of `text` on which its front matter states `key`, 1 where it does not."""
    block = block_of(text) or ""
    line = re.search(rf"^{key}:", block, re.M)
    return block.count("\n", 0, line.start()) + FIRST_LINE if line else 1


def bound_problems(path: str, text: str) -> list[Problem]:
    """Return every bound that the `text` of the file at `path` goes beyond."""
    return [
        Problem(path, excess.line, Code.BOUNDS, excess.message, excess.hint)
        for excess in excesses(normalized(text))
    ]


def read_metadata(path: str, text: str) -> tuple[Metadata | None, list[Problem]]:
    """Read the front matter of the policy at `path` strictly.

    Returns its metadata, None when anything is wrong, and everything that is wrong.
    """
    if beyond := bound_problems(path, text):
        return None, beyond
    block = block_of(text)
    if block is None:
        return None, [no_front_matter(path, normalized(text).split("\n"))]
    try:
        pairs = _pairs(block, yaml.SafeLoader)
    except yaml.YAMLError as error:
        return None, [unreadable(path, block, error)]
    if pairs is None:
        return None, [no_front_matter(path, normalized(text).split("\n"))]
    lines = {key.value: key.start_mark.line + FIRST_LINE for key, _ in pairs}
    problems = list(_duplicates(path, block, pairs))
    try:
        metadata = Metadata.model_validate({key.value: _plain(value) for key, value in pairs})
    except ValidationError as error:
        faults = ValueFaults(path, normalized(text), block, pairs)
        return None, problems + [faults.invalid(detail) for detail in _details(error)]
    problems += _contradictory_dates(path, lines, metadata)
    problems += _cut_off(path, block, pairs)
    if stated_version(text) != metadata.version:
        message = "The version does not stand on one line with its key."
        hint = f"Write version: {metadata.version}, each on a line of its own."
        problems.append(Problem(path, lines["version"], Code.INVALID_VALUE, message, hint))
    return (None if problems else metadata), problems


def read_archived_metadata(text: str, version: VersionId, fallback_title: str) -> Metadata:
    """Read the front matter of a text that can no longer be corrected.

    Takes what it states as far as it is valid and fills in the rest, for rules came and went while
    the text stayed.
    """
    stated = _legible(block_of(text) or "")
    stated |= {"version": version, "title": stated.get("title") or fallback_title}
    stated["updated"] = version.day
    while True:
        try:
            return Metadata.model_validate(stated)
        except ValidationError as error:
            for detail in _details(error):
                stated.pop(str(detail["loc"][0]), None)
            stated = {"title": fallback_title, **stated}


def _legible(block: str) -> dict[str, object]:
    try:
        pairs = _pairs(block, FAST_LOADER) or ()
    except yaml.YAMLError:
        return {}
    return {key.value: _plain(value) for key, value in pairs}


def _pairs(block: str, loader: Any) -> Pairs | None:
    """Parse YAML as keys with their values, None where it is no plain mapping."""
    for excess in front_matter_excesses(block):
        raise yaml.YAMLError(excess.message)
    try:
        node = yaml.compose(block, Loader=loader)
    except (ValueError, OverflowError):  # an escape beyond the last letter there is
        raise yaml.YAMLError("what follows a \\ in quotation marks stands for no letter") from None
    if not isinstance(node, yaml.MappingNode):
        return None
    pairs: Pairs = node.value
    return pairs if all(isinstance(key, yaml.ScalarNode) for key, _ in pairs) else None


def _plain(node: yaml.Node) -> object:
    """Return a YAML value as text (`1.10` stays 1.10, `no` stays no), or a list of texts.

    A mapping has texts and lists as its values; what is nested deeper, and a value behind a tag
    such as `!!binary`, becomes a mapping, which no key takes there.
    """
    if isinstance(node, yaml.MappingNode):
        pairs = [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]
        return {key.value: _plain_list(value) for key, value in pairs} or {"": "…"}
    return _plain_list(node)


def _plain_list(node: yaml.Node) -> object:
    if isinstance(node, yaml.MappingNode):
        return {"": "…"}
    if node.tag not in PLAIN_TAGS:
        return {node.tag.replace(YAML_TAGS, "!!"): "…"}
    if isinstance(node, yaml.SequenceNode):
        return [item.value if isinstance(item, yaml.ScalarNode) else None for item in node.value]
    is_block = isinstance(node, yaml.ScalarNode) and node.style in BLOCK_STYLES
    return node.value.rstrip("\n") if is_block else node.value


def _details(error: ValidationError) -> list[Any]:
    """Return what is wrong with the values that are stated, not with those derived from them."""
    details = error.errors(include_url=False, include_context=False)
    return [detail for detail in details if detail["type"] != "default_factory_not_called"]


def _duplicates(path: str, block: str, pairs: Pairs) -> Iterator[Problem]:
    lines = block.split("\n")
    first: dict[str, int] = {}
    values: dict[str, yaml.Node] = {}
    for key, value in pairs:
        line = key.start_mark.line + FIRST_LINE
        if key.value in first:
            name = printable(key.value)
            message = f"`{name}` stands here a second time, first in line {first[key.value]}."
            is_one_line = value.end_mark.line == key.start_mark.line
            is_same = is_one_line and _plain(value) == _plain(values[key.value])
            fix = Fix(len(lines[line - FIRST_LINE]), "") if is_same else None
            hint = "Take this line out." if is_same else "Keep one of the two."
            yield Problem(path, line, Code.DUPLICATE_KEY, message, hint, int(is_same), fix)
        first.setdefault(key.value, line)
        values.setdefault(key.value, value)


def _cut_off(path: str, block: str, pairs: Pairs) -> Iterator[Problem]:
    """Yield the values that YAML ends at a ` #` which begins no remark: a blank follows that."""
    lines = block.split("\n")
    for key, value in pairs:
        end = value.end_mark
        rest = CUT_OFF.fullmatch(lines[end.line][end.column :]) if end.line < len(lines) else None
        if rest and isinstance(value, yaml.ScalarNode) and value.style is None:
            whole = json.dumps(f"{value.value} {rest[1]}", ensure_ascii=False)
            message = f"“{rest[1]}” is cut off: behind a blank, # begins a remark."
            hint = f"Write {key.value}: {whole}. For a remark, put a blank behind the #."
            start = value.start_mark
            is_clear = start.line == end.line
            fix = Fix(len(lines[end.line]) - start.column, whole) if is_clear else None
            line, column = end.line + FIRST_LINE, (start.column + 1) * is_clear
            yield Problem(path, line, Code.INVALID_VALUE, message, hint, column, fix)


def _contradictory_dates(
    path: str, lines: Mapping[str, int], metadata: Metadata
) -> Iterator[Problem]:
    updated, version, effective = metadata.updated, metadata.version, metadata.effective
    if updated != version.day:
        message = f"`updated` is {updated}, but the version {version} bears another day."
        hint = f"Write updated: {version.day}, or version: {updated}.v1."
        yield Problem(path, lines["updated"], Code.VERSION_DATE, message, hint)
    if effective < updated:
        message = f"The text is posted on {updated} but would apply since {effective}."
        hint = f"Write effective: {updated} or a later day, or leave the line out."
        yield Problem(path, lines["effective"], Code.EFFECTIVE_DATE, message, hint)


@dataclass(frozen=True)
class _Entry:
    """A key with its value: `start` is where its line begins, `end` where the next thing does.

    The value alone stands from `value_start` to `value_end`. All are places in the raw text.
    """

    key: str
    start: int
    value_start: int
    value_end: int
    end: int
    quote: str


def with_values(text: str, values: Mapping[str, str | None]) -> str:
    """Return `text` with these values in its front matter; None takes a key out.

    Every other byte stays, comments and line ends too. A key that is new comes behind those that
    precede it in the model. Raises ValueError where there is no front matter; that has to be valid
    YAML, and what is rewritten in it a text, not a list.
    """
    for key, value in values.items():
        text = _with_value(text, key, value)
    return text


def _with_value(text: str, key: str, value: str | None) -> str:
    entries = {entry.key: entry for entry in _entries(text)}
    entry = entries.get(key)
    if value is None:
        return _without(text, entry) if entry else text
    if entry:
        gap = " " if text[entry.value_start - 1] == ":" else ""
        written = gap + _written(value, entry.quote)
        return f"{text[: entry.value_start]}{written}{text[entry.value_end :]}"
    preceding = list(Metadata.model_fields)
    preceding = preceding[: preceding.index(key)]
    before = [entry.end for name, entry in entries.items() if name in preceding]
    at = max(before, default=min(entry.start for entry in entries.values()))
    return f"{text[:at]}{key}: {_written(value, '')}{line_end(text)}{text[at:]}"


def _without(text: str, entry: _Entry) -> str:
    """Take a key out; a comment behind its value stays, on a line of its own."""
    comment = COMMENT.search(text[entry.value_end : entry.end].rstrip("\r\n"))
    kept = f"{comment[1]}{line_end(text)}" if comment and comment[1] else ""
    return text[: entry.start] + kept + text[entry.end :]


def _entries(text: str) -> Iterator[_Entry]:
    pairs = _pairs(block_of(text) or "", yaml.SafeLoader)
    if pairs is None:
        raise ValueError("There is no front matter to write in.")
    lines = line_starts(text)
    for key, value in pairs:
        first, last = value.start_mark, value.end_mark
        is_block = last.column == 0 and last.line > first.line  # it ends where the next line starts
        end = lines[last.line + (1 if is_block else 2)]
        value_end = lines[last.line + 1] + last.column
        style = value.style if isinstance(value, yaml.ScalarNode) else None
        yield _Entry(
            key.value,
            start=lines[key.start_mark.line + 1],
            value_start=lines[first.line + 1] + first.column,
            value_end=len(text[:end].rstrip("\r\n")) if is_block else value_end,
            end=end,
            quote=style if style in ("'", '"') else "",
        )


def line_starts(text: str) -> list[int]:
    """Return where each line of the raw text begins, a byte order mark left out of the first."""
    return [int(text.startswith("\ufeff")), *(end.end() for end in LINE_END.finditer(text))]


def line_end(text: str) -> str:
    """Return how the lines of the raw text end: as the first of them does."""
    end = LINE_END.search(text)
    return end[0] if end else "\n"


def _written(value: str, quote: str) -> str:
    """Return a value as YAML that reads as exactly this text, in the quotes that stood there."""
    if quote == "'":
        return "'" + value.replace("'", "''") + "'"
    if quote == '"' or not _is_plain(value):
        return json.dumps(value, ensure_ascii=False)
    return value


def _is_plain(value: str) -> bool:
    try:
        pairs = _pairs(f"key: {value}\n", yaml.SafeLoader) or ()
    except yaml.YAMLError:
        return False
    return "\n" not in value and [node.value for _, node in pairs] == [value]

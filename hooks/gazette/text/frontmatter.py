"""Front matter: read as text with the line of every key, checked against a typed model."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, TypeGuard

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
)

from gazette.model import SLUG_PATTERN, VERSION_PATTERN, Change, Metadata, VersionId
from gazette.problems import Code, Problem

FENCE = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.S | re.M)
TITLE_LINE = re.compile(r"^title:[ \t]*(\S.*)$", re.M)
VERSION_LINE = re.compile(r"^version:[ \t]*([\"']?)(\S+?)\1[ \t]*(?:#.*)?$", re.M)
DAY_PATTERN = r"^\d{4}-\d{2}-\d{2}$"


def _day(text: object) -> date:
    if not isinstance(text, str) or not re.match(DAY_PATTERN, text):
        raise ValueError("A date is written year-month-day, like 2026-03-31.")
    return date.fromisoformat(text)


def _version(text: object) -> VersionId:
    return VersionId.parse(text if isinstance(text, str) else "")


Day = Annotated[
    date, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": DAY_PATTERN})
]
Posted = Annotated[
    VersionId,
    BeforeValidator(_version),
    WithJsonSchema({"type": "string", "pattern": VERSION_PATTERN}),
]
Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=SLUG_PATTERN)]
Days = Annotated[int, Field(ge=0), WithJsonSchema({"type": "integer", "minimum": 0})]


class FrontMatter(BaseModel):
    """The keys an editor may write above a policy; the JSON Schema for editors comes from here."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Front matter of a policy")

    title: Text = Field(description="The name readers know the policy by.")
    version: Posted = Field(
        description="The day this text is posted and its number that day.",
        examples=["2026-03-31.v1"],
    )
    updated: Day = Field(
        description="The day this text is posted: the day in its version.", examples=["2026-03-31"]
    )
    effective: Day | None = Field(
        None, description="The day this text starts to apply; the day it is posted if left out."
    )
    change: Change = Field(
        Change.SUBSTANTIVE, description="Does this version change what the policy means?"
    )
    summary: Text | None = Field(
        None, description="What this version changes, in plain words for readers."
    )
    description: Text | None = Field(None, description="What the policy is about, in one line.")
    category: Text | None = Field(None, description="The group it stands under on the home page.")
    formerly: tuple[Slug, ...] = Field(
        (), description="File names (without .md) that this policy had before."
    )
    notice_days: Days | None = Field(
        None, description="How many days before it applies a change of this policy is posted."
    )


FAST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # same values, other messages
EXAMPLES = {
    "version": "version: 2026-03-31.v1",
    "updated": "updated: 2026-03-31",
    "effective": "effective: 2026-04-30",
    "change": "change: substantive (or editorial)",
    "formerly": "formerly: [old-name]",
    "notice_days": "notice_days: 30",
}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the front matter, for editors that check while typing."""
    schema = FrontMatter.model_json_schema()
    return {"$schema": "http://json-schema.org/draft-07/schema#", **schema}


def normalized(text: str) -> str:
    """Return `text` without byte order mark, every line ended by a line feed alone."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def body_of(text: str) -> str:
    """Return what stands below the front matter of `text`; all of it where there is none."""
    text = normalized(text)
    fence = FENCE.match(text)
    return text[fence.end() :] if fence else text


def _fence(text: str) -> re.Match[str] | None:
    """Find the front matter, in the first lines if it is there: texts are long and many."""
    beginning = text[: text.rfind("\n", 0, 8192) + 1]
    return FENCE.match(normalized(beginning)) or FENCE.match(normalized(text))


def stated_version(text: str) -> VersionId | None:
    """Return the version that the front matter of `text` states, None where none is legible.

    Reads that one line only: history asks it of every text there ever was.
    """
    fence = _fence(text)
    line = VERSION_LINE.search(fence[1]) if fence else None
    try:
        return VersionId.parse(line[2]) if line else None
    except ValueError:
        return None


def stated_title(text: str) -> str:
    """Return the title line of the front matter of `text` as it is written, empty without one."""
    fence = _fence(text)
    line = TITLE_LINE.search(fence[1]) if fence else None
    return line[1].strip() if line else ""


def read(path: str, text: str) -> tuple[Metadata | None, list[Problem]]:
    """Read the front matter of the policy at `path`.

    Returns its metadata, None when anything is wrong, and everything that is wrong.
    """
    fence = _fence(text)
    if not fence:
        return None, [_no_front_matter(path, text)]
    try:
        node = yaml.compose(fence[1], Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return None, [_unreadable(path, error)]
    if not _is_plain_mapping(node):
        return None, [_no_front_matter(path, text)]
    lines = {key.value: key.start_mark.line + 2 for key, _ in node.value}
    problems = list(_duplicates(path, node))
    try:
        front = FrontMatter.model_validate({key.value: _plain(value) for key, value in node.value})
    except ValidationError as error:
        return None, problems + [_finding(path, lines, one) for one in error.errors()]
    problems += _dates(path, lines, front)
    return (None if problems else metadata(front)), problems


def metadata(front: FrontMatter) -> Metadata:
    """Return what `front` says, with what it leaves out filled in."""
    return Metadata(
        title=front.title,
        version=front.version,
        updated=front.updated,
        effective=front.effective or front.updated,
        change=front.change,
        summary=front.summary or "",
        description=front.description or "",
        category=front.category or "",
        formerly=front.formerly,
        notice_days=front.notice_days,
    )


def read_archived(text: str, version: VersionId, fallback_title: str) -> Metadata:
    """Read the front matter of a text that can no longer be fixed.

    Takes what it states as far as it is valid and fills in the rest, for rules came and went while
    the text stayed.
    """
    fence = _fence(text)
    stated = dict(_legible(fence[1])) if fence else {}
    stated |= {"version": str(version), "title": stated.get("title") or fallback_title}
    stated["updated"] = version.day.isoformat()
    while True:
        try:
            return metadata(FrontMatter.model_validate(stated))
        except ValidationError as error:
            for one in error.errors():
                stated.pop(str(one["loc"][0]), None)
            stated = {"title": fallback_title, **stated}


def _legible(block: str) -> Iterator[tuple[str, object]]:
    try:
        node = yaml.compose(block, Loader=FAST_LOADER)
    except yaml.YAMLError:
        return
    if _is_plain_mapping(node):
        yield from ((key.value, _plain(value)) for key, value in node.value)


def _is_plain_mapping(node: yaml.Node | None) -> TypeGuard[yaml.MappingNode]:
    return isinstance(node, yaml.MappingNode) and all(
        isinstance(key, yaml.ScalarNode) for key, _ in node.value
    )


def _plain(node: yaml.Node) -> object:
    """Return a YAML value as text (`1.10` stays 1.10, `no` stays no), None for nested ones."""
    if isinstance(node, yaml.SequenceNode):
        return [item.value if isinstance(item, yaml.ScalarNode) else None for item in node.value]
    return node.value if isinstance(node, yaml.ScalarNode) else None


def _no_front_matter(path: str, text: str) -> Problem:
    lines = normalized(text).split("\n")
    opened, closed = lines[0] == "---", "---" in lines[1:]
    said = "The front matter is not closed." if opened else "The policy has no front matter."
    if opened and closed:
        said = "The front matter is empty."
    hint = "Begin the file with a line ---, then title, version and updated, then a line ---."
    return Problem(path, 1, Code.FRONT_MATTER, said, hint)


def _unreadable(path: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or "it is not valid YAML"
    line = mark.line + 2 if mark else 1
    said = f"The front matter cannot be read here: {reason}."
    hint = 'Write each line as key: value, and put a value that holds ": " or "#" in quotes.'
    return Problem(path, line, Code.FRONT_MATTER, said, hint)


def _duplicates(path: str, node: yaml.MappingNode) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for key, _ in node.value:
        line = key.start_mark.line + 2
        if key.value in seen:
            said = f"`{key.value}` stands here a second time, first in line {seen[key.value]}."
            yield Problem(path, line, Code.DUPLICATE_KEY, said, "Keep one of the two.")
        seen.setdefault(key.value, line)


def _finding(path: str, lines: dict[str, int], error: Any) -> Problem:
    key = str(error["loc"][0])
    line = lines.get(key, 1)
    if error["type"] == "missing":
        hint = f"Add the line {EXAMPLES.get(key, key + ': ...')}"
        return Problem(path, line, Code.MISSING_KEY, f"`{key}` is missing.", hint)
    if error["type"] == "extra_forbidden":
        said = f"`{key}` is not a key of a policy."
        return Problem(path, line, Code.UNKNOWN_KEY, said, _meant(key))
    said = f"`{key}` cannot be {error['input']!r}." if error["input"] else f"`{key}` has no value."
    hint = f"Write {EXAMPLES.get(key, f'{key}: and a line of text')}."
    return Problem(path, line, Code.INVALID_VALUE, said, hint)


def _meant(key: str) -> str:
    known = list(FrontMatter.model_fields)
    nearest = difflib.get_close_matches(key.lower(), known, n=1, cutoff=0.6)
    started = [name for name in known if name[:3] == key.lower()[:3]]
    for name in nearest + started:
        return f"Did you mean `{name}`?"
    return f"Known keys are {', '.join(known)}."


def _dates(path: str, lines: dict[str, int], front: FrontMatter) -> Iterator[Problem]:
    if front.updated != front.version.day:
        said = f"`updated` is {front.updated}, but the version {front.version} bears another day."
        hint = f"Write updated: {front.version.day}, or version: {front.updated}.v1."
        yield Problem(path, lines["updated"], Code.VERSION_DATE, said, hint)
    if front.effective and front.effective < front.updated:
        said = f"The text is posted on {front.updated} but would apply since {front.effective}."
        hint = f"Write effective: {front.updated} or a later day, or leave the line out."
        yield Problem(path, lines["effective"], Code.EFFECTIVE_DATE, said, hint)

"""What is wrong with a front matter, in words for who knows no YAML, and the right line for it."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from gazette.model import LANGUAGE_PATTERN, Change, Metadata
from gazette.problems import Code, Fix, Problem, printable
from gazette.text.slugs import is_slug, original_of
from gazette.text.visible import CONTROL
from gazette.text.written_days import days_of, versions_of

FIRST_LINE = 2
"""The line of the file on which its YAML begins: the fence is line 1."""
MAX_SHOWN = 100  # characters of a wrong value, or of the line that is right
FORM_OF_LINES = (
    "Write each line as its key, a colon, a blank and the value, and put a value that holds "
    '": " or "#" in quotation marks.'
)
SIMILAR_KEY, SURE_KEY = 0.6, 0.8
"""How alike, by difflib, a key is to the one that may be meant, and to the one that must be."""
DAY_FORM, DAY_LENGTH = re.compile(r"\d{4}-\d{2}-\d{2}"), len("YYYY-MM-DD")
KEYS = list(Metadata.model_fields)
KEY_AND_VALUE = re.compile(r"(?P<key>[\w-]+):(?P<gap>[ \t]*)(?P<value>.*?)[ \t]*")
HEADING = re.compile(r"^# +(.+?)[ #]*$", re.M)


def unreadable(path: str, block: str, error: yaml.YAMLError) -> Problem:
    """Return the problem of a front matter that is no YAML, with its fix where one line has one."""
    if isinstance(error, yaml.reader.ReaderError):
        start = block.rfind("\n", 0, error.position) + 1
        line, column = block.count("\n", 0, start) + FIRST_LINE, error.position - start + 1
        message = f"A character that nothing can show stands here: number {error.character}."
        hint = "Take it out."
        return Problem(path, line, Code.FRONT_MATTER, message, hint, column, Fix(1, ""))
    if not isinstance(error, yaml.MarkedYAMLError):
        message = f"The front matter cannot be read: {error}."
        return Problem(path, 1, Code.FRONT_MATTER, message, FORM_OF_LINES)
    lines = block.split("\n")
    marks = [getattr(error, name, None) for name in ("problem_mark", "context_mark")]
    numbers = [mark.line for mark in marks if mark]
    for number in dict.fromkeys(near for line in numbers for near in (line, line - 1)):
        if 0 <= number < len(lines):
            for message, new in _repairs(lines[number]):
                if _is_better([*lines[:number], new, *lines[number + 1 :]], numbers[0]):
                    fix = Fix(len(lines[number]), new)
                    hint = f"Write {_cut(new.strip())}"
                    line = number + FIRST_LINE
                    return Problem(path, line, Code.FRONT_MATTER, message, hint, 1, fix)
    line = numbers[0] + FIRST_LINE if numbers else 1
    message = "From this line on, what stands between the two lines --- cannot be read."
    return Problem(path, line, Code.FRONT_MATTER, message, FORM_OF_LINES)


def _is_better(lines: Sequence[str], failed: int) -> bool:
    """Tell whether the lines can be read farther than to the line numbered `failed`."""
    try:
        node = yaml.compose("\n".join(lines), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        return bool(error.problem_mark and error.problem_mark.line > failed)
    except (yaml.YAMLError, ValueError):
        return False
    return isinstance(node, yaml.MappingNode)


def _repairs(line: str) -> Iterator[tuple[str, str]]:
    """Yield what may be wrong with a line and how it is right, the likeliest first."""
    if "\t" in line:
        message = "A tab stands in this line, where only blanks may."
        yield message, re.sub(r"\t+", " ", line.lstrip("\t"))
    if line[:1] in (" ", "-") and KEY_AND_VALUE.fullmatch(line.lstrip(" -")):
        message = "The line does not begin with its key, as the others do."
        yield message, line.lstrip(" -")
    match = KEY_AND_VALUE.fullmatch(line)
    first, _, rest = line.partition(" ")
    if match and not match["gap"] and match["value"]:
        message = f"Behind “{match['key']}:” a blank is missing."
        yield message, f"{match['key']}: {match['value']}"
    elif match and match["value"]:
        message = f"In the value of `{match['key']}` stands a sign that is not read as text here."
        yield message, quoted_line(match["key"], match["value"])
    elif first in KEYS and rest:
        yield f"Behind “{first}” a colon is missing.", f"{first}: {rest.strip()}"
    elif line.strip() and not match:
        message = "The line has no key. If it goes on with the line above, blanks begin it."
        yield message, f"  {line.strip()}"


def quoted_line(key: str, value: str) -> str:
    """Return the line of a key whose value is a text, in quotation marks."""
    quote = value[:1] if value[:1] in ("'", '"') else ""
    is_whole = len(value) > 1 and value.endswith(quote)
    if quote and (is_whole or value.count(quote) == 1):
        value = value[1:-1] if is_whole else value[1:]
        value = value.replace("\\" + quote, quote)
    return f"{key}: {json.dumps(value, ensure_ascii=False)}"


def no_front_matter(path: str, lines: Sequence[str]) -> Problem:
    """Return the problem of a file that has no front matter, or a half one."""
    opened, closed = lines[0].rstrip() == "---", "---" in lines[1:]
    message = "The policy has no front matter: the lines at its top that state its version."
    if opened:
        message = "The front matter is not closed: below it, a line --- is missing."
    if opened and closed:
        message = "The front matter is empty, or its lines are no keys with values."
    hint = "Begin the file with a line ---, then title, version and updated, then a line ---."
    return Problem(path, 1, Code.FRONT_MATTER, message, hint)


class ValueFaults:
    """Says what is wrong with the keys and values of the file at `path`, and what is right."""

    def __init__(self, path: str, text: str, block: str, pairs: Sequence[Any]) -> None:
        self._path = path
        self._top = text.partition("\n")[0]
        self._body = text.partition(f"{block}---")[2]
        self._lines = block.split("\n")
        self._nodes = {key.value: (key, value) for key, value in pairs}
        self._values = {
            key: value.value
            for key, (_, value) in self._nodes.items()
            if isinstance(value, yaml.ScalarNode)
        }

    def invalid(self, detail: Mapping[str, Any]) -> Problem:
        """Return the problem of one thing that the model found wrong."""
        key = str(detail["loc"][0])
        if detail["type"] == "missing":
            return self._missing(key)
        if detail["type"] == "extra_forbidden":
            return self._unknown(key)
        line, value = self._line(key), detail["input"]
        right = self._right_values(key, value)
        message = f"`{key}` cannot be {self._shown(key)}." if value else f"`{key}` has no value."
        if isinstance(value, str) and DAY_FORM.match(value) and not days_of(value[:DAY_LENGTH]):
            message += " There is no such day."
        hint = f"Write {' or '.join(map(_cut, right))}." if right else _form_of(key)
        fix = Fix(len(self._source(key)), right[0]) if len(right) == 1 else None
        column = self._nodes[key][0].start_mark.column + 1 if fix else 0
        return Problem(self._path, line, Code.INVALID_VALUE, message, hint, column, fix)

    def _line(self, key: str) -> int:
        return int(self._nodes[key][0].start_mark.line) + FIRST_LINE

    def _source(self, key: str) -> str:
        """Return the line of a key, from the key to its end."""
        mark = self._nodes[key][0].start_mark
        return str(self._lines[mark.line])[mark.column :]

    def _written(self, key: str) -> str:
        """Return the value of a key as it is written, where it is of one line."""
        name, value = self._nodes[key]
        is_one_line = name.start_mark.line == value.end_mark.line
        source = KEY_AND_VALUE.fullmatch(self._source(key)) if is_one_line else None
        return source["value"] if source else ""

    def _shown(self, key: str) -> str:
        """Return a wrong value in the words of a message."""
        written = self._written(key)
        value = written if written.startswith("!") else self._values.get(key) or written
        return (
            f"“{printable(_cut(value))}”" if value else "a list, or values with keys of their own"
        )

    def _missing(self, key: str) -> Problem:
        message = f"`{key}` is missing."
        others = (name for name in self._nodes if name not in KEYS)
        if misspelt := next((name for name in others if _nearest_key(name)[0] == key), ""):
            hint = f"Is it what `{printable(misspelt)}` states?"
            return Problem(self._path, 1, Code.MISSING_KEY, message, hint)
        line = self._line_to_add(key)
        if line is None:
            hint = f"Add a line for it. {_form_of(key)}"
            return Problem(self._path, 1, Code.MISSING_KEY, message, hint)
        fix, column = Fix(0, f"\n{line}"), len(self._top) + 1
        hint = f"Add the line {_cut(line)}"
        return Problem(self._path, 1, Code.MISSING_KEY, message, hint, column, fix)

    def _line_to_add(self, key: str) -> str | None:
        """Return the line of a missing key, where the rest of the file tells its value."""
        if key == "title":
            heading = HEADING.search(self._body)
            return quoted_line(key, heading[1].strip("*_ ")) if heading else None
        if key == "version":
            values = [f"{day}.v1" for day in _days(self._values.get("updated", ""))]
        else:
            versions = versions_of(self._values.get("version", "").strip())
            values = [version.partition(".")[0] for version in versions]
        return f"{key}: {values[0]}" if len(values) == 1 else None

    def _unknown(self, key: str) -> Problem:
        nearest, is_sure = _nearest_key(key)
        fix = None
        if not nearest:
            hint = f"Known keys are {', '.join(KEYS)}. Take the line out."
        elif nearest in self._nodes:
            hint = f"`{nearest}` stands there already: take this line out."
        else:
            hint = f"Did you mean `{nearest}`?"
            fix = Fix(len(key), nearest) if is_sure else None
        column = self._nodes[key][0].start_mark.column + 1 if fix else 0
        message = f"`{printable(key)}` is not a key of a policy."
        return Problem(self._path, self._line(key), Code.UNKNOWN_KEY, message, hint, column, fix)

    def _right_values(self, key: str, value: object) -> tuple[str, ...]:
        """Return the lines that may be meant by a wrong one, none where that is unclear."""
        written = self._written(key)
        if key in ("updated", "effective"):
            values = _days(str(value)) if written else ()
        elif key == "version":
            posted = self._values.get("updated", "")
            values = versions_of(str(value).strip()) or tuple(f"{day}.v1" for day in _days(posted))
        elif key == "change":
            names = [change.value for change in Change]
            values = tuple(difflib.get_close_matches(str(value).lower(), names, 1, SURE_KEY))
        elif key in ("formerly", "notice_days", "continues"):
            values = _slugs(written) if key == "formerly" else _counts(written, key)
        elif key == "lang":
            values = _tags(str(value))
        else:
            return _lines_of_text(key, written, value)
        return tuple(f"{key}: {right}" for right in values)


def _cut(text: str) -> str:
    """Return a text, or what of it a message has room for."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


def _days(text: str) -> tuple[str, ...]:
    return tuple(map(str, days_of(text.strip())))


def _slugs(written: str) -> tuple[str, ...]:
    """Return the list of the names that a value states, with folder or ending or without."""
    paths = re.findall(r"[\w./-]+", written) if not written.startswith(("{", "!")) else []
    names = [_name_in(path.removesuffix(".md")) for path in paths]
    return (f"[{', '.join(names)}]",) if names and all(map(is_slug, names)) else ()


def _name_in(path: str) -> str:
    """Return the slug at the end of a path, the bare name where no language stands before it."""
    slug = "/".join(path.split("/")[-2:])
    return slug if is_slug(slug) else original_of(slug)


def _tags(value: str) -> tuple[str, ...]:
    """Return the tag of the language that is named the way of another program."""
    tag = value.strip().replace("_", "-")
    return (tag,) if re.match(LANGUAGE_PATTERN, tag) else ()


def _lines_of_text(key: str, written: str, value: object) -> tuple[str, ...]:
    """Return the line of a key whose value is to be a text, none where that is unclear.

    A text that is read as a text is wrong for the control characters in it.
    """
    if isinstance(value, str) and value:
        words = CONTROL.sub("", " ".join(value.split()))
        right = f"{key}: {json.dumps(words, ensure_ascii=False)}"
        return (right,) if written and words and words != value else ()
    is_list = isinstance(value, Sequence) and not isinstance(value, str) and len(value) > 1
    is_text = written.strip("\"'") and not written.startswith(("# ", "!!")) and not is_list
    return (quoted_line(key, written),) if is_text else ()


def _counts(written: str, key: str) -> tuple[str, ...]:
    """Return the one number of a value like `30 days`."""
    numbers = re.findall(r"\d+", written)
    is_clear = key == "notice_days" and len(numbers) == 1 and not written.startswith(("{", "-"))
    return tuple(numbers) if is_clear else ()


def _form_of(key: str) -> str:
    """Return what the value of a key looks like, without a value that could be copied."""
    if key in ("updated", "effective"):
        return "Write the day in digits, as year-month-day: YYYY-MM-DD."
    if key == "version":
        return "Write the day it is posted and the number of its release: YYYY-MM-DD.v1."
    if key == "title":
        return "Write the name that readers know the policy by, as title: and the name."
    examples = Metadata.model_fields[key].examples
    if not examples:
        return f"Write a line of text behind {key}:, or take the line out."
    written = [str(example).replace("'", "") for example in examples]
    return f"Write it like {' or '.join(f'{key}: {example}' for example in written)}."


def _nearest_key(key: str) -> tuple[str, bool]:
    """Return the key that may be meant by an unknown one, and whether it must be."""
    plain = re.sub(r"[^a-z]+", "_", key.lower()).strip("_")
    for name in difflib.get_close_matches(plain, KEYS, n=1, cutoff=SIMILAR_KEY):
        return name, bool(difflib.get_close_matches(plain, [name], n=1, cutoff=SURE_KEY))
    started = (name for name in KEYS if name[:3] == plain[:3])
    return next(started, ""), False

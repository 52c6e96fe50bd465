"""The front matter of pages in `docs/` that are no policies: what host and theme can use of it.

They read some keys, and end in an error of their own at a value of another form.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from gazette.model import decoded
from gazette.problems import Code, Problem
from gazette.text.frontmatter import block_of, normalized
from gazette.text.frontmatter_faults import FORM_OF_LINES, unreadable

PARTS_OF_PAGES = ("fragments", "pages", "partials")
"""Folders of a theme whose templates are no whole pages of the host."""
FIRST_KEY = re.compile(r"\s*[\w-]+:(?:\s|\Z)")
MAX_SHOWN = 60
LIST_MESSAGE = "Between the lines --- stands a list, which readers would see above the page."
LIST_HINT = "Write each line as key: value. If it is text, put a blank line at the top of the file."


class _Form(NamedTuple):
    """What a value must be, the message about one that is not, and what to write."""

    is_usable: Callable[[Any, Sequence[Path]], bool]
    message: str
    hint: str


def unusable_keys(meta: Mapping[str, Any], theme: Sequence[Path]) -> list[str]:
    """Return the keys that hold what no page can be made with; `theme` are the theme's folders."""
    return [
        key for key, form in _FORMS.items() if key in meta and not form.is_usable(meta[key], theme)
    ]


def front_matter_problems(
    docs: Path, path: str, meta: Mapping[str, Any], theme: Sequence[Path]
) -> Iterator[Problem]:
    """Yield what is wrong with the front matter of the file at `path` below `docs`.

    `meta` is what the host reads there; of a page that a plugin made up there is no such file.
    """
    file, place = docs / path, f"docs/{path}"
    text = normalized(decoded(file.read_bytes())) if file.is_file() else ""
    if not meta:
        yield from _unread(place, block_of(text) or "")
    for key in unusable_keys(meta, theme):
        form = _FORMS[key]
        message = form.message.format(key=key, value=str(meta[key])[:MAX_SHOWN])
        yield Problem(place, _line_of(text, key), Code.INVALID_VALUE, message, form.hint)


def _unread(path: str, block: str) -> Iterator[Problem]:
    """Yield why the host makes text of what seems to be front matter."""
    try:
        value = yaml.safe_load(block)
    except yaml.YAMLError as error:
        if FIRST_KEY.match(block):
            yield unreadable(path, block, error)
    except (ValueError, OverflowError) as error:  # a day that is in no calendar
        message = f"What stands between the two lines --- cannot be read: {error}."
        yield Problem(path, 1, Code.FRONT_MATTER, message, FORM_OF_LINES)
    else:
        if isinstance(value, list):
            yield Problem(path, 1, Code.FRONT_MATTER, LIST_MESSAGE, LIST_HINT)


def _line_of(text: str, key: str) -> int:
    """Return the line at the top of `text` that states `key`, 1 where a plugin states it."""
    line = re.search(rf"^[\"' ]*{key}[\"' ]*:", text, re.M | re.I)
    return text.count("\n", 0, line.start()) + 1 if line else 1


def _is_template(value: Any, theme: Sequence[Path]) -> bool:
    return (
        isinstance(value, str)
        and value.endswith(".html")
        and value.split("/")[0] not in PARTS_OF_PAGES
        and _is_in(value, theme)
    )


def _is_icon(value: Any, theme: Sequence[Path]) -> bool:
    return not value or _is_in(f".icons/{value}.svg", theme)


def _is_in(name: str, theme: Sequence[Path]) -> bool:
    is_inside = not {"", ".", ".."}.intersection(name.split("/"))
    return is_inside and any((folder / name).is_file() for folder in theme)


def _is_list_of_parts(value: Any, theme: Sequence[Path]) -> bool:
    return not value or isinstance(value, (str, list, dict))


def _is_for_search(value: Any, theme: Sequence[Path]) -> bool:
    """Tell whether the search can use a value: one number that is none would end all of it."""
    boost = value.get("boost", 1) if isinstance(value, dict) else 1
    is_number = isinstance(boost, (int, float)) and abs(boost) < math.inf
    return not value or (isinstance(value, dict) and is_number)


def _is_text(value: Any, theme: Sequence[Path]) -> bool:
    return not isinstance(value, (list, dict, set))


_TEXT = _Form(
    _is_text,
    "`{key}` is no text, and readers would see it with its signs: {value}.",
    "Write it as one text, in quotation marks.",
)
_FORMS = {
    "template": _Form(
        _is_template,
        "`{key}` names no page of the theme: {value}.",
        "Name an .html file of the theme's folder, or take the line out.",
    ),
    "icon": _Form(
        _is_icon,
        "`{key}` names no icon of the theme: {value}.",
        "Write its folder and its name, as in icon: material/scale-balance, or take the line out.",
    ),
    "hide": _Form(
        _is_list_of_parts,
        "`{key}` is no list of what the page is to hide: {value}.",
        "Write, for example, hide: [navigation, toc], or take the line out.",
    ),
    "search": _Form(
        _is_for_search,
        "`{key}` is nothing that the search can use: {value}.",
        "Write search: {exclude: true} or search: {boost: 2}, or take the line out.",
    ),
    **dict.fromkeys(
        ("title", "description", "author", "subtitle", "status", "robots", "lang"), _TEXT
    ),
}

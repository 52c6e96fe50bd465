"""Front matter of other programs: Jekyll's, Hugo's and Docusaurus' YAML, Hugo's TOML and JSON."""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from gazette.imports.labels import Label
from gazette.text.frontmatter import FENCED_BLOCK, normalized, stated_title
from gazette.text.written_days import WrittenDay, days_in

TOML_BLOCK = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
JSON_BLOCK = re.compile(r"\A\{[ \t]*\n.*?^\}[ \t]*(?:\n|\Z)", re.S | re.M)
_DOTS = re.compile(r"\A(---[ \t]*\n(?:(?!---|\.\.\.)[^\n]*\n)+)\.\.\.(?=[ \t]*(?:\n|\Z))")
"""Front matter whose end is marked by dots, as YAML allows it."""
_LAST_UPDATE = re.compile(
    r"^last_update:[ \t]*\n(?:[ \t]+[^\n]*\n)*?[ \t]+date:[ \t]*(\S[^\n]*)", re.M
)
KEY = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:[ \t]+(.*\S)", re.M)
UPDATED = (
    *("updated", "lastupdated", "lastmod", "lastmodified", "lastmodifiedat", "modified"),
    *("lastupdate", "revised", "lastrevised", "updatedat", "version"),
)
PUBLISHED = ("published", "publishdate", "date")
_DAY_LETTERS = 40
"""A value that is a day and a time has no more letters; what has is a sentence."""
EFFECTIVE = ("effective", "effectivedate", "inforcesince", "dateeffective")
"""Keys that name a day, without hyphens and in small letters; those that say more come first."""
KEPT_BACK = {"draft": ("true", "yes", "on"), "published": ("false", "no", "off")}
"""Keys with the values by which a text is kept from the readers of its site."""
_ADDRESSES = re.compile(
    r"^(?:permalink|url|slug|redirect_from|aliases)[ \t]*[:=]"
    r"(?P<value>[^\n]*(?:\n[ \t]*(?:-|[\"'])[^\n]*)*)",
    re.M,
)
_ADDRESS = re.compile(r"(?<![^\s\"'\[,])/[^\s\"',\]]+")


class FrontMatter(NamedTuple):
    """What stands above a text: its title, its values of one line; `body` is the text below."""

    title: str
    values: Mapping[str, str]
    body: str

    @property
    def label(self) -> Label | None:
        """What it says of the days of its text."""
        changed = next(self._days(UPDATED), None)
        updated = changed or next(self._days(PUBLISHED), None)
        effective = next(self._days(EFFECTIVE), None)
        days = tuple(day for day in (updated, effective) if day)
        if not days:
            return None
        return Label(
            False,
            "",
            updated and updated.day,
            effective and effective.day,
            days,
            is_publication=changed is None,
        )

    @property
    def kept_back(self) -> str:
        """What keeps the text from the readers of its site, empty where nothing does."""
        return next(
            (
                f"`{key}: {self.values[key]}`"
                for key, kept in KEPT_BACK.items()
                if self.values.get(key, "").lower() in kept
            ),
            "",
        )

    def _days(self, keys: tuple[str, ...]) -> Iterator[WrittenDay]:
        for key in keys:
            yield from days_in(self.values.get(key, "")[:_DAY_LETTERS].partition("T")[0])


def front_matter_of(text: str) -> FrontMatter:
    """Return the front matter of a text; all of it is body where there is none."""
    text = _DOTS.sub(r"\1---", normalized(text))
    if block := FENCED_BLOCK.match(text):
        values = {_key(key): _plain(value) for key, value in KEY.findall(block[1])}
        if nested := _LAST_UPDATE.search(block[1]):
            values["lastupdate"] = _plain(nested[1])
        title = stated_title(text) or values.get("title", "")
        return FrontMatter(
            "" if title in (">", "|", ">-", "|-") else html.unescape(title),
            values,
            text[block.end() :],
        )
    for pattern, read in ((TOML_BLOCK, tomllib.loads), (JSON_BLOCK, json.loads)):
        block = pattern.match(text)
        stated = _stated(block[block.re.groups], read) if block else None
        if block and (stated is not None or pattern is TOML_BLOCK):
            values = {_key(key): str(value) for key, value in (stated or {}).items()}
            title = html.unescape(" ".join(values.get("title", "").split()))
            return FrontMatter(title, values, text[block.end() :])
    return FrontMatter("", {}, text)


def _stated(block: str, read: Callable[[str], object]) -> Mapping[str, object] | None:
    """Return what a block states, None where it is damaged or states no values."""
    try:
        stated = read(block)
    except (ValueError, RecursionError):
        return None
    return stated if isinstance(stated, dict) else None


def stated_addresses(text: str) -> Iterator[str]:
    """Yield the addresses, from the top of its site, that a text's front matter gives it."""
    above = text[: len(text) - len(front_matter_of(text).body)]
    for match in _ADDRESSES.finditer(above):
        yield from _ADDRESS.findall(match["value"])


def _key(key: str) -> str:
    return re.sub(r"[_-]", "", key).lower()


def _plain(value: str) -> str:
    """Return a value without quotation marks and the remark behind it."""
    quoted = re.fullmatch(r"""(["'])(.*)\1(?:[ \t]+#.*)?""", value)
    return quoted[2] if quoted else re.split(r"[ \t]#", value, maxsplit=1)[0].rstrip()

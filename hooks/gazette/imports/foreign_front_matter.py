"""Front matter of other programs: Jekyll's, Hugo's and Docusaurus' YAML, and Hugo's TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from gazette.imports.labels import Label
from gazette.text.frontmatter import FENCED_BLOCK, normalized, stated_title
from gazette.text.written_days import WrittenDay, days_in

TOML_BLOCK = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.S | re.M)
KEY = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:[ \t]+(.*\S)", re.M)
UPDATED = (
    *("updated", "lastupdated", "lastmod", "lastmodified", "lastmodifiedat", "modified"),
    *("lastupdate", "revised", "lastrevised", "updatedat", "published", "publishdate", "date"),
)
EFFECTIVE = ("effective", "effectivedate", "inforcesince", "dateeffective")
"""Keys that name a day, without hyphens and in small letters; those that say more come first."""
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
        updated = next(self._days(UPDATED), None)
        effective = next(self._days(EFFECTIVE), None)
        days = tuple(day for day in (updated, effective) if day)
        if not days:
            return None
        return Label(True, "", updated and updated.day, effective and effective.day, days)

    def _days(self, keys: tuple[str, ...]) -> Iterator[WrittenDay]:
        for key in keys:
            yield from days_in(self.values.get(key, "")[:40].partition("T")[0])


def front_matter_of(text: str) -> FrontMatter:
    """Return the front matter of a text; all of it is body where there is none."""
    text = normalized(text)
    if block := FENCED_BLOCK.match(text):
        values = {_key(key): _plain(value) for key, value in KEY.findall(block[1])}
        title = stated_title(text) or values.get("title", "")
        return FrontMatter(
            "" if title in (">", "|", ">-", "|-") else title, values, text[block.end() :]
        )
    if block := TOML_BLOCK.match(text):
        try:
            stated = tomllib.loads(block[1])
        except tomllib.TOMLDecodeError:
            stated = {}
        values = {_key(key): str(value) for key, value in stated.items()}
        return FrontMatter(" ".join(values.get("title", "").split()), values, text[block.end() :])
    return FrontMatter("", {}, text)


def stated_addresses(text: str) -> Iterator[str]:
    """Yield the addresses, from the top of its site, that a text's front matter gives it."""
    above = text[: len(text) - len(front_matter_of(text).body)]
    for match in _ADDRESSES.finditer(above):
        yield from _ADDRESS.findall(match["value"])


def _key(key: str) -> str:
    return re.sub(r"[_-]", "", key).lower()


def _plain(value: str) -> str:
    quoted = re.fullmatch(r"""(["'])(.*)\1""", value)
    return quoted[2] if quoted else value

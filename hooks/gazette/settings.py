"""The settings of a help center: what `mkdocs.yml` says, as one record of plain values."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from gazette.errors import PolicyError
from gazette.language import Language, language_of
from gazette.model import LANGUAGE_PATTERN, Policy
from gazette.problems import Problem
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.own_addresses import OwnSite, own_site
from gazette.text.sanitizer import refusal

CONFIG = "mkdocs.yml"
"""Where the host reads the settings, and the top of a project is."""

AUTHORITY = r"^([\w.+-]+@)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$"
"""A domain, or an e-mail address: who is responsible for a tag (RFC 4151)."""
HOST = r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d+)?"
"""Where pages may load from, without a path; a star stands for all names below a domain."""
CARD = r"^$|^\w[\w./-]*\.(png|jpe?g)$"
"""The path of an image below `docs/`."""
FEED_SINCE = date(2026, 1, 1)
"""Part of the permanent ids of feeds where no setting names another day: never to be changed."""

FORMS = {
    "int": "write a whole number",
    "greater_than": "write a number from 0 on",
    "string": "write a text",
    "tuple": "write a list, a hyphen before each of its items",
    "dict": "write a category and, below it, the list of its headings",
    "date": "write a day in digits, as year-month-day: YYYY-MM-DD",
}
"""What to write for a value of a wrong kind, by how the kind of the mistake begins."""
UTC_NAME = "UTC"
ORIGINAL, NO_LANGUAGE = "original", "none"
"""The text that prevails: that of the original, or none more than the others."""
PREVAILING = rf"^{ORIGINAL}$|^{NO_LANGUAGE}$|{LANGUAGE_PATTERN}"


def _zone(name: str) -> tzinfo:
    return UTC if name == UTC_NAME else ZoneInfo(name)


def _known_hosts(hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Accept what a Content Security Policy knows as a host."""
    if not all(re.fullmatch(HOST, host) for host in hosts):
        raise ValueError("write https:// and a name, as in https://static.example.com")
    return hosts


def _address_of_page(address: str) -> str:
    """Accept an address that a link in a text may have."""
    if refusal("a", "href", address):
        raise ValueError("write the address of a page or mailto: and an e-mail address")
    return address


def _known_zone(name: str) -> str:
    """Accept a name that this machine's database of time zones has."""
    try:
        _zone(name)
    except (ValueError, KeyError, OSError):
        raise ValueError("write a place of the time zone database, as in Europe/Berlin") from None
    return name


@dataclass(frozen=True, kw_only=True)
class HelpCenter:
    """The block `extra: help_center:` of `mkdocs.yml`.

    `support` is the address behind "Need help?", `help` what stands above it instead of a sentence
    of the engine's; `name` is what the home is called; `company` is whose policies these are, as
    citations name it; `imprint` and `licence`, of the texts, are where the foot of every page
    leads; `categories` is their order on the home page;
    `full_redlines` is since how many of the newest earlier versions paragraphs are followed from
    section to section. `notice_days` is how long before it applies a substantive change is posted;
    `required_headings` names, by category, sections that no policy goes without (`*` for all).
    `feed_authority` is the domain or e-mail address that the permanent ids of feeds name, empty for
    the domain of the site; `feed_since` is a day on which it was the publisher's. `time_zone` says
    when a day begins. `hosts` are where pages may load from, besides the site itself; `card` is the
    image that shows a link to a page elsewhere. `legal_context` is the policy that programs find as
    the terms, empty where they find none.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    support: Annotated[str, Field(min_length=1), AfterValidator(_address_of_page)]
    help: str = ""
    name: Annotated[str, Field(min_length=1)] = "Help Center"
    company: str = ""
    imprint: Annotated[str, AfterValidator(_address_of_page)] = ""
    licence: Annotated[str, AfterValidator(_address_of_page)] = ""
    categories: tuple[str, ...] = ()
    full_redlines: Annotated[int, Field(ge=0)] = 20
    notice_days: Annotated[int, Field(ge=0)] = 0
    required_headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    feed_authority: Annotated[str, Field(pattern=AUTHORITY)] = ""
    feed_since: date = FEED_SINCE
    time_zone: Annotated[str, AfterValidator(_known_zone)] = UTC_NAME
    prevailing: Annotated[str, Field(pattern=PREVAILING)] = ORIGINAL
    hosts: Annotated[tuple[str, ...], AfterValidator(_known_hosts)] = ()
    card: Annotated[str, Field(pattern=CARD)] = ""
    legal_context: str = ""


BLOCK = TypeAdapter(HelpCenter)
"""Reads the block, and refuses what it may not hold."""


@dataclass(frozen=True, kw_only=True)
class Settings(HelpCenter):
    """Everything the engine needs to know from `mkdocs.yml`.

    `repository` is where the project's files can be read on the web; the host publishes the files
    in `theme_folders`, too. `language` is that of the theme and of texts that name none.
    """

    project: Path = field(compare=False)
    docs: Path = field(compare=False)
    site_url: str
    markdown: MarkdownSettings
    repository: str = ""
    theme_folders: tuple[Path, ...] = field(default=(), compare=False)
    language: str = "en"

    @property
    def interface(self) -> Language:
        """The language of the pages that belong to no single policy."""
        return self.language_for("")

    def language_of(self, policy: Policy) -> Language:
        """Return the language of the pages of a policy: that of its text, else the center's."""
        return self.language_for(policy.lang)

    def language_for(self, tag: str) -> Language:
        """Return the language that a page speaks whose text is stated to have this one."""
        return language_of(tag or self.language, self.language)

    @property
    def own_site(self) -> OwnSite | None:
        """The site, by which full addresses of its own files are known."""
        return own_site(self.site_url)

    @property
    def zone(self) -> tzinfo:
        """The company's time zone, by which days begin and end."""
        return _zone(self.time_zone)

    def day_of(self, moment: datetime) -> date:
        """Return the day on the company's calendar."""
        return moment.astimezone(self.zone).date()

    @property
    def rule_pages(self) -> str:
        """The repository on the web that holds the rules' pages; empty where no address is known.

        A project of the engine's users has them in the engine's package, not in its files.
        """
        has_pages = (self.project / "hooks" / "gazette" / "rules").is_dir()
        return self.repository if has_pages else ""

    @property
    def policies(self) -> Path:
        """The folder of the policies' Markdown."""
        return self.docs / "policies"

    @property
    def versions(self) -> Path:
        """The folder of the archive."""
        return self.project / "versions"

    def relative(self, path: Path) -> str:
        """Return `path` as messages name it: from the project's folder, with forward slashes."""
        return path.relative_to(self.project).as_posix()


def read_block(
    block: Any, language: str, problem: Callable[[Sequence[int | str], str, str], Problem]
) -> dict[str, Any]:
    """Return the settings of the block under `extra`, with what it leaves out filled in.

    `language` is the theme's; `problem` makes one of the keys of a setting, a message and a hint.
    Raises PolicyError with every mistake in the block.
    """
    try:
        settings = {**vars(BLOCK.validate_python(block or {}))}
    except ValidationError as error:
        problems = [
            problem(["extra", "help_center", *mistake["loc"]], *_explained(mistake))
            for mistake in error.errors()
        ]
        raise PolicyError(problems) from None
    if "name" not in (block or {}):
        settings["name"] = language_of(language).gettext("Help Center")
    return settings


def _explained(mistake: ErrorDetails) -> tuple[str, str]:
    """Return the message about a mistake in the block, and what to do."""
    key = ".".join(str(part) for part in mistake["loc"])
    name = f"extra.help_center.{key}" if key else "extra.help_center"
    if mistake["type"] == "missing":
        hint = "Add it: mailto: and your e-mail address, or the address of a page for questions."
        return f"The setting {name} is missing.", hint
    if mistake["type"] == "unexpected_keyword_argument":
        known = [setting.name for setting in fields(HelpCenter)]
        nearest = difflib.get_close_matches(key, known, n=1)
        suggestions = nearest[0] if nearest else ", ".join(known)
        return f"{name} is not a setting.", f"Did you mean: {suggestions}?"
    forms = (form for kind, form in FORMS.items() if mistake["type"].startswith(kind))
    hint = next(forms, mistake["msg"].removeprefix("Value error, "))
    return f"{name} cannot be {mistake['input']!r}.", f"{hint[0].upper()}{hint[1:]}."

"""What a new project is asked for: the answers, checked and written as settings have them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from gazette.errors import SetupError
from gazette.text.sanitizer import refusal
from gazette.text.visible import INVISIBLE, visible_line

MAX_LETTERS = 100
"""A name stands in the title of every page."""
EMAIL = re.compile(r"[^\s@<>()\"',;:\\]+@[^\s@<>()\"',;:\\]+\.[^\s@<>()\"',;:\\.]+")


@dataclass(frozen=True)
class ProjectAnswers:
    """All that tells a new project from another; `support` is the address of a link."""

    name: str
    site_url: str
    support: str
    language: str
    categories: tuple[str, ...]


def company_name(text: str) -> str:
    """Return the name of a company as one line; raise SetupError when it cannot be shown."""
    name = visible_line(text)
    if not name:
        raise SetupError("The company needs a name that readers can see.")
    if len(name) > MAX_LETTERS:
        raise SetupError(f"The name may have {MAX_LETTERS} letters, this one has {len(name)}.")
    return name


def site_address(text: str) -> str:
    """Return the address of a site, with a slash at its end; raise SetupError when it is none."""
    address = text.strip()
    if "://" not in address:
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        parts.port  # noqa: B018 - raises ValueError where it is no number
    except ValueError:  # UnicodeError is one, too
        host = ""
    is_named = re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+|localhost", host)
    if not is_named or parts.scheme not in ("http", "https") or re.search(r"[\s\"<>\\]", address):
        raise SetupError(f"“{text.strip()}” is no address of a site. Write https://help.acme.com/")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise SetupError(
            "The address of a site ends with its folder: leave out what stands behind ? and #, and "
            "any password. Write https://help.acme.com/"
        )
    return address if address.endswith("/") else f"{address}/"


def support_address(text: str) -> str:
    """Return where "Contact support" leads; raise SetupError when that is no address."""
    address = text.strip()
    email = address.removeprefix("mailto:")
    if EMAIL.fullmatch(email):
        return f"mailto:{email}"
    is_page = re.fullmatch(r"https?://[^\s\"<>\\]+\.[^\s\"<>\\]+", address)
    if not is_page or refusal("a", "href", address):
        raise SetupError(
            f"“{address}” is neither an e-mail address nor the address of a page. Write "
            "support@acme.com or https://acme.com/contact"
        )
    return address


def site_language(text: str, languages: Collection[str]) -> str:
    """Return the code of a language that the theme has; raise SetupError when it has not."""
    wanted = text.strip().replace("_", "-").casefold()
    for language in sorted(languages):
        if language.casefold() == wanted:
            return language
    known = ", ".join(sorted(languages))
    raise SetupError(f"The theme does not know the language “{text.strip()}”. It knows: {known}")


def category_names(text: str) -> tuple[str, ...]:
    """Return the names in a list with commas, without repetitions; raise SetupError as above."""
    names = [visible_line(part) for part in text.split(",")]
    for name in names:
        if len(name) > MAX_LETTERS:
            raise SetupError(f"A category may have {MAX_LETTERS} letters, “{name}” has more.")
        if INVISIBLE.search(name):
            raise SetupError(f"The category “{name}” holds characters that nobody sees.")
    return tuple(dict.fromkeys(filter(None, names)))

"""Languages: the sentences that readers see, in the language of the text they read.

A message is a whole English sentence with named placeholders, as in `Version %(version)s`; English
needs no catalogue. Those of the other languages stand in `languages/`, as gettext and its tools
write them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from gazette.fingerprint import fingerprint

if TYPE_CHECKING:
    from babel import Locale

CATALOGUES = Path(__file__).parent / "languages"
RIGHT_TO_LEFT = frozenset(
    {
        *("ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "ks", "lrc", "mzn", "nqo"),
        *("pnb", "prs", "ps", "sd", "syr", "ug", "ur", "yi"),
    }
)
"""Languages that are written from right to left where their tag names no script."""
RIGHT_TO_LEFT_SCRIPTS = frozenset(
    {"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"}
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
MOST_COUNTED = 102
"""Up to here every language counts in each of its ways once, but for those of whole millions."""
RIGHT_TO_LEFT_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
FIRST_ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True)
class Language:
    """A language of the interface, named by its `tag`; `direction` is `ltr` or `rtl`.

    `text` is the tag of the language that was asked for, which the texts around it are in.
    """

    tag: str
    direction: str
    text: str
    _translations: NullTranslations = field(compare=False, repr=False)

    @property
    def key(self) -> str:
        """The key of all sentences in this language."""
        return _key(self.tag, self.text)

    def gettext(self, message: str) -> str:
        """Return the translation of a message."""
        return self._translations.gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """Return the translation of a message in the form that goes with `number`."""
        return self._translations.ngettext(singular, plural, number)

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of a message that means something else elsewhere."""
        return self._translations.pgettext(context, message)

    def by_category(self, message_of: Callable[[int], str]) -> dict[str, str]:
        """Return the message for each kind of number, by the names of CLDR: `one`, `other`."""
        return {name: message_of(number) for name, number in _examples(self.tag).items()}

    def day(self, day: date) -> str:
        """Return a day as people write it: `31 March 2026`."""
        if _primary(self.tag) == "en":
            return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        from babel.dates import format_date  # what it takes only other languages load

        return format_date(day, "long", locale=_locale(self.tag))

    def time(self, day: date) -> Markup:
        """Return a day as an element that says it to programs as well."""
        html = Markup(f'<time datetime="{day.isoformat()}">{escape(self.day(day))}</time>')
        return self.isolated(html) if self.direction == "rtl" else html

    def list(self, names: Iterable[str]) -> Markup:
        """Return names as people list them: `Fees, Refunds and Notices`; HTML stays HTML."""
        parts = [escape(name) for name in names]
        if _primary(self.tag) == "en":
            first = Markup(", ").join(parts[:-1])
            return Markup(" and ").join(filter(None, (first, *parts[-1:])))
        from babel.lists import format_list  # what it takes only other languages load

        return Markup(format_list(parts, locale=_locale(self.tag)))

    def isolated(self, text: object) -> Markup:
        """Return a name, a version or a day that the direction around it does not turn."""
        html = escape(text)
        needs_it = self.direction == "rtl" or _turns(html)
        return Markup("<bdi>{}</bdi>").format(html) if needs_it else html

    def isolated_text(self, text: object) -> str:
        """Return the same where there is no HTML, as in the title of a page."""
        needs_it = self.direction == "rtl" or _turns(str(text))
        return f"{FIRST_ISOLATE}{text}{END_OF_ISOLATE}" if needs_it else str(text)


def to_translate(message: str) -> str:
    """Return an English message that is translated elsewhere: this tells the catalogues of it."""
    return message


@lru_cache
def language_of(*tags: str) -> Language:
    """Return the language of the first of these tags that has a catalogue; English if none has.

    That of a region or a script will do: `de` for `de-AT`.
    """
    for tag in tags:
        name = _primary(tag)
        if name == "en" or (CATALOGUES / f"{name}.po").is_file():
            return Language(tag, direction_of(tag), tags[0], _translations(name))
    return replace(language_of("en"), text=tags[0])


def name_of(tag: str, language: str) -> str:
    """Return what the language of a tag is called in another one, as in `Deutsch` or `German`."""
    name = _locale(tag).get_display_name(_locale(language)) or tag
    return f"{name[0].upper()}{name[1:]}"


def direction_of(tag: str) -> str:
    """Return whether a language is written from left to right, `ltr`, or the other way, `rtl`."""
    name, *others = tag.lower().split("-")
    script = next((part for part in others if len(part) == 4 and part.isalpha()), "")
    is_turned = script in RIGHT_TO_LEFT_SCRIPTS if script else name in RIGHT_TO_LEFT
    return "rtl" if is_turned else "ltr"


def language_attributes(tag: str) -> Markup:
    """Return the attributes of an element whose words are in the language of a tag."""
    return Markup(' lang="{}" dir="{}"').format(tag, direction_of(tag))


def reload_languages() -> None:
    """Read all catalogues again, which a preview may have seen edited."""
    for memory in (language_of, _translations, _key, catalogues_key):
        memory.cache_clear()


@lru_cache
def catalogues_key() -> str:
    """Return the key of all catalogues."""
    return fingerprint([path.read_bytes() for path in sorted(CATALOGUES.glob("*.po"))])


@lru_cache
def _key(tag: str, text: str) -> str:
    catalogue = CATALOGUES / f"{_primary(tag)}.po"
    messages = catalogue.read_bytes() if catalogue.is_file() else b""
    return fingerprint("language", tag, text, messages)


@lru_cache
def _translations(name: str) -> NullTranslations:
    if name == "en":
        return NullTranslations()
    from babel.messages.mofile import write_mo  # what it takes only other languages load
    from babel.messages.pofile import read_po
    from babel.support import Translations

    compiled = BytesIO()
    with (CATALOGUES / f"{name}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=name))
    compiled.seek(0)
    return Translations(compiled)


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()


@lru_cache
def _locale(tag: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_primary(tag))


@lru_cache
def _examples(tag: str) -> Mapping[str, int]:
    """Return a number of each kind that a language counts in, by the names of CLDR."""
    if _primary(tag) == "en":
        return {"one": 1, "other": 2}
    category_of = _locale(tag).plural_form
    return {category_of(number): number for number in range(MOST_COUNTED, -1, -1)}


def _turns(text: str) -> bool:
    """Tell whether any of these letters is written from right to left."""
    return RIGHT_TO_LEFT_LETTER.search(text) is not None


ENGLISH = language_of("en")

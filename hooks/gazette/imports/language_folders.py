"""Which files of a source say in another language what another file says, by where they lie.

That is `de/terms.md` beside `terms.md`, `terms.de.md`, `i18n/de/.../terms.md`, or `de/terms.md`
and `en/terms.md` without a text above them.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from gazette.imports.images import IMAGE_FOLDER
from gazette.text.markdown_source import target_spans
from gazette.text.slugs import nearest_language

CATALOGUES = ("i18n", "l10n", "intl", "locale", "locales", "lang", "languages", "translations")
"""Folders whose folders are those of languages, whatever they are called."""
TEXT_FOLDERS = ("", "docs", "content", "src/pages")
"""Where the originals of the texts in such a folder lie."""
SAME_WORDS = 0.4
"""Two texts of which more words are the same are in one language, as the terms of two countries."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_](?:[A-Za-z]{4}|[A-Za-z]{2}|\d{3}))*")
_PLUGIN = re.compile(r"docusaurus-plugin-content-(?P<kind>docs|pages)-?(?P<name>[\w-]*)")
_WORD = re.compile(r"[^\W\d_]{4,}")
DEFAULT_LANGUAGE = "en"


class Edition(NamedTuple):
    """A text in a `language` and the path of its original; none has one that is an original.

    That lies in the folder of a language, too: `original` is its path without that.
    """

    language: str
    original: str


class _Place(NamedTuple):
    """Where a file lies: its language, the paths its original may have, and if that is sure."""

    language: str
    originals: list[str]
    is_sure: bool


def editions_of(
    paths: Collection[str], text_of: Callable[[str], str], language: str = DEFAULT_LANGUAGE
) -> dict[str, Edition]:
    """Return the edition that each file is, by path; what has no other language is left out.

    Where every text lies in the folder of a language, those in this `language` are the originals.
    """
    editions: dict[str, Edition] = {}
    beside: defaultdict[str, list[tuple[str, _Place]]] = defaultdict(list)
    for path in sorted(paths):
        place = _place_of(path)
        if place is None:
            continue
        original = next((path for path in place.originals if path in paths), "")
        if not original:
            beside[place.originals[0]].append((path, place))
        elif place.is_sure or _differ(text_of(path), text_of(original)):
            editions[path] = Edition(place.language, original)
    for name, files in beside.items():
        editions |= _beside_one_another(name, files, text_of, language)
    return editions


def _beside_one_another(
    name: str,
    files: list[tuple[str, _Place]],
    text_of: Callable[[str], str],
    language: str,
) -> Iterator[tuple[str, Edition]]:
    """Yield the editions of a text that lie in folders of languages, its original among them."""
    primaries = {place.language.partition("-")[0]: path for path, place in reversed(files)}
    original = primaries.get(language.partition("-")[0]) or primaries.get(DEFAULT_LANGUAGE)
    others = [
        (path, Edition(place.language, original))
        for path, place in files
        if original and path != original
        if place.is_sure or _differ(text_of(path), text_of(original))
    ]
    if original and others:
        yield original, Edition("", name)
        yield from others


def _place_of(path: str) -> _Place | None:
    """Return where a file lies, None where nothing names a language."""
    folder, name = posixpath.split(path)
    stem, suffix = posixpath.splitext(name)
    stem, _, ending = stem.rpartition(".")
    if stem and (language := _language(ending)):
        return _Place(language, [posixpath.join(folder, f"{stem}{suffix}")], is_sure=False)
    parts = path.split("/")
    for index, part in enumerate(parts[:-1]):
        if language := _language(part):
            return _in_folder(language, parts[:index], parts[index + 1 :])
    return None


def _in_folder(language: str, before: list[str], below: list[str]) -> _Place:
    """Return the place of a file `below` the folder of a language, which has folders `before`."""
    is_catalogue = bool(before) and before[-1].lower() in CATALOGUES
    above = before[: len(before) - is_catalogue]
    folders: tuple[str, ...] = TEXT_FOLDERS if is_catalogue else ("",)
    if plugin := _PLUGIN.fullmatch(below[0]):
        is_docs = plugin["kind"] == "docs"
        folders = (plugin["name"] or ("docs" if is_docs else "src/pages"),)
        below = below[1 + is_docs :]
    originals = ["/".join(filter(None, (*above, folder, *below))) for folder in folders]
    return _Place(language, originals, is_catalogue)


def _language(name: str) -> str:
    return nearest_language(name) if _LANGUAGE.fullmatch(name) else ""


def _differ(text: str, original: str) -> bool:
    """Tell whether two texts are in two languages: few words are the same."""
    words, others = (set(_WORD.findall(side.lower())) for side in (text, original))
    return len(words & others) <= SAME_WORDS * min(len(words), len(others))


def links_from(body: str, language: str, is_known: Callable[[str], bool]) -> str:
    """Return a text whose links from `docs/policies/` lead on from the folder of its language.

    Those to images are meant, and to what is `known` by its path from there.
    """
    for start, end in reversed(target_spans(body)):
        path, mark, fragment = body[start:end].partition("#")
        if path.startswith(f"{IMAGE_FOLDER}/") or is_known(path):
            path = posixpath.relpath(path, language)
            body = f"{body[:start]}{path}{mark}{fragment}{body[end:]}"
    return body

"""Stale translations: the sections of a text whose originals say something else by now."""

from __future__ import annotations

import json
from dataclasses import dataclass

from gazette.fingerprint import fingerprint
from gazette.model import Continues, Policy, Version
from gazette.settings import Settings
from gazette.site.editions import Editions
from gazette.site.fragments import Fragments
from gazette.text.reader import Reader
from gazette.text.translated_sections import TextStep, stale_sections


@dataclass(frozen=True)
class StaleTranslation:
    """That the original changed after the version `source` that a translation says.

    `sections` are those of the translation that lag behind, as (anchor, name); those that it has
    not at all have no anchor, the opening has no name.
    """

    source: Version
    sections: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Texts:
    """The text that a page shows, the one that it translates, and the original in force.

    `continues` is which sections of the last continue which of the one before, as editors state it.
    """

    shown: Version
    source: Version
    current: Version
    continues: Continues


def stale(
    settings: Settings, editions: Editions | None, policy: Policy, fragments: Fragments
) -> StaleTranslation | None:
    """Return what lags behind in the text that the page of a policy shows, None for nothing."""
    texts = _texts(editions, policy)
    if texts is None:
        return None
    stored = fragments.stored(_key(settings, texts), lambda: _sections(settings, texts))
    sections = tuple((anchor, name) for anchor, name in json.loads(stored))
    return StaleTranslation(texts.source, sections) if sections else None


def stale_keys(settings: Settings, editions: Editions | None, policy: Policy) -> set[str]:
    """Return the key under which that is stored; none where nothing can be stale."""
    texts = _texts(editions, policy)
    return {_key(settings, texts)} if texts else set()


def _texts(editions: Editions | None, policy: Policy) -> _Texts | None:
    if editions is None or policy.retired or policy.slug == editions.original.slug:
        return None
    source = editions.original_version(policy, policy.shown)
    current = editions.original.in_force
    if source is None or current is None or source.id >= current.id:
        return None
    continues = editions.original.continues(source, current)
    return _Texts(policy.shown, source, current, continues)


def _key(settings: Settings, texts: _Texts) -> str:
    versions = (texts.shown, texts.source, texts.current)
    digests = [version.sha256 for version in versions]
    return fingerprint("stale sections", digests, texts.continues, settings.markdown.key)


def _sections(settings: Settings, texts: _Texts) -> str:
    reader = Reader(settings.markdown)
    old, new = (reader.read_version(version) for version in (texts.source, texts.current))
    translation = Reader(settings.markdown).read_version(texts.shown)
    lags = stale_sections(TextStep(old, new, texts.continues), translation)
    named = [(lag.section, lag.section or lag.changes[0].section) for lag in lags]
    return json.dumps(
        [
            (standing.anchor if standing else "", section.name if section.index else "")
            for standing, section in named
        ]
    )

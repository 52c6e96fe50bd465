"""Which vocabulary judges a text: that of its own language."""

from __future__ import annotations

from gazette.text.english import ENGLISH
from gazette.text.french import FRENCH
from gazette.text.german import GERMAN
from gazette.text.spanish import SPANISH
from gazette.text.vocabulary import Vocabulary

VOCABULARIES = {"de": GERMAN, "en": ENGLISH, "es": SPANISH, "fr": FRENCH}
"""The words of each language of which words are known."""


def likely_language(text: str) -> str:
    """Return the language that has most of the small words of a text, English among equals."""
    words = Vocabulary().words(text)
    counts = {
        tag: sum(word in idle for word in words)
        for tag in ("en", *LANGUAGES)
        if (idle := vocabulary_of(tag).idle)
    }
    return max(counts, key=counts.__getitem__)


def vocabulary_of(tag: str) -> Vocabulary:
    """Return the words of a language, named as in `de-AT`; none where nobody listed them."""
    return VOCABULARIES.get(tag.partition("-")[0].lower(), Vocabulary())

"""Which vocabulary judges a text: that of its own language."""

from __future__ import annotations

from gazette.text.english import ENGLISH
from gazette.text.french import FRENCH
from gazette.text.german import GERMAN
from gazette.text.spanish import SPANISH
from gazette.text.vocabulary import Vocabulary

VOCABULARIES = {"en": ENGLISH, "de": GERMAN, "es": SPANISH, "fr": FRENCH}
"""The words of each language of which words are known, English first."""


def likely_language(text: str) -> str:
    """Return the language that has most of the small words of a text, English among equals."""
    words = Vocabulary().words(text)
    counts = {
        tag: sum(word in vocabulary.idle for word in words)
        for tag, vocabulary in VOCABULARIES.items()
    }
    return max(counts, key=counts.__getitem__)


def vocabulary_of(tag: str) -> Vocabulary:
    """Return the words of a language, named as in `de-AT`; none where nobody listed them."""
    return VOCABULARIES.get(tag.partition("-")[0].lower(), Vocabulary())

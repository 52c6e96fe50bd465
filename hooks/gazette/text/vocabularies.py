"""Which vocabulary judges a text: that of its own language."""

from __future__ import annotations

from gazette.text.vocabulary import Vocabulary

LANGUAGES = ("de", "en", "es", "fr")
"""The languages of which words are known."""


def vocabulary_of(tag: str) -> Vocabulary:
    """Return the words of a language, named as in `de-AT`; no words where nobody wrote them down.

    Only the lists that are asked for are loaded.
    """
    match tag.partition("-")[0].lower():
        case "en":
            from gazette.text.english import ENGLISH

            return ENGLISH
        case "de":
            from gazette.text.german import GERMAN

            return GERMAN
        case "fr":
            from gazette.text.french import FRENCH

            return FRENCH
        case "es":
            from gazette.text.spanish import SPANISH

            return SPANISH
    return Vocabulary()

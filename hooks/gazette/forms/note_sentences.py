"""What the notes of a redline say to readers, in the language of the page."""

from __future__ import annotations

from markupsafe import Markup

from gazette.forms.phrases import Phrases, filled
from gazette.language import to_translate
from gazette.text.notes import ANOTHER, SAME, Note, NoteKind

NAMING_WORDS = frozenset(
    (NoteKind.LINK, NoteKind.TOOLTIP, NoteKind.LANGUAGE, NoteKind.DIRECTION, NoteKind.SPAN)
)
"""Notes that name words and addresses of the texts; of others, all that they name is translated."""
BECAME = {
    NoteKind.LINK: to_translate("link changed from <code>%(old)s</code> to <code>%(new)s</code>"),
    NoteKind.LAYOUT: to_translate("was a %(old)s, is now a %(new)s"),
    NoteKind.LEVEL: to_translate("heading level %(old)s became %(new)s"),
    NoteKind.NUMBER: to_translate("was item %(old)s, is now item %(new)s"),
    NoteKind.MARKER: to_translate("%(old)s became %(new)s"),
    NoteKind.NESTING: to_translate("stood in: %(old)s; stands now in: %(new)s"),
    NoteKind.TOOLTIP: to_translate("the tooltip was “%(old)s”, is now “%(new)s”"),
}
LINK_ADDED = to_translate("link to <code>%(new)s</code> added")
LINK_REMOVED = to_translate("link to <code>%(old)s</code> removed")
VALUE_BECAME = to_translate("was %(old)s, is now %(new)s")
"""What notes of all other kinds say of the value that they name."""
WITHOUT_VALUES = {
    NoteKind.WORDS_GONE: to_translate("these words now stand elsewhere in this section"),
    NoteKind.WORDS_COME: to_translate("these words stood elsewhere in this section"),
    NoteKind.SPACING: to_translate("a space came in or went."),
    NoteKind.LINE_BREAK: to_translate("a line break came in or went."),
    NoteKind.IMAGE: to_translate("the image changed."),
    NoteKind.FILE: to_translate("the linked file changed."),
    NoteKind.COLUMN_MOVED: to_translate("the columns of the table stand in another order."),
}
WORDS_CHANGED = to_translate("how the words are shown changed.")
"""What notes of all other kinds say that name no value."""


def sentence(note: Note, phrases: Phrases) -> Markup:
    """Return a note as a sentence."""
    if note.kind in (NoteKind.COLUMN_ADDED, NoteKind.COLUMN_REMOVED):
        return _column(note, phrases)
    if note.text:
        message = phrases.language.gettext("“%(words)s”: %(what)s")
        return filled(message, words=phrases.words(note.text), what=what(note, phrases))
    changed = what(note, phrases)
    return changed[:1].upper() + changed[1:]


def what(note: Note, phrases: Phrases) -> Markup:
    """Return what changed, without the words concerned, as a sentence that begins small."""
    if note.kind is NoteKind.SEPARATION:
        return _separation(note, phrases)
    if note.old or note.new:
        names = {"old": _value(note, note.old, phrases), "new": _value(note, note.new, phrases)}
        message = became(note.kind, phrases)
        if note.kind is NoteKind.LINK and not (note.old and note.new):
            message = phrases.language.gettext(LINK_REMOVED if note.old else LINK_ADDED)
        return filled(message, **names)
    return Markup.escape(phrases.language.gettext(WITHOUT_VALUES.get(note.kind, WORDS_CHANGED)))


def _column(note: Note, phrases: Phrases) -> Markup:
    gettext = phrases.language.gettext
    if note.kind is NoteKind.COLUMN_ADDED:
        message = gettext("The table has a new column. %(column)s")
    else:
        message = gettext("The table lost a column. %(column)s")
    return filled(message, column=phrases.words(note.text)).rstrip()


def _separation(note: Note, phrases: Phrases) -> Markup:
    gettext = phrases.language.gettext
    if note.old.startswith(SAME):
        message = gettext(
            "stood in the same %(what)s as the text above, stands now in another %(what)s"
        )
    else:
        message = gettext(
            "stood in another %(what)s as the text above, stands now in the same %(what)s"
        )
    return filled(message, what=phrases.value(note.old.removeprefix(SAME).removeprefix(ANOTHER)))


def _value(note: Note, value: str, phrases: Phrases) -> Markup:
    language = phrases.language
    if not value:
        return Markup.escape(language.pgettext("what a note names", "none"))
    return language.isolated(named(note.kind, value, phrases))


def named(kind: NoteKind, value: str, phrases: Phrases) -> str:
    """Return what a note of a kind names, translated unless it is words of a text."""
    return value if kind in NAMING_WORDS else phrases.value(value)


def became(kind: NoteKind, phrases: Phrases) -> str:
    """Return the message on the value that notes of a kind name: what it was and what it is."""
    return phrases.language.gettext(BECAME.get(kind, VALUE_BECAME))

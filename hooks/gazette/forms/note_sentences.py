"""What the notes of a redline say to readers, in the language of the page."""

from __future__ import annotations

from markupsafe import Markup

from gazette.forms.phrases import Phrases, filled
from gazette.text.notes import ANOTHER, SAME, Note, NoteKind

NAMING_WORDS = frozenset(
    (NoteKind.LINK, NoteKind.TOOLTIP, NoteKind.LANGUAGE, NoteKind.DIRECTION, NoteKind.SPAN)
)
"""Notes that name words and addresses of the texts; of others, all that they name is translated."""


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
        return filled(_became(note.kind, phrases), **names)
    return Markup.escape(_plain(note, phrases))


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
    if not value and note.kind is NoteKind.LINK:
        return Markup.escape(language.pgettext("where words lead", "no link"))
    if not value:
        return Markup.escape(language.pgettext("what a note names", "none"))
    return language.isolated(value if note.kind in NAMING_WORDS else phrases.value(value))


def _became(kind: NoteKind, phrases: Phrases) -> str:
    """Return what the notes of a kind say of a value that was and one that is."""
    gettext = phrases.language.gettext
    if kind is NoteKind.LINK:
        return gettext("link changed from <code>%(old)s</code> to <code>%(new)s</code>")
    if kind is NoteKind.LAYOUT:
        return gettext("was a %(old)s, is now a %(new)s")
    if kind is NoteKind.LEVEL:
        return phrases.messages["level"]
    if kind is NoteKind.NUMBER:
        return gettext("was item %(old)s, is now item %(new)s")
    if kind is NoteKind.MARKER:
        return gettext("%(old)s became %(new)s")
    if kind is NoteKind.NESTING:
        return gettext("stood in: %(old)s; stands now in: %(new)s")
    if kind is NoteKind.TOOLTIP:
        return gettext("the tooltip was “%(old)s”, is now “%(new)s”")
    return gettext("was %(old)s, is now %(new)s")


def _plain(note: Note, phrases: Phrases) -> str:
    """Return what a note says that names no value."""
    gettext = phrases.language.gettext
    if note.kind is NoteKind.WORDS_GONE:
        return gettext("these words now stand elsewhere in this section")
    if note.kind is NoteKind.WORDS_COME:
        return gettext("these words stood elsewhere in this section")
    if note.kind is NoteKind.SPACING:
        return gettext("a space came in or went.")
    if note.kind is NoteKind.LINE_BREAK:
        return gettext("a line break came in or went.")
    if note.kind is NoteKind.IMAGE:
        return gettext("the image changed.")
    if note.kind is NoteKind.FILE:
        return gettext("the linked file changed.")
    if note.kind is NoteKind.COLUMN_MOVED:
        return gettext("the columns of the table stand in another order.")
    return gettext("how the words are shown changed.")

"""What comparisons in the browser say: the messages of redlines, and those of the page itself."""

from __future__ import annotations

from functools import partial

from gazette.forms.note_sentences import became
from gazette.forms.phrases import Phrases
from gazette.forms.wide_parts import WIDE_CODE, WIDE_TABLE
from gazette.language import Language, direction_of
from gazette.text.notes import NoteKind
from gazette.text.redline import SectionStatus


def sentences(language: Language) -> dict[str, object]:
    """Return the messages by the names by which the scripts know them, as JSON takes them.

    Those that count are objects, by the names that CLDR gives to kinds of numbers.
    """
    phrases = Phrases(language)
    by_category = language.by_category
    is_other = language.text != language.tag
    return {
        "of_text": _attributes(language.text) if is_other else {},
        "of_page": _attributes(language.tag) if is_other else {},
        **phrases.messages,
        "level": became(NoteKind.LEVEL, phrases),
        **_own(language),
        "badges": {badge.value: name for badge, name in phrases.badges.items()},
        "kinds": {kind.value: name for kind, name in phrases.kinds.items()},
        "more_changed": by_category(phrases.more_changed),
        "sections_unchanged": by_category(phrases.sections_unchanged),
        **{
            f"count_{status.value}": by_category(partial(phrases.count, status))
            for status in SectionStatus
        },
        "count_otherwise": by_category(partial(phrases.count, None)),
    }


def _attributes(tag: str) -> dict[str, str]:
    return {"lang": tag, "dir": direction_of(tag)}


def _own(language: Language) -> dict[str, str]:
    gettext = language.gettext
    return {
        "wordless": gettext(
            "Every word is the same. Its formatting, its links or the numbers of its lists are "
            "not: the redlines of single updates tell what."
        ),
        "inexact": gettext(
            "The marks would not be exactly what both versions say, so here are the words of the "
            "sections that differ, as they stand in each."
        ),
        "before": language.pgettext("one of two texts", "Before"),
        "after": language.pgettext("one of two texts", "After"),
        "wide_code": gettext(WIDE_CODE),
        "wide_table": gettext(WIDE_TABLE),
        "ready": gettext(
            "The redline between these two is ready, with formatting and links: <a>see it</a>."
        ),
        "loading": gettext("Loading the versions …"),
        "compared": gettext("Compared: version %(old)s with version %(new)s."),
        "turned": gettext(
            "Version %(new)s is the later one, so this shows what changed from %(old)s to %(new)s."
        ),
        "choose": gettext("Choose two versions to compare."),
        "choose_other": gettext("Choose the other version, too."),
        "same": gettext("Both are version %(version)s: nothing changed. Choose two that differ."),
        "unknown": gettext(
            "There is no version %(version)s of this policy. Choose from the lists."
        ),
        "not_loaded": gettext(
            "The record of version %(version)s could not be loaded (%(reason)s). Check your "
            "connection, then load this page again."
        ),
        "answered": gettext("it answers %(status)s"),
        "other_form": gettext("it has another form than this page knows"),
        "incomplete": gettext(
            "The record of version %(version)s lacks words that other versions refer to. Please "
            "tell us."
        ),
        "failed": gettext("This comparison failed (%(reason)s). Please tell us."),
    }

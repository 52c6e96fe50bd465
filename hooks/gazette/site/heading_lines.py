"""Lines around the headings of a text: when each section changed last, and how to cite it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from gazette.fingerprint import fingerprint
from gazette.forms.phrases import Phrases, filled
from gazette.model import Policy, Version
from gazette.settings import Settings
from gazette.site import addresses, templates
from gazette.site.addresses import Address
from gazette.text.differences import Heading
from gazette.text.lives import Lives
from gazette.text.section_html import around_headings, ids_of

OPENING = ""
"""Stands for the anchor of the text before the first heading."""
SECTION_LINK = Markup('<a class="headerlink" href="#{}">¶</a>')
LINK_TITLE = re.compile(r'(<a class="headerlink" href="[^"]*") title="[^"]*"')
"""What project settings say of a section's link in one language: a script does in the page's."""
EARLIER = Markup('<span id="{}"></span>')
"""Where links with an earlier anchor of a section arrive."""
_END = "\x1e"
_NO_BREAK = "\N{NO-BREAK SPACE}"


class Lines(NamedTuple):
    """HTML around the headings of a text, `before` and `after` them by anchor, and at its `end`."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    end: str = ""

    def around(self, text: str) -> Markup:
        """Return the HTML of a text with these lines in it."""
        opening = self.before.get(OPENING, "") + self.after.get(OPENING, "")
        untitled = LINK_TITLE.sub(r"\1", str(text))
        return Markup(opening + around_headings(untitled, self._of) + self.end)

    def _of(self, anchor: str, heading: str) -> tuple[str, str, str]:
        if not anchor:
            return "", "", ""
        has_link = 'class="headerlink"' in heading
        link = "" if has_link else SECTION_LINK.format(fragment(anchor))
        return self.before.get(anchor, ""), link, self.after.get(anchor, "")


class Mark(NamedTuple):
    """What stands under the heading of a section: when it changed last, and how it is cited."""

    section: Heading
    life: Address
    sentence: Markup
    citation: Markup


class Marks:
    """The marks under the headings of all versions of a policy, each as of its version."""

    def __init__(self, settings: Settings, policy: Policy, lives: Lives) -> None:
        self._settings = settings
        self._language = settings.language_of(policy)
        self._phrases = Phrases(self._language)
        self._opening = self._language.pgettext("section in a citation", "opening")
        self._sentence_of = lru_cache(self._sentence)
        self._policy = policy
        self._ids = lives.ids
        self._other_anchors = lives.other_anchors
        self._wordings = {
            name: [step.version for step in life.wordings] for name, life in lives.lives.items()
        }

    def key(self, version: Version) -> str:
        """Return the key of the lines under the headings of a version, without making them."""
        place = self._policy.place(version)
        names = self._policy.slug, self._settings.company, self._settings.site_url
        facts = [(name, *self._last_change(name, place)) for name in self._ids[place] if name]
        others = sorted(self._other_anchors[place].items())
        days = [str(self._policy.versions[changed].id) for _, _, changed in facts]
        return fingerprint("marks", templates.templates_key(), names, facts, days, others)

    def _last_change(self, name: str, place: int) -> tuple[int, int]:
        """Return how many wordings a section had, and which version brought the last of them.

        Both as of the version at this place.
        """
        brought = self._wordings[name]
        count = bisect_right(brought, place)
        return count, brought[count - 1]

    def lines(
        self, version: Version, sections: Sequence[Heading], address: Address, text: str
    ) -> Lines:
        """Return the lines under the headings of a version, on the page at `address`.

        `text` is its HTML: an id in it stays what it is there.
        """
        marks = self._marks(version, sections)
        facts = {"marks": marks, "separator": _END}
        html = str(templates.render("marks.html", address, self._language, **facts))
        anchors = [mark.section.anchor for mark in marks]
        after = dict(zip(anchors, html.split(_END), strict=False))
        return Lines(self._earlier(version, sections, text), after)

    def _earlier(self, version: Version, sections: Sequence[Heading], text: str) -> dict[str, str]:
        """Return what other anchors of the sections of a version lead to, by their present ones."""
        others = self._other_anchors[self._policy.place(version)]
        taken = ids_of(text) if others else set()
        return {
            section.anchor: "".join(EARLIER.format(name) for name in names if name not in taken)
            for section in sections
            if (names := others.get(section.index))
        }

    def _marks(self, version: Version, sections: Sequence[Heading]) -> list[Mark]:
        place = self._policy.place(version)
        source = self._source(version)
        marks = []
        for section, name in zip(sections, self._ids[place], strict=True):
            if not name or bool(section.index) != bool(section.anchor):
                continue
            count, brought = self._last_change(name, place)
            changed = self._policy.versions[brought]
            marks.append(
                Mark(
                    section,
                    addresses.section(self._policy.slug, name),
                    self._sentence_of(changed.metadata.updated, count, is_part=section.level <= 1),
                    self._citation(source, version, section),
                )
            )
        return marks

    def _sentence(self, changed: date, wordings: int, *, is_part: bool) -> Markup:
        """Say when a section changed last, and how many wordings it has had."""
        if is_part:
            message = self._language.ngettext(
                "This part last changed %(day)s · %(num)s version",
                "This part last changed %(day)s · %(num)s versions",
                wordings,
            )
        else:
            message = self._language.ngettext(
                "Last changed %(day)s · %(num)s version",
                "Last changed %(day)s · %(num)s versions",
                wordings,
            )
        day = self._language.day(changed).replace(" ", _NO_BREAK)
        message = message.replace(" ·", f"{_NO_BREAK}·")
        return filled(message, day=self._language.isolated(day), num=wordings)

    def _source(self, version: Version) -> Markup:
        """Return how a citation names a version: by company, title and version."""
        language, company = self._language, self._settings.company
        parts = (
            language.isolated(company) if company else "",
            language.isolated(version.metadata.title),
            filled(language.gettext("version %(version)s"), version=language.isolated(version.id)),
        )
        return self._phrases.joined(filter(None, parts))

    def _citation(self, source: Markup, version: Version, section: Heading) -> Markup:
        address = addresses.version(self._policy.slug, version.id)
        link = f"{self._settings.site_url}{address}#{fragment(section.anchor)}".rstrip("#")
        name = named(section, self._phrases) if section.index else self._opening
        parts = (source, name, self._language.isolated(link))
        return self._phrases.joined(filter(None, parts))


def named(section: Heading, phrases: Phrases) -> Markup:
    """Return what a section is called in a citation, empty where it has no name."""
    if not section.index:
        return Markup.escape(phrases.messages["the_opening"])
    if section.number[:1].isdigit():
        message = phrases.language.gettext("section %(number)s")
        return filled(message, number=phrases.words(section.number))
    return phrases.quoted(section.heading) if section.heading else Markup("")


def fragment(anchor: str) -> str:
    """Return an anchor as an address has it, with its letters as they are."""
    return anchor.replace("%", "%25")

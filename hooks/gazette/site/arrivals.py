"""Arrivals: every anchor that a policy ever published leads on from the page of its present text.

An anchor that the text does not use gets a line of its own, which is seen only by who followed a
link to it: at the section that goes on, or at the end where none does or several do.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from gazette.forms.phrases import Phrases
from gazette.language import Language
from gazette.model import Policy, Version
from gazette.site import addresses, templates
from gazette.site.addresses import Address
from gazette.site.heading_lines import EARLIER, Lines, fragment, named
from gazette.site.outputs import TOP
from gazette.site.successors import Excerpt, Successors
from gazette.text.differences import Heading
from gazette.text.lives import Lives, SectionStep, Use, last_standing

MAX_HEADING = 60
MAX_WORDING = 120
"""Of a longer text only the beginning stands in a line."""

LINK = Markup('<a href="#{}">{}</a>')


class Target(NamedTuple):
    """A section of the present text by its anchor, empty for the opening, and its name.

    The name is empty where it tells nothing: the section has none, or that which it had then.
    """

    name: Markup
    anchor: str


class FormerSection(NamedTuple):
    """A section that had an anchor, and what became of it until the present text.

    `then` is what it was called in the last `version` that has it under this anchor, `link` leads
    to it there, and `life` to its life. It goes on in the sections `now`; without any it was
    `removed` with a version, unless it comes only with a later one. `wording` is the beginning of
    what it said last.
    """

    then: Markup
    version: Version
    link: str
    life: str
    now: Sequence[Target] = ()
    removed: Version | None = None
    wording: str = ""


class Arrivals:
    """What became of the sections of a policy, seen from the text that its page shows.

    `sections` are those of that text; `excerpt` is asked for the wording of sections that are gone.
    """

    def __init__(
        self,
        language: Language,
        policy: Policy,
        lives: Lives,
        sections: Sequence[Heading],
        excerpt: Excerpt,
    ) -> None:
        self._language = language
        self._phrases = Phrases(language)
        self._policy = policy
        self._lives = lives
        self._excerpt = excerpt
        self._address = addresses.policy(policy.slug)
        self._place = policy.place(policy.shown)
        self._successors = Successors(policy, lives, sections, excerpt)
        self._present = self._successors.present
        self._ids = {section.anchor: name for name, section in self._present.items()}

    def lines(self, taken: Collection[str]) -> Lines:
        """Return the lines of all anchors; `taken` are the ids that the text itself gives."""
        before: dict[str, str] = {}
        after: dict[str, str] = {}
        end = ""
        for anchor, uses in self._lives.anchors.items():
            if anchor in self._ids:
                if others := [use for use in uses if use.id != self._ids[anchor]]:
                    after[anchor] = self._line(anchor, others, is_used=True)
            elif anchor not in taken:
                is_present = all(u.version == self._place and u.id in self._present for u in uses)
                line = str(EARLIER.format(anchor)) if is_present else self._line(anchor, uses)
                section = self._successor(uses)
                if section is None:
                    end += line
                else:
                    before[section.anchor] = before.get(section.anchor, "") + line
        gone = f'<div class="gz-gone">{end}</div>' if end else ""
        return Lines(before, after, gone)

    def _line(self, anchor: str, uses: Sequence[Use], *, is_used: bool = False) -> str:
        pasts = [self._past(anchor, use) for use in uses]
        facts = {"policy": self._policy, "anchor": anchor, "pasts": pasts, "is_used": is_used}
        facts["linked"] = self._linked
        return str(templates.render("arrival.html", self._address, self._language, **facts))

    def _linked(self, targets: Sequence[Target]) -> Markup:
        """Return links to the sections in which one goes on, as a list in a sentence."""
        unnamed = self._language.gettext("this section")
        links = (LINK.format(target.anchor or TOP, target.name or unnamed) for target in targets)
        return self._language.list(links)

    def _successor(self, uses: Sequence[Use]) -> Heading | None:
        """Return where all lives that had an anchor go on, if that is a single section.

        What was split stands where the part stands that has its ID.
        """
        successors = [self._successors.of(use) for use in uses]
        if len(uses) == 1 and uses[0].id in self._present and len(successors[0]) > 1:
            return self._present[uses[0].id]
        is_single = (
            all(headings == successors[0] for headings in successors) and len(successors[0]) == 1
        )
        return successors[0][0] if is_single else None

    def _past(self, anchor: str, use: Use) -> FormerSection:
        life = self._lives.lives[use.id]
        version = self._policy.versions[use.version]
        then = life.at(use.version)
        assert then is not None
        steps = life.until(self._place)
        now = self._successors.of(use)
        is_gone = bool(steps) and not now and steps[-1].section is None
        return FormerSection(
            named(then, self._phrases) if now else self._full_name(then),
            version,
            f"{self._to(addresses.version(self._policy.slug, version.id))}#{fragment(anchor)}",
            quote(self._to(addresses.section(self._policy.slug, use.id))),
            tuple(Target(self._name_now(then, section), section.anchor) for section in now),
            self._policy.versions[steps[-1].version] if is_gone else None,
            self._wording(steps) if is_gone else "",
        )

    def _full_name(self, section: Heading) -> Markup:
        if section.heading:
            return self._phrases.quoted(shortened(section.heading, MAX_HEADING))
        unnamed = self._language.gettext("a section without a heading")
        return named(section, self._phrases) or Markup.escape(unnamed)

    def _name_now(self, then: Heading, now: Heading) -> Markup:
        """Return what a section is called now, as distinct from what it was called then."""
        name = named(now, self._phrases)
        if name and name != named(then, self._phrases):
            return name
        if now.index and now.heading and now.heading != then.heading:
            return self._phrases.quoted(shortened(now.heading, MAX_HEADING))
        return name if not now.index else Markup("")

    def _to(self, target: Address) -> str:
        return addresses.relative(self._address, target)

    def _wording(self, steps: Sequence[SectionStep]) -> str:
        place, section = last_standing(steps)
        words = self._excerpt(self._policy.versions[place], section)
        return shortened(words, MAX_WORDING)


def shortened(words: str, most: int) -> str:
    """Return words with at most so many letters; of longer ones the beginning."""
    if len(words) <= most:
        return words
    return f"{words[:most].rpartition(' ')[0] or words[:most]} …"

"""The pages of sections: the whole life of each, from its newest wording back to its first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from gazette.fingerprint import fingerprint
from gazette.forms import redline_html
from gazette.forms.phrases import filled
from gazette.model import Status, Version
from gazette.site import addresses, articles, templates
from gazette.site.addresses import Address
from gazette.site.feed_contents import SectionFeeds, UpdateContents
from gazette.site.former import redirect
from gazette.site.heading_lines import fragment
from gazette.site.outputs import BODY, Body, File, Page
from gazette.site.page_context import PageContext
from gazette.site.present_text import excerpts
from gazette.site.successors import Successors
from gazette.text.differences import Heading
from gazette.text.lives import Pair, SectionLife, SectionStep, Use, last_standing
from gazette.text.section_html import standalone, with_heading_level

LINK = Markup('<a href="{}">{}</a>')
_WORDING = Markup("<!--gazette-wording-->")
_SLOT = re.compile(f"{_WORDING}|<!--gazette-redline-(\\d+)-->")
MAX_REDLINES = 200_000
"""So many letters of redlines stand on a page, the newest first: a phone has to show it."""
FEWEST_LISTED = 5
"""Of fewer parts a page needs no table of contents."""
HEADING_LEVEL = 3
"""The level of a section's own heading on the page of its life."""


class ChangePlace(NamedTuple):
    """Where a section stands on a page of changes: its id there, and the letters of its redline."""

    id: str
    length: int


class StepView(NamedTuple):
    """What a version did to a section, as its page shows it.

    `named` are the `events` as readers know them; `neighbours` are sentences about other lives in a
    split or merger. `text` and `changes` are links to the section in that version and to what
    changed there. The `redline` has this `length`; both are empty where the wording above says it
    all.
    """

    version: Version
    events: Sequence[str]
    named: Markup
    neighbours: Sequence[Markup]
    text: str
    changes: str
    redline: Markup
    length: int


class SectionPages:
    """The pages of the lives of a policy's sections; texts and redlines are loaded once."""

    def __init__(self, context: PageContext, contents: UpdateContents) -> None:
        self._context = context
        self._policy = context.policy
        self._phrases = context.fragments.phrases
        self._texts: dict[int, list[str]] = {}
        self._redlines: dict[int, dict[Pair, str]] = {}
        self._places: dict[tuple[int, int], dict[Pair, ChangePlace]] = {}
        self._redline_keys: dict[int, Sequence[str]] = {}
        self._feeds = SectionFeeds(context, contents)

    @cached_property
    def _successors(self) -> Successors:
        fragments = self._context.fragments
        present = fragments.text(self._policy.shown).sections
        return Successors(self._policy, self._context.lives, present, excerpts(fragments))

    def pages(self, part: range) -> Iterator[Page | File]:
        """Yield the pages of the sections that first appear in the versions in `part`."""
        for life in self._context.lives.lives.values():
            if life.steps[0].version in part:
                yield self._page(life)
                feed = self._feeds.file(life, self._last_name(life))
                yield feed
                yield from self._joined(life, feed)

    def _page(self, life: SectionLife) -> Page:
        address = addresses.section(self._policy.slug, life.id)
        name = self._last_name(life)
        language, gettext = self._context.language, self._context.language.gettext
        versions = [self._policy.versions[step.version].id for step in life.steps[:0:-1]]
        of_version = gettext("Version %(version)s")
        entries = [
            (str(version), of_version % {"version": language.isolated_text(version)})
            for version in versions
        ]
        entries += [("first", gettext("First wording"))] if len(life.wordings) > 1 else []
        listed = (("newest", gettext("Newest wording")), *entries)
        names = {
            "title": language.isolated_text(self._policy.title),
            "name": language.isolated_text(name),
        }
        return Page(
            address,
            self._policy,
            title=gettext("%(title)s: %(name)s, all wordings") % names,
            description=gettext("How “%(name)s” of %(title)s read in every version") % names,
            article=BODY,
            contents=listed if len(listed) >= FEWEST_LISTED else (),
            body=Body(self._key(life, address), lambda: self._filled(life, address)),
            feed=addresses.section_feed(self._policy.slug, life.id),
        )

    def _key(self, life: SectionLife, address: Address) -> str:
        """Return the key of all that the page of a life shows, without making any of it."""
        wordings = (self._policy.versions[step.version] for step in life.wordings)
        texts = [self._context.fragments.text_key(version) for version in wordings]
        redlines = [self._keys_of(step.version) for step in life.steps[1:]]
        versions = self._policy.versions
        steps = [
            (step.version, versions[step.version].status is Status.WITHDRAWN, *step[2:])
            for step in life.steps
        ]
        remover = self._remover(life)
        now = remover and remover.id, self._present(life, address), self._successor(life, address)
        around = *now, templates.templates_key(), self._context.targets.key
        return fingerprint("section", life.id, texts, redlines, steps, around)

    def _article(self, life: SectionLife, address: Address) -> Markup:
        """Return the page with slots for the texts and redlines."""
        steps = [self._view(life, at, address) for at in range(len(life.steps))]
        wordings = life.wordings
        facts = {
            "policy": self._policy,
            "name": self._last_name(life),
            "steps": [*_shortened(steps[:0:-1])],
            "first": steps[0],
            "newest": self._policy.versions[wordings[-1].version],
            "wordings": len(wordings),
            "gone": self._removal(life, steps[-1], address),
            "present": self._present(life, address),
            "successor": self._successor(life, address),
            "newest_text": _WORDING,
            "text_language": articles.text_language(self._context.language, self._policy.shown),
            "legend": redline_html.legend(self._context.language),
        }
        return templates.render("section.html", address, self._context.language, **facts)

    def _removal(self, life: SectionLife, last: StepView, address: Address) -> StepView | None:
        """Return the step of the version that removed a section; `last` is its last step."""
        remover = self._remover(life)
        if remover and remover is not last.version:
            changes = addresses.changes(self._policy.slug, remover.id)
            last = last._replace(version=remover, changes=addresses.relative(address, changes))
        return last if remover else None

    def _remover(self, life: SectionLife) -> Version | None:
        """Return the version that removed a section, None where the newest one has it.

        If the one that did was withdrawn, it is the next, which does not have it either; None where
        there is none, and the section only stood in what was withdrawn.
        """
        end, newest = life.steps[-1], self._policy.newest
        if end.section or life.id in self._context.lives.ids[self._policy.place(newest)]:
            return None
        way = self._policy.way_to(newest)
        return next(
            (version for version in way if self._policy.place(version) >= end.version), None
        )

    def _joined(self, life: SectionLife, feed: File) -> Iterator[File]:
        """Yield the pages that lead from IDs that were joined to this life, and its feed there."""
        target = addresses.section(self._policy.slug, life.id)
        for other in life.other_ids:
            address = addresses.section(self._policy.slug, other)
            yield redirect(self._context.language, self._last_name(life), address, target)
            yield replace(feed, address=addresses.section_feed(self._policy.slug, other))

    def _view(self, life: SectionLife, at: int, address: Address) -> StepView:
        step = life.steps[at]
        version = self._policy.versions[step.version]
        slug, anchor = self._policy.slug, last_standing(life.steps[: at + 1])[1].anchor
        text = addresses.relative(address, addresses.version(slug, version.id))
        changes = addresses.relative(address, addresses.changes(slug, version.id))
        pair = self._pair(life, at, step.version - 1) if at else None
        length = self._places_of(step.version - 1, step.version)[pair].length if pair else 0
        # What a section said before it was removed stands above already.
        is_shown = pair is not None and pair[1] is not None
        return StepView(
            version,
            step.events,
            self._phrases.joined(map(self._named, step.events)),
            [self._neighbour(life, at, other, address) for other in step.others],
            f"{text}#{fragment(anchor)}" if step.section and anchor else text,
            f"{changes}#{fragment(self._place_of_change(life, at))}".rstrip("#"),
            Markup(f"<!--gazette-redline-{at}-->" if is_shown else ""),
            length if is_shown else 0,
        )

    def _named(self, event: str) -> str:
        """Return what happened to a section, as readers know it."""
        if event == "restored":
            return self._context.language.pgettext("section", "restored")
        return next(name for kind, name in self._phrases.badges.items() if kind.value == event)

    def _neighbour(self, life: SectionLife, at: int, other: str, address: Address) -> Markup:
        """Return the sentence about another life in a split or merger."""
        step, neighbour = life.steps[at], self._context.lives.lives[other]
        before, after = neighbour.at(step.version - 1), neighbour.at(step.version)
        gettext = self._context.language.gettext
        if at == 0 or "restored" in step.events:
            message = gettext("Text from %(section)s.")
        elif step.section is None:
            message = gettext("Its text went to %(section)s.")
        elif before is None:
            message = gettext("Part of it became %(section)s.")
        elif after is None:
            message = gettext("Took in %(section)s.")
        else:
            message = gettext("Shares text with %(section)s.")
        section = after or before or last_standing(neighbour.steps)[1]
        link = addresses.relative(address, addresses.section(self._policy.slug, other))
        return filled(message, section=LINK.format(quote(link), self._name(section)))

    def _present(self, life: SectionLife, address: Address) -> str:
        """Return the link to the section in the text in force, empty where it is not there."""
        section = self._successors.present.get(life.id)
        return self._home(section, address) if section and self._policy.in_force else ""

    def _successor(self, life: SectionLife, address: Address) -> Markup:
        """Return links to where a life that ended goes on in the text in force."""
        end = life.steps[-1]
        if not self._policy.in_force or end.section or life.id in self._successors.present:
            return Markup("")
        before = end.version - 1
        index = self._context.lives.ids[before].index(life.id)
        sections = self._successors.of(Use(before, index, life.id))
        return self._context.language.list(
            LINK.format(self._home(section, address), self._name(section)) for section in sections
        )

    def _home(self, section: Heading, address: Address) -> str:
        """Return the link to a section of the text in force."""
        home = addresses.relative(address, addresses.policy(self._policy.slug))
        return f"{home}#{fragment(section.anchor)}".rstrip("#")

    def _filled(self, life: SectionLife, address: Address) -> Markup:
        """Return the page with the texts and redlines in it."""

        def content(slot: re.Match[str]) -> str:
            if slot[1]:
                return self._redline(life, int(slot[1]), address)
            return self._wording(life.wordings[-1], address)

        return Markup(_SLOT.sub(content, self._article(life, address)))

    def _last_name(self, life: SectionLife) -> str:
        """Return the name that a section had last."""
        return self._name(last_standing(life.steps)[1])

    def _name(self, section: Heading) -> str:
        return self._phrases.heading_text(section.heading if section.index else "", section.index)

    def _wording(self, step: SectionStep, address: Address) -> str:
        assert step.section is not None
        version = self._policy.versions[step.version]
        if step.version not in self._texts:
            self._texts[step.version] = self._context.fragments.text(version).parts()
        part = self._texts[step.version][step.section.index]
        page = addresses.relative(address, addresses.version(self._policy.slug, version.id))
        html = standalone(with_heading_level(part, HEADING_LEVEL), page)
        return self._context.relocated(address, html, version)

    def _redline(self, life: SectionLife, at: int, address: Address) -> str:
        place = life.steps[at].version
        old, new = self._policy.versions[place - 1 : place + 1]
        if place not in self._redlines:
            redline = self._context.fragments.redline(old, new)
            self._redlines[place] = {(a, b): html for a, b, html in redline.sections()}
        pair = self._pair(life, at, place - 1)
        assert pair is not None
        page = addresses.relative(address, addresses.changes(self._policy.slug, new.id))
        piece = standalone(self._redlines[place][pair], page)
        return self._context.relocated(address, piece, new, old)

    def _pair(self, life: SectionLife, at: int, before: int) -> Pair | None:
        """Return which part of the redline to a step shows the section, if there is one.

        It leads from the version at the place `before`.
        """
        step = life.steps[at]
        parts = self._places_of(before, step.version)
        return self._context.lives.part_of(life.id, step, parts, before)

    def _place_of_change(self, life: SectionLife, at: int) -> str:
        """Return the id of a section on the page of what a step changed, empty where it has none.

        That page leaves out versions that were withdrawn before; a life goes through them.
        """
        place = life.steps[at].version
        before = self._before(place)
        pair = self._pair(life, at, before) if at and before >= 0 else None
        return self._places_of(before, place)[pair].id if pair else ""

    def _before(self, place: int) -> int:
        """Return the place of the version that the page of what another one changed begins with."""
        old = self._policy.predecessor(self._policy.versions[place])
        return self._policy.place(old) if old else -1

    def _places_of(self, before: int, place: int) -> dict[Pair, ChangePlace]:
        """Return where sections stand in the redline between the versions at these places."""
        if (before, place) not in self._places:
            old, new = self._policy.versions[before], self._policy.versions[place]
            redline = self._context.fragments.redline(old, new)
            pieces = zip(redline.pieces, redline.contents, strict=False)
            self._places[before, place] = {
                (piece.old, piece.new): ChangePlace(entry[0], piece.end - piece.start)
                for piece, entry in pieces
            }
        return self._places[before, place]

    def _keys_of(self, place: int) -> Sequence[str]:
        """Return the keys of the redlines that a life shows, and links to, of a version's step."""
        if place not in self._redline_keys:
            new = self._policy.versions[place]
            olds = [self._policy.versions[at] for at in sorted({place - 1, self._before(place)})]
            keys = [self._context.fragments.redline_key(old, new) for old in olds]
            self._redline_keys[place] = keys
        return self._redline_keys[place]


def _shortened(steps: Sequence[StepView]) -> Iterator[StepView]:
    """Yield steps, the newest first, without the redlines for which a page has no room."""
    total = 0
    for step in steps:
        total += step.length
        is_far = total > MAX_REDLINES and total > step.length
        yield step._replace(redline=Markup("")) if is_far else step

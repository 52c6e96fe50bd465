"""Feeds: the updates of a section, a policy or all policies, as Atom (RFC 4287).

The ids of feeds and entries are `tag:` URIs (RFC 4151). They are made from the names under which
versions were first published, so neither a renamed policy nor a new domain changes them.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as Tree
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from heapq import nlargest
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup

from gazette.fingerprint import fingerprint
from gazette.language import Language
from gazette.model import Policy, Status, Version, VersionId
from gazette.settings import Settings
from gazette.site import addresses
from gazette.site.addresses import Address
from gazette.site.outputs import FEED_TYPE, File
from gazette.site.periods import Period, Timeline, start_of, timeline

NAMESPACE = "http://www.w3.org/2005/Atom"
TERMS = "http://purl.org/dc/terms/"
"""The namespace of `valid`, the day from which a version applies (DCMI Metadata Terms)."""
NEWEST = 50
"""This many of the newest entries are in a feed."""
NEWEST_OF_SECTION = 3
"""So many are in the feed of a section: there are many of these."""
ROOM_OF_ENTRY, ROOM, ROOM_OF_SECTION = 4_000, 12_000, 1_500
"""So many letters of a redline are in an entry, and of all redlines in a feed, the newest first."""
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""

LoadContent = Callable[[], Sequence[str]]
"""Returns the changed sections of an update as HTML; none where there is nothing to show."""


class Entry(NamedTuple):
    """An entry of a feed: `id` is the permanent end of its own, `category` says what it is of.

    `content` is what it changed, `key` identifies what that is made from.
    """

    day: date
    version: VersionId
    id: str
    title: str
    address: Address
    summary: str
    category: str
    language: Language
    valid: date | None = None
    key: str = ""
    content: LoadContent = tuple


ContentOf = Callable[[Version], tuple[str, LoadContent]]
"""Returns the key and the content of the update that brought a version of a policy."""

Contents = Callable[[Policy], ContentOf]
"""Returns what knows the contents of the updates of a policy."""


@dataclass(frozen=True)
class Feed:
    """A feed that is published at `address`, about the page at `about`.

    `language` is that of its title. There is `room` for so many letters of redlines.
    """

    settings: Settings
    id: str
    title: str
    address: Address
    about: Address
    language: Language
    entries: Sequence[Entry]
    room: int = ROOM

    def file(self) -> File:
        """Return the file, whose redlines are loaded when its content is asked for."""
        keys = [entry.key for entry in self.entries]
        key = fingerprint("feed", self.written(with_contents=False), keys)
        return File(self.address, key, self.written)

    def written(self, *, with_contents: bool = True) -> bytes:
        """Return the feed, newest entry first; the same entries give the same bytes."""
        root = Tree.Element(
            "feed", {"xmlns": NAMESPACE, "xmlns:dcterms": TERMS, "xml:lang": self.language.text}
        )
        days = [entry.day for entry in self.entries]
        _text(root, "title", self.title)
        _text(root, "id", _tag(self.settings, self.id))
        self._link(root, self.address, rel="self", type=FEED_TYPE)
        self._link(root, self.about)
        _text(root, "updated", _moment(max(days, default=date(1970, 1, 1))))
        _text(Tree.SubElement(root, "author"), "name", self.settings.company or self.settings.name)
        left = self.room
        for entry in self.entries:
            element = self._entry(root, entry)
            html, left = self._content(entry, left) if with_contents else ("", 0)
            if html:
                _text(element, "content", html).set("type", "html")
        Tree.indent(root, "")
        xml: bytes = Tree.tostring(root, encoding="utf-8", xml_declaration=True)
        return xml + b"\n"

    def _entry(self, root: Tree.Element, entry: Entry) -> Tree.Element:
        tag = entry.language.text
        lang = {"xml:lang": tag} if tag != self.language.text else {}
        element = Tree.SubElement(root, "entry", lang)
        _text(element, "title", entry.title)
        _text(element, "id", _tag(self.settings, entry.id))
        self._link(element, entry.address)
        _text(element, "updated", _moment(entry.day))
        Tree.SubElement(element, "category", {"term": entry.category})
        if entry.valid:
            _text(element, "dcterms:valid", entry.valid.isoformat())
        if entry.summary:
            _text(element, "summary", entry.summary)
        return element

    def _content(self, entry: Entry, left: int) -> tuple[str, int]:
        """Return the redline as far as `left` is room for it, and the room that is left then.

        None is left for entries behind one that found too little: their redlines are not loaded.
        """
        sections = entry.content() if left else ()
        shown: list[str] = []
        room = min(left, ROOM_OF_ENTRY)
        for section in sections:
            room -= len(section)
            if room < 0:
                break
            shown.append(section)
        rest = len(sections) - len(shown)
        if shown and rest:
            sentence = entry.language.ngettext(
                "See the redline for %(number)d more section.",
                "See the redline for %(number)d more sections.",
                rest,
            ) % {"number": rest}
            link = Markup('<p><a href="{}">{}</a></p>')
            shown.append(link.format(self._absolute(entry.address), sentence))
        html = "".join(shown)
        return html, 0 if rest and left < ROOM_OF_ENTRY else max(left - len(html), 0)

    def _link(self, parent: Tree.Element, address: Address, **attributes: str) -> None:
        Tree.SubElement(parent, "link", {**attributes, "href": self._absolute(address)})

    def _absolute(self, address: Address) -> str:
        return urljoin(self.settings.site_url, address)


def policy_feed(settings: Settings, policy: Policy, line: Timeline, contents: Contents) -> File:
    """Return the feed of the updates of one policy."""
    first = policy.original_slug(policy.versions[0])
    return Feed(
        settings,
        f"policies/{first}",
        policy.title,
        addresses.feed(policy.slug),
        addresses.policy(policy.slug),
        settings.language_of(policy),
        _newest(_PolicyEntries(settings, policy, line, contents).dated()),
    ).file()


def site_feed(settings: Settings, policies: Sequence[Policy], contents: Contents) -> File:
    """Return the feed of the updates of all policies."""
    entries = (
        entry
        for policy in sorted(policies, key=lambda policy: policy.slug, reverse=True)
        for entry in _PolicyEntries(settings, policy, timeline(policy), contents).dated()
    )
    return Feed(
        settings,
        "policies",
        settings.name,
        addresses.feed(),
        addresses.HOME,
        settings.interface,
        _newest(entries),
    ).file()


class _Dated(NamedTuple):
    """An entry by what puts it in order; `make` returns it where a feed has room for it."""

    day: date
    version: VersionId
    make: Callable[[], Entry]


def _newest(entries: Iterable[_Dated]) -> list[Entry]:
    newest = nlargest(NEWEST, entries, key=attrgetter("day", "version"))
    return [entry.make() for entry in newest]


class _PolicyEntries:
    """The entries about one policy."""

    def __init__(
        self, settings: Settings, policy: Policy, line: Timeline, contents: Contents
    ) -> None:
        self._policy, self._line, self._content_of = policy, line, contents(policy)
        self._language = settings.language_of(policy)

    def dated(self) -> Iterator[_Dated]:
        """Yield one for each version, return and retirement, and for each later day it applied.

        What became of a version stands before its posting: on one day it is the newer of the two.
        """
        yield from self._retirements()
        yield from self._returns()
        for version in self._policy.versions:
            yield _Dated(version.metadata.updated, version.id, partial(self._posted, version))
            begin = self._line.begin_of(version)
            is_later = start_of(version) > version.id.day
            if is_later and begin and version.status is not Status.UPCOMING:
                yield _Dated(begin, version.id, partial(self._in_force, version, begin))

    def _retirements(self) -> Iterator[_Dated]:
        """Yield each retirement; one that follows another of the same version names its day."""
        retirements = [(absence.day, absence.last) for absence in self._policy.absences]
        if self._policy.retired:
            retirements.append((self._policy.retired, self._policy.newest.id))
        retired: set[VersionId] = set()
        for day, last in sorted(retirements):
            ending = f"/retired/{day}" if last in retired else "/retired"
            retired.add(last)
            yield _Dated(day, last, partial(self._retired, last, day, ending))

    def _returns(self) -> Iterator[_Dated]:
        """Yield what was withdrawn by going back to a version, or is in force again by going on."""
        by_day: dict[date, tuple[VersionId, VersionId]] = {}
        for back, left, to in self._policy.returns:
            day = max(back, left.day)
            by_day[day] = by_day[day][0] if day in by_day else left, to
        for day, (left, to) in by_day.items():
            old, new = self._policy.version(left), self._policy.version(to)
            following = self._line.on(day)
            if old and to < left:
                yield _Dated(day, left, partial(self._withdrawn, old, day, following))
            elif new and to > left and following.version is new:
                yield _Dated(day, to, partial(self._in_force, new, day, f"/{day}"))

    def _posted(self, version: Version) -> Entry:
        policy, language, metadata = self._policy, self._language, version.metadata
        is_first = policy.predecessor(version) is None
        address_of = addresses.version if is_first else addresses.changes
        message = language.gettext("First version.") if is_first else language.gettext("Updated.")
        sentences = [metadata.summary or message]
        if start_of(version) > version.id.day:
            day = language.day(metadata.effective)
            sentences.append(language.gettext("It applies from %(day)s.") % {"day": day})
        key, content = ("", tuple) if is_first else self._content_of(version)
        title = language.gettext("%(title)s, version %(version)s") % self._names(version)
        summary, kind = " ".join(sentences), metadata.change.value
        return self._entry(version, metadata.updated, title, summary, kind)._replace(
            address=address_of(policy.slug, version.id),
            valid=start_of(version),
            key=key,
            content=content,
        )

    def _in_force(self, version: Version, day: date, again: str = "") -> Entry:
        language = self._language
        facts = {**self._names(version), "day": language.day(day)}
        return self._entry(
            version,
            day,
            language.gettext("%(title)s, version %(version)s, is in force") % facts,
            language.gettext("Version %(version)s has applied since %(day)s.") % facts,
            "in-force",
            f"/in-force{again}",
        )._replace(valid=day)

    def _withdrawn(self, version: Version, day: date, following: Period) -> Entry:
        """Return the entry of a version that was withdrawn; `following` begins then or before."""
        language, shown = self._language, following.version
        if shown:
            message = language.gettext("Version %(version)s has applied since %(day)s.")
        else:
            message = language.gettext("From %(day)s on, it no longer applies.")
        facts = {
            "version": language.isolated_text(shown.id) if shown else "",
            "day": language.day(following.first if shown and following.first else day),
        }
        title = language.gettext("%(title)s, version %(version)s, was withdrawn")
        title %= self._names(version)
        return self._entry(version, day, title, message % facts, "withdrawn", f"/withdrawn/{day}")

    def _retired(self, last: VersionId, day: date, ending: str) -> Entry:
        policy, language = self._policy, self._language
        version = next(version for version in policy.versions if version.id == last)
        facts = {**self._names(version), "day": language.day(day)}
        return self._entry(
            version,
            day,
            language.gettext("%(title)s was retired") % facts,
            language.gettext("From %(day)s on, it no longer applies.") % facts,
            "retired",
            ending,
        )._replace(address=addresses.policy(policy.slug))

    def _names(self, version: Version) -> dict[str, str]:
        """Return what the sentences about a version name."""
        title = version.metadata.title
        return {"title": title, "version": self._language.isolated_text(version.id)}

    def _entry(
        self, version: Version, day: date, title: str, summary: str, kind: str, ending: str = ""
    ) -> Entry:
        """Return an entry of this `kind`; its id has the `ending` behind that of the version."""
        address = addresses.version(self._policy.slug, version.id)
        id_ = f"{identity(self._policy, version)}{ending}"
        return Entry(day, version.id, id_, title, address, summary, kind, self._language)


def identity(policy: Policy, version: Version) -> str:
    """Return the permanent end of the id of a version's entry."""
    return f"policies/{policy.original_slug(version)}/{version.id}"


def _tag(settings: Settings, identity: str) -> str:
    host = urlsplit(settings.site_url).hostname or "localhost"
    authority = settings.feed_authority or host.encode("idna").decode()
    return f"tag:{authority},{settings.feed_since.isoformat()}:{identity}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(parent: Tree.Element, name: str, text: str) -> Tree.Element:
    element = Tree.SubElement(parent, name)
    element.text = NOT_IN_XML.sub("", text)
    return element

"""How the pages of a policy are related, for programs: links in their heads, and the TimeMap.

The address of the text in force is the original resource of RFC 7089, and the permanent pages of
the versions are its mementos, each from the first day it was in force; the TimeMap names it again
where it took another's place once more. Versions are related as RFC 5829 says. A version that never
was in force is no memento, but has predecessor and successor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from urllib.parse import urljoin

from markupsafe import Markup, escape

from gazette.model import Policy, Status, Version
from gazette.settings import Settings
from gazette.site import addresses
from gazette.site.addresses import Address
from gazette.site.outputs import Relation
from gazette.site.periods import Timeline

LINK_FORMAT = "application/link-format"
NOT_YET = {Status.UPCOMING, Status.SCHEDULED}
"""What never was the text in force, but is to be: no memento yet."""


def of_policy(settings: Settings, policy: Policy, line: Timeline) -> tuple[Relation, ...]:
    """Return the relations of the page of the text in force."""
    latest = Relation("latest-version", addresses.version(policy.slug, policy.shown.id))
    mementos = _mementos(policy, line, policy.shown)
    return (*_common(settings, policy), latest, *mementos)


def of_version(
    settings: Settings, policy: Policy, line: Timeline, version: Version
) -> tuple[Relation, ...]:
    """Return the relations of the permanent page of a version."""
    neighbours = {
        "predecessor-version": policy.predecessor(version),
        "successor-version": policy.successor(version),
    }
    return (
        *_common(settings, policy),
        Relation("latest-version", addresses.policy(policy.slug)),
        *_mementos(policy, line, version),
        *(
            Relation(name, addresses.version(policy.slug, other.id))
            for name, other in neighbours.items()
            if other
        ),
    )


def timemap(settings: Settings, policy: Policy, line: Timeline) -> bytes:
    """Return the TimeMap of a policy (RFC 7089): when each version came into force, and where."""
    mementos = [(moment(day), address) for day, address in _came_into_force(policy, line)]
    span = [("from", mementos[0][0]), ("until", mementos[-1][0])] if mementos else []
    attributes = [("rel", "self"), ("type", LINK_FORMAT), *span]
    links = [
        _link(settings, addresses.policy(policy.slug), [("rel", "original")]),
        _link(settings, addresses.timemap(policy.slug), attributes),
    ]
    for place, (day, address) in enumerate(mementos):
        ends = ("first " * (place == 0), "last " * (place == len(mementos) - 1))
        links.append(
            _link(settings, address, [("rel", "".join((*ends, "memento"))), ("datetime", day)])
        )
    return (",\n".join(links) + "\n").encode()


def head_links(address: Address, relations: Iterable[Relation]) -> Markup:
    """Return the links that relate the page at `address` to others, for its head."""
    return Markup(
        "".join(
            f'<link rel="{escape(relation.rel)}" href="{escape(_reference(address, relation))}"'
            f"{_attributes(relation)}>"
            for relation in relations
        )
    )


def _reference(address: Address, relation: Relation) -> str:
    is_whole = bool(relation.hreflang)
    return relation.address if is_whole else addresses.relative(address, relation.address)


def _attributes(relation: Relation) -> str:
    facts = {"type": relation.type, "hreflang": relation.hreflang}
    return "".join(f' {name}="{escape(value)}"' for name, value in facts.items() if value)


def moment(day: date) -> str:
    """Return the beginning of a day as RFC 7089 writes it: in GMT, whatever the time zone."""
    return format_datetime(datetime.combine(day, time.min, UTC), usegmt=True)


def _common(settings: Settings, policy: Policy) -> Iterator[Relation]:
    yield Relation("original", addresses.policy(policy.slug))
    yield Relation("version-history", addresses.archive(policy.slug))
    if settings.site_url:
        yield Relation("timemap", addresses.timemap(policy.slug), type=LINK_FORMAT)


def _mementos(policy: Policy, line: Timeline, *versions: Version) -> Iterator[Relation]:
    for version in versions:
        begin = line.begin_of(version)
        if begin and version.status not in NOT_YET:
            address = addresses.version(policy.slug, version.id)
            yield Relation("memento", address, datetime=moment(begin))


def _came_into_force(policy: Policy, line: Timeline) -> Iterator[tuple[date, Address]]:
    """Yield the days on which a version took the place of another one, and its address."""
    last = None
    for period in line.periods:
        version = period.version
        if version and period.first and version is not last and version.status not in NOT_YET:
            yield period.first, addresses.version(policy.slug, version.id)
        last = version or last


def _link(settings: Settings, address: Address, facts: list[tuple[str, str]]) -> str:
    target = urljoin(settings.site_url, address)
    return "; ".join((f"<{target}>", *(f'{name}="{value}"' for name, value in facts)))

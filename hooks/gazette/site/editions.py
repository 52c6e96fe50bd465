"""Editions: a policy in all its languages, and where from a page in one it goes on in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from markupsafe import Markup, escape

from gazette.fingerprint import fingerprint
from gazette.language import Language, name_of
from gazette.model import Policy, Slug, Status, Version, VersionId
from gazette.settings import NO_LANGUAGE, Settings
from gazette.site import addresses, templates
from gazette.site.addresses import Address
from gazette.site.outputs import File, Page, Relation
from gazette.text.slugs import language_of_slug, original_of

if TYPE_CHECKING:
    from gazette.site.stale import StaleTranslation

IN_ALL = frozenset({"versions/", "since/", "on/"})
"""What every policy has below its folder."""
DEFAULT_LANGUAGE = "x-default"
"""What search engines call the page for those who speak none of the languages."""


class Edition(NamedTuple):
    """A page in one of its languages: what that is called there, and its address."""

    tag: str
    name: str
    address: Address


@dataclass(frozen=True)
class Editions:
    """A policy in its languages: the `original` and its `translations`, by tag.

    `tag` is the language of the original.
    """

    original: Policy
    tag: str
    translations: Mapping[str, Policy]

    @cached_property
    def policies(self) -> Mapping[str, Policy]:
        """All of them by language, the original first."""
        return {self.tag: self.original, **self.translations}

    @cached_property
    def key(self) -> str:
        """The key of what leads from one to another."""
        return fingerprint(
            [(tag, policy.slug, _stated(policy)) for tag, policy in self.policies.items()]
        )

    def original_version(self, policy: Policy, version: Version) -> Version | None:
        """Return the version of the original that a version of an edition says, None if unknown."""
        if policy.slug == self.original.slug:
            return version
        return self.original.version(version.metadata.translates)

    def counterpart(self, policy: Policy, version: Version, other: Policy) -> Version | None:
        """Return the version of the edition `other` that says the same as one of `policy`."""
        source = self.original_version(policy, version)
        if source is None or other.slug == self.original.slug:
            return source
        return self._translated[other.slug].get(source.id)

    @cached_property
    def _translated(self) -> Mapping[Slug, Mapping[VersionId | None, Version]]:
        """By translation and version of the original, the newest version that says it."""
        return {
            policy.slug: {
                version.metadata.translates: version
                for version in policy.versions
                if version.status is not Status.WITHDRAWN
            }
            for policy in self.translations.values()
        }

    def of_page(self, policy: Policy, address: Address) -> list[Edition]:
        """Return the page of `policy` at this address in all languages in which there is one.

        What was retired is in none, but for itself.
        """
        places = {
            tag: address if other.slug == policy.slug else self._place(policy, address, other)
            for tag, other in self.policies.items()
            if not other.retired or other.slug == policy.slug
        }
        return [
            Edition(tag, name_of(tag, tag), place)
            for tag, place in places.items()
            if place is not None
        ]

    def _place(self, policy: Policy, address: Address, other: Policy) -> Address | None:
        """Return where `other` has what stands at an address of `policy`."""
        if address == addresses.policy(policy.slug):
            return addresses.policy(other.slug)
        below = address.removeprefix(addresses.folder(policy.slug))
        if below in IN_ALL or (below == "compare/" and len(other.versions) > 1):
            return Address(f"{addresses.folder(other.slug)}{below}")
        kind, _, name = below.rstrip("/").partition("/")
        version = policy.version(name) if kind in {"versions", "changes", "since"} else None
        counterpart = self.counterpart(policy, version, other) if version else None
        if counterpart is None or (kind == "changes" and not other.predecessor(counterpart)):
            return None
        return Address(f"{addresses.folder(other.slug)}{kind}/{counterpart.id}/")


def _stated(policy: Policy) -> list[tuple[object, ...]]:
    """Return what pages in other languages show of the versions of a policy."""
    return [
        (version.id, version.metadata.title, version.metadata.translates, version.status)
        for version in policy.versions
    ]


def editions_of(settings: Settings, policies: Iterable[Policy]) -> dict[Slug, Editions]:
    """Return the editions of every policy that has more than one, by the slug of each."""
    by_slug = {policy.slug: policy for policy in policies}
    translations: dict[Slug, dict[str, Policy]] = defaultdict(dict)
    for slug, policy in sorted(by_slug.items()):
        if (language := language_of_slug(slug)) and original_of(slug) in by_slug:
            translations[original_of(slug)][language] = policy
    editions = {
        slug: Editions(by_slug[slug], settings.language_of(by_slug[slug]).text, others)
        for slug, others in translations.items()
    }
    of_translations = {
        policy.slug: group for group in editions.values() for policy in group.translations.values()
    }
    return editions | of_translations


def with_languages(
    settings: Settings, editions: Editions | None, output: Page | File
) -> Page | File:
    """Return a page with what leads to its other languages; any other output as it is."""
    if editions is None or not isinstance(output, Page):
        return output
    policy, address = output.policy, output.address
    article = switcher(settings, editions, policy, address) + output.article
    links = alternate_links(alternates(settings, editions, policy, address))
    return replace(output, article=article, relations=(*output.relations, *links))


def switcher(
    settings: Settings, editions: Editions | None, policy: Policy, address: Address
) -> Markup:
    """Return the list of the languages of a page, empty where there is but its own."""
    listed = editions.of_page(policy, address) if editions else []
    if all(edition.address == address for edition in listed):
        return Markup("")
    language = settings.language_of(policy)
    return templates.render("languages.html", address, language, editions=listed, current=address)


def listed_policies(
    policies: Iterable[Policy], editions: Mapping[Slug, Editions], tag: str
) -> list[Policy]:
    """Return each policy once for a home page: in the language of the `tag`, if it is there."""
    listed = []
    for policy in policies:
        group = editions.get(policy.slug)
        if group is None or group.original.slug == policy.slug:
            translation = group.translations.get(tag) if group else None
            listed.append(translation if translation and not translation.retired else policy)
    return listed


def languages_of(
    settings: Settings, policies: Iterable[Policy], editions: Mapping[Slug, Editions], tag: str
) -> dict[Slug, Markup]:
    """Return, by slug, what leads from a home page to the other languages of a policy."""
    language = settings.language_for(tag)
    languages = {}
    for policy in policies:
        if group := editions.get(policy.slug):
            pages = group.of_page(policy, addresses.policy(policy.slug))
            others = [page for page in pages if page.address != addresses.policy(policy.slug)]
            facts = {"editions": others, "current": ""}
            languages[policy.slug] = templates.render(
                "languages.html", addresses.home(tag), language, **facts
            )
    return languages


def alternates(
    settings: Settings, editions: Editions | None, policy: Policy, address: Address
) -> list[tuple[str, str]]:
    """Return the whole addresses of a page in all its languages, by language.

    Only of pages that search engines may show; nothing where the address of the site is unknown.
    """
    shown = addresses.policy(policy.slug), addresses.archive(policy.slug)
    if editions is None or not settings.site_url or address not in shown:
        return []
    listed = editions.of_page(policy, address)
    urls = [(edition.tag, urljoin(settings.site_url, edition.address)) for edition in listed]
    return [*urls, (DEFAULT_LANGUAGE, urls[0][1])]


def alternate_links(others: Iterable[tuple[str, str]]) -> Iterator[Relation]:
    """Yield these addresses as links of the head."""
    for tag, url in others:
        yield Relation("alternate", Address(url), hreflang=tag)


def about(
    settings: Settings,
    editions: Editions | None,
    policy: Policy,
    version: Version,
    address: Address,
    stale: StaleTranslation | None = None,
) -> Markup:
    """Return what readers of a version, at `address`, should know of it as an edition of others.

    `stale` is what lags behind in it.
    """
    if editions is None:
        return Markup("")
    first = _prevailing(settings, editions, policy)
    is_original = policy.slug == editions.original.slug
    source = None if is_original else editions.original_version(policy, version)
    if first is None and source is None:
        return Markup("")
    language = settings.language_of(policy)
    return templates.render(
        "translation.html",
        address,
        language,
        original=editions.original,
        tag=editions.tag,
        source=source,
        stale=stale,
        sections=stale and language.list(_names(language, editions, stale)),
        prevailing=first and editions.policies[first],
        counterpart=first and editions.counterpart(policy, version, editions.policies[first]),
        name=first and name_of(first, language.tag),
    )


def _names(language: Language, editions: Editions, stale: StaleTranslation) -> Iterator[Markup]:
    """Yield the name of each section that lags behind, linked where the translation has it."""
    for anchor, name in stale.sections:
        if anchor:
            yield Markup('<a href="#{}"><bdi>{}</bdi></a>').format(anchor, name)
        elif name:
            yield Markup('<bdi lang="{}">{}</bdi>').format(editions.tag, name)
        else:
            yield escape(language.pgettext("section", "Opening"))


def _prevailing(settings: Settings, editions: Editions, policy: Policy) -> str | None:
    """Return the language whose text counts where that of `policy` differs from it.

    None where that is its own, or the company names none.
    """
    if settings.prevailing == NO_LANGUAGE:
        return None
    is_there = settings.prevailing in editions.policies
    tag = settings.prevailing if is_there else editions.tag
    return None if editions.policies[tag].slug == policy.slug else tag

"""The site: every page as an address and its bytes, planned whole before anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from gazette import addresses, articles, feeds, links, records, redline_html, redline_json, shells
from gazette.document import Document
from gazette.model import Policy, Status, Version, VersionId
from gazette.redline import Redline
from gazette.settings import Settings
from gazette.shells import Page
from gazette.updates import Update, body_of, document_of, proven_redline, update_of

Documents = Mapping[VersionId, Document]


@dataclass(frozen=True)
class File:
    """A file that is published as it is."""

    address: str
    content: bytes


@dataclass(frozen=True)
class Site:
    """What is published beside the pages that the site generator renders itself."""

    center: Settings
    policies: tuple[Policy, ...]
    updates: tuple[Update, ...]
    pages: tuple[Page, ...]
    files: tuple[File, ...]

    def policy_at(self, path: str) -> Policy | None:
        """Return the policy whose file below `docs/` is `path`, None where there is none."""
        named = (one for one in self.policies if path == f"{links.FOLDER}/{one.slug}.md")
        return next(named, None)


@dataclass(frozen=True)
class Published:
    """What a link in a text can lead to: the files in `docs/`, and every name a policy ever had."""

    files: frozenset[str]
    slugs: Mapping[str, str]

    def link(self, here: str, target: str) -> str | None:
        """Return how the page at `here` links to the path `target` below `docs/`, None: not."""
        folder, _, name = target.rpartition("/")
        if folder == links.FOLDER and name.removesuffix(".md") in self.slugs:
            return addresses.relative(here, addresses.policy(self.slugs[name.removesuffix(".md")]))
        if target not in self.files:
            return None
        address = f"{target.removesuffix('.md')}/" if target.endswith(".md") else target
        return addresses.relative(here, address.removesuffix("index/"))


def plan(center: Settings, policies: Sequence[Policy]) -> Site:
    """Plan the whole site, every redline proved; nothing is written.

    Raises RedlineError when a redline is not exact.
    """
    published = _published(center.docs, policies)
    updates: list[Update] = []
    outputs: list[Page | File] = []
    for owner in policies:
        documents = {one.id: document_of(one, center.markdown) for one in owner.versions}
        steps = [_update(center, owner, *pair, documents) for pair in pairwise(owner.versions)]
        own = [update for update, *_ in steps]
        updates += own
        outputs += [output for _, *two in steps for output in two]
        outputs += _versions(center, owner, documents, published)
        outputs += _since(center, owner, documents, own)
        outputs += _policy_files(center, owner, own)
        outputs += _former(owner)
    outputs += _site_files(center, policies)
    pages = tuple(one for one in outputs if isinstance(one, Page))
    files = tuple(one for one in outputs if isinstance(one, File))
    return Site(center, tuple(policies), tuple(updates), pages, files)


def write(site: Site, folder: Path) -> None:
    """Fill the shells that were rendered into `folder` and write every page and file there.

    Raises GazetteError when a shell lacks a slot.
    """
    rendered = {
        address.count("/"): shells.read_shell(
            address, (folder / address / "index.html").read_text("utf-8")
        )
        for address in shells.ADDRESSES
    }
    for page in site.pages:
        text = shells.fill(rendered[page.address.count("/")], page)
        _write(folder / page.address / "index.html", text.encode())
    for file in site.files:
        _write(folder / file.address, file.content)
    for address in reversed(shells.ADDRESSES):
        (folder / address / "index.html").unlink()
        (folder / address).rmdir()


def source(site: Site, path: str) -> str | None:
    """Return the Markdown that the site generator renders for the file at `path` below `docs/`.

    For a policy it is the text in force, whatever newer text waits in that file; its metadata is
    written as JSON, which every YAML reader takes as it is meant. None for any other file.
    """
    owner = site.policy_at(path)
    if owner is None:
        return None
    shown = owner.in_force or owner.newest
    facts = shown.metadata
    meta = {
        "title": facts.title,
        "description": facts.description or f"{facts.title}, version {shown.id}",
        "updated": facts.updated.isoformat(),
    }
    return f"---\n{json.dumps(meta)}\n---\n{body_of(shown)}"


def surrounded(site: Site, path: str, text: str) -> str:
    """Return the rendered `text` of the file at `path` with all that its page shows around it."""
    owner = site.policy_at(path)
    if owner:
        return articles.policy(site.center, owner, text)
    return (
        articles.home(site.center, text, site.policies, site.updates)
        if path == "index.md"
        else text
    )


def _published(docs: Path, policies: Sequence[Policy]) -> Published:
    files = (path for path in docs.rglob("*") if path.is_file())
    own = {one.slug: one.slug for one in policies}
    former = {name: one.slug for one in policies for name in one.former_slugs}
    return Published(frozenset(path.relative_to(docs).as_posix() for path in files), former | own)


def _update(
    center: Settings, owner: Policy, old: Version, new: Version, documents: Documents
) -> tuple[Update, Page, File]:
    change = proven_redline(owner, old, new, (documents[old.id], documents[new.id]))
    update = update_of(owner, old, new, change)
    here = addresses.changes(owner.slug, new.id)
    page = Page(
        here,
        title=f"{owner.title}: what changed in {new.id}",
        description=new.metadata.summary or f"Redline of {owner.title} {old.id} to {new.id}",
        article=articles.changes(owner, update, _rendered(owner, old, new, change, here)),
        contents=_outline(change),
        canonical=here,
    )
    facts = {"policy": owner.slug, "old": str(old.id), "new": str(new.id)}
    data = records.to_bytes({**facts, **redline_json.record(change)})
    return update, page, File(addresses.changes_record(owner.slug, new.id), data)


def _versions(
    center: Settings, owner: Policy, documents: Documents, published: Published
) -> Iterator[Page | File]:
    for one in owner.versions:
        here = addresses.version(owner.slug, one.id)
        document = documents[one.id]
        text = links.relocated(document.html, partial(published.link, here))
        current = one is owner.in_force
        yield Page(
            here,
            title=f"{one.metadata.title}, version {one.id}",
            description=one.metadata.description or f"{one.metadata.title}, version {one.id}",
            article=articles.version(center, owner, one, _has_since(owner, one), text),
            contents=_contents(document),
            canonical=addresses.policy(owner.slug) if current else here,
            indexed=current,
        )
        facts = records.version_with_sections(owner, one, document)
        yield File(addresses.record(owner.slug, one.id), records.to_bytes(facts))
        yield File(addresses.source(owner.slug, one.id), one.read())


def _since(
    center: Settings, owner: Policy, documents: Documents, updates: Sequence[Update]
) -> Iterator[Page]:
    new = _final(owner)
    earlier = [one for one in owner.versions if _has_since(owner, one)]
    for old in earlier:
        here = addresses.since(owner.slug, old.id)
        between = [one for one in updates if old.id < one.new.id <= new.id]
        change = proven_redline(owner, old, new, (documents[old.id], documents[new.id]))
        yield Page(
            here,
            title=f"{owner.title}: all changes since {old.id}",
            description=f"What changed in {owner.title} from {old.id} to {new.id}",
            article=articles.since(
                owner, old, new, between, _rendered(owner, old, new, change, here)
            ),
            contents=_outline(change),
            canonical=here,
        )


def _final(owner: Policy) -> Version:
    return owner.in_force or owner.newest


def _has_since(owner: Policy, old: Version) -> bool:
    return old is not _final(owner) and old.status is not Status.UPCOMING


def _policy_files(
    center: Settings, owner: Policy, updates: Sequence[Update]
) -> Iterator[Page | File]:
    here = addresses.archive(owner.slug)
    yield Page(
        here,
        title=f"{owner.title}: all versions",
        description=f"Every version of {owner.title}, with what each of them changed",
        article=articles.archive(owner, updates),
        contents=tuple((str(one.id), f"Version {one.id}") for one in reversed(owner.versions)),
        canonical=here,
        indexed=True,
    )
    if owner.retired:
        yield _retired(center, owner)
    facts = records.to_bytes(records.versions(owner, updates))
    yield File(addresses.versions_record(owner.slug), facts)
    entries = [(owner, one) for one in owner.versions]
    place = addresses.feed(owner.slug)
    yield File(place, feeds.feed(center.site_url, owner.title, place, entries))


def _retired(center: Settings, owner: Policy) -> Page:
    return Page(
        addresses.policy(owner.slug),
        title=owner.title,
        description=f"{owner.title} was retired",
        article=articles.retired(center, owner),
        contents=(),
        canonical=addresses.policy(owner.slug),
        indexed=True,
    )


def _former(owner: Policy) -> Iterator[File]:
    """Yield pages that lead from every address under a former name to the one under today's."""
    for slug in owner.former_slugs:
        for place in _addresses(owner):
            here = place.replace(f"policies/{owner.slug}/", f"policies/{slug}/", 1)
            text = articles.moved(owner.title, here, place)
            yield File(f"{here}index.html", text.encode())


def _addresses(owner: Policy) -> Iterator[str]:
    slug = owner.slug
    yield from (addresses.policy(slug), addresses.archive(slug))
    for one in owner.versions:
        yield addresses.version(slug, one.id)
        if owner.predecessor(one):
            yield addresses.changes(slug, one.id)
        if _has_since(owner, one):
            yield addresses.since(slug, one.id)


def _site_files(center: Settings, policies: Sequence[Policy]) -> Iterator[File]:
    facts = records.to_bytes({"policies": [records.policy(one) for one in policies]})
    yield File(addresses.POLICIES_RECORD, facts)
    entries = [(owner, one) for owner in policies for one in owner.versions]
    yield File(
        addresses.feed(), feeds.feed(center.site_url, center.name, addresses.feed(), entries)
    )


def _rendered(owner: Policy, old: Version, new: Version, change: Redline, here: str) -> str:
    return redline_html.render(
        change,
        old_page=addresses.relative(here, addresses.version(owner.slug, old.id)),
        new_page=addresses.relative(here, addresses.version(owner.slug, new.id)),
    )


def _outline(change: Redline) -> tuple[tuple[str, str], ...]:
    """Return the sections that changed, for the table of contents of a redline."""
    anchors = zip(redline_html.section_ids(change), change.sections, strict=True)
    return tuple(
        (anchor, one.section.heading or "Opening") for anchor, one in anchors if one in change.changed
    )


def _contents(document: Document) -> tuple[tuple[str, str], ...]:
    return tuple(
        (one.anchor, one.heading) for one in document.sections if one.heading and one.level <= 3
    )


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)

"""The pages and files of one policy; the costly part of each comes from the fragments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from gazette.fingerprint import fingerprint
from gazette.forms.wide_parts import reachable
from gazette.language import Language
from gazette.model import Policy, Version
from gazette.site import addresses, articles, feeds, records, relations, time_pages
from gazette.site.addresses import Address
from gazette.site.editions import about, with_languages
from gazette.site.feed_contents import UpdateContents
from gazette.site.former import former_copies, former_homes
from gazette.site.fragments import Fragments, RedlineFragment, TextFragment
from gazette.site.heading_lines import Marks
from gazette.site.outputs import Body, File, Page, file
from gazette.site.page_context import PageContext
from gazette.site.present_text import present_key, present_lines
from gazette.site.section_events import section_events
from gazette.site.section_pages import SectionPages
from gazette.site.since import Since, SinceVersions
from gazette.site.stale import stale_keys
from gazette.site.stored_sections import keep_sections
from gazette.site.updates import Update, coming_after
from gazette.site.wordings import Wordings, section_records, wordings
from gazette.text.differences import Heading


def render_fragments(
    policy: Policy, fragments: Fragments, part: range
) -> list[Sequence[tuple[str, int]]]:
    """Render all that the pages of the versions in `part` need; count what the updates changed."""
    counts = []
    for place in part:
        version = policy.versions[place]
        fragments.text(version)
        keep_sections(fragments, policy, place)
        if before := policy.predecessor(version):
            counts.append(fragments.redline(before, version, with_json=True).counts)
            if before is not policy.versions[place - 1]:  # lives go through withdrawn ones, too
                fragments.redline(policy.versions[place - 1], version, with_json=True)
    return counts


def version_pages(
    context: PageContext, updates: Sequence[Update], part: range
) -> Iterator[Page | File]:
    """Yield the pages and files of the versions in `part`, under each name the policy ever had.

    Nothing here depends on other versions but as `versions_key` says.
    """
    yield from _everywhere(context, _own_pages(context, updates, part))


def policy_pages(
    context: PageContext, updates: Sequence[Update], part: range
) -> Iterator[Page | File]:
    """Yield what changed since the versions in `part`, and their sections, as `version_pages` do.

    The first part also brings the pages and files of the policy as a whole, except its text in
    force.
    """
    yield from _everywhere(context, _later_pages(context, updates, part))
    if 0 in part:
        if context.policy.retired:
            yield _reachable(context.language, _retired(context))
        yield from former_homes(context.language, context.policy)


def _everywhere(context: PageContext, pages: Iterable[Page | File]) -> Iterator[Page | File]:
    """Yield pages with what leads to other languages, and under each name the policy ever had.

    Their wide parts are reached from the keyboard.
    """
    for bare in pages:
        output = _reachable(
            context.language, with_languages(context.settings, context.editions, bare)
        )
        yield output
        yield from former_copies(context.language, context.policy, output)


def _reachable(language: Language, output: Page | File) -> Page | File:
    """Return a page whose wide tables and code are reached from the keyboard."""
    if isinstance(output, File):
        return output
    body = output.body
    shown = body and Body(body.key, lambda: reachable(body.html(), language))
    return replace(output, body=shown)


def _own_pages(
    context: PageContext, updates: Sequence[Update], part: range
) -> Iterator[Page | File]:
    policy = context.policy
    referred = wordings([version.id for version in policy.versions], context.lives)
    marks = Marks(context.settings, policy, context.lives)
    for place in part:
        version = policy.versions[place]
        update = updates[place - 1] if place else None
        yield from _version(context, marks, version, update)
        yield _record(context, referred, place)
        if update:
            yield from _changes(context, update)


def _later_pages(
    context: PageContext, updates: Sequence[Update], part: range
) -> Iterator[Page | File]:
    policy = context.policy
    led = {version.id for version in policy.way_to(policy.shown)}
    to_shown = [update for update in updates if update.new.id in led]
    ids = [update.new.id for update in to_shown]
    newest = articles.newest_updates(context.language, policy, to_shown)
    since = SinceVersions(context.fragments, policy, context.lives, part, context.settings)
    for place in part:
        later = to_shown[bisect_right(ids, policy.versions[place].id) :]
        is_short = len(later) < articles.NEWEST
        listed = articles.newest_updates(context.language, policy, later) if is_short else newest
        yield from _since(context, since.since(place), later, listed)
    since.keep()
    contents = UpdateContents(context.fragments, policy)
    yield from SectionPages(context, contents).pages(part)
    if 0 in part:
        context.fragments.used.add(present_key(context.settings, policy))
        context.fragments.used |= stale_keys(context.settings, context.editions, policy)
        yield from time_pages.pages(context.language, policy, updates, context.timeline)
        if len(policy.versions) > 1:
            yield _compare(context)
        yield from _lists(context, updates, contents)


def _version(
    context: PageContext, marks: Marks, version: Version, update: Update | None
) -> Iterator[Page | File]:
    policy, text = context.policy, context.fragments.text(version)
    address = addresses.version(policy.slug, version.id)
    title = articles.version_title(context.language, version)
    key = context.fragments.text_key(version)
    body = _body(context, address, key, text, version)
    in_force = version is policy.in_force
    yield Page(
        address,
        policy,
        title=title,
        description=version.metadata.description or title,
        article=articles.version_page(
            context.settings,
            policy,
            version,
            context.timeline,
            update,
            text,
            about(context.settings, context.editions, policy, version, address),
        ),
        contents=tuple(text.contents),
        canonical=addresses.policy(policy.slug) if in_force else address,
        indexed=in_force,
        body=_with_lines(marks, version, text.sections, address, body),
        relations=relations.of_version(context.settings, policy, context.timeline, version),
    )
    yield File(addresses.source(policy.slug, version.id), version.sha256, version.read)
    for attachment in version.attachments:
        yield File(Address(address + attachment.path), attachment.sha256, attachment.read)


def _record(context: PageContext, referred: Wordings, place: int) -> File:
    """Return the record of the version at this place, with its sections."""
    policy, version = context.policy, context.policy.versions[place]
    text = context.fragments.text(version)
    facts = [referred.facts(place, section) for section in text.sections if section.digest]
    key = context.fragments.text_key(version)

    def content() -> bytes:
        sections = section_records(referred, place, text.sections, text.blocks())
        return records.to_bytes(records.record_with_sections(policy, version, sections))

    return File(
        addresses.record(policy.slug, version.id),
        fingerprint("version record", records.version_record(policy, version), key, facts),
        content,
    )


def _changes(context: PageContext, update: Update) -> Iterator[Page | File]:
    policy, old, new = context.policy, update.old, update.new
    gettext, names = context.language.gettext, context.names(old, new)
    address = addresses.changes(policy.slug, new.id)
    redline = context.fragments.redline(old, new, with_json=True)
    key = context.fragments.redline_key(old, new)
    yield Page(
        address,
        policy,
        title=gettext("%(title)s: what changed in %(new)s") % names,
        description=new.metadata.summary
        or gettext("Redline of %(title)s %(old)s to %(new)s") % names,
        article=articles.changes_page(context.language, policy, context.timeline, update),
        body=_body(context, address, key, redline, new, old),
    )
    yield File(
        addresses.changes_record(policy.slug, new.id),
        fingerprint("redline record", policy.slug, key),
        lambda: records.redline_record(policy, old, new, redline.json(), redline.fault),
    )


def _since(
    context: PageContext, redline: Since, updates: Sequence[Update], newest: Markup
) -> Iterator[Page | File]:
    """Yield the page of everything that changed since a version, in these `updates`, and its data.

    It shows the list of the `newest` updates, and below it the redline.
    """
    policy, old, new = context.policy, redline.old, redline.new
    gettext, names = context.language.gettext, context.names(old, new)
    address = addresses.since(policy.slug, old.id)
    coming = [_coming(context, version) for version in coming_after(policy, old)]
    yield Page(
        address,
        policy,
        title=gettext("%(title)s: all changes since %(old)s") % names,
        description=gettext("What changed in %(title)s from %(old)s to %(new)s") % names,
        article=articles.since_page(context.language, policy, old, new, updates, newest, coming),
        body=_body(context, address, redline.key, redline, new, old),
    )
    yield File(
        addresses.since_record(policy.slug, old.id),
        redline.record_key(policy),
        lambda: redline.record(policy),
    )


def _coming(context: PageContext, version: Version) -> articles.UpcomingUpdate:
    before = context.policy.predecessor(version)
    sections = context.fragments.redline(before, version).contents if before else ()
    return articles.UpcomingUpdate(version, sections)


def _body(
    context: PageContext,
    address: Address,
    key: str,
    fragment: TextFragment | RedlineFragment | Since,
    new: Version,
    old: Version | None = None,
) -> Body:
    """Return a fragment as it appears on the page at `address`, its links leading on from there."""
    attachments = new.attachments, old.attachments if old else ()
    if not fragment.has_local_links and not any(attachments):
        return Body(key, fragment.html)
    body_key = fingerprint(key, context.targets.key, *attachments)
    return Body(body_key, lambda: Markup(context.relocated(address, fragment.html(), new, old)))


def _with_lines(
    marks: Marks, version: Version, sections: Sequence[Heading], address: Address, body: Body
) -> Body:
    """Return the text of a version with lines around its headings."""

    def html() -> Markup:
        text = body.html()
        return marks.lines(version, sections, address, text).around(text)

    return Body(fingerprint(body.key, marks.key(version)), html)


def _compare(context: PageContext) -> Page:
    policy = context.policy
    gettext, names = context.language.gettext, context.names(policy.shown, policy.shown)
    address = addresses.compare(policy.slug)
    return Page(
        address,
        policy,
        title=gettext("%(title)s: compare two versions") % names,
        description=gettext("What changed between any two versions of %(title)s") % names,
        article=articles.compare_page(context.language, policy),
    )


def _retired(context: PageContext) -> Page:
    policy, version = context.policy, context.policy.shown
    address, text = addresses.policy(policy.slug), context.fragments.text(version)
    lines = present_lines(context.settings, policy, context.fragments)
    body = _body(context, address, context.fragments.text_key(version), text, version)
    key = fingerprint(body.key, present_key(context.settings, policy))
    return Page(
        address,
        policy,
        title=policy.title,
        description=context.language.gettext("%(title)s was retired") % {"title": policy.title},
        article=articles.retired_page(
            context.settings, policy, context.timeline, titled=text.has_title
        ),
        contents=tuple(text.contents),
        indexed=True,
        body=Body(key, lambda: lines.around(body.html())),
    )


def _lists(
    context: PageContext, updates: Sequence[Update], contents: UpdateContents
) -> Iterator[File]:
    policy = context.policy
    versions = records.versions_record(
        policy, updates, section_events(context.lives), context.timeline
    )
    yield file(addresses.versions_record(policy.slug), records.to_bytes(versions))
    current = records.current_record(policy)
    yield file(addresses.current_record(policy.slug), records.to_bytes(current))
    if context.settings.site_url:
        timemap = relations.timemap(context.settings, policy, context.timeline)
        yield file(addresses.timemap(policy.slug), timemap)
    yield feeds.policy_feed(context.settings, policy, context.timeline, lambda _: contents.content)

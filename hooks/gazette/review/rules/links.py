"""Links inside the help center: they lead somewhere, and where they led before."""

from __future__ import annotations

import difflib
import os
import posixpath
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from os.path import isfile
from urllib.parse import unquote, urlsplit

from gazette.model import Slug
from gazette.problems import Fix
from gazette.review.policy_text import Edit, Finding, PolicyText
from gazette.review.review import PolicyReview
from gazette.site.addresses import RESERVED_IN_POLICY, page_source, slug_in
from gazette.site.addresses import policy as policy_address
from gazette.site.docs_files import ALLOWED_TYPES, TEXTS
from gazette.text.github_reading import github_anchor
from gazette.text.links import folder_of_slug, target_of
from gazette.text.markdown_source import MarkdownLink
from gazette.text.own_addresses import own_files

MAX_LOST_ANCHORS = 3
"""So many anchors that others took over get a finding; a renumbering moves all of them."""
SIMILAR_FILE, SIMILAR_ANCHOR = 0.5, 0.6
"""How alike, by difflib, a name is to one that is offered: anchors often differ by a number."""


def broken_links(policy: PolicyReview) -> Iterator[Finding]:
    """Find links to files and sections of the help center that do not exist."""
    text = policy.text
    for link in text.links:
        path = _path(text, link)
        if path and path.startswith("/"):
            if policy.is_checked or not policy.exists(path):
                yield _absolute_link(policy, link)
        elif path and not policy.exists(path):
            address = urlsplit(link.target).path
            message = f"The link leads to {address}, which does not stand in docs/."
            hint = _alike_file(policy, path, address) or _similar_file(policy, address)
            yield text.finding(link.target_start, message, hint)
    yield from _lost_files(policy)
    for link, anchor, target, renamed in _section_links(policy):
        name = _name(text, target)
        if anchor in target.anchors:
            continue
        if renamed:
            message = f"The section of {name} that was called #{anchor} is called #{renamed} now."
            yield _renamed_anchor(policy, link, anchor, renamed, message)
        elif (composed := unicodedata.normalize("NFC", anchor)) in target.anchors:
            message = f"#{anchor} is not written with the same signs as the name of the section."
            yield _renamed_anchor(policy, link, anchor, composed, message)
        elif right := _anchors_on_github(target).get(anchor):
            message = f"#{anchor} is what GitHub calls the section; here it is #{right}."
            yield _renamed_anchor(policy, link, anchor, right, message)
        else:
            message = f"No section of {name} is called #{anchor}."
            yield text.finding(link.target_start, message, _similar_anchor(target, anchor))


def _lost_files(policy: PolicyReview) -> Iterator[Finding]:
    """Find full addresses of files of the site that are not in `docs/`.

    What only builds and themes publish is let pass.
    """
    text, site = policy.text, policy.review.settings.own_site
    if site is None or not site.is_named_in(text.body):
        return
    for address, path in dict.fromkeys(own_files(text.document.html, site)):
        if not _is_published(policy, path):
            written = (link.target_start for link in text.links if link.target == address)
            start = next(written, max(text.text.find(address), text.start))
            message = f"The link leads to {path} on this site, which does not stand in docs/."
            hint = f"Put the file at docs/{path}, or correct the address."
            yield text.finding(start, message, hint)


def _is_published(policy: PolicyReview, path: str) -> bool:
    """Return whether a file may be at a path below the site."""
    is_document = posixpath.splitext(path)[1].casefold() in ALLOWED_TYPES - TEXTS
    is_record = slug_in(path) != "" and not RESERVED_IN_POLICY.isdisjoint(path.split("/"))
    if is_record or not is_document or policy.exists(path):
        return True
    return any(isfile(folder / path) for folder in policy.review.settings.theme_folders)


def _absolute_link(policy: PolicyReview, link: MarkdownLink) -> Finding:
    """Return the finding of a link that begins at the server's root, with the file that is meant.

    The host refuses it: where the site stands in a folder of a server it leads out of the site.
    """
    path = urlsplit(link.target).path
    file = _file_at(policy, path)
    message = f"The link begins at the top of the server: {path} may lead out of the help center."
    hint = "Write the file that it leads to, as seen from this one, or its whole address."
    if file is None:
        return policy.text.finding(link.target_start, message, hint)
    start = policy.text.text.find(path, link.target_start)
    is_there = 0 <= start - link.target_start <= len(link.target)
    fix = _fix(policy, path, file) if is_there else None
    return policy.text.finding(max(start, link.target_start), message, f"Write {file}.", fix)


def _file_at(policy: PolicyReview, address: str) -> str | None:
    """Return the file behind an address of the site, as links in policies name it."""
    path, folder = unquote(address).strip("/"), folder_of_slug(policy.text.slug)
    named = slug_in(path)
    slug = policy.review.former_names.get(named, named)
    if slug in policy.review.texts and path == policy_address(Slug(named)).strip("/"):
        return posixpath.relpath(page_source(slug), folder)
    docs = policy.review.settings.docs
    names = [f"{path}.md", f"{path}/index.md"] if path else ["index.md"]
    names = [path, *names] if posixpath.splitext(path)[1] else names
    files = (posixpath.relpath(name, folder) for name in names if isfile(docs / name))
    return next(files, None)


def _anchors_on_github(text: PolicyText) -> dict[str, str]:
    """Return the anchors of sections here, by those that GitHub gives to their headings."""
    anchors: dict[str, str] = {}
    times: Counter[str] = Counter()
    for section in text.document.sections:
        name = github_anchor(section.heading)
        number = times[name]
        times[name] += 1
        if section.heading and section.anchor:
            anchors.setdefault(f"{name}-{number}" if number else name, section.anchor)
    return anchors


def misleading_links(policy: PolicyReview) -> Iterator[Finding]:
    """Find links to a section whose anchor another section has now."""
    for link, anchor, target, renamed in _section_links(policy):
        if renamed and anchor in target.anchors:
            name = _name(policy.text, target)
            message = f"The link to #{anchor} leads to another section of {name} than it did."
            yield _renamed_anchor(policy, link, anchor, renamed, message)


def _section_links(
    policy: PolicyReview,
) -> Iterator[tuple[MarkdownLink, str, PolicyText, str | None]]:
    """Yield each link to a section with its anchor, the policy, and the anchor renamed since."""
    for link in policy.text.links:
        anchor = unquote(urlsplit(link.target).fragment)
        path = _path(policy.text, link)
        target = policy.target(path) if path and anchor else None
        if target:
            edit = policy.review.edits.get(target.slug)
            yield link, anchor, target, _renamed(edit, anchor) if edit else None


def _renamed_anchor(
    policy: PolicyReview, link: MarkdownLink, old: str, new: str, message: str
) -> Finding:
    """Return the finding that a link names an old anchor, with the new one as its fix."""
    text = policy.text
    place = text.text.find(f"#{old}", link.target_start)
    if not 0 <= place - link.target_start <= len(link.target):
        return text.finding(link.target_start, message, f"Write #{new}.")
    return text.finding(place, message, f"Write #{new}.", _fix(policy, f"#{old}", f"#{new}"))


def _fix(policy: PolicyReview, old: str, new: str) -> Fix | None:
    """Return what corrects a link, None where the text is published as it stands.

    A link that leads elsewhere is another text for its readers, which takes a new version.
    """
    return None if policy.is_published else Fix(len(old), new)


def _path(text: PolicyText, link: MarkdownLink) -> str | None:
    """Return the path below `docs/` or the address of the site that is linked, if it is one."""
    if link.target.startswith("#"):
        return page_source(text.slug)
    parts = urlsplit(link.target)
    if parts.path.startswith("/") and not parts.netloc:
        return parts.path
    return target_of(link.target, folder_of_slug(text.slug))


def _alike_file(policy: PolicyReview, path: str, address: str) -> str:
    """Return what to do where a file stands that only some disks take for the one at `path`."""
    if path.startswith("../"):
        return ""  # no file of the help center
    name = posixpath.basename(path)
    folder = policy.review.settings.docs / posixpath.dirname(path)
    for file in sorted(os.listdir(folder)) if folder.is_dir() else ():
        if unicodedata.normalize("NFC", file) == unicodedata.normalize("NFC", name):
            return f"A file {file} stands there, written with other signs. Type its name anew."
        if file.casefold() == name.casefold():
            start = address.rpartition("/")[0]
            return f"Write {posixpath.join(start, file)}: servers tell capital from small letters."
    return ""


def _similar_file(policy: PolicyReview, address: str) -> str:
    name, folder = address.rpartition("/")[2], folder_of_slug(policy.text.slug)
    paths = (page_source(slug) for slug in policy.review.texts)
    names = [posixpath.relpath(path, folder) for path in paths if policy.target(path)]
    similar = difflib.get_close_matches(name, names, n=1, cutoff=SIMILAR_FILE)
    return (
        f"Did you mean {similar[0]}?" if similar else "Correct the address, or take the link out."
    )


def _similar_anchor(target: PolicyText, anchor: str) -> str:
    similar = difflib.get_close_matches(anchor, sorted(target.anchors), n=1, cutoff=SIMILAR_ANCHOR)
    return f"Did you mean #{similar[0]}?" if similar else "Link to a heading that is there."


def _name(text: PolicyText, target: PolicyText) -> str:
    return "this policy" if target.path == text.path else target.path


def _renamed(edit: Edit, anchor: str) -> str | None:
    """Return the new anchor of the section that had `anchor` before, None if it kept it."""
    old = next(
        (section for section in edit.old.document.sections if section.anchor == anchor), None
    )
    successors = edit.successors(old) if old and old.index else []
    if not successors or any(section.anchor == anchor for section in successors):
        return None
    return successors[0].anchor if successors[0].index else None


def lost_anchors(policy: PolicyReview) -> Iterator[Finding]:
    """Find sections whose address readers may have kept, and that leads to another one now.

    An address that no section has any more leads on by itself.
    """
    if policy.edit and not policy.is_published:
        yield from islice(_taken_over(policy.edit), MAX_LOST_ANCHORS)


def _taken_over(edit: Edit) -> Iterator[Finding]:
    """Yield the anchors that another section has now than the one that goes on from the old.

    It may have one as its own, or that of a place inside it.
    """
    document = edit.new.document
    holders = {
        name: document.sections[index]
        for index, names in document.inner_ids.items()
        for name in names
    }
    holders |= {section.anchor: section for section in document.sections[1:]}
    for section in edit.old.document.sections[1:]:
        holder, successors = holders.get(section.anchor), edit.successors(section)
        others = [successor for successor in successors if successor.index]
        if section.heading and holder and others and holder not in others:
            message = f"Links to #{section.anchor} led to “{section.heading}”, and lead here now."
            place = "heading" if holder.anchor == section.anchor else "place in this section"
            hint = f"Give this {place} another address, such as {{: #{section.anchor}-new }}, and "
            hint += f"“{others[0].heading}” the old one: {{: #{section.anchor} }}."
            yield edit.new.finding(edit.new.heading_starts[holder.index], message, hint)

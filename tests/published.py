"""Policies as records, with their texts in memory, and what is published of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lxml import html as parser

from gazette.build.fragment_jobs import updates_of
from gazette.model import (
    Attachment,
    Metadata,
    Policy,
    Return,
    Slug,
    Status,
    Version,
    VersionId,
    digest_of,
)
from gazette.settings import Settings
from gazette.site.fragments import Fragments, policy_fragments
from gazette.site.links import link_targets
from gazette.site.outputs import BODY, File, Page
from gazette.site.page_context import PageContext
from gazette.site.pages import policy_pages, render_fragments, version_pages
from gazette.site.section_lives import section_lives
from gazette.site.updates import Update
from gazette.text.markdown_settings import DEFAULT

SETTINGS = Settings(
    project=Path("project"),
    docs=Path("project/docs"),
    site_url="https://help.example.com/",
    support="mailto:support@example.com",
    name="Help Center",
    categories=("Privacy", "Terms"),
    full_redlines=20,
    markdown=DEFAULT,
)


def attachment(path: str, data: bytes) -> Attachment:
    """Return a file that was archived with a version."""
    return Attachment(path, digest_of(data), lambda: data)


def version(
    version_id: str,
    body: str = "Text.\n",
    status: Status = Status.SUPERSEDED,
    attachments: tuple[Attachment, ...] = (),
    **front: Any,
) -> Version:
    """Return a version with this Markdown below its front matter."""
    parsed = VersionId.parse(version_id)
    facts = {"title": "Terms", "updated": parsed.day, "effective": parsed.day, **front}
    metadata = Metadata(version=parsed, **facts)
    data = f"---\ntitle: {metadata.title}\nversion: {version_id}\n---\n{body}".encode()
    path = f"versions/terms/{version_id}.md"
    digest = digest_of(data)
    return Version(metadata, digest, path, status, lambda: data, attachments)


def policy(*versions: Version, slug: str = "terms", **facts: Any) -> Policy:
    """Return a policy with these versions, oldest first."""
    in_force = [member for member in versions if member.status is Status.IN_FORCE]
    return Policy(Slug(slug), versions, in_force[0] if in_force else None, **facts)


def withdrawn(*later: Version, effective: date | None = None) -> Policy:
    """Return a policy whose second version was withdrawn on 10 February, and these `later` ones.

    It was to apply from its `effective` day.
    """
    first = version("2026-01-05.v1", status=Status.SUPERSEDED if later else Status.IN_FORCE)
    day = effective or date(2026, 2, 1)
    second = version("2026-02-01.v1", status=Status.WITHDRAWN, effective=day)
    back = Return(date(2026, 2, 10), second.id, first.id)
    return policy(first, second, *later, returns=(back,))


def published(
    policy: Policy,
    settings: Settings = SETTINGS,
    store: dict[str, bytes] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> dict[str, Page | File]:
    """Return everything published of a policy but its text in force, by address."""
    context, updates = context_of(policy, settings, store, files)
    outputs = [*pages_of(context, updates, range(len(policy.versions)))]
    addresses = [output.address for output in outputs]
    assert len(addresses) == len(set(addresses))
    return {output.address: output for output in outputs}


def pages_of(context: PageContext, updates: Sequence[Update], part: range) -> Iterator[Page | File]:
    """Yield everything published of the versions in `part`, and of the policy with the first."""
    yield from version_pages(context, updates, part)
    yield from policy_pages(context, updates, part)


def context_of(
    policy: Policy,
    settings: Settings = SETTINGS,
    store: dict[str, bytes] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> tuple[PageContext, Sequence[Update]]:
    """Return what the pages of a policy are made with, and its updates."""
    fragments = policy_fragments(settings, {} if store is None else store, policy)
    counts = render_fragments(policy, fragments, range(len(policy.versions)))
    lives = section_lives(policy, fragments, settings.markdown)
    targets = link_targets(files or {}, [policy], settings.own_site)
    return PageContext(settings, policy, targets, fragments, lives), updates_of(policy, counts)


def fragments_of(policy: Policy) -> Fragments:
    """Return the fragments of a policy, which are rendered when they are asked for."""
    return policy_fragments(SETTINGS, {}, policy)


def html(output: Page | File) -> str:
    """Return the article of a page with its body in place."""
    assert isinstance(output, Page)
    body = output.body.html() if output.body else ""
    return output.article.replace(BODY, body)


def text(output: Page | File) -> str:
    """Return the text of a file."""
    assert isinstance(output, File)
    return output.content().decode()


def tree(page: Page | File | str) -> Any:
    """Return a page or a part of it, parsed."""
    if not isinstance(page, str):
        page = html(page) if isinstance(page, Page) else text(page)
    return parser.document_fromstring(page)


DAY = date(2026, 11, 1)
"""Some day after all of these versions."""

"""What is about to be published, compared with the record: every address, every archived byte."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path

from gazette.build.state import BuildState
from gazette.build.swap import site_files
from gazette.errors import GazetteError
from gazette.model import Digest, digest_of
from gazette.record.section_record import ids_of
from gazette.site import addresses

MAX_NAMED = 5
"""So many addresses are named in a message; what they have in common is seen from them."""


def check_staged(build: BuildState, batched: Set[str]) -> None:
    """Raise GazetteError where the new site is not what the record asks for.

    `batched` are the paths of all files that the engine makes. Each address of the record is there
    once, and each archived text and file that is about to be published is what was archived.
    """
    rendered = site_files(build.rendered, hidden=True).keys()
    taken = sorted(rendered & batched)
    if taken:
        raise _refusal(
            "These addresses belong to the record of the policies, but the host fills them, too",
            taken,
            "A plugin, a hook or a template of mkdocs.yml makes them: have it use other names.",
        )
    expected = dict(_expected(build))
    missing = sorted(expected.keys() - rendered - batched)
    if missing:
        raise _refusal(
            "These addresses were published and may never go, but nothing would stand there",
            missing,
            "A plugin or a hook leaves them out: have them left alone.",
        )
    altered = sorted(_altered((build.new, build.site), expected))
    if altered:
        raise _refusal(
            "These files are not what was archived",
            altered,
            f"Something else writes to the folder of the build, or to {build.site.name}/: delete "
            "that folder, and build again.",
        )


def _expected(build: BuildState) -> Iterator[tuple[str, Digest | None]]:
    """Yield every file of the site that the record asks for, archived ones with their digest."""
    for policy in build.policies:
        recorded = {
            id_ for version in policy.versions for line in version.sections for id_ in ids_of(line)
        }
        for name in (policy.slug, *policy.former_slugs):
            for id_ in recorded:
                yield f"{addresses.section(name, id_)}index.html", None
                yield addresses.section_feed(name, id_), None
            yield f"{addresses.policy(name)}index.html", None
            for page in (addresses.archive(name), addresses.on(name), addresses.since_any(name)):
                yield f"{page}index.html", None
            yield addresses.versions_record(name), None
            yield addresses.current_record(name), None
            yield addresses.feed(name), None
            if len(policy.versions) > 1:
                yield f"{addresses.compare(name)}index.html", None
            if build.settings.site_url:
                yield addresses.timemap(name), None
            for place, version in enumerate(policy.versions):
                id_ = str(version.id)
                page = addresses.version(name, id_)
                yield f"{page}index.html", None
                yield addresses.record(name, id_), None
                yield addresses.source(name, id_), version.sha256
                yield f"{addresses.since(name, id_)}index.html", None
                yield addresses.since_record(name, id_), None
                for attachment in version.attachments:
                    yield f"{page}{attachment.path}", attachment.sha256
                if place:
                    yield f"{addresses.changes(name, id_)}index.html", None
                    yield addresses.changes_record(name, id_), None


def _altered(folders: Sequence[Path], expected: Mapping[str, Digest | None]) -> Iterator[str]:
    """Yield the archived files that would be published with other bytes, in the first of `folders`.

    That is where what is new waits, then the site, where the rest stands from an earlier build.
    """
    standing_folders = [folder for folder in folders if folder.is_dir()]
    archived = ((path, digest) for path, digest in expected.items() if digest)
    for path, digest in archived:
        files = (f"{folder}/{path}" for folder in standing_folders)
        if standing := next(filter(os.path.isfile, files), None):
            with open(standing, "rb") as file:
                if digest_of(file.read()) != digest:
                    yield path


def _refusal(what: str, paths: list[str], hint: str) -> GazetteError:
    named = ", ".join(f"/{path.removesuffix('index.html')}" for path in paths[:MAX_NAMED])
    rest = f" and {len(paths) - MAX_NAMED} more" if len(paths) > MAX_NAMED else ""
    return GazetteError(f"{what}: {named}{rest}. Nothing was published. {hint}")

"""The page for developers: how a program polls, compares and shows; the host renders it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.language import Language
from gazette.model import Slug
from gazette.settings import Settings
from gazette.site import addresses, records
from gazette.site.templates import render

PATH = "developers.md"
"""The page as a file below `docs/`, which exists only while the site is built."""
OTHER_PATH = "developers/index.md"
"""Where a help center may have a page of its own at the same address."""
NAME, VERSION, ID = Slug("NAME"), "VERSION", "ID"
"""Stand in addresses for those of any policy, version and section."""
FRONT_MATTER = "---\nsearch:\n  exclude: true\n---\n"


def sources(settings: Settings, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the path of the page and its Markdown, in the language of the help center.

    There is none where the files at these `paths` below `docs/` fill its address.
    """
    if not {PATH, OTHER_PATH}.isdisjoint(paths):
        return
    language = settings.interface
    rows = [*_records(language)]
    site = settings.site_url or "http://127.0.0.1:8000/"
    page = render("developers.html", addresses.DEVELOPERS, language, site=site, records=rows)
    yield PATH, f"{FRONT_MATTER}{page}"


def _records(language: Language) -> Iterator[tuple[str, str, str]]:
    """Yield the address of each kind of record, what stands there, and its shape."""
    gettext = language.gettext
    yield addresses.POLICIES_RECORD, gettext("all policies"), records.POLICIES
    applies = gettext("what applies of a policy, and what is posted ahead")
    yield addresses.current_record(NAME), applies, records.CURRENT
    updates = gettext("all versions, and what each did to which section")
    yield addresses.versions_record(NAME), updates, records.VERSIONS
    version = gettext("a version, section by section")
    yield addresses.record(NAME, VERSION), version, records.VERSION
    yield addresses.source(NAME, VERSION), gettext("its exact bytes, as Markdown"), ""
    update = gettext("the redline of the update that brought a version")
    yield addresses.changes_record(NAME, VERSION), update, records.REDLINE
    since = gettext("the redline of everything that changed since a version")
    yield addresses.since_record(NAME, VERSION), since, records.REDLINE
    times = gettext("when each version came into force, as a TimeMap (RFC 7089)")
    yield addresses.timemap(NAME), times, ""
    yield addresses.feed(), gettext("updates of all policies, as Atom"), ""
    yield addresses.feed(NAME), gettext("updates of a policy"), ""
    yield addresses.section_feed(NAME, ID), gettext("what happens to a section"), ""

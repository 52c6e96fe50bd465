"""What stands between a project and its readers: no address, or a history that is not its own."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from urllib.parse import urlsplit

from gazette.model import Digest
from gazette.problems import Code, Problem
from gazette.settings import CONFIG, Settings
from gazette.site import addresses

PLACEHOLDER_DOMAINS = ("example.com", "example.net", "example.org")
"""Domains that nobody can have: they stand where an address has still to be written."""
SAMPLES: frozenset[Digest] = frozenset(
    {
        # cookie-policy
        Digest("2e0f0e954d83e146ec7cf72994feafb077dd2cc5ea8925e865b582bc6ef08dfd"),
        Digest("e4f6f0c1c99a9ede36bcb180ca0410435d32883738e618fc0c04c7548e6ce2fc"),
        Digest("f031e8c2aeefd078f1a12edeb1dce926c7dea126fce5be73b00962d05f929169"),
        # privacy-policy
        Digest("81d02738762c98589e856d5d16e0bb26d7397034f2003228b16aeb4789078446"),
        Digest("ffeb0730b942cb4cf33baa62ab0f715e5ff616efbf987d5af2ae61d735004411"),
        Digest("1e7dc1dca5dce4d4ab075545f04728ef64e371eb268061c7cf789cc02134af43"),
        # terms-of-service
        Digest("3db84406ffc0243a10782faf059315b9d8669b2bc567f24c7774dcd047d1a317"),
        Digest("a231aa0de3140d4b7c2ab264fcc9db48e3f4dac1f2fad72e36c155d70cb0abc4"),
        Digest("f087bd13c67935273f0059fc9e1fb6e76a264560ca4bee444129da4903d72abe"),
        Digest("5b5d89aecb290ad4c6d8c5a06e0e28fda56f134ea16a2f62445fc33df38cda46"),
    }
)
"""The digests of all texts that the samples of this engine ever had: only added to."""


def is_placeholder(address: str) -> bool:
    """Return whether an address, or the one behind `mailto:`, names nobody's domain."""
    parts = urlsplit(address)
    domain = (parts.hostname or parts.path).rpartition("@")[2].casefold()
    return domain in PLACEHOLDER_DOMAINS or domain.endswith(
        tuple(f".{name}" for name in PLACEHOLDER_DOMAINS)
    )


def project_problems(settings: Settings, texts: Mapping[str, Digest]) -> Iterator[Problem]:
    """Yield what is wrong with a project; `texts` are those of its policies, by their paths.

    Samples are right where they are shown as such: as long as the site has no address of its own.
    """
    yield from _legal_context(settings, texts)
    if not settings.site_url:
        message = "The site has no address: feeds and search engines know pages by it."
        hint = "Add a line: site_url: and the address that readers will type."
        yield Problem(CONFIG, 0, Code.SITE_ADDRESS, message, hint)
    elif not is_placeholder(settings.site_url):
        yield from _samples(texts)


def _legal_context(settings: Settings, texts: Collection[str]) -> Iterator[Problem]:
    """Yield why no program would find the terms; `texts` are the paths of all policies."""
    if not settings.legal_context:
        return
    path = f"docs/{addresses.page_source(settings.legal_context)}"
    if path not in texts:
        message = f"legal_context names the policy {settings.legal_context}, which is not there."
        hint = f"Write the name of a file in docs/policies/, without .md; {path} would be it."
        yield Problem(CONFIG, 0, Code.SETTING, message, hint)
    site = urlsplit(settings.site_url)
    if site.scheme != "https" or site.path.strip("/"):
        message = "Programs ask for the legal context at the root of a domain, over https alone."
        hint = (
            f"Have site_url be such an address, or take legal_context out: below "
            f"{settings.site_url or 'no address'} nobody would find the file."
        )
        yield Problem(CONFIG, 0, Code.SETTING, message, hint)


def _samples(texts: Mapping[str, Digest]) -> Iterator[Problem]:
    paths = sorted(path for path, digest in texts.items() if digest in SAMPLES)
    if paths:
        others = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
        message = (
            f"This text{others} came with Gazette as a sample: readers would take it for a version "
            "that you published."
        )
        hint = "Begin a project without samples, and take your own texts there: gazette init FOLDER"
        yield Problem(paths[0], 0, Code.SAMPLE, message, hint)

"""The pages that the host rendered, with the Content Security Policy that binds them.

For hosts that read it, the file `_headers` says the same for all pages, who may frame them, and
what kind of file a TimeMap is.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gazette.model import Slug
from gazette.problems import Code, Problem
from gazette.settings import CONFIG, Settings
from gazette.site import addresses
from gazette.site.content_policy import ContentPolicy
from gazette.site.relations import LINK_FORMAT

HEADERS = "_headers"
"""The file from which Netlify and Cloudflare Pages take the headers that they send."""
HEADER_LINES = f"""\
/*
  Content-Security-Policy: {{policy}};frame-ancestors 'self'
  X-Content-Type-Options: nosniff
/{addresses.timemap(Slug(":policy"))}
  Content-Type: {LINK_FORMAT}
/{addresses.timemap(Slug(":language/:policy"))}
  Content-Type: {LINK_FORMAT}
"""
"""What they say; a name behind a colon stands for any folder."""
PAGEFIND = "pagefind"
"""The folder of a search that runs WebAssembly, which a policy allows by a word of its own."""
WEB_ASSEMBLY = "'wasm-unsafe-eval'"
GOOGLE = "https://fonts.googleapis.com"


def policy_for(settings: Settings, rendered: Path) -> ContentPolicy:
    """Return the policy of all pages of a site whose own pages the host has `rendered`."""
    searches = (WEB_ASSEMBLY,) if (rendered / PAGEFIND).is_dir() else ()
    return ContentPolicy(settings.hosts, searches)


def bind_pages(rendered: Path, policy: ContentPolicy, shells: Iterable[str]) -> list[Problem]:
    """Write `policy` into all pages that the host rendered, and the file with the headers.

    `shells` are the pages that others are filled into. Returns what pages load from elsewhere
    although the policy refuses it.
    """
    pages = list(shells)
    for path in sorted(rendered.rglob("*.html")):
        pages.append(path.read_text("utf-8"))
        path.write_text(policy.into(pages[-1]), "utf-8", newline="")
    if not (rendered / HEADERS).exists():
        lines = HEADER_LINES.format(policy=policy.of("".join(pages)))
        (rendered / HEADERS).write_text(lines, "utf-8", newline="")
    refused = {address for page in pages for address in policy.refused(page)}
    return [_problem(address) for address in sorted(refused)]


def _problem(address: str) -> Problem:
    message = f"Pages load {address}, which their Content Security Policy refuses."
    host = "/".join(address.split("/")[:3])
    hint = (
        "Set theme.font to false: pages then use the reader's fonts."
        if host == GOOGLE
        else f"Take it out, or name {host} in extra.help_center.hosts."
    )
    return Problem(CONFIG, 0, Code.SETTING, message, hint)

"""The Content Security Policy: a page runs its own scripts, and loads nothing from elsewhere.

It stands in the head of every page. Scripts that stand within a page are allowed by their digests,
whether the theme or the project's own templates put them there: no text of a policy holds any.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from hashlib import sha256

SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.S)
STYLE = re.compile(r"<style\b([^>]*)>(.*?)</style>", re.S)
NO_PROGRAM = re.compile(r"\bsrc=|\btype=[\"']?(?!module\b|text/javascript\b)\w")
"""In the tag of a script: what stands in it is data, or nothing."""
LOADING = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|link\b(?=[^>]*\brel=[\"']?stylesheet\b))"
    r"\b[^>]*?\s(?:src|href)=[\"']?(?P<address>(?:https?:)?//[^\s\"'>]+)"
)
"""A tag by which a page loads what stands at an address with a host."""
START = re.compile(r"<meta charset=[^>]*>|<head\b[^>]*>(?!\s*<meta charset)")
"""The policy stands behind this, before all that it is to bind."""


@dataclass(frozen=True)
class ContentPolicy:
    """What pages may load besides what is their own.

    `hosts` are more places to load from; `scripts` are more sources of programs, as the policy
    names them.
    """

    hosts: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()

    def of(self, page: str) -> str:
        """Return the policy for a whole HTML page, or for several of them."""
        places = ("'self'", *self.hosts)
        programs = (*self.scripts, *sorted({*_digests(SCRIPT, page)}))
        styles = sorted({*_digests(STYLE, page)})
        directives = [
            ("default-src", places),
            ("img-src", (*places, "data:")),
            *([("script-src", (*places, *programs))] if programs else []),
            *([("style-src", (*places, *styles))] if styles else []),
            ("base-uri", ("'none'",)),
            ("form-action", ("'self'",)),
        ]
        return ";".join(f"{name} {' '.join(sources)}" for name, sources in directives)

    def into(self, page: str) -> str:
        """Return a whole HTML page with its policy; as it is where it has no head."""
        policy = html.escape(self.of(page), quote=False)
        tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        return START.sub(lambda start: start[0] + tag, page, count=1)

    def refused(self, page: str) -> Iterator[str]:
        """Yield the addresses from which a whole HTML page would load, but may not."""
        for match in LOADING.finditer(page):
            host = re.sub(r"^//", "https://", match["address"])
            if not any(fnmatchcase(f"{host}/", f"{allowed}/*") for allowed in self.hosts):
                yield match["address"]


def _digests(element: re.Pattern[str], page: str) -> Iterator[str]:
    """Yield the sources by which a policy allows what stands in these elements of a page."""
    for match in element.finditer(page):
        if not NO_PROGRAM.search(match[1]):
            digest = sha256(match[2].encode()).digest()
            yield f"'sha256-{base64.b64encode(digest).decode()}'"

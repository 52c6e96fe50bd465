"""The script of a shell: what only scripts use, kept in a file instead of on every page.

The choice of colours, the search and the settings of the theme's scripts do nothing for a reader
without scripts, and are half of what the theme puts around a text. Pages of the archive are many:
there all this stands as the theme rendered it in a script, which the pages of a depth share and
which puts it where it was.
"""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import NamedTuple

from gazette.site import addresses
from gazette.site.addresses import Address

HEADER = re.compile(r"<header\b.*?</header>", re.S)
PALETTE = re.compile(
    r'(<form\b[^>]*data-md-component="palette".*?</form>)\s*(?:<script>(.*?)</script>)?', re.S
)
SEARCH = re.compile(
    r'<label\b[^>]*for="__search"(?:(?!</label>).)*</label>\s*'
    r'(?=<div\b[^>]*data-md-component="search")',
    re.S,
)
SETTINGS = re.compile(r'<script\b[^>]*id="__config".*?</script>', re.S)
TOGGLE = re.compile(r'<input\b[^>]*id="__search"[^>]*>')
INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
DIV = re.compile(r"<(/?)div\b")
CODE = """\
// Puts in what every page of this depth has and only scripts use.
{start}
{parts}.forEach((part, place) => {{
  document.getElementById(`gz-part-${{place}}`).outerHTML = part;
}});
{end}
"""


class Script(NamedTuple):
    """The script of a shell, and where it is published."""

    address: Address
    content: bytes


def split_script(address: str, rendered: str) -> tuple[str, Script | None]:
    """Return the page rendered at `address` without what only scripts use, and a script with it.

    The page is as it was, and there is no script, where a theme has none of it.
    """
    header, settings = HEADER.search(rendered), SETTINGS.search(rendered)
    if not header or not settings or settings.start() < header.end():
        return rendered, None
    start, palette = _start(rendered[: header.start()]), PALETTE.search(header[0])
    pieces = [(toggle, toggle) for toggle in TOGGLE.findall(rendered, 0, header.start())]
    pieces += [(palette[0], palette[1])] if palette else []
    pieces += [(search, search)] if (search := _search(header[0])) else []
    parts = [*(part for _, part in pieces), settings[0]]
    script = _script(address, parts, start, (palette and palette[2]) or "")
    link = addresses.relative(Address(address), script.address)
    end = f'</header>{_place(len(pieces))}<script src="{link}"></script>'
    slim = rendered.replace(f"<script>{start}</script>", "").replace(settings[0], "")
    for place, (taken, _) in enumerate(pieces):
        slim = slim.replace(taken, _place(place), 1)
    return slim.replace("</header>", end, 1), script


def _start(head: str) -> str:
    """Return the code by which the theme's scripts begin; empty where others may need it before."""
    codes = INLINE_SCRIPT.findall(head)
    return codes[0] if len(codes) == 1 else ""


def _search(header: str) -> str:
    """Return the button and the box of the search; empty where there is none."""
    button = SEARCH.search(header)
    if button is None:
        return ""
    depth = 0
    for tag in DIV.finditer(header, button.end()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return header[button.start() : header.index(">", tag.end()) + 1]
    return ""


def _place(number: int) -> str:
    return f'<span id="gz-part-{number}"></span>'


def _script(address: str, parts: list[str], start: str, end: str) -> Script:
    """Return the script that runs `start`, puts `parts` into their places, and runs `end`."""
    texts = json.dumps(parts, ensure_ascii=False)
    content = CODE.format(parts=texts, start=start, end=end).encode()
    digest = sha256(content).hexdigest()[:8]
    depth = address.count("/")
    return Script(Address(f"assets/javascripts/archive-{depth}.{digest}.js"), content)

"""Images that come with a text: which of them a page can show, and what their files are called."""

from __future__ import annotations

import base64
import binascii
import posixpath
import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from gazette.text.markdown_source import (
    LINK,
    LINK_DEFINITION,
    TAG_WITH_TARGET,
    without_blocks_of_code,
)

ASSETS = "assets"
"""The folder in `docs/` that images go to."""
IMAGE_FOLDER = f"../{ASSETS}"
"""Where the images of policies are, as an address in `docs/policies/`."""
NAME_LETTERS = 16
"""How many letters of its digest name an image: what looks the same has one file."""
MAX_IMAGE_BYTES = 10_000_000
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)
_JSX_ADDRESS = re.compile(
    r"""\bsrc=\{\s*(?:(?P<function>useBaseUrl|require)\(\s*)?(["'])(?P<address>[^"'{}<>\n]+)\2"""
    r"""\s*\)?(?:\.default)?\s*\}"""
)
_SUFFIXES = re.compile(r"\.(?:png|jpe?g|gif|webp)$", re.I)
_DATA = re.compile(r"data:image/[\w.+-]+;base64,", re.I)
ReadFile = Callable[[str], bytes | None]
"""Returns the bytes of the file at a path of the source, None where there is none."""


def image_name(data: bytes) -> str:
    """Return the name of the file of an image, empty for one that not every browser shows."""
    kind = next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "webp"
    return f"{sha256(data).hexdigest()[:NAME_LETTERS]}.{kind}" if kind else ""


def no_file(path: str) -> bytes | None:
    """Read none: what was pasted or mailed has no files beside it."""
    return None


def with_images(text: str, path: str, read: ReadFile) -> tuple[str, dict[str, bytes]]:
    """Return a Markdown text that shows its images from `docs/assets/`, and the images by name.

    `path` is where the text stood; what is not found there, or is no image, stays as it is.
    """
    images: dict[str, bytes] = {}
    text = _JSX_ADDRESS.sub(_plain_address, text)
    for start, end in sorted(set(_places(text)), reverse=True):
        name, data = read_image(text[start:end], path, read)
        if name:
            images[name] = data
            text = f"{text[:start]}{IMAGE_FOLDER}/{name}{text[end:]}"
    return text, images


def _plain_address(match: re.Match[str]) -> str:
    """Return the attribute `src` with the address that a program reads, as Docusaurus writes it."""
    root = "/" if match["function"] == "useBaseUrl" and match["address"][:1] != "/" else ""
    return f'src="{root}{match["address"]}"'


def read_image(address: str, path: str, read: ReadFile) -> tuple[str, bytes]:
    """Return the name and the bytes of the image at an address of a page, both empty for none."""
    data = _image(address, path, read)
    return (image_name(data) if len(data) <= MAX_IMAGE_BYTES else ""), data


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the addresses of images stand."""
    prose = without_blocks_of_code(text)
    for pattern in (LINK, LINK_DEFINITION, TAG_WITH_TARGET):
        for match in pattern.finditer(prose):
            target = match["target"] or ""
            if _SUFFIXES.search(target.partition("?")[0]) or _DATA.match(target):
                yield match.span("target")


def _image(address: str, path: str, read: ReadFile) -> bytes:
    if embedded := _DATA.match(address):
        try:
            return base64.b64decode(address[embedded.end() :], validate=False)
        except (binascii.Error, ValueError):
            return b""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return b""
    name = unquote(parts.path)
    if name.startswith("/"):
        places = [f"{folder}{name.lstrip('/')}" for folder in ("", "static/", "public/", "docs/")]
    else:
        places = [posixpath.join(posixpath.dirname(path), name)]
    for place in map(posixpath.normpath, places):
        if not place.startswith(("..", "/")) and (data := read(place)):
            return data
    return b""

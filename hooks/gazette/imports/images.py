"""Images that come with a text: which ones a page can show, and what their files are called."""

from __future__ import annotations

from hashlib import sha256

ASSETS = "assets"
"""The folder in `docs/` that images go to."""
IMAGE_FOLDER = f"../{ASSETS}"
"""Where the images of policies are, as an address in `docs/policies/`."""
NAME_LETTERS = 16
"""How many letters of its digest name an image: what looks the same has one file."""
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
)


def image_name(data: bytes) -> str:
    """Return the name of the file of an image, empty for one that not every browser shows."""
    kind = next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "webp"
    return f"{sha256(data).hexdigest()[:NAME_LETTERS]}.{kind}" if kind else ""

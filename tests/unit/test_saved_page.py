"""A page that a browser saved as one file."""

from __future__ import annotations

from datetime import date

import pytest

from gazette.errors import SourceError
from gazette.imports.draft import Draft, DraftContext
from gazette.imports.formats import format_of
from gazette.imports.saved_page import read_saved_page
from gazette.text.markdown_settings import DEFAULT

HEAD = """From: <Saved by Blink>
Snapshot-Content-Location: https://shop.example/terms
Subject: Terms
Date: Mon, 2 Feb 2026 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="--b"

"""
PAGE = (
    '<head><link rel=3D"stylesheet" href=3D"cid:css-1@mhtml.blink"></head><h1>Terms</h1>'
    "<p>Three=E2=82=AC a day. "
    '<img src=3D"https://shop.example/a.png?x=3D1&amp;y=3D2" alt=3D"Map"></p>'
    '<p class=3D"off">Draft</p>'
)
PARTS = {
    "Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable": PAGE,
    "Content-Type: text/css\nContent-ID: <css-1@mhtml.blink>": ".off { display: none }",
    "Content-Type: image/png\nContent-Transfer-Encoding: base64\n"
    "Content-Location: https://shop.example/a.png?x=1&y=2": "iVBORw0KGgo=",
}


def saved(parts: dict[str, str]) -> bytes:
    bodies = "".join(f"----b\n{head}\n\n{body}\n" for head, body in parts.items())
    return f"{HEAD}{bodies}----b--\n".encode()


def drafted(suffix: str) -> Draft:
    page = DraftContext("terms", "Terms", date(2026, 11, 1), DEFAULT)
    data = saved(PARTS)
    draft = format_of(suffix, data).read(data, page)
    assert draft is not None
    return draft


@pytest.mark.parametrize("suffix", [".mhtml", ".mht", ""])
def test_a_page_with_its_styles_and_images(suffix: str) -> None:
    draft = drafted(suffix)
    (name,) = draft.images
    assert (draft.title, draft.body) == ("Terms", f"Three€ a day. ![Map](../assets/{name})\n")
    assert [str(omission) for omission in draft.left_out] == [
        "Line 1: “Draft”. It is hidden on the page."
    ]
    assert draft.version.day == date(2026, 11, 1)


def test_a_file_without_a_page() -> None:
    with pytest.raises(SourceError, match="holds no page"):
        read_saved_page(saved({"Content-Type: text/css": "p {}"}))


def test_a_page_of_very_many_parts_is_refused() -> None:
    with pytest.raises(SourceError, match="The page has more than 200 parts"):
        read_saved_page(saved({}) + b"boundary=x\n" * 201)

"""Images that come with a text."""

from __future__ import annotations

import base64

from gazette.imports.html_page import read_html
from gazette.imports.images import image_name, with_images

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
NAME = image_name(PNG)
FILES = {"legal/map.png": PNG, "static/map.png": PNG, "legal/no.png": b"<svg>"}


def test_names_say_what_images_show() -> None:
    assert NAME.endswith(".png")
    assert image_name(b"GIF89a").endswith(".gif")
    assert image_name(b"<html>") == image_name(b"") == ""


def test_images_of_markdown() -> None:
    text = '![A](map.png "M") ![B](/map.png)\n\n<img src="../legal/map.png"> ![C](no.png)\n\n'
    text += "![D](https://a.example/map.png) `![E](map.png)` ![F](../../map.png)"
    new, images = with_images(text, "legal/terms.md", FILES.get)
    assert new == (
        f'![A](../assets/{NAME} "M") ![B](../assets/{NAME})\n\n<img src="../assets/{NAME}"> '
        "![C](no.png)\n\n![D](https://a.example/map.png) `![E](map.png)` ![F](../../map.png)"
    )
    assert images == {NAME: PNG}


def test_images_of_pages() -> None:
    inside = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    read = read_html(
        f"<p><img src=map.png alt=A><img src='{inside}'></p>", "legal/a.html", FILES.get
    )
    assert read.parts[0].markdown == f"![A](../assets/{NAME})![](../assets/{NAME})"
    assert read.images == {NAME: PNG}
    assert read.left_out == ()

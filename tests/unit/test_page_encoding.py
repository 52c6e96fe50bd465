"""A page is read in the encoding that it is saved in or names."""

from __future__ import annotations

import pytest

from gazette.errors import SourceError
from gazette.imports.page_encoding import page_text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Café\r\n".encode(), "Café\n"),
        ("Café".encode("utf-8-sig"), "Café"),
        ("Café".encode("utf-16"), "Café"),
        (
            b'<meta http-equiv="x" content="text/html; charset=ISO-8859-1">Caf\xe9',
            '<meta http-equiv="x" content="text/html; charset=ISO-8859-1">Café',
        ),
        (
            b"<meta charset=iso-8859-1>\x93Caf\xe9\x94 \x96 5 \x80",
            "<meta charset=iso-8859-1>“Café” – 5 €",
        ),
        (
            b'<?xml version="1.0" encoding="us-ascii"?><p>\x91a\x92',
            '<?xml version="1.0" encoding="us-ascii"?><p>‘a’',
        ),
        (b"One\vtwo", "One\ntwo"),
        ("<meta charset=utf-16><p>Café".encode(), "<meta charset=utf-16><p>Café"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert page_text(data) == text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"one\ntwo \xe9", "line 2 holds a byte"),
        (b"<meta charset=nonsense>\n\xe9", "line 2 holds a byte"),
        (b"a\0b", "holds zero bytes"),
        (b"%PDF-1.7", "This is a PDF"),
    ],
)
def test_what_is_no_text(data: bytes, sentence: str) -> None:
    with pytest.raises(SourceError, match=sentence):
        page_text(data)

"""Drawings in SVG draw, and nothing else, also where a browser opens the file itself."""

from __future__ import annotations

import pytest

from gazette.site.svg_files import MAX_BYTES, svg_fault

HARMLESS = [
    '<path d="M1 1h8v8z" fill="url(#shade)"/>',
    '<style>.mark { fill: url("#shade"); stroke: red }</style><g class="mark"/>',
    '<a href="https://example.com/"><text>Home</text></a>',
    '<image href="data:image/png;base64,AAAA"/>',
    '<use xlink:href="#part"/>',
    '<metadata><rdf:RDF xmlns:rdf="urn:rdf"><rdf:li rdf:about=""/></rdf:RDF></metadata>',
    '<draw:view xmlns:draw="urn:draw" draw:file="C:\\drawings\\a.svg"/>',
    "<!-- <script>never()</script> --><title>A mark</title>",
]
ACTIVE = [
    "<script>run()</script>",
    '<script href="a.js"/>',
    '<g onclick="run()"/>',
    '<g ONLOAD="run()"/>',
    '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Pay here</p></foreignObject>',
    '<desc><iframe xmlns="http://www.w3.org/1999/xhtml" src="/"/></desc>',
    '<x:script xmlns:x="http://www.w3.org/2000/svg">run()</x:script>',
    '<x:script xmlns:x="http://www.w3.org/1999/xhtml">run()</x:script>',
    '<a href="javascript:run()"><text>x</text></a>',
    '<a xlink:href="&#106;avascript:run()"><text>x</text></a>',
    '<a href=" java&#10;script:run()"><text>x</text></a>',
    '<a><set attributeName="href" to="javascript:run()"/></a>',
    '<animate attributeName="onclick" values="run()"/>',
    '<image href="https://example.com/a.png"/>',
    '<image href="a.svg"/>',
    '<image href="data:image/svg+xml;base64,AAAA"/>',
    '<use href="https://example.com/a.svg#x"/>',
    '<feImage href="//example.com/a"/>',
    '<g fill="url(https://example.com/a.svg#x)"/>',
    '<g style="background: url( &quot;//example.com/&quot; )"/>',
    "<style>@import 'https://example.com/a.css';</style>",
    "<style>g { fill: u\\72l(//example.com/) }</style>",
    "<style><![CDATA[@font-face { src: url(a.woff) }]]></style>",
    '<g xml:base="https://example.com/"/>',
    "<?xml-stylesheet href='a.css'?>",
]


def drawing(content: str, before: str = "") -> bytes:
    namespaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f"{before}<svg {namespaces}>{content}</svg>".encode()


@pytest.mark.parametrize("content", HARMLESS)
def test_what_draws_is_let_be(content: str) -> None:
    assert svg_fault(drawing(content)) == ""


@pytest.mark.parametrize("content", ACTIVE)
def test_what_runs_loads_or_leads_on_is_refused(content: str) -> None:
    assert svg_fault(drawing(content)).startswith("This drawing ")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<html><script>run()</script></html>", "no drawing"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "no drawing"),
        (b"<svg onload=run()>", "cannot be read"),
        (b"", "cannot be read"),
        (drawing("&s;", '<!DOCTYPE svg [<!ENTITY s "x">]>'), "entities"),
        (drawing("", "<?xml-stylesheet href='a.css'?>"), "an instruction"),
        (drawing("<script/>").decode().encode("utf-16"), "<script>"),
        (drawing("x" * MAX_BYTES), "bytes"),
    ],
)
def test_what_is_no_plain_drawing_is_refused(data: bytes, message: str) -> None:
    assert message in svg_fault(data)


def test_a_type_without_entities_is_let_be() -> None:
    kind = '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">'
    assert svg_fault(drawing("<g/>", kind)) == ""

"""What a drawing in SVG may hold: a browser that opens the file itself runs what is in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

MAX_BYTES = 2_000_000
MAX_SHOWN = 80
"""Characters of an attribute that a finding quotes."""
SVG = "http://www.w3.org/2000/svg"
ACTIVE = {"http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML"}
"""Elements of these are pages in themselves; those of other makers' programs do nothing."""
SHAPES = "path rect circle ellipse line polyline polygon"
TEXTS = "text tspan textPath title desc metadata"
GROUPS = "svg g defs symbol use switch view marker pattern clipPath mask image a"
PAINTS = "linearGradient radialGradient stop filter style"
EFFECTS = (
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting "
    "feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence"
)
ELEMENTS = frozenset(" ".join((SHAPES, TEXTS, GROUPS, PAINTS, EFFECTS)).split())
"""Everything that draws; what runs, moves or holds a page is left out."""
LOCAL = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,]|$)", re.I)
WEB_LINK = re.compile(r"(?:https?://|mailto:)", re.I)
LOADS = re.compile(r"url\s*+\(\s*+[\"']?+\s*+(?!#|data:image/(?:png|jpeg|gif|webp)[;,])", re.I)
STYLE_LOADS = re.compile(r"@import|@font-face|expression|\\|(?:image|src)\s*\(", re.I)
HREF = {"href", "src", "base"}


def svg_fault(data: bytes) -> str:
    """Return what a drawing may not hold, as a sentence; an empty text where it only draws."""
    if len(data) > MAX_BYTES:
        return f"This drawing has more than {MAX_BYTES:,} bytes."
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return "This drawing cannot be read as SVG."
    types: Any = root.getroottree().docinfo.internalDTD
    if types is not None and any(types.iterentities()):
        return "This drawing defines entities, which may hide what is in it."
    if root.tag != f"{{{SVG}}}svg":
        return "This file is no drawing in SVG."
    beside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    return next(filter(None, map(_fault, (*beside, *root.iter()))), "")


def _fault(element: etree._Element) -> str:
    if not isinstance(element.tag, str):
        is_comment = element.tag is etree.Comment
        return "" if is_comment else "This drawing has an instruction, which may load something."
    name = etree.QName(element)
    if name.namespace in ACTIVE or (name.namespace == SVG and name.localname not in ELEMENTS):
        return f"This drawing holds <{name.localname}>: more than a drawing needs, it may run."
    if name.namespace != SVG:
        return ""
    styles = [element.get("style") or ""]
    if name.localname == "style":
        styles.append("".join(map(str, element.itertext())))
    if any(STYLE_LOADS.search(style) or LOADS.search(style) for style in styles):
        return "This drawing has a style that may load something."
    return next(_attribute_faults(element, name.localname), "")


def _attribute_faults(element: etree._Element, tag: str) -> Iterator[str]:
    for key, value in element.attrib.items():
        attribute, text = etree.QName(str(key)).localname.lower(), str(value)
        is_link = tag == "a" and WEB_LINK.match(text)
        if attribute.startswith("on"):
            yield f"This drawing has the attribute {attribute}, which runs a script."
        elif (attribute in HREF and not LOCAL.match(text) and not is_link) or LOADS.search(text):
            yield f"This drawing leads elsewhere: {attribute} is {text[:MAX_SHOWN]}."

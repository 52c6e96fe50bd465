"""The package that a Word file is: an archive of parts, and what they say of one another."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from lxml import etree

from gazette.errors import SourceError
from gazette.imports.html_tree import Element
from gazette.imports.refused_formats import PASSWORD
from gazette.imports.word.names import MC, remove, unwrap

ENTRY = b"PK\x01\x02"
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The ways in which Word packs; the others can unpack without a bound."""
NO_WORD_FILE = "This is no Word file, or it is damaged. Open it in Word and save it again as .docx."
DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, struct.error, etree.XMLSyntaxError),
    *(KeyError, EOFError, NotImplementedError, RuntimeError, ValueError, OSError),
)
"""What the standard library and lxml raise while a damaged file is unpacked."""
MAX_UNPACKED_BYTES = 20_000_000
"""How large the parts of a file that are read may be together, once they are unpacked."""
MAX_IMAGE_BYTES = 50_000_000
"""The same for its images."""
MAX_PARTS = 10_000
"""Files inside a file; the list of them is read before any is."""
ENCRYPTED = 1
"""The bit of a part's flags that says it takes a password."""
MAIN_PART = "word/document.xml"
PROPERTIES = "docProps/core.xml"
NOT_UNDERSTOOD = {"cx", "cx1", "cx2", "cx4", "aink", "am3d"}
"""Extensions of which only what Word offers instead can be read: charts, ink, models."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_FAMILIES = (
    (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"officeDocument/math", b"officeDocument/2006/math"),
    (b"drawingml/main", b"drawingml/2006/main"),
    (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
    (b"drawingml/picture", b"drawingml/2006/picture"),
    (b"drawingml/chart", b"drawingml/2006/chart"),
    (b"drawingml/diagram", b"drawingml/2006/diagram"),
)
"""The names that the strict form of the format has for what all others call otherwise."""


class Relation(NamedTuple):
    """Where a part refers to: `kind` is the last word of its type, `target` a path or address."""

    kind: str
    target: str
    is_external: bool


@dataclass
class Package:
    """The parts of a Word file, read when they are asked for, and never more than is bearable."""

    file: zipfile.ZipFile
    main: str = MAIN_PART
    read_bytes: int = 0
    image_bytes: int = 0
    trees: dict[str, Element] = field(default_factory=dict)

    def tree(self, name: str) -> Element:
        """Return a part as a tree, an empty one for a part that is missing.

        Raises SourceError when it is damaged, the parts are too large, or it takes a password.
        """
        if name not in self.trees:
            try:
                data = self._bytes(name)
                self.trees[name] = _parsed(data) if data.strip() else etree.Element("none")
            except DAMAGES as error:
                raise SourceError(NO_WORD_FILE) from error
        return self.trees[name]

    def relations(self, part: str) -> dict[str, Relation]:
        """Return what a part refers to, by id."""
        folder, name = posixpath.split(part)
        tree = self.tree(f"{folder}/_rels/{name}.rels".lstrip("/"))
        return {
            str(relation.get("Id")): _relation(relation, folder)
            for relation in tree
            if relation.get("Target")
        }

    def part_of_kind(self, kind: str) -> str:
        """Return the path of the part of a kind (`styles`) that the text has."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.is_external:
                return relation.target
        return posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")

    def image(self, name: str) -> bytes:
        """Return the bytes of an image, none where there is no such part or it is too large."""
        if name not in self.file.namelist():
            return b""
        self.image_bytes += self.file.getinfo(name).file_size
        try:
            return self._unpacked(name) if self.image_bytes <= MAX_IMAGE_BYTES else b""
        except DAMAGES:
            return b""

    def _bytes(self, name: str) -> bytes:
        if name not in self.file.namelist():
            return b""
        self.read_bytes += self.file.getinfo(name).file_size
        if self.read_bytes > MAX_UNPACKED_BYTES:
            size = MAX_UNPACKED_BYTES // 1_000_000
            raise SourceError(f"Its texts are larger than {size} MB unpacked, which no policy is.")
        return self._unpacked(name)

    def _unpacked(self, name: str) -> bytes:
        part = self.file.getinfo(name)
        if part.flag_bits & ENCRYPTED:
            raise SourceError(PASSWORD)
        if part.compress_type not in PACKINGS:
            raise SourceError(NO_WORD_FILE)
        return self.file.read(name)


def open_package(data: bytes) -> Package:
    """Return the package of a Word file; raises SourceError where it is none, or damaged."""
    if data.count(ENTRY) > MAX_PARTS:
        raise SourceError(f"It holds more than {MAX_PARTS:,} files: no Word file for readers.")
    try:
        package = Package(zipfile.ZipFile(io.BytesIO(data)))
    except DAMAGES as error:
        raise SourceError(NO_WORD_FILE) from error
    for relation in package.relations("").values():
        if relation.kind == "officeDocument":
            package.main = relation.target
    if package.main not in package.file.namelist():
        raise SourceError(NO_WORD_FILE)
    return package


def _relation(element: Element, folder: str) -> Relation:
    target, kind = str(element.get("Target")), str(element.get("Type", "")).rpartition("/")[2]
    if element.get("TargetMode") == "External":
        return Relation(kind, target, True)
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return Relation(kind, posixpath.normpath(unquote(path)), False)


def _parsed(data: bytes) -> Element:
    """Return the tree of a part, under the names that Word uses, one of all alternatives left."""
    if _STRICT in data:
        for strict, transitional in _FAMILIES:
            data = data.replace(_STRICT + strict, _TRANSITIONAL + transitional)
    root = etree.fromstring(data, _PARSER)
    for alternatives in reversed(list(root.iter(f"{MC}AlternateContent"))):
        _choose(alternatives)  # the inner ones first, as moving an element takes its size in time
    return root


def _choose(alternatives: Element) -> None:
    """Leave the alternative that Word shows and that can be read; drop the others."""
    choices = [
        choice
        for choice in alternatives.iterchildren(f"{MC}Choice")
        if not NOT_UNDERSTOOD & set(choice.get("Requires", "").split())
    ]
    kept = (choices or list(alternatives.iterchildren(f"{MC}Fallback")))[:1]
    for alternative in list(alternatives):
        if alternative not in kept:
            remove(alternative)
        else:
            unwrap(alternative)
    unwrap(alternatives)

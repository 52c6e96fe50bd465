"""Drawings of a Word file: images become files, text boxes text, and all else is named."""

from __future__ import annotations

from lxml import etree

from gazette.imports.html_tree import Element
from gazette.imports.images import IMAGE_FOLDER, image_name
from gazette.imports.omissions import quoted
from gazette.imports.word.names import WP, A, R, V, W, attribute, content_of, words_of
from gazette.imports.word.word_state import WordState

_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_OFFICE = "{urn:schemas-microsoft-com:office:office}"
_CONTINUED = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}linkedTxbx"
"""A box that shows what the one before it has no room for."""
_BOX, _VML_IMAGE, _TEXT_PATH = f"{W}txbxContent", f"{V}imagedata", f"{V}textpath"
_SHOWN_ELSEWHERE = "Browsers do not show it. Save it as .png and put it into docs/assets/."
_NOT_IN_FILE = "It is not in the file, which only names its address. Put it into docs/assets/."
_NO_TEXT = "It is drawn and has no words. Save it as .png and put it into docs/assets/."


def write_drawing(drawing: Element, out: Element, state: WordState) -> None:
    """Write the images of a drawing behind what `out` holds, and note its boxes for later."""
    pieces = list(content_of(drawing, _PICTURE, _VML_IMAGE, _BOX, _TEXT_PATH))
    for piece in pieces:
        if piece.tag == _BOX:
            state.boxes.append(piece)
        elif piece.tag == _TEXT_PATH:
            words = str(piece.get("string", ""))
            state.omit(f"lettering {quoted(words)}", "It is drawn. Write it as text in Word.")
        else:
            _image(piece, drawing, out, state)
    if not pieces and not _is_rule(drawing) and next(drawing.iter(_CONTINUED), None) is None:
        _omit_other(drawing, state)


def _is_rule(drawing: Element) -> bool:
    return any(shape.get(f"{_OFFICE}hr") for shape in drawing.iter(f"{V}rect"))


def _image(piece: Element, drawing: Element, out: Element, state: WordState) -> None:
    """Write one image, or name it where it cannot be shown."""
    reference = piece.find(f".//{A}blip") if piece.tag == _PICTURE else piece
    words = _alternative(piece, drawing)
    what = "a picture" + (f" {quoted(words)}" if words else "")
    relation_id = ""
    for name in ("embed", "id", "link", "pict"):
        relation_id = relation_id or ("" if reference is None else reference.get(f"{R}{name}", ""))
    relation = state.relations.get(relation_id)
    if relation is None or relation.is_external:
        address = f" at {relation.target}" if relation else ""
        state.omit(f"{what}{address}", _NOT_IN_FILE)
        return
    data = state.package.image(relation.target)
    name = image_name(data)
    if not name:
        suffix = relation.target.rpartition(".")[2].upper()
        state.omit(f"{what} in {suffix}", _SHOWN_ELSEWHERE if data else _NOT_IN_FILE)
        return
    state.images[name] = data
    etree.SubElement(out, "img", src=f"{IMAGE_FOLDER}/{name}", alt=words)


def _alternative(piece: Element, drawing: Element) -> str:
    """Return the words that stand for an image where it is not seen."""
    holder = piece.find("{*}nvPicPr/{*}cNvPr")
    whole = next(drawing.iter(f"{WP}docPr"), None)
    shape = next(piece.iterancestors(f"{V}shape"), None)
    candidates = (
        "" if whole is None else whole.get("descr", ""),
        "" if holder is None else holder.get("descr", ""),
        "" if shape is None else shape.get("alt", ""),
    )
    return " ".join(next(filter(None, candidates), "").split())


def _omit_other(drawing: Element, state: WordState) -> None:
    """Name a drawing that holds no image and no box: a chart, a diagram, an object, a shape."""
    data = next(drawing.iter(f"{A}graphicData"), None)
    kind = str(data.get("uri", "")).rpartition("/")[2] if data is not None else ""
    embedded = next(drawing.iter(f"{_OFFICE}OLEObject"), None)
    control = next(drawing.iter(f"{W}control"), None)
    words = _alternative(drawing, drawing)
    if kind in ("chart", "chartex"):
        state.omit("a chart", "It is drawn from numbers. Write them as a table in Word.")
    elif kind == "diagram":
        what = f"a diagram {quoted(_diagram_words(drawing, state))}"
        state.omit(what, "It is drawn. Write what it says as text in Word.")
    elif embedded is not None:
        name = str(embedded.get("ProgID", "")).partition(".")[0]
        state.omit(f"an embedded object ({name})", "It belongs to another program.")
    elif control is not None:
        what = f"a control of a form ({attribute(control, 'name') or 'without a name'})"
        state.omit(what, "Nobody can use it on a page. Write as text in Word what it asks for.")
    else:
        state.omit("a drawing" + (f" {quoted(words)}" if words else ""), _NO_TEXT)


def _diagram_words(drawing: Element, state: WordState) -> str:
    reference = next(drawing.iter(f"{_DIAGRAM}relIds"), None)
    relation_id = "" if reference is None else reference.get(f"{R}dm", "")
    relation = state.relations.get(relation_id)
    if relation is None:
        return words_of(drawing)
    texts = state.package.tree(relation.target).iter(f"{A}t")
    return " ".join(text.text or "" for text in texts)

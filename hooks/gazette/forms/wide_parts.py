"""Tables and code that may be wider than a phone: from the keyboard they are reached and scrolled.

Not every browser lets those who have no pointer reach what scrolls sideways. How wide a part
becomes is known where it is shown only, so each that might not fit a narrow phone is marked on its
page; what is compared, stored and archived never is.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from gazette.language import Language, to_translate

WIDE_TABLE = to_translate("Wide table")
WIDE_CODE = to_translate("Code with long lines")
MAX_CODE_LETTERS = 22
"""A screen of 320 pixels shows 26 letters of code in a text, some fewer in a redline."""
MAX_TABLE_LETTERS = 30
"""Letters of the longest words side by side: of 35 and more, some tables left such a screen."""
MIN_COLUMN_LETTERS = 5
"""As wide as a column is at least."""
GAP_LETTERS = 2
"""As wide as the gap behind a column."""
_TABLE = re.compile(r"<table\b(?![^>]*\s(?:class|tabindex)=)")
_TABLE_TAG = re.compile(r"<(/?)table\b")
_ROW = re.compile(r"<tr\b")
_CELL = re.compile(r"<t[dh]\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"[^\s\u3000-\u9fff\uff00-\uffef]+")
"""What no line breaks in; between letters of scripts without spaces any line does."""
_CODE = re.compile(r"(<pre\b[^>]*>(?:<span></span>)?<code)(?=[^>]*>(.*?)</code>)", re.S)


def reachable(html: str, language: Language) -> Markup:
    """Return HTML whose wide tables and code have a name and are reached from the keyboard."""
    if "<table" in html:
        html = _TABLE.sub(lambda tag: tag[0] + _table_attributes(tag, language), html)
    if "<pre" in html:
        html = _CODE.sub(lambda tag: tag[0] + _code_attributes(tag[2], language), html)
    return Markup(html)


def _table_attributes(tag: re.Match[str], language: Language) -> str:
    table = _content(tag.string, tag.end())
    if _letters(table) <= MAX_TABLE_LETTERS:
        return ""
    has_name = "<caption" in table
    return ' tabindex="0"' + ("" if has_name else _label(WIDE_TABLE, language))


def _code_attributes(code: str, language: Language) -> str:
    lines = _TAG.sub("", code).split("\n")
    if max(map(len, lines)) <= MAX_CODE_LETTERS:
        return ""
    return f' tabindex="0" role="group"{_label(WIDE_CODE, language)}'


def _label(name: str, language: Language) -> str:
    return f' aria-label="{escape(language.gettext(name))}"'


def _content(html: str, start: int) -> str:
    """Return what stands in the table whose content begins at `start`; others may stand in it."""
    depth = 1
    for tag in _TABLE_TAG.finditer(html, start):
        depth += -1 if tag[1] else 1
        if not depth:
            return html[start : tag.start()]
    return html[start:]


def _letters(table: str) -> int:
    """Return how wide a table is at least, in letters."""
    columns: dict[int, int] = {}
    for row in _ROW.split(table)[1:]:
        for column, cell in enumerate(_CELL.split(row)[1:]):
            words = _WORD.findall(_TAG.sub("", cell))
            longest = max(map(len, words), default=0)
            columns[column] = max(columns.get(column, MIN_COLUMN_LETTERS), longest)
    return sum(columns.values()) + GAP_LETTERS * len(columns)

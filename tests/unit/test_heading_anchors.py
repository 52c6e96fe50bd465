"""Anchors of headings: of their own letters, and in Latin letters as they always were."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions import toc

from gazette.text import markdown_extension
from gazette.text.heading_anchors import OwnLetters
from gazette.text.markdown_settings import MarkdownSettings
from gazette.text.reader import read_document

SAMPLE = Path(__file__).parents[2] / "docs"
anchor = OwnLetters(toc.slugify)

OWN = {
    "Όροι χρήσης": "όροι-χρήσης",
    "1. Общие условия": "1-общие-условия",
    "3.2 Ещё раз: № 5": "32-ещё-раз-5",
    "سياسة الخصوصية": "سياسة-الخصوصية",
    "תנאי שימוש": "תנאי-שימוש",
    "שְׁלֹמֹה": unicodedata.normalize("NFC", "שְׁלֹמֹה"),
    "เงื่อนไข": "เงื่อนไข",
    "गोपनीयता नीति": "गोपनीयता-नीति",
    "隐私政策": "隐私政策",
    "第1条（目的）": "第1条目的",
    "개인정보 처리방침": "개인정보-처리방침",
    "Cookie 政策": "cookie-政策",
    "Права и GDPR": "права-и-gdpr",
    "Þ": "þ",
    "🎉": "section",
    "❤️": "section",
    "🎉 Ура": "ура",
    "!!!": "section",
    "—": "section",
    "_": "section",
    "": "section",
}
AS_EVER = (
    *("1. Information We Collect", "Über uns", "Größe & Maß", "École d’été", "İstanbul", "½ price"),
    *("GDPR", "A/B", "2026", "§ 7", "100 %", "C++", "fees_1", "ﬁne", "ＡＢＣ", "①", "Ærø 🎉"),
)


@pytest.mark.parametrize(("heading", "expected"), OWN.items())
def test_a_heading_in_another_script_has_an_anchor_of_its_own_letters(
    heading: str, expected: str
) -> None:
    assert anchor(heading, "-") == expected
    assert anchor(unicodedata.normalize("NFD", heading), "-") == expected
    assert unicodedata.is_normalized("NFC", expected)


@pytest.mark.parametrize("heading", AS_EVER)
def test_an_anchor_in_latin_letters_stays(heading: str) -> None:
    assert anchor(heading, "-") == toc.slugify(heading, "-")


def test_no_anchor_of_the_samples_changes() -> None:
    files = [*SAMPLE.rglob("*.md")]
    assert files
    for file in files:
        assert read_document(file.read_text("utf-8")).former_anchors == {}


@given(st.text(max_size=30))
def test_no_heading_has_an_anchor_without_letters_and_digits(heading: str) -> None:
    name = anchor(heading, "-")
    assert any(map(str.isalnum, name))
    assert not re.search(r"[\s#/%?]", name)
    assert unicodedata.is_normalized("NFC", name)


def test_who_chose_how_anchors_are_made_is_overruled_where_nothing_is_left() -> None:
    chosen = OwnLetters(lambda heading, separator: heading.replace("Ж", "Zh").strip("Ф"))
    assert chosen("Ж", "-") == "Zh"
    assert chosen("ФФ", "-") == "фф"


TEXT = (
    "# Общие\n\nА.\n\n## Cookie 政策\n\nB.\n\n## Cookie\n\nC.\n\n## Общие\n\nD.\n\n## 🎉\n\n## 🎉\n"
)


def test_policies_and_other_pages_have_the_same_anchors() -> None:
    document = read_document(TEXT)
    names = [section.anchor for section in document.sections]
    assert names == ["", "общие", "cookie-政策", "cookie", "общие_1", "section", "section_1"]
    page = markdown.markdown(TEXT, extensions=["toc", markdown_extension.NAME])
    assert re.findall(r'id="([^"]*)"', page) == names[1:]
    assert re.findall(r'id="([^"]*)"', document.html) == names[1:]


def test_a_text_knows_the_anchors_that_it_had_before() -> None:
    before = markdown.markdown(TEXT, extensions=["toc"])
    anchors = dict(enumerate(re.findall(r'id="([^"]*)"', before), 1))
    assert read_document(TEXT).former_anchors == anchors
    assert anchors == {1: "_1", 2: "cookie", 3: "cookie_1", 4: "_2", 5: "_3", 6: "_4"}


def test_settings_of_the_table_of_contents_hold() -> None:
    configs = {"toc": {"separator": "_", "slugify": toc.slugify_unicode}}
    document = read_document("# Über uns\n\n# Общие условия\n", MarkdownSettings(configs=configs))
    assert [section.anchor for section in document.sections] == ["", "über_uns", "общие_условия"]
    assert document.former_anchors == {}

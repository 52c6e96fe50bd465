"""The list of what an import left out."""

from __future__ import annotations

from gazette.imports.omissions import Omission, omission_report, quoted


def test_report_names_every_source() -> None:
    omissions = (Omission("Line 3", "a picture", "It has no text."),)
    assert omission_report({"a.docx": omissions, "b.txt": ()}) == (
        "# Left out of this import\n\n"
        "## a.docx\n\n- Line 3: a picture. It has no text.\n\n"
        "## b.txt\n\nNothing was left out.\n"
    )


def test_quotation_is_one_short_line() -> None:
    assert quoted("Call\n us") == "“Call us”"
    assert quoted("word " * 20) == f"“{'word ' * 11}word…”"

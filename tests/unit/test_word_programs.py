"""Word files as other programs save them: `bench.word_fixtures` made those in tests/word."""

from __future__ import annotations

from pathlib import Path

from word_files import read

FILES = Path(__file__).parents[1] / "word"
AROUND = "It is repeated on every page of paper; the site has its own head and foot."


def test_libreoffice() -> None:
    body, left_out = read((FILES / "libreoffice.docx").read_bytes())
    assert body == (
        "We lend **tools** and *machines*; see [Bringing back](#bringing-back) and "
        "[our fees](https://rent.example/fees).[^1]\n\n"
        "## Lending\n\n"
        "1. Name yourself.\n2. Show a paper:\n    1. a passport, or\n    2. a licence.\n3. Sign."
        "\n\n"
        "After that:\n\n"
        "4. Take the tool.\n\n<!-- -->\n\n- with its case\n- with its book\n\n"
        "## Bringing back\n\n"
        "| Tool | Days |  |\n| --- | --- | --- |\n| Saw | on weekdays | 3 |\n|  | else | 1 |\n\n"
        "H<sub>2</sub>O and 5 m<sup>2</sup> of <s>sand</s> gravel.\n\n"
        "[^1]: Fees change each spring.\n"
    )
    assert left_out == []


def test_python_docx() -> None:
    body, left_out = read((FILES / "python-docx.docx").read_bytes())
    assert body == (
        "## Arrival\n\n"
        "Ring the bell **twice** and *wait*.\n\n"
        "1. Say your name.\n2. Take a badge.\n\n<!-- -->\n\n- red for guests\n\n"
        "### Inside\n\n"
        "| cell 0<br>cell 1 |  | cell 2 |\n| --- | --- | --- |\n"
        "| cell 3 | cell 4 | cell 5<br>cell 8 |\n| cell 6 | cell 7 |  |\n\n"
        "First line  \nsecond line\n"
    )
    assert left_out[0].startswith("Throughout the text: hidden text “(not on Sundays)”.")
    assert left_out[1:] == [f"Header: “Acme Ltd”. {AROUND}", f"Footer: “Page 1”. {AROUND}"]

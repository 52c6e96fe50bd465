"""Make the Word files in tests/word with LibreOffice and python-docx.

    python -m bench.word_fixtures FOLDER

It runs in an interpreter that has python-docx, with soffice on the path. The files are made once
and committed: programs save other bytes every time.
"""

from __future__ import annotations

import argparse
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

HTML = """<html><head><title>Rental terms</title></head><body>
<h1>Rental terms</h1>
<p>We lend <b>tools</b> and <i>machines</i>; see <a href="#back">Bringing back</a> and
<a href="https://rent.example/fees">our fees</a>.<sup><a class="sdfootnoteanc" name="sdfootnote1anc"
href="#sdfootnote1sym">1</a></sup></p>
<h2>Lending</h2>
<ol><li>Name yourself.</li><li>Show a paper:<ol type="a"><li>a passport, or</li><li>a licence.</li>
</ol></li><li>Sign.</li></ol>
<p>After that:</p>
<ol start="4"><li>Take the tool.</li></ol>
<ul><li>with its case</li><li>with its book</li></ul>
<h2><a name="back"></a>Bringing back</h2>
<table border="1"><tr><th>Tool</th><th colspan="2">Days</th></tr>
<tr><td rowspan="2">Saw</td><td>on weekdays</td><td>3</td></tr>
<tr><td>else</td><td>1</td></tr></table>
<p>H<sub>2</sub>O and 5 m<sup>2</sup> of <s>sand</s> gravel.</p>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym"
href="#sdfootnote1anc">1</a>Fees change each spring.</p></div>
</body></html>
"""


def by_libreoffice(file: Path) -> None:
    """Have LibreOffice save a page as a Word file."""
    with TemporaryDirectory() as folder:
        page = Path(folder, f"{file.stem}.html")
        page.write_text(HTML, "utf-8")
        profile = f"-env:UserInstallation=file://{folder}/profile"
        for kind, suffix in (("odt:writer8", ".html"), ("docx:MS Word 2007 XML", ".odt")):
            source = page.with_suffix(suffix)
            command = ["soffice", profile, "--headless", "--infilter=HTML (StarWriter)"]
            command = command if suffix == ".html" else command[:-1]
            subprocess.run(
                [*command, "--convert-to", kind, "--outdir", folder, str(source)], check=True
            )
        file.write_bytes(page.with_suffix(".docx").read_bytes())


def by_python_docx(file: Path) -> None:
    """Have python-docx write a Word file."""
    import docx  # type: ignore[import-not-found]
    from docx.enum.text import WD_BREAK  # type: ignore[import-not-found]
    from docx.shared import Pt  # type: ignore[import-not-found]

    document = docx.Document()
    document.add_heading("Visitor rules", level=0)
    document.add_paragraph("Version 2026-02-03.v1 Updated 2026-02-03")
    document.add_heading("Arrival", level=1)
    paragraph = document.add_paragraph("Ring the bell ")
    paragraph.add_run("twice").bold = True
    paragraph.add_run(" and ")
    paragraph.add_run("wait").italic = True
    hidden = paragraph.add_run(" (not on Sundays)")
    hidden.font.hidden = True
    paragraph.add_run(".").font.size = Pt(14)
    for words in ("Say your name.", "Take a badge."):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("red for guests", style="List Bullet 2")
    document.add_heading("Inside", level=2)
    table = document.add_table(rows=3, cols=3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(1, 2).merge(table.cell(2, 2))
    paragraph = document.add_paragraph("First line")
    paragraph.add_run().add_break()
    paragraph.add_run("second line")
    paragraph.add_run().add_break(WD_BREAK.PAGE)
    section = document.sections[0]
    section.header.paragraphs[0].text = "Acme Ltd"
    section.footer.paragraphs[0].text = "Page 1"
    document.save(str(file))


def main() -> None:
    """Make the files."""
    parser = argparse.ArgumentParser(description="Make the Word files that tests read.")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(exist_ok=True)
    by_libreoffice(folder / "libreoffice.docx")
    by_python_docx(folder / "python-docx.docx")


if __name__ == "__main__":
    main()

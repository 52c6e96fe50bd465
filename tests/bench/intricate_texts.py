"""Does every text end in a sentence? The commands, and the processor time that each takes.

`PYTHONPATH=hooks:tests python -m bench.intricate_texts` writes each text of `intricate.py` as a
policy, as an old and a new text, and as files to import, and runs `check`, `diff`, `import` and a
build on them. Printed is what ends in a traceback, in no sentence, or not within ten seconds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from itertools import islice
from pathlib import Path

import intricate
from bench.measure import worked
from commands import BUILD, GAZETTE, copy_project, run
from gazette.text.frontmatter import body_of
from word_files import docx, paragraph

MAX_SECONDS = 10.0


def commands(project: Path, text: str) -> Iterator[tuple[str, list[str]]]:
    """Write the text in all forms beside the project; yield the commands with their names."""
    body = body_of(text)
    policy = project / "docs/policies/intricate.md"
    old, new, folder = project / "old.md", project / "new.md", project / "inbox"
    folder.mkdir(exist_ok=True)
    for path, content in (
        (policy, text),
        (old, "We keep data.\n"),
        (new, text),
        (folder / "a.md", body),
        (folder / "b.txt", body),
        (folder / "c.html", f"<html><body><p>{escape(body)}</p></body></html>"),
        (folder / "d.html", f"<html><body>{body}</body></html>"),
    ):
        path.write_text(content, "utf-8", newline="")
    letters = "".join(letter for letter in body if letter.isprintable() or letter == "\n")
    paragraphs = (paragraph(escape(line)) for line in letters.split("\n"))
    (folder / "e.docx").write_bytes(docx(*paragraphs))
    yield "check", [*GAZETTE, "check"]
    yield "build", BUILD
    yield "strict build", [*BUILD, "--strict"]
    yield "status", [*GAZETTE, "status"]
    yield "log", [*GAZETTE, "log", "intricate"]
    yield "diff of a policy", [*GAZETTE, "diff", "intricate"]
    yield "release", [*GAZETTE, "release", "intricate"]
    yield "report", [*GAZETTE, "report", "--base", "HEAD"]
    yield "diff", [*GAZETTE, "diff", str(old), str(new)]
    yield "diff back", [*GAZETTE, "diff", str(new), str(old)]
    for path in sorted(folder.iterdir()):
        yield f"import {path.suffix}", [*GAZETTE, "import", str(path), "--dry-run"]


def seconds(command: list[str], folder: Path) -> tuple[float, str]:
    """Run a command; return the seconds of processor time that it took, and what it printed."""
    start = worked()
    result = run(command, folder)
    return worked() - start, f"{result.stdout}\n{result.stderr}"


def main() -> int:
    """Run every command on every text; 0 when all end in time and without a traceback."""
    parser = argparse.ArgumentParser(description=__doc__, prog="bench.intricate_texts")
    parser.add_argument("--only", default="", help="texts whose name holds this")
    parser.add_argument("--start", type=int, default=0, help="how many texts are left out")
    options = parser.parse_args()
    wrong = count = 0
    slowest = (0.0, "")
    with tempfile.TemporaryDirectory() as temporary:
        project = copy_project(Path(temporary) / "project")
        for name, text in islice(intricate.texts(), options.start, None):
            print(f"{name}: {len(text):,} characters", file=sys.stderr, flush=True)
            for word, command in commands(project, text) if options.only in name else ():
                used, printed = seconds(command, project)
                slowest = max(slowest, (used, f"{word} of {name}"))
                count += 1
                if "Traceback" in printed or used > MAX_SECONDS:
                    wrong += 1
                    print(f"{name}: {word} takes {used:.1f} s: {printed[-300:]}", flush=True)
    print(f"{count} commands, {wrong} wrong; the slowest takes {slowest[0]:.1f} s: {slowest[1]}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())

"""Redlines on a terminal: how wide they are, and how sections are called."""

from __future__ import annotations

import re

import pytest

from gazette.forms import redline_markdown, redline_terminal
from gazette.forms.sentences import label
from gazette.text.comparison import compare
from gazette.text.english import ENGLISH
from gazette.text.reader import read_document
from gazette.text.redline import Redline

PONIES = "The ponies are fed at six in the morning and again before the stable is locked at night."
CARTS = "Every cart is washed on Saturdays by those who drove it last, and the wheels are greased."


def compared(old: str, new: str) -> Redline:
    return compare(read_document(old), read_document(new))


@pytest.mark.parametrize("width", [40, 60, 100])
def test_lines_end_at_words_whether_in_colour_or_not(width: int) -> None:
    change = compared(f"## Stable\n\n{PONIES}", f"## Stable\n\n{PONIES}\n\n{CARTS}")
    plain = redline_terminal.render(change, ENGLISH, colour=False, width=width).splitlines()
    coloured = redline_terminal.render(change, ENGLISH, colour=True, width=width)
    bare = re.sub(r"\x1b\[[\d;]*m", "", coloured).splitlines()
    assert max(map(len, plain)) <= width
    assert max(map(len, bare)) <= width
    start = next(at for at, line in enumerate(bare) if line.startswith("  + "))
    assert all(len(line) > width - 12 for line in bare[start:-1])
    section = plain[next(at for at, line in enumerate(plain) if line.startswith("  + ")) :]
    assert " ".join("".join(section).split()).count("greased.") == 1


def test_a_block_that_moved_names_the_section_as_readers_know_it() -> None:
    old = f"# Rules\n\n## 7. Stable\n\n{PONIES}\n\nStays here.\n\n## 9. Yard\n\nAs ever."
    new = f"# Rules\n\n## 7. Stable\n\nStays here.\n\n## 9. Yard\n\nAs ever.\n\n{PONIES}"
    change = compared(old, new)
    shown = redline_terminal.render(change, ENGLISH, colour=False, width=96)
    assert "a paragraph that stood here is now in “9. Yard”" in shown
    assert "(stood in “7. Stable”)" in shown
    only = Redline(change.sections[1:2])
    assert "is now in “9. Yard”" in redline_terminal.render(only, ENGLISH, colour=False, width=96)
    assert "is now in “9. Yard”" in redline_markdown.render(only, ENGLISH)


def test_each_part_of_a_merger_names_the_section_it_comes_from() -> None:
    change = compared(
        f"## Stable\n\n{PONIES}\n\n## Yard\n\n{CARTS}", f"## 2. Yard\n\n{PONIES}\n\n{CARTS}"
    )
    assert [label(section) for section in change.sections] == ["Stable → 2. Yard", "2. Yard"]
    assert "Stable → 2. Yard" in redline_terminal.stat(change, colour=False)
    assert "Stable → 2. Yard" in redline_markdown.render(change, ENGLISH)

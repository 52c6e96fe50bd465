"""What is remembered is found out once, until it is forgotten."""

from __future__ import annotations

from gazette.text import memory
from gazette.text.document import read_document

asked: list[str] = []


@memory.remembered(2)
def length(text: str) -> int:
    asked.append(text)
    return len(text)


def test_a_result_is_found_out_once_until_it_is_forgotten() -> None:
    asked.clear()
    assert [length("fees"), length("fees")] == [4, 4]
    assert asked == ["fees"]
    memory.forget()
    assert length("fees") == 4
    assert asked == ["fees", "fees"]


def test_only_so_much_is_remembered() -> None:
    asked.clear()
    for text in ("a", "b", "c", "a"):
        length(text)
    assert asked == ["a", "b", "c", "a"]


def test_what_was_forgotten_reads_the_same() -> None:
    body = "# Fees\n\nThey are due.\n\n" + "All of it, without exception. " * 20
    before = read_document(body)
    memory.forget()
    after = read_document(body)
    assert after.html == before.html
    assert after.sections[1].blocks[0] is not before.sections[1].blocks[0]
    assert [s.blocks[-1].text for s in after.sections if s.blocks] == [
        s.blocks[-1].text for s in before.sections if s.blocks
    ]

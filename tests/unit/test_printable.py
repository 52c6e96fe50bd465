"""What is printed does nothing to a terminal, and gives no command to GitHub's log."""

from __future__ import annotations

from gazette.problems import printable, printable_lines


def test_control_characters_are_shown() -> None:
    assert printable("a\x1b[31mred\n::error") == "a\\x1b[31mred\\n::error"
    assert printable_lines("one\x1b[2J\r\ntwo\x9b") == "one\\x1b[2J\\r\ntwo\\x9b"


def test_no_line_begins_like_a_command() -> None:
    assert printable_lines("a::b\n::stop-commands::x\n  ::error::y") == (
        "a::b\n\\x3a:stop-commands::x\n  \\x3a:error::y"
    )

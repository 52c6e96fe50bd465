"""How commands print."""

from __future__ import annotations

import pytest

from gazette.commands import output


def test_lines_hang_below_their_beginning_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    words = "Left out: Line 6: a box of the old site."
    assert output.hanging(words, 4) == f"    {words}"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(output, "width", lambda: 28)
    assert output.hanging(words, 4) == "    Left out: Line 6: a box\n      of the old site."

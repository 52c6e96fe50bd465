"""Each change of words inside a block is one replacement, and nothing is left out or told twice."""

from __future__ import annotations

import pytest

from gazette.text.replacements import replacements
from gazette.text.wording import Op, Run

KEPT, DELETED, INSERTED = Run(Op.KEPT, "k"), Run(Op.DELETED, "d"), Run(Op.INSERTED, "i")


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([], []),
        ([KEPT], []),
        ([DELETED, INSERTED], [("d", "i")]),
        ([KEPT, DELETED, KEPT, INSERTED], [("d", ""), ("", "i")]),
        ([INSERTED, DELETED], [("", "i"), ("d", "")]),
        ([DELETED, DELETED, INSERTED, INSERTED], [("d", ""), ("d", "i"), ("", "i")]),
    ],
)
def test_replacements(runs: list[Run], expected: list[tuple[str, str]]) -> None:
    matches = [*replacements(runs)]
    assert [(match.old, match.new) for match in matches] == expected
    taken = [run for match in matches for run in runs[match.start : match.end]]
    assert taken == [run for run in runs if run is not KEPT]

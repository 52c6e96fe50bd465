"""What changed from one text of a foreign repository to the next, in a line."""

from __future__ import annotations

from itertools import pairwise

import pytest

from gazette.imports import file_versions
from gazette.imports.file_versions import Summaries
from gazette.text.markdown_settings import DEFAULT
from gazette.text.reader import Reader
from gazette.text.redline import redline


def test_texts_between_which_a_policy_goes_back_and_forth_are_compared_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared = []

    def counted(*arguments: object, **more: object) -> object:
        compared.append(arguments)
        return redline(*arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(file_versions, "redline", counted)
    bodies = ["## Fees\n\nYou pay 5 euros.\n", "## Fees\n\nYou pay 7 euros.\n"] * 3
    documents = [Reader(DEFAULT).read(body) for body in bodies]
    summaries = Summaries()
    lines = [summaries.summary(*pair) for pair in pairwise(documents)]
    assert len(compared) == 2
    there, back, *others = lines
    assert "7" in there or there != back
    assert others == [there, back, there]
